"""Retrieval measures against values worked out by hand."""

from math import log2

import pytest

from eval.retrieval_metrics import MEASURES, rank_sections, score_retrieval
from tests.eval.records import ask, found, result, run_of


def scores_of(*retrieved: str, gold: tuple[str, ...]) -> dict[str, float]:
    scores = score_retrieval([ask("q", *gold)], run_of(result("q", *retrieved)))
    return {measure: values["q"] for measure, values in scores.items()}


def test_one_right_section_at_the_second_rank() -> None:
    found = scores_of("b", "a", gold=("a",))
    assert found == pytest.approx(
        {
            "R@1": 0,
            "R@3": 1,
            "R@5": 1,
            "R@10": 1,
            "Success@1": 0,
            "Success@3": 1,
            "Success@5": 1,
            "RR": 1 / 2,
            # gain 1 at rank 2, ideal 1 at rank 1: (1 / log2(3)) / (1 / log2(2))
            "nDCG@10": 1 / log2(3),
        }
    )


def test_two_right_sections_at_the_first_and_the_fourth_rank() -> None:
    found = scores_of("a", "x", "y", "b", gold=("a", "b"))
    assert found == pytest.approx(
        {
            "R@1": 1 / 2,
            "R@3": 1 / 2,
            "R@5": 1,
            "R@10": 1,
            "Success@1": 1,
            "Success@3": 1,
            "Success@5": 1,
            "RR": 1,
            # (1 + 1/log2(5)) / (1 + 1/log2(3))
            "nDCG@10": (1 + 1 / log2(5)) / (1 + 1 / log2(3)),
        }
    )


def test_the_order_of_the_gold_sections_and_a_repeated_one_do_not_matter() -> None:
    wanted = scores_of("x", "a", "b", gold=("a", "b"))
    assert scores_of("x", "a", "b", gold=("b", "a")) == wanted
    assert scores_of("x", "a", "b", gold=("a", "b", "a")) == wanted


def test_the_eleventh_rank_counts_for_the_reciprocal_rank_alone() -> None:
    found = scores_of(*(f"x{i:02}" for i in range(10)), "a", gold=("a",))
    assert found.pop("RR") == pytest.approx(1 / 11)
    assert set(found.values()) == {0.0}


def test_a_section_returned_as_several_chunks_counts_at_its_best_rank() -> None:
    # x, x, a are two sections: a is the second.
    assert scores_of("x", "x", "a", "a", gold=("a",))["RR"] == 1 / 2
    run = run_of(result("q", found("x"), found("a", (2, 3)), found("x", (9, 9))))
    assert rank_sections(run) == {"q": ["x", "a"]}


def test_a_question_without_a_result_scores_zero_in_every_measure() -> None:
    questions = [ask("nothing", "a"), ask("unasked", "a"), ask("wrong", "a")]
    scores = score_retrieval(questions, run_of(result("nothing"), result("wrong", "b")))
    assert scores == {
        str(measure): {"nothing": 0.0, "unasked": 0.0, "wrong": 0.0} for measure in MEASURES
    }


def test_unanswerable_and_foreign_questions_have_no_score() -> None:
    questions = [ask("answerable", "a"), ask("unanswerable", near="a")]
    run = run_of(result("answerable", "a"), result("unanswerable", "a"), result("foreign", "a"))
    scores = score_retrieval(questions, run)
    assert all(values == {"answerable": 1.0} for values in scores.values())


@pytest.mark.parametrize("questions", [[], [ask("q", near="a")]], ids=["none", "unanswerable"])
def test_a_set_without_answerable_questions_has_no_scores(questions: list) -> None:
    scores = score_retrieval(questions, run_of(result("q", "a")))
    assert scores == {str(measure): {} for measure in MEASURES}


def test_the_order_is_the_one_that_was_returned_not_that_of_the_scores() -> None:
    # Equal scores (1.0 each): trec_eval would break the tie by name, z before a.
    assert scores_of("a", "z", gold=("a",))["RR"] == 1.0
    assert scores_of("z", "a", gold=("z",))["RR"] == 1.0
