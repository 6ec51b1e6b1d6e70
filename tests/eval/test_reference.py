"""The reference keeps what the gate needs, and a reference with holes is refused."""

import json
import math
from dataclasses import asdict, replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.errors import QuestionSetError, RunFileError
from eval.reference import Reference, make_reference, read_reference, write_reference
from eval.summary import score_run
from tests.eval.records import ask, result, run_of

QUESTIONS = [
    ask("q1", "a", tags=["code"]),
    ask("q2", "a", tags=["code"]),
    ask("q3", "a"),
    ask("q4", near="a", tags=["unanswerable"]),
]
RUN = run_of(result("q1", *"abcdefg"), result("q2", "b", "a"), result("q3", "a"), result("q4", "c"))
CHANGED = run_of(result("q1", "a"), result("q2", "a"), result("q3", "x", "a"))


def build() -> Reference:
    scores, changed = score_run(QUESTIONS, RUN), score_run(QUESTIONS, CHANGED)
    return make_reference(QUESTIONS, RUN, scores, changed, "first", "e5@1", "2026-01-31")


def test_scores_rankings_and_floors_are_kept() -> None:
    reference = build()
    assert reference.scores == {
        "R@1": {"q1": 1.0, "q2": 0.0, "q3": 1.0},
        "RR": {"q1": 1.0, "q2": 0.5, "q3": 1.0},
    }
    assert reference.rankings["q1"] == ["a", "b", "c", "d", "e"]
    assert reference.rankings["q4"] == ["c"]
    # 2/3 - 0.05 and 2.5/3 - 0.05
    assert reference.floors == {"R@1": 0.6167, "RR": 0.7833}
    assert (reference.reason, reference.model, reference.accepted_on) == (
        "first",
        "e5@1",
        "2026-01-31",
    )


def test_deviations_are_those_of_the_changed_system_by_slice() -> None:
    deviations = build().deviations
    # R@1 differs by 0, +1 (code) and -1; mean 0, squares 2 over n - 1 = 2: 1.
    assert deviations["all"]["R@1"] == pytest.approx(1.0)
    # RR: 0, +0.5, -0.5: sqrt(0.5 / 2)
    assert deviations["all"]["RR"] == pytest.approx(0.5)
    # 0 and 1: mean 0.5, squares 0.5 over 1
    assert deviations["code"]["R@1"] == pytest.approx(math.sqrt(0.5))
    # One question, and none.
    assert deviations["own-words"] == deviations["unanswerable"] == {"R@1": 0.0, "RR": 0.0}


def test_a_set_without_answerable_questions_makes_no_reference() -> None:
    for questions in ([], [ask("q", near="a")]):
        scores = score_run(questions, RUN)
        with pytest.raises(QuestionSetError, match="no question is answerable"):
            make_reference(questions, RUN, scores, scores, "", "", "")


def test_a_reference_survives_being_written(tmp_path: Path) -> None:
    write_reference(tmp_path / "deeper" / "reference.json", build())
    assert read_reference(tmp_path / "deeper" / "reference.json") == build()


texts = st.text(st.characters(exclude_categories=("Cs",)))
numbers = st.floats(0, 1)


@given(
    written=st.builds(
        Reference,
        *(texts, texts, texts),
        scores=st.dictionaries(texts, st.tuples(numbers, numbers), min_size=1).map(
            lambda rows: {
                "R@1": {key: pair[0] for key, pair in rows.items()},
                "RR": {key: pair[1] for key, pair in rows.items()},
            }
        ),
        rankings=st.dictionaries(texts, st.lists(texts, max_size=3), max_size=3),
        deviations=st.dictionaries(texts, st.dictionaries(texts, numbers, max_size=2), max_size=2),
        floors=st.fixed_dictionaries({"R@1": numbers, "RR": numbers}),
    )
)
def test_any_reference_survives_being_written(
    written: Reference, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("reference") / "reference.json"
    write_reference(path, written)
    assert read_reference(path) == written


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"{}", b"[" * 100_000, b"\xff\xfe", json.dumps({"reason": 1}).encode()],
    ids=["empty", "cut", "list", "object", "deep", "binary", "wrong type"],
)
def test_a_file_that_is_no_reference_is_told_in_one_line(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "reference.json"
    path.write_bytes(content)
    with pytest.raises(RunFileError) as caught:
        read_reference(path)
    message = "is no reference; restore it or renew it with `tenkyo eval accept`"
    assert str(caught.value) == f"{path}: {message}"


def test_a_run_is_no_reference(tmp_path: Path) -> None:
    path = tmp_path / "run.json"
    path.write_text(json.dumps(asdict(RUN)), encoding="utf-8")
    with pytest.raises(RunFileError, match="is no reference"):
        read_reference(path)


@pytest.mark.parametrize(
    "hole",
    [
        {"scores": {}},
        {"scores": {"R@1": {}, "RR": {}}},
        {"scores": {"R@1": {"q1": 1.0}}},
        {"scores": {"R@1": {"q1": 1.0}, "RR": {"q2": 1.0}}},
        {"scores": {"R@1": {"q1": math.nan}, "RR": {"q1": 1.0}}},
        {"floors": {"R@1": 0.5}},
        {"floors": {"R@1": 0.5, "RR": math.nan}},
    ],
)
def test_a_reference_with_holes_is_refused(tmp_path: Path, hole: dict[str, object]) -> None:
    # A hole would make the gate pass in silence, or fall over.
    path = tmp_path / "reference.json"
    write_reference(path, replace(build(), **hole))
    with pytest.raises(RunFileError, match=r"reference\.json: lacks scores or floors; restore it"):
        read_reference(path)


def test_a_missing_reference_is_told(tmp_path: Path) -> None:
    with pytest.raises(RunFileError, match=r"none\.json: cannot be read \(No such file.*accept`"):
        read_reference(tmp_path / "none.json")
