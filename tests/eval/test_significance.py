"""Intervals, paired comparison and power."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eval.significance import (
    Comparison,
    Estimate,
    compare_paired,
    deviation_of,
    estimate_mean,
    questions_needed,
    smallest_visible_loss,
)

score_lists = st.lists(st.floats(0, 1), min_size=1, max_size=30)


def compare(first: list[float], second: list[float]) -> Comparison:
    compared = compare_paired(first, second)
    assert compared is not None
    return compared


def test_scores_that_do_not_vary_have_an_interval_without_width() -> None:
    assert estimate_mean([1.0, 1.0, 1.0]) == Estimate(1.0, 1.0, 1.0, 3)
    assert estimate_mean([0.25]) == Estimate(0.25, 0.25, 0.25, 1)


def test_without_scores_there_is_nothing_to_estimate_or_compare() -> None:
    assert estimate_mean([]) is None
    assert compare_paired([], []) is None


def test_the_interval_of_many_scores_is_that_of_the_normal_distribution() -> None:
    # 200 of 400: standard error sqrt(0.25 / 400) = 0.025; 1.96 of them are 0.049.
    found = estimate_mean([0.0, 1.0] * 200)
    assert found is not None
    assert found.mean == 0.5
    assert found.low == pytest.approx(0.451, abs=0.004)
    assert found.high == pytest.approx(0.549, abs=0.004)


@settings(max_examples=20, deadline=None)
@given(score_lists)
def test_the_same_scores_give_the_same_figures(scores: list[float]) -> None:
    found = estimate_mean(scores)
    assert found == estimate_mean(list(scores))
    assert found is not None
    assert min(scores) - 1e-9 <= found.low <= found.high <= max(scores) + 1e-9


@settings(max_examples=20, deadline=None)
@given(score_lists)
def test_a_system_does_not_differ_from_itself(scores: list[float]) -> None:
    assert compare(scores, list(scores)) == Comparison(0.0, 0.0, 0.0, 1.0, 0.0, len(scores))


@settings(max_examples=20, deadline=None)
@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), min_size=1, max_size=30))
def test_swapped_systems_differ_the_other_way_round(pairs: list[tuple[float, float]]) -> None:
    first, second = (list(side) for side in zip(*pairs, strict=True))
    there, back = compare(first, second), compare(second, first)
    assert there.difference == pytest.approx(-back.difference)
    assert (there.low, there.high) == (pytest.approx(-back.high), pytest.approx(-back.low))
    assert 0 < there.p_value <= 1
    assert there.p_value == pytest.approx(back.p_value)


def test_difference_and_effect_by_hand() -> None:
    # Differences 0, 1, 0, 1: mean 0.5, deviation sqrt(4 * 0.25 / 3) = 0.577.
    found = compare([0, 0, 1, 0], [0, 1, 1, 1])
    assert (found.difference, found.n) == (0.5, 4)
    assert found.effect == pytest.approx(0.5 / math.sqrt(1 / 3))


def test_the_p_value_of_four_differences_by_hand() -> None:
    # Differences 1, 1, 1, -1, mean 0.5. A resampled mean is (2 K - 4) / 4 with K of Bin(4, 3/4); it
    # is at least 0.5 from the mean if K = 4 (0.75^4 = 0.3164) or K <= 2 (0.2617).
    found = compare([0, 0, 0, 1], [1, 1, 1, 0])
    assert found.p_value == pytest.approx(0.5781, abs=0.02)


def test_the_p_value_of_three_losses_in_two_hundred_by_hand() -> None:
    # K losses in a resample, Bin(200, 0.015): P(K = 0) = 0.985^200 = 0.049, P(K >= 6) = 0.082.
    assert compare([1.0] * 200, [0.0] * 3 + [1.0] * 197).p_value == pytest.approx(0.131, abs=0.012)


@pytest.mark.parametrize("n", [1, 2, 5, 10])
def test_few_questions_cannot_be_significant_however_equal_they_are(n: int) -> None:
    # All n signs alike have probability 2^-n, both ways 2^(1 - n).
    assert compare([1.0] * n, [0.0] * n).p_value == 2.0 ** (1 - n)


def test_many_equal_differences_are_significant_and_have_no_effect_size() -> None:
    found = compare([0.3] * 2000, [0.2] * 2000)
    assert found.p_value == pytest.approx(1 / 10_001)
    assert found.effect == 0.0


def test_no_mean_difference_is_not_significant() -> None:
    assert compare([0, 1] * 10, [1, 0] * 10).p_value == 1.0


def test_scores_that_are_not_paired_are_refused() -> None:
    with pytest.raises(ValueError, match="2 and 1 scores are not paired"):
        compare_paired([1, 2], [1])


def test_the_deviation_is_that_of_a_sample() -> None:
    # Mean 0.5, squares 4 * 0.25, over n - 1 = 3.
    assert deviation_of([0, 1, 0, 1]) == pytest.approx(math.sqrt(1 / 3))
    assert deviation_of([]) == deviation_of([0.5]) == 0.0
    assert deviation_of([0.1] * 3) == deviation_of([0.3 - 0.2, 0.2 - 0.1]) == 0.0


def test_questions_needed_by_hand() -> None:
    # z = 1.959964 + 0.841621 = 2.801585; (2.801585 * 0.3 / 0.05)^2 = 282.6.
    differences = [0.3 / math.sqrt(2), -0.3 / math.sqrt(2)]
    assert deviation_of(differences) == pytest.approx(0.3)
    assert questions_needed(differences, 0.05) == 283
    # z_0.95 = 1.644854: (3.604818 * 6)^2 = 467.8
    assert questions_needed(differences, 0.05, power=0.95) == 468


def test_the_smallest_visible_loss_is_its_inverse() -> None:
    assert smallest_visible_loss(0.3, 283) <= 0.05 < smallest_visible_loss(0.3, 282)
    # 2.801585 * 0.5 / 10
    assert smallest_visible_loss(0.5, 100) == pytest.approx(0.14007925, abs=1e-6)


def test_a_deviation_that_is_not_known_gives_no_number_of_questions() -> None:
    assert questions_needed([0.1], 0.05) is None
    assert questions_needed([0.1, 0.1, 0.1], 0.05) is None
