"""Question sets survive a round trip, and every malformed line is told with file and line."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.datatypes import Choice, Question
from eval.datatypes import Gold, LabelledQuestion, Split
from eval.errors import QuestionSetError
from eval.questions import read_question_file, read_question_set, write_question_set
from tests.eval.records import ask

LINE = {"id": "q1", "question": "何?", "gold": [], "tags": []}


def write_lines(path: Path, *lines: str) -> Path:
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


def change(**fields: object) -> str:
    return json.dumps(LINE | fields)


def gold(**fields: object) -> dict[str, object]:
    return {"section_id": "a.md#a", "line_start": 3, "line_end": 4} | fields


def assert_one_line(message: str) -> None:
    assert "\n" not in message


def test_every_field_of_a_line_is_read(tmp_path: Path) -> None:
    line = {
        "id": "q1",
        "question": "どれ?",
        "history": ["前の質問"],
        "choices": {"A": "一", "B": "二", "C": "三"},
        "correct": "CA",
        "gold": [gold(digest="ab")],
        "near": "b.md#b",
        "answer": "答え",
        "key_facts": [["5 個", "五個"]],
        "explanation": "理由",
        "tags": ["keywords", "multiple-choice"],
        "split": "dev",
    }
    (read,) = read_question_file(write_lines(tmp_path / "a.jsonl", json.dumps(line)))
    choices = (Choice("A", "一"), Choice("B", "二"), Choice("C", "三"))
    assert read == LabelledQuestion(
        question=Question("どれ?", "q1", choices, ("前の質問",)),
        gold=(Gold("a.md#a", 3, 4, "ab"),),
        tags=frozenset({"keywords", "multiple-choice"}),
        split=Split.DEV,
        near="b.md#b",
        correct="AC",
        answer="答え",
        key_facts=(("5 個", "五個"),),
        explanation="理由",
    )


def test_a_question_is_of_the_test_split_until_it_is_assigned(tmp_path: Path) -> None:
    (read,) = read_question_file(write_lines(tmp_path / "a.jsonl", change()))
    assert read.split is Split.TEST


def test_a_letter_given_twice_counts_once(tmp_path: Path) -> None:
    (read,) = read_question_file(write_lines(tmp_path / "a.jsonl", change(correct="BAB")))
    assert read.correct == "AB"


def test_a_byte_order_mark_crlf_and_blank_lines_are_no_trouble(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(f"\ufeff\r\n{change()}\r\n \r\n{change(id='q2')}".encode())
    assert [q.query_id for q in read_question_file(path)] == ["q1", "q2"]


def test_unicode_line_separators_within_a_question_do_not_cut_it(tmp_path: Path) -> None:
    line = json.dumps(LINE | {"question": "一\u2028二\x85三"}, ensure_ascii=False)
    (read,) = read_question_file(write_lines(tmp_path / "a.jsonl", line))
    assert read.question.text == "一\u2028二\x85三"


def test_a_folder_is_read_in_the_order_of_names(tmp_path: Path) -> None:
    write_lines(tmp_path / "b.jsonl", change(id="q2"))
    write_lines(tmp_path / "a.jsonl", change(id="q1"), change(id="q3"))
    write_lines(tmp_path / "c.txt", "no questions")
    assert [q.query_id for q in read_question_set(tmp_path)] == ["q1", "q3", "q2"]


def test_fields_that_say_nothing_are_not_written(tmp_path: Path) -> None:
    write_question_set(tmp_path / "a.jsonl", [ask("q1", text="何?", tags=[])])
    assert json.loads((tmp_path / "a.jsonl").read_text("utf-8")) == LINE | {"split": "test"}


texts = st.text(st.characters(exclude_categories=("Cs",)))
names = texts.filter(lambda text: re.search(r"\S", text) is not None)
golds = st.builds(
    lambda section, start, more, digest: Gold(section, start, start + more, digest),
    st.text(st.characters(exclude_categories=("Cs",)), min_size=1),
    st.integers(1, 9999),
    st.integers(0, 99),
    texts,
)
questions = st.builds(
    LabelledQuestion,
    question=st.builds(
        Question,
        text=names,
        query_id=names,
        choices=st.dictionaries(texts, texts, max_size=4).map(
            lambda options: tuple(Choice(letter, text) for letter, text in options.items())
        ),
        history=st.lists(texts, max_size=2).map(tuple),
    ),
    gold=st.lists(golds, max_size=3).map(tuple),
    tags=st.frozensets(texts, max_size=3),
    split=st.sampled_from(Split),
    near=texts,
    correct=st.sets(st.sampled_from("ABCDE")).map(lambda letters: "".join(sorted(letters))),
    answer=texts,
    key_facts=st.lists(st.lists(names, min_size=1, max_size=2).map(tuple), max_size=2).map(tuple),
    explanation=texts,
)


@given(written=st.lists(questions, min_size=1, max_size=3, unique_by=lambda q: q.query_id))
def test_what_is_written_is_read_again(
    written: list[LabelledQuestion], tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("set") / "a.jsonl"
    write_question_set(path, written)
    assert read_question_set(path) == written


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("{", "is not valid JSON"),
        ('{"id": "q2"} extra', "is not valid JSON"),
        ("[" * 100_000, "is not valid JSON"),
        ("9" * 5_000, "is not valid JSON"),
        ("[]", "'line'"),
        ("null", "'line'"),
        (json.dumps({"id": "q2"}), "'question': Field required"),
        (change(id=""), "'id'"),
        (change(id=7), "'id'"),
        (change(question=" \u3000"), "'question'"),
        (change(question="\ud800"), "'question'"),
        (change(split="train"), "'split'"),
        (change(golds=[]), "'golds': Extra inputs"),
        (change(**{"a\nb": 1}), r"'a\nb': Extra inputs"),
        (change(gold=[gold(line_start=0)]), "'gold.0.line_start'"),
        (change(gold=[gold(line_start="3")]), "'gold.0.line_start'"),
        (change(gold=[gold(section_id="")]), "'gold.0.section_id'"),
        (change(gold=[gold(), gold(line_end=2)]), "line_end 2 is before line_start 3"),
        (change(key_facts=[[]]), "'key_facts.0'"),
        (change(key_facts=[["5 個", " "]]), "'key_facts.0.1'"),
        (change(choices=["一"]), "'choices'"),
        (change(tags="keywords"), "'tags'"),
    ],
)
def test_a_malformed_line_is_told_with_its_file_and_line(
    tmp_path: Path, line: str, told: str
) -> None:
    path = tmp_path / "a.jsonl"
    write_lines(path, change(), "", line)
    with pytest.raises(QuestionSetError) as caught:
        read_question_file(path)
    message = str(caught.value)
    assert message.startswith(f"{path}:3: ")
    assert told in message
    assert_one_line(message)


def test_an_id_that_comes_twice_is_told_with_both_places(tmp_path: Path) -> None:
    first = write_lines(tmp_path / "a.jsonl", change())
    second = write_lines(tmp_path / "b.jsonl", change(id="q0"), change())
    with pytest.raises(QuestionSetError) as caught:
        read_question_set(tmp_path)
    assert str(caught.value) == f"{second}:2: id 'q1' is taken by {first}:1; rename one"


def test_an_id_that_comes_twice_in_one_file_is_told(tmp_path: Path) -> None:
    path = write_lines(tmp_path / "a.jsonl", change(), change())
    with pytest.raises(QuestionSetError, match=r"a\.jsonl:2: id 'q1' is taken by .*a\.jsonl:1;"):
        read_question_set(path)


def test_a_file_that_is_not_utf_8_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(json.dumps("日本語", ensure_ascii=False).encode("shift_jis"))
    with pytest.raises(QuestionSetError, match=r"a\.jsonl: is not UTF-8 \(.*\); convert it$"):
        read_question_file(path)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(QuestionSetError, match=r"none\.jsonl: cannot be read \(No such file"):
        read_question_set(tmp_path / "none.jsonl")


def test_a_set_without_questions_is_refused_but_a_file_may_be_empty(tmp_path: Path) -> None:
    path = write_lines(tmp_path / "a.jsonl", "", " ")
    assert read_question_file(path) == []
    for source in (path, tmp_path):
        with pytest.raises(QuestionSetError, match="holds no questions; write some"):
            read_question_set(source)


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    path = tmp_path / "none" / "a.jsonl"
    with pytest.raises(QuestionSetError, match=r"a\.jsonl: cannot be written \(No such file"):
        write_question_set(path, [ask("q1")])
