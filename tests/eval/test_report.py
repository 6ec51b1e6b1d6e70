from dataclasses import replace
from pathlib import Path

import pytest

from eval.datatypes import Split
from eval.errors import QuestionSetError
from eval.report import ABLATION, Failure, build_report, find_first_ranks, percentile
from eval.summary import ALL, score_run
from tests.eval.small_report import HOSTILE, make_questions, make_report, make_runs


def test_summaries_are_of_all_questions() -> None:
    report = make_report()
    assert [summary.system for summary in report.summaries] == ["tenkyo", ABLATION]
    # Right at rank 1, 2, never: R@1 1/3, RR (1 + 1/2 + 0)/3.
    figures = report.assistant.slices[ALL]
    assert figures["R@1"].mean == pytest.approx(1 / 3)
    assert figures["RR"].mean == pytest.approx(0.5)
    assert figures["R@1"].n == 3


def test_a_split_restricts_every_figure_but_not_the_counts() -> None:
    report = make_report(Split.DEV)
    # q1 and q2 are dev: right at rank 1 and 2.
    assert report.assistant.slices[ALL]["R@1"].mean == pytest.approx(0.5)
    assert report.first_ranks == {"q1": 1, "q2": 2}
    assert report.latencies["tenkyo"] == pytest.approx((10, 20, 40))
    assert report.comparisons[ABLATION]["R@1"].n == 2
    assert report.visible_losses[ALL].n == 2
    assert [failure.query_id for failure in report.failures] == ["q2"]
    assert report.counts[ALL] == {Split.DEV: 3, Split.TEST: 1}
    assert "the split dev" in report.split_note


def test_the_split_note_says_what_dev_was_used_for() -> None:
    assert "Only dev was used to choose weights and thresholds" in make_report().split_note


def test_comparison_is_positive_in_favour_of_the_assistant() -> None:
    comparisons = make_report().comparisons
    assert set(comparisons) == {ABLATION}
    # R@1: 1-0, 0-0, 0-0. RR: 1-1/2, 1/2-0, 0-0.
    assert comparisons[ABLATION]["R@1"].difference == pytest.approx(1 / 3)
    assert comparisons[ABLATION]["RR"].difference == pytest.approx(1 / 3)


def test_visible_loss_comes_from_the_differences_to_the_ablation() -> None:
    losses = make_report().visible_losses
    # Differences -1, 0, 0: s = sqrt(1/3). z = 1.96 + 0.8416 = 2.8016.
    # Loss: z * s / sqrt(3) = z / 3. Needed: (z * s / 0.03)^2 = 7.8489 / 3 / 0.0009 = 2906.99.
    assert losses[ALL].n == 3
    assert losses[ALL].loss == pytest.approx(2.8016 / 3, abs=1e-4)
    assert losses[ALL].questions_needed == 2907
    # One question has no deviation: nothing is known. Unanswerable questions have no rank.
    assert losses["table"].loss == 0.0
    assert losses["table"].questions_needed is None
    assert "unanswerable" not in losses


def test_without_the_ablation_no_visible_loss_is_claimed() -> None:
    questions, runs = make_questions(), make_runs()
    runs[1] = replace(runs[1], system="grep")
    scores = [score_run(questions, run) for run in runs]
    report = build_report(
        questions, runs, scores, created="2026-11-22", model="fake", notes=1, sections=3
    )
    assert report.visible_losses == {}
    assert set(report.comparisons) == {"grep"}


def test_the_ablation_is_in_the_line_up() -> None:
    source = Path(__file__).parents[2] / "eval" / "lineup.py"
    text = source.read_text(encoding="utf-8")
    assert f'"{ABLATION}"' in text or "ABLATION" in text


def test_failures_name_what_was_found_instead() -> None:
    assert make_report().failures == (
        Failure("q2", HOSTILE, ("n.md#b",), "n.md#a", 2),
        Failure("q3", "どこに置く？", ("n.md#c",), "n.md#b", None),
    )


def test_a_question_without_any_result_has_no_rank() -> None:
    questions, runs = make_questions(), make_runs()
    assert find_first_ranks(questions, runs[1]) == {"q1": 2, "q2": None, "q3": None}
    assert find_first_ranks(questions, replace(runs[1], results=())) == {
        "q1": None,
        "q2": None,
        "q3": None,
    }


def test_percentile_interpolates() -> None:
    assert percentile([10, 20, 30, 40], 0.5) == 25
    assert percentile([10, 20, 30, 40], 0.95) == pytest.approx(38.5)
    assert percentile([7], 0.95) == 7


def test_an_empty_split_is_told_in_one_line() -> None:
    questions = [question for question in make_questions() if question.split is Split.DEV]
    runs = make_runs()
    scores = [score_run(questions, run) for run in runs]
    with pytest.raises(QuestionSetError, match=r"split test holds no questions; choose another"):
        build_report(
            questions,
            runs,
            scores,
            created="2026-11-22",
            model="fake",
            notes=1,
            sections=3,
            split=Split.TEST,
        )


@pytest.mark.parametrize("wrong", ["none", "twice", "other order"])
def test_runs_and_scores_must_belong_together(wrong: str) -> None:
    questions, runs = make_questions(), make_runs()
    runs = {"none": [], "twice": [runs[0], runs[0]], "other order": runs}[wrong]
    scores = [score_run(questions, run) for run in runs]
    if wrong == "other order":
        scores.reverse()
    with pytest.raises(ValueError, match="scores in the same order"):
        build_report(
            questions, runs, scores, created="2026-11-22", model="fake", notes=1, sections=3
        )
