"""SQuAD files and TREC topics become question sets; files of another form are refused."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.datatypes import Gold, Split
from eval.errors import ImportFormatError
from eval.exporters import write_trec
from eval.importers import import_squad, import_trec, resolve_gold
from ingest.datatypes import Section
from ingest.markdown import parse_sections
from ingest.plaintext import render_blocks
from ingest.reader import read_notes
from tests.eval.records import ask, read_note, run_of


def squad(*articles: object) -> str:
    return json.dumps({"version": "1.1", "data": list(articles)}, ensure_ascii=False)


def article(context: str, *ids: str, title: str = "題", **fields: object) -> dict[str, object]:
    asked = [{"id": i, "question": f"{i}?", "answers": []} | fields for i in ids]
    return {"title": title, "paragraphs": [{"context": context, "qas": asked}]}


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def read_sections(folder: Path) -> dict[str, Section]:
    return {s.section_id: s for note in read_notes(folder).notes for s in parse_sections(note)}


def test_paragraphs_become_notes_and_questions_know_their_section(tmp_path: Path) -> None:
    text = squad(article("甲 [SEP] 一行目\n\n# 二行目", "q1", "q2"), article("乙の話。", "q3"))
    notes = tmp_path / "new" / "notes"
    questions = import_squad(write(tmp_path / "squad.json", text), notes)
    assert (notes / "00000.md").read_text("utf-8") == "# 甲\n\n一行目 # 二行目\n"
    assert (notes / "00001.md").read_text("utf-8") == "# 題\n\n乙の話。\n"
    sections = read_sections(notes)
    resolved = resolve_gold(questions, sections)
    assert [(q.query_id, q.question.text, q.gold) for q in resolved] == [
        ("q1", "q1?", (Gold("00000.md#甲", 3, 3, sections["00000.md#甲"].digest),)),
        ("q2", "q2?", (Gold("00000.md#甲", 3, 3, sections["00000.md#甲"].digest),)),
        ("q3", "q3?", (Gold("00001.md#題", 3, 3, sections["00001.md#題"].digest),)),
    ]
    assert {(q.tags, q.split, q.near) for q in resolved} == {
        (frozenset({"own-words"}), Split.TEST, "")
    }


def test_the_impossible_questions_of_squad_2_are_unanswerable(tmp_path: Path) -> None:
    file = write(tmp_path / "a.json", squad(article("話。", "q1", is_impossible=True)))
    (question,) = resolve_gold(
        import_squad(file, tmp_path / "notes"), read_sections(tmp_path / "notes")
    )
    assert (question.gold, question.near) == ((), "00000.md#題")
    assert question.tags == {"unanswerable"}


@given(
    context=st.text("#>-*+=`~|<!/?[]:(). 1a話\n\\", min_size=1, max_size=12).filter(
        lambda text: text.strip() != ""
    )
)
def test_a_paragraph_that_looks_like_markdown_stays_one_section(
    context: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("squad")
    notes = folder / "notes"
    questions = import_squad(write(folder / "a.json", squad(article(context, "q"))), notes)
    (section,) = read_sections(notes).values()
    assert section.line_start <= 3 <= section.line_end
    assert resolve_gold(questions, {section.section_id: section})[0].gold[0].line_start == 3


@pytest.mark.parametrize(
    "context", ["-5 度です", "# 見出し風", "<!-- 註 --> 本文", "---", "> 引用"]
)
def test_the_first_sign_of_a_paragraph_is_kept(tmp_path: Path, context: str) -> None:
    notes = tmp_path / "notes"
    import_squad(write(tmp_path / "a.json", squad(article(context, "q"))), notes)
    (section,) = read_sections(notes).values()
    (block,) = render_blocks(section)
    assert block.text[0] == context[0]


def test_a_byte_order_mark_is_no_trouble(tmp_path: Path) -> None:
    file = write(tmp_path / "a.json", "\ufeff" + squad(article("話。", "q1")))
    assert len(import_squad(file, tmp_path / "notes")) == 1


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("", "('file': Invalid JSON"),
        ("{", "('file': Invalid JSON"),
        ("[" * 100_000, "('file': Invalid JSON"),
        ("[]", "('file': "),
        ("{}", "('data': Field required)"),
        ('{"data": {}}', "('data': "),
        ('{"data": [{"title": "a"}]}', "('data.0.paragraphs': Field required)"),
        (squad({"paragraphs": [{"qas": []}]}), "('data.0.paragraphs.0.context': Field"),
        (squad({"paragraphs": [{"context": "a"}]}), "('data.0.paragraphs.0.qas': Field"),
        (squad(article("a", "")), "('data.0.paragraphs.0.qas.0.id': "),
        (squad(article("a", "q", question=5)), "('data.0.paragraphs.0.qas.0.question': "),
        (squad(article(" ", "q")), "('data.0.paragraphs.0.context': "),
    ],
)
def test_a_file_of_another_form_is_told_in_one_line(
    tmp_path: Path, content: str, told: str
) -> None:
    file = write(tmp_path / "a.json", content)
    with pytest.raises(ImportFormatError) as caught:
        import_squad(file, tmp_path / "notes")
    message = str(caught.value)
    assert message.startswith(f"{file}: is not in SQuAD's format {told}")
    assert "\n" not in message
    assert not (tmp_path / "notes").exists()


def test_a_file_that_is_not_utf_8_is_told(tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    file.write_bytes(squad(article("日本語", "q1")).encode("shift_jis"))
    with pytest.raises(ImportFormatError, match=r"a\.json: is not in SQuAD's format"):
        import_squad(file, tmp_path / "notes")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (squad(), "asks no questions; choose another file"),
        (squad(article("話。")), "asks no questions; choose another file"),
        (squad(article("話。", "q1"), article("別。", "q1")), "id 'q1' comes twice; rename one"),
    ],
)
def test_a_set_that_could_not_be_used_is_refused(tmp_path: Path, content: str, told: str) -> None:
    file = write(tmp_path / "a.json", content)
    with pytest.raises(ImportFormatError, match=re.escape(f"{file}: {told}")):
        import_squad(file, tmp_path / "notes")
    assert not (tmp_path / "notes").exists()


def test_missing_files_and_used_folders_are_told(tmp_path: Path) -> None:
    file = write(tmp_path / "a.json", squad(article("話。", "q1")))
    with pytest.raises(ImportFormatError, match=r"none: cannot be read \(No such file"):
        import_squad(tmp_path / "none", tmp_path / "notes")
    with pytest.raises(ImportFormatError, match="is not empty; name a new folder"):
        import_squad(file, tmp_path)
    with pytest.raises(ImportFormatError, match=r"a\.json: cannot be written \("):
        import_squad(file, file)


def test_a_note_that_was_not_read_is_told(tmp_path: Path) -> None:
    file = write(tmp_path / "a.json", squad(article("話。", "q1")))
    with pytest.raises(ImportFormatError, match=r"^00000\.md: has no section; index the notes"):
        resolve_gold(import_squad(file, tmp_path / "notes"), {})


NOTE, SECTIONS = read_note("n.md", "# 甲 1\n\n一\n\n# 乙\n\n二\n")
FIRST, SECOND = SECTIONS.values()


def trec(tmp_path: Path, topics: str, qrels: str) -> list:
    topics_file = write(tmp_path / "topics.tsv", topics)
    return import_trec(topics_file, write(tmp_path / "qrels.txt", qrels), SECTIONS)


def gold_of(section: Section) -> Gold:
    return Gold(section.section_id, section.line_start, section.line_end, section.digest)


def test_topics_and_qrels_become_questions(tmp_path: Path) -> None:
    qrels = (
        f"q1 0 {FIRST.section_id} 1\nq1 0 {SECOND.section_id} 2\n\n"
        f"q2 0 {FIRST.section_id} 0\nq2\t0\t{SECOND.section_id}\t-1\n"
    )
    first, second, third = trec(tmp_path, "\ufeffq1\t何か?\r\n\nq2\t 別の\tもの \nq 3\tx\n", qrels)
    assert (first.query_id, first.question.text) == ("q1", "何か?")
    # The higher grade first.
    assert first.gold == (gold_of(SECOND), gold_of(FIRST))
    assert first.tags == {"own-words"}
    assert (second.question.text, second.gold, second.tags) == (
        "別の\tもの",
        (),
        {"unanswerable"},
    )
    assert (third.query_id, third.gold) == ("q 3", ())


def test_what_we_export_is_imported_again(tmp_path: Path) -> None:
    labelled = ask("q 1%", FIRST.section_id, SECOND.section_id)
    qrels, _ = write_trec(tmp_path, [labelled], run_of())
    topics = write(tmp_path / "topics.tsv", f"q 1%\t{labelled.question.text}\n")
    (imported,) = import_trec(topics, qrels, SECTIONS)
    assert imported.question == labelled.question
    assert {gold.section_id for gold in imported.gold} == set(SECTIONS)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("q1 0 n.md#乙", "is not 'query 0 section grade'"),
        ("q1 0 n.md#乙 1 x", "is not 'query 0 section grade'"),
        ("q1 0 n.md#乙 high", "is not 'query 0 section grade'"),
        ("q1 0 n.md#乙 1.0", "is not 'query 0 section grade'"),
        ("q1 0 n.md#乙 --1", "is not 'query 0 section grade'"),
        ("q1 0 n.md#乙 ²", "is not 'query 0 section grade'"),
        ("q1 0 n.md#乙 " + "9" * 5000, "is not 'query 0 section grade'"),
        ("q1 0 n.md#丙 1", "no section n.md#丙 in the notes"),
        ("q9 0 n.md#乙 1", "no topic 'q9' among the topics"),
        ("q1 0 n.md#甲-1 0", "section n.md#甲-1 comes twice"),
    ],
)
def test_a_bad_line_of_the_qrels_is_told_with_its_place(
    tmp_path: Path, line: str, told: str
) -> None:
    assert FIRST.section_id == "n.md#甲-1"
    with pytest.raises(ImportFormatError) as caught:
        trec(tmp_path, "q1\t何か?\n", f"q1 0 n.md#甲-1 1\n\n{line}\n")
    assert str(caught.value) == f"{tmp_path / 'qrels.txt'}:3: {told}"


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("q2 何か?", "is not 'id<TAB>question'"),
        ("q2\t ", "is not 'id<TAB>question'"),
        ("\t何か?", "is not 'id<TAB>question'"),
        ("q1\t何か?", "topic 'q1' comes twice"),
    ],
)
def test_a_bad_line_of_the_topics_is_told_with_its_place(
    tmp_path: Path, line: str, told: str
) -> None:
    with pytest.raises(ImportFormatError) as caught:
        trec(tmp_path, f"q1\t何?\n{line}\n", "")
    assert str(caught.value) == f"{tmp_path / 'topics.tsv'}:2: {told}"


def test_no_topics_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ImportFormatError, match=r"topics\.tsv: holds no topics"):
        trec(tmp_path, "\n", "")


def test_files_that_cannot_be_read_are_told(tmp_path: Path) -> None:
    topics = write(tmp_path / "topics.tsv", "q1\t何?\n")
    with pytest.raises(ImportFormatError, match=r"none: cannot be read as UTF-8 text; check it"):
        import_trec(topics, tmp_path / "none", SECTIONS)
    topics.write_bytes("q1\t日本語\n".encode("shift_jis"))
    with pytest.raises(ImportFormatError, match=r"topics\.tsv: cannot be read as UTF-8 text"):
        import_trec(topics, topics, SECTIONS)
