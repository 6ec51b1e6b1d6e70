"""The baselines do what they claim, with a fake embedder."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.datatypes import Question
from eval.baselines import ChunkSystem, GrepSearcher
from eval.systems import flatten_question
from ingest.datatypes import Note, Section
from tests.eval.records import read_note
from tests.fake_embedder import FakeEmbedder


def grep(text: str, query: str, k: int = 10) -> list[tuple[str, float, int]]:
    _, sections = read_note("n.md", text)
    return [(h.section_id, h.score, h.rank) for h in GrepSearcher(sections).search(query, k)]


TEXT = "# VPC\n\nエンドポイントを作る。\n\n# 別\n\nvpc の料金。\n\n# 甲\n\nエンドポイント\n\n# 空\n"


def test_a_section_scores_the_length_of_the_words_it_holds() -> None:
    # エンドポイント has 7 characters, vpc 3, 料金 2; vpc stands in a heading, too.
    assert grep(TEXT, "VPC エンドポイントの料金は?") == [
        ("n.md#vpc", 10.0, 1),
        ("n.md#甲", 7.0, 2),
        ("n.md#別", 5.0, 3),
    ]


def test_a_word_counts_once_and_ties_go_by_id() -> None:
    assert grep(TEXT, "ＶＰＣ vpc") == [("n.md#vpc", 3.0, 1), ("n.md#別", 3.0, 2)]
    assert grep(TEXT, "vpc", k=1) == [("n.md#vpc", 3.0, 1)]


@pytest.mark.parametrize("query", ["vpc.", "vpc/", "(vpc-)", "vpc: x"])
def test_punctuation_at_the_end_is_no_part_of_a_word(query: str) -> None:
    assert len(grep(TEXT, query)) == 2


def test_signs_within_a_word_are_part_of_it() -> None:
    assert grep("# a\n\n10.0.0.0/16\n\n# b\n\n10 0 16\n", "10.0.0.0/16") == [("n.md#a", 11.0, 1)]


@pytest.mark.parametrize("query", ["", "は?", "a", "無関係"])
def test_a_query_without_words_of_the_notes_finds_nothing(query: str) -> None:
    assert grep(TEXT, query) == []
    assert GrepSearcher({}).search("vpc", 5) == []


def build(*notes: tuple[Note, dict[str, Section]], size: int = 500) -> ChunkSystem:
    sections = {key: section for _, found in notes for key, section in found.items()}
    return ChunkSystem([note for note, _ in notes], sections, FakeEmbedder(), size)


def chunks_of(text: str, size: int) -> list[tuple[str, int, int, int]]:
    """Return the chunks of one note in reading order."""
    retrieved, answer = build(read_note("n.md", text), size=size).query(Question("何"))
    assert answer is None
    return sorted(
        ((r.section_id, r.line_start, r.line_end, r.characters) for r in retrieved),
        key=lambda chunk: chunk[1:],
    )


def test_a_chunk_belongs_to_the_section_of_most_of_its_characters() -> None:
    text = "# 甲\n\n一二三四五六\n# 乙\n\n七八\n"
    # 0-9 is `# 甲` (4 with its line feed), the blank line (1) and 一二三四五: all of 甲.
    # 10-19 is 六 and its line feed, then 4 + 1 + 3 of 乙.
    assert chunks_of(text, 10) == [("n.md#甲", 1, 3, 10), ("n.md#乙", 3, 6, 10)]


def test_a_chunk_that_ends_with_a_line_does_not_reach_into_the_next() -> None:
    # 0-3 is `# a` and its line feed; 4-7 `bcd` and its line feed.
    assert chunks_of("# a\nbcd\nefg\n", 4) == [
        ("n.md#a", 1, 1, 4),
        ("n.md#a", 2, 2, 4),
        ("n.md#a", 3, 3, 4),
    ]


def test_blank_stretches_are_no_chunks() -> None:
    assert chunks_of("# a\n" + "\n" * 12 + "bcd\n", 4) == [
        ("n.md#a", 1, 1, 4),
        ("n.md#a", 14, 14, 4),
    ]


@given(st.text("#ab \n。", min_size=1, max_size=60), st.integers(1, 20))
def test_chunks_cover_every_line_that_is_not_blank(text: str, size: int) -> None:
    note, sections = read_note("n.md", text)
    system = build((note, sections), size=size)
    if not text.strip():
        return
    chunks = [chunk.retrieved for chunk in system._chunks]
    covered = {line for c in chunks for line in range(c.line_start, c.line_end + 1)}
    written = {i for i, line in enumerate(text.split("\n"), start=1) if line.strip()}
    assert written <= covered <= set(range(1, text.count("\n") + 2))
    assert all(chunk.section_id in sections for chunk in chunks)


def test_the_nearest_chunk_comes_first() -> None:
    first = read_note("a.md", "# 猫\n\n猫は丸くなる\n")
    second = read_note("b.md", "# 犬\n\n犬は走り回る\n")
    system = build(first, second)
    retrieved, _ = system.query(Question("犬は走り回る"))
    assert [item.section_id for item in retrieved] == ["b.md#犬", "a.md#猫"]
    assert retrieved[0].score > retrieved[1].score
    assert (retrieved[0].path, retrieved[0].line_start, retrieved[0].line_end) == ("b.md", 1, 3)


def test_at_most_thirty_chunks_are_returned() -> None:
    note = read_note("n.md", "# a\n\n" + "あ" * 400 + "\n")
    assert len(build(note, size=10).query(Question("あ"))[0]) == 30


def test_notes_are_embedded_once_and_a_question_with_all_that_was_said() -> None:
    embedder = FakeEmbedder()
    note, sections = read_note("n.md", "# a\n\nb\n")
    system = ChunkSystem([note], sections, embedder)
    assert embedder.calls == []
    question = Question("後", history=("前",))
    system.query(question)
    system.query(question)
    asked = [flatten_question(question)]
    assert embedder.calls == [asked, ["# a\n\nb\n"], asked]


def test_without_notes_nothing_is_found() -> None:
    assert build().query(Question("何")) == ([], None)
    # A note without any section, because it is blank.
    assert build(read_note("n.md", " \n")).query(Question("何")) == ([], None)
