"""Scores by slice, with micro and macro means."""

import pytest

from eval.significance import Estimate
from eval.summary import ALL, LATENCY, find_slices, score_run, summarize
from tests.eval.records import answered, ask, refused, result, run_of

QUESTIONS = [
    ask("q1", "a", tags=["keywords"]),
    ask("q2", "a", tags=["keywords", "code"]),
    ask("q3", "a", tags=["keywords"]),
    ask("q4", tags=["unanswerable"], near="a"),
]
RUN = run_of(
    result("q1", "a", seconds=0.5),
    result("q2", "b", "a", seconds=0.25),
    result("q3", "a"),
    result("q4", "a", seconds=0.125),
)


def test_slices_are_tags_and_the_whole() -> None:
    slices = find_slices(QUESTIONS)
    assert list(slices) == ["all", "code", "keywords", "unanswerable"]
    assert slices["all"] == ["q1", "q2", "q3", "q4"]
    assert slices["keywords"] == ["q1", "q2", "q3"]
    assert find_slices([]) == {"all": []}


def test_a_tag_cannot_take_the_place_of_the_whole() -> None:
    questions = [ask("q1", "a", tags=[ALL]), ask("q2", "a")]
    assert find_slices(questions) == {"all": ["q1", "q2"], "own-words": ["q2"]}


def test_micro_and_macro_means_by_hand() -> None:
    summary = summarize(QUESTIONS, RUN, score_run(QUESTIONS, RUN))
    # R@1: q1 1, q2 0, q3 1; q4 has none.
    assert summary.slices["all"]["R@1"].mean == pytest.approx(2 / 3)
    assert summary.slices["all"]["R@1"].n == 3
    assert summary.slices["keywords"]["R@1"] == summary.slices["all"]["R@1"]
    assert summary.slices["code"]["R@1"] == Estimate(0.0, 0.0, 0.0, 1)
    # Means of the slices: keywords 2/3, code 0; unanswerable has none.
    assert summary.macro["R@1"] == pytest.approx(1 / 3)


def test_what_applies_to_no_question_of_a_slice_is_left_out() -> None:
    summary = summarize(QUESTIONS, RUN, score_run(QUESTIONS, RUN))
    assert set(summary.slices["unanswerable"]) == {LATENCY}
    assert "choice" not in summary.macro
    assert "length" not in summary.slices["all"]
    assert summary.abstention is None


def test_latency_is_in_milliseconds() -> None:
    scores = score_run(QUESTIONS, RUN)
    assert scores.measures[LATENCY] == {"q1": 500.0, "q2": 250.0, "q3": 0.0, "q4": 125.0}
    assert scores.system == "tenkyo"


def test_a_run_with_answers_has_an_abstention() -> None:
    run = run_of(
        result("q1", "a", answer=answered("あ", ("a", 1, 1), confidence=0.9)),
        result("q4", "a", answer=refused()),
    )
    summary = summarize(QUESTIONS, run, score_run(QUESTIONS, run))
    assert summary.abstention is not None
    assert (summary.abstention.recall, summary.abstention.auc) == (1.0, 1.0)
    assert summary.slices["all"]["citation precision"].n == 1


def test_an_empty_set_has_an_empty_summary() -> None:
    summary = summarize([], run_of(), score_run([], run_of()))
    assert (summary.slices, summary.macro, summary.abstention) == ({"all": {}}, {}, None)
