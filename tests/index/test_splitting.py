from index.load import load_generation
from index.splitting import split_notes
from ingest.datatypes import Note
from ingest.reader import read_notes


def count_characters(texts):
    return [len(text) for text in texts]


def refuse_to_count(texts):
    raise AssertionError("an unchanged note was cut again")


def ignore(done, total):
    pass


def test_passages_of_a_section_stand_before_its_sentences() -> None:
    note = Note("a.md", "# 甲\n一。二。\n\n## 乙\n三。\n", "0", "utf-8")
    sections, passages = split_notes([note], None, count_characters, 500, ignore)
    assert [section.section_id for section in sections] == ["a.md#甲", "a.md#乙"]
    assert [passage.passage_id for passage in passages] == [
        "a.md#甲:p0",
        "a.md#甲:s0",
        "a.md#甲:s1",
        "a.md#乙:p0",
        "a.md#乙:s0",
    ]


def test_unchanged_notes_are_taken_over_as_they_were(refresh, notes, index) -> None:
    refresh()
    read = read_notes(notes).notes
    anew = split_notes(read, None, count_characters, 500, ignore)
    with load_generation(index) as generation:
        assert split_notes(read, generation, refuse_to_count, 500, ignore) == anew


def test_a_note_of_the_same_digest_under_another_path_is_cut_anew(refresh, notes, index) -> None:
    refresh()
    note = read_notes(notes).notes[1]
    moved = Note("moved.md", note.text, note.digest, note.encoding)
    with load_generation(index) as generation:
        sections, _ = split_notes([moved], generation, count_characters, 500, ignore)
    assert [section.path for section in sections] == ["moved.md"] * 3
