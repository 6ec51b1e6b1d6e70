"""Abstention figures against values worked out by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.abstention_metrics import AbstentionScores, score_abstention
from eval.datatypes import LabelledQuestion, QueryResult
from tests.eval.records import answered, ask, refused, result, run_of


def score(*rows: tuple[str, float, bool], refuse_below: float = 0.0) -> AbstentionScores:
    """Score rows of (gold or "", confidence, right)."""
    questions = []
    results = []
    for i, (gold, confidence, right) in enumerate(rows):
        name = f"q{i}"
        questions.append(ask(name, gold) if gold else ask(name, near="a"))
        answer = (
            refused(confidence) if confidence < refuse_below else answered(confidence=confidence)
        )
        results.append(result(name, "a" if right else "x", "a", answer=answer))
    return score_abstention(questions, run_of(*results))


FIVE = (
    ("a", 0.9, True),
    ("a", 0.8, False),
    ("", 0.5, True),
    ("a", 0.4, True),
    ("", 0.1, False),
)


def test_five_questions_by_hand() -> None:
    found = score(*FIVE, refuse_below=0.45)
    assert (found.answerable, found.unanswerable) == (3, 2)
    # Refused: 0.4 (answerable) and 0.1 (not).
    assert found.precision == 1 / 2
    assert found.recall == 1 / 2
    assert found.false_refusals == pytest.approx(1 / 3)
    # Of the 3 x 2 pairs only (0.4, 0.5) is the wrong way round.
    assert found.auc == pytest.approx(5 / 6)
    # 3 % of three questions is none: the threshold is 0.4, below it lies one of two.
    assert found.recall_at_3 == 1 / 2
    # Wrong in order of confidence: no, yes, yes (the notes do not answer), no, yes.
    wanted = [(1 / 5, 0), (2 / 5, 1 / 2), (3 / 5, 2 / 3), (4 / 5, 2 / 4), (1, 3 / 5)]
    assert list(found.curve) == [pytest.approx(point) for point in wanted]


def test_three_of_a_hundred_may_be_refused_wrongly() -> None:
    # 0.00 to 0.99: the fourth lowest, 0.03, is the threshold.
    answerable = [("a", i / 100, True) for i in range(100)]
    unanswerable = [("", value, False) for value in (0.005, 0.025, 0.03, 0.5)]
    assert score(*answerable, *unanswerable).recall_at_3 == 2 / 4


def test_equal_confidence_tells_nothing() -> None:
    found = score(("a", 0.5, True), ("a", 0.5, False), ("", 0.5, False))
    assert found.auc == 0.5
    assert found.recall_at_3 == 0.0
    # No threshold divides them: one point.
    assert found.curve == ((1.0, 2 / 3),)


@given(st.permutations((*FIVE, ("", 0.4, False), ("a", 0.9, False))))
def test_the_order_of_the_questions_does_not_matter(rows: list[tuple[str, float, bool]]) -> None:
    assert score(*rows, refuse_below=0.45) == score(*sorted(rows), refuse_below=0.45)


def test_what_cannot_be_computed_is_none() -> None:
    nothing = AbstentionScores(0, 0, None, None, None, None, None, ())
    assert score_abstention([], run_of()) == nothing
    # A system that only retrieves, and a question that was not asked.
    assert score_abstention([ask("q", "a")], run_of(result("q", "a"))) == nothing
    assert score_abstention([ask("q", "a")], run_of()) == nothing

    answerable = score(("a", 0.5, True))
    assert (answerable.precision, answerable.recall) == (None, None)
    assert (answerable.auc, answerable.recall_at_3) == (None, None)
    assert answerable.false_refusals == 0.0
    assert answerable.curve == ((1.0, 0.0),)

    unanswerable = score(("", 0.5, True), refuse_below=0.6)
    assert (unanswerable.precision, unanswerable.recall) == (1.0, 1.0)
    assert (unanswerable.auc, unanswerable.false_refusals) == (None, None)


def test_an_answer_without_any_section_is_wrong() -> None:
    questions: list[LabelledQuestion] = [ask("q", "a")]
    results: list[QueryResult] = [result("q", answer=answered())]
    assert score_abstention(questions, run_of(*results)).curve == ((1.0, 1.0),)
