"""How much of the answering lines a reader gets within a number of characters."""

import pytest

from eval.datatypes import Gold, RetrievedText
from eval.evidence_metrics import score_evidence
from tests.eval.records import ask, found, result, run_of

TEN_LINES = Gold("n.md#a", 11, 20)


def evidence(*retrieved: RetrievedText, gold: tuple[Gold, ...] = (TEN_LINES,)) -> tuple[float, ...]:
    scores = score_evidence([ask("q", *gold)], run_of(result("q", *retrieved)))
    return scores["evidence@500"]["q"], scores["evidence@1000"]["q"]


def test_a_text_that_fits_counts_whole() -> None:
    assert evidence(found("n.md#a", (11, 20), 500)) == (1.0, 1.0)


def test_a_text_that_does_not_fit_counts_for_the_lines_that_do() -> None:
    # 10 lines of 100 characters: 5 within 500, all within 1,000.
    assert evidence(found("n.md#a", (11, 20), 1000)) == (0.5, 1.0)
    # 10 lines, 501 characters: 10 * 500 // 501 = 9.
    assert evidence(found("n.md#a", (11, 20), 501)) == (0.9, 1.0)


def test_what_was_read_before_uses_the_budget_up() -> None:
    # 400 characters before: 100 left of 500 are 1 line of 10, 600 left of 1,000 are 6.
    before = found("n.md#b", (30, 33), 400)
    assert evidence(before, found("n.md#a", (11, 20), 1000)) == (0.1, 0.6)
    # 500 before: nothing is left of the smaller budget.
    assert evidence(found("n.md#b", (30, 33), 500), found("n.md#a", (11, 20), 250)) == (0.0, 1.0)


def test_lines_of_another_note_or_beside_the_gold_do_not_count() -> None:
    assert evidence(found("m.md#a", (11, 20), 100)) == (0.0, 0.0)
    # 16-20 of the ten lines
    assert evidence(found("n.md#a", (16, 40), 100)) == (0.5, 0.5)


def test_lines_read_twice_count_once() -> None:
    chunks = [found("n.md#a", lines, 100) for lines in ((11, 14), (13, 16))]
    # 11-16 are six of ten.
    assert evidence(*chunks) == (0.6, 0.6)


def test_of_several_right_places_the_best_covered_counts() -> None:
    other = Gold("m.md#b", 1, 2)
    assert evidence(found("m.md#b", (1, 1), 10), gold=(TEN_LINES, other)) == (0.5, 0.5)
    both = found("m.md#b", (1, 1), 10), found("n.md#a", (11, 19), 10)
    assert evidence(*both, gold=(TEN_LINES, other)) == (0.9, 0.9)


def test_a_hash_in_the_path_is_part_of_the_path() -> None:
    assert evidence(found("c#/n.md#a", (1, 1)), gold=(Gold("c#/n.md#a", 1, 1),)) == (1.0, 1.0)


def test_nothing_found_scores_zero_and_an_unanswerable_question_not_at_all() -> None:
    questions = [ask("nothing", "n.md#a"), ask("unasked", "n.md#a"), ask("no", near="n.md#a")]
    scores = score_evidence(questions, run_of(result("nothing"), result("no", "n.md#a")))
    assert scores["evidence@500"] == {"nothing": 0.0, "unasked": 0.0}
    assert scores["evidence@1000"] == scores["evidence@500"]


@pytest.mark.parametrize("characters", [0, 1])
def test_a_text_without_characters_is_read_at_no_cost(characters: int) -> None:
    assert evidence(found("n.md#a", (11, 20), characters)) == (1.0, 1.0)
