"""Drafts are of sections that nobody asks about yet, and become questions once completed."""

import json
from pathlib import Path

import pytest

from eval.errors import QuestionSetError
from eval.questions import read_question_file
from eval.scaffold import propose_questions
from tests.eval.records import ask, read_note

SECTIONS = {
    key: section
    for name in ("a.md", "b.md", "c.md")
    for key, section in read_note(
        name, "".join(f"# 節{i}\n\n本文 {i}。\n\n" for i in range(1, 7)) + "# 空\n"
    )[1].items()
}


def propose(count: int, *questions: object) -> list[dict]:
    return [json.loads(line) for line in propose_questions(SECTIONS, questions, count)]


def sections_of(drafts: list[dict]) -> list[str]:
    return [draft["gold"][0]["section_id"] for draft in drafts]


def test_a_draft_shows_the_section_to_ask_about() -> None:
    (draft,) = propose(1)
    assert draft == {
        "id": "new-001",
        "question": "",
        "gold": [{"section_id": "a.md#節1", "line_start": 2, "line_end": 3}],
        "answer": "",
        "key_facts": [],
        "explanation": "# 節1\n\n本文 1。",
        "tags": ["own-words"],
    }


def test_sections_are_taken_evenly_over_the_notes() -> None:
    # 18 sections with text, six in each note.
    assert sections_of(propose(3)) == ["a.md#節1", "b.md#節1", "c.md#節1"]
    # Ten of 18: 0, 1, 3, 5, 7, 9, 10, 12, 14, 16.
    wanted = ["a1", "a2", "a4", "a6", "b2", "b4", "b5", "c1", "c3", "c5"]
    assert sections_of(propose(10)) == [f"{key[0]}.md#節{key[1]}" for key in wanted]


def test_every_section_is_taken_once_if_many_are_wanted() -> None:
    found = sections_of(propose(99))
    assert found == [key for key in SECTIONS if not key.endswith("空")]


def test_sections_that_a_question_touches_are_left_out() -> None:
    asked = [ask("q1", "a.md#節1", "a.md#節2"), ask("q2", near="a.md#節3")]
    assert sections_of(propose(99, *asked))[0] == "a.md#節4"
    assert len(propose(99, *asked)) == 15


def test_ids_that_are_taken_are_passed_over() -> None:
    drafts = propose(3, ask("new-002", "a.md#節1"))
    assert [draft["id"] for draft in drafts] == ["new-001", "new-003", "new-004"]


def test_nothing_is_proposed_where_nothing_is_left() -> None:
    assert propose(0) == []
    assert propose_questions({}, [], 5) == []
    assert propose(5, ask("q", *SECTIONS)) == []


def test_text_before_the_first_heading_is_gold_from_its_first_line() -> None:
    _, sections = read_note("n.md", "前書き\n\n# 一\n")
    (draft,) = [json.loads(line) for line in propose_questions(sections, [], 5)]
    assert draft["gold"][0]["line_start"] == 1


def test_a_draft_is_refused_until_it_asks_something(tmp_path: Path) -> None:
    path = tmp_path / "new.jsonl"
    (line,) = propose_questions(SECTIONS, [], 1)
    path.write_text(line, encoding="utf-8")
    with pytest.raises(QuestionSetError, match=r"new\.jsonl:1: 'question'"):
        read_question_file(path)
    path.write_text(line.replace('"question": ""', '"question": "何?"'), encoding="utf-8")
    assert read_question_file(path)[0].gold[0].section_id == "a.md#節1"
