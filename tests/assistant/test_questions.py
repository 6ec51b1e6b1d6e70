"""Questions are checked before any work is done for them."""

import json
from pathlib import Path

import pytest

from assistant.answering.questions import (
    MAX_QUESTION_CHARACTERS,
    check_question,
    read_questions,
    take_apart,
)
from assistant.datatypes import Choice, Question
from assistant.errors import QuestionError, QuestionFileError


@pytest.mark.parametrize("text", ["", "   ", "\u3000\n", "\x00"])
def test_an_empty_question_is_refused(text: str) -> None:
    with pytest.raises(QuestionError, match="empty"):
        check_question(text)


@pytest.mark.parametrize("text", ["?!", "。。。", "---", "😀"])
def test_a_question_without_a_word_is_refused(text: str) -> None:
    with pytest.raises(QuestionError, match="no word"):
        check_question(text)


def test_the_longest_question_is_answered_and_a_longer_one_is_refused() -> None:
    assert len(check_question("あ" * MAX_QUESTION_CHARACTERS)) == MAX_QUESTION_CHARACTERS
    with pytest.raises(QuestionError, match="100,000 characters"):
        check_question("あ" * 100_000)


def test_control_characters_and_lone_surrogates_are_cleaned() -> None:
    assert check_question(" NLB\x00とは\ud800 ") == "NLB とは\ufffd"


def write(path: Path, *records: object) -> Path:
    lines = [r if isinstance(r, str) else json.dumps(r, ensure_ascii=False) for r in records]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_a_question_file_is_read_in_order(tmp_path: Path) -> None:
    file = write(
        tmp_path / "q.jsonl",
        {"id": "1", "question": "甲?", "choices": {"A": "一", "B": "二"}},
        "",
        {"id": "2", "question": "乙?", "history": ["丙?"], "gold": "passed over"},
    )
    assert list(read_questions(file)) == [
        Question("甲?", "1", (Choice("A", "一"), Choice("B", "二"))),
        Question("乙?", "2", (), ("丙?",)),
    ]


def test_an_explanation_that_was_pasted_along_makes_no_question_too_long(tmp_path: Path) -> None:
    pasted = "どれ? 一つ選べ。\nA. 甲\nB. 乙\n正解: B\n解説: " + "長い。" * 3_000
    [question] = read_questions(write(tmp_path / "q.jsonl", {"id": "1", "question": pasted}))
    assert take_apart(question).text == "どれ? 一つ選べ。"


@pytest.mark.parametrize(
    ("bad", "named"),
    [
        ("{", "not valid JSON"),
        ("[" * 100_000, "not valid JSON"),
        ("[1]", "line"),
        ({"question": "甲?"}, "id"),
        ({"id": 7, "question": "甲?"}, "id"),
        ({"id": "7"}, "question"),
        ({"id": "7", "question": "甲?", "history": "丙"}, "history"),
        ({"id": "7", "question": "。。。"}, "no word"),
        ({"id": "1", "question": "甲?"}, "comes twice"),
    ],
)
def test_a_bad_line_is_named_with_its_number(tmp_path: Path, bad: object, named: str) -> None:
    file = write(tmp_path / "q.jsonl", {"id": "1", "question": "乙?"}, bad)
    with pytest.raises(QuestionFileError, match=rf"q\.jsonl:2: .*{named}"):
        list(read_questions(file))


def test_a_missing_file_and_a_file_in_another_encoding_are_named(tmp_path: Path) -> None:
    with pytest.raises(QuestionFileError, match="cannot be read"):
        list(read_questions(tmp_path / "none.jsonl"))
    (tmp_path / "sjis.jsonl").write_bytes("質問".encode("shift_jis"))
    with pytest.raises(QuestionFileError, match="not UTF-8"):
        list(read_questions(tmp_path / "sjis.jsonl"))
