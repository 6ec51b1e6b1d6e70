"""A system is asked every question in order; runs survive being written."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.datatypes import Question
from eval.datatypes import AnswerRecord, QueryResult, RetrievedText, Run
from eval.errors import RunFileError
from eval.runs import read_run, run_system, write_json, write_run, write_text
from tests.eval.records import answered, ask, found, result, run_of


class FakeSystem:
    """Implements `System`: finds a section named after the question's id."""

    name = "fake"

    def __init__(self) -> None:
        self.asked: list[str] = []

    def query(self, question: Question) -> tuple[list[RetrievedText], AnswerRecord | None]:
        self.asked.append(question.query_id)
        answer = answered() if question.query_id == "q1" else None
        return [found(f"n.md#{question.query_id}")], answer


def test_every_question_is_asked_in_order() -> None:
    told: list[tuple[int, int]] = []
    run = run_system(FakeSystem(), [ask("q2"), ask("q1")], lambda *done: told.append(done))
    assert run.system == "fake"
    assert [(r.query_id, r.retrieved[0].section_id) for r in run.results] == [
        ("q2", "n.md#q2"),
        ("q1", "n.md#q1"),
    ]
    assert [r.answer for r in run.results] == [None, answered()]
    assert all(r.seconds > 0 for r in run.results)
    assert told == [(1, 2), (2, 2)]


def test_the_first_question_is_asked_once_before_the_clock_runs() -> None:
    system = FakeSystem()
    run_system(system, [ask("q1"), ask("q2")])
    assert system.asked == ["q1", "q1", "q2"]


def test_no_questions_make_an_empty_run() -> None:
    assert run_system(FakeSystem(), []) == run_of(system="fake")


texts = st.text(st.characters(exclude_categories=("Cs",)))
numbers = st.floats(allow_nan=False, allow_infinity=False)
runs = st.builds(
    Run,
    texts,
    st.lists(
        st.builds(
            QueryResult,
            texts,
            st.lists(
                st.builds(
                    RetrievedText,
                    *(texts, numbers, texts, st.integers(), st.integers(), st.integers()),
                ),
                max_size=3,
            ).map(tuple),
            st.none()
            | st.builds(
                AnswerRecord,
                texts,
                st.none() | texts,
                numbers,
                st.none() | texts,
                st.lists(st.tuples(texts, st.integers(), st.integers()), max_size=2).map(tuple),
            ),
            numbers,
        ),
        max_size=3,
    ).map(tuple),
)


@given(written=runs)
def test_what_is_written_is_read_again(
    written: Run, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("run") / "deeper" / "run.json"
    write_run(path, written)
    assert read_run(path) == written


def test_the_same_value_gives_the_same_bytes(tmp_path: Path) -> None:
    write_json(tmp_path / "a.json", {"b": 1, "a": "日本"})
    write_json(tmp_path / "b.json", {"a": "日本", "b": 1})
    assert (tmp_path / "a.json").read_bytes() == (tmp_path / "b.json").read_bytes()
    assert (tmp_path / "a.json").read_text("utf-8") == '{\n "a": "日本",\n "b": 1\n}\n'


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "is no run ('file': Invalid JSON"),
        (b"[" * 100_000, "is no run ('file': Invalid JSON"),
        (b"[]", "is no run ('file': "),
        (b"\xff\xfe{}", "is no run ('file': "),
        ("日本".encode("shift_jis"), "is no run ('file': "),
        (b"{}", "is no run ('system': Field required)"),
        (b'{"system": "a", "results": [{"query_id": 1}]}', "is no run ('results.0.query_id': "),
        (b'{"id": "q1", "question": "?", "gold": [], "tags": []}', "is no run ('system': "),
    ],
)
def test_a_file_that_is_no_run_is_told_in_one_line(
    tmp_path: Path, content: bytes, told: str
) -> None:
    path = tmp_path / "run.json"
    path.write_bytes(content)
    with pytest.raises(RunFileError) as caught:
        read_run(path)
    message = str(caught.value)
    assert message.startswith(f"{path}: {told}")
    assert message.endswith("make one with `tenkyo eval run`")
    assert "\n" not in message


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(RunFileError, match=r"none\.json: cannot be read \(No such file"):
        read_run(tmp_path / "none.json")


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    for path in (tmp_path / "file" / "run.json", tmp_path):
        with pytest.raises(RunFileError, match=re.escape(f"{path}: cannot be written (")):
            write_text(path, "a")
        with pytest.raises(RunFileError, match="choose another place"):
            write_run(path, run_of(result("q")))
