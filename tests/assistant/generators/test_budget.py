"""Usage is counted over the last hour and day, and refused beyond the limits."""

import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import GeneratorError, SettingsError
from assistant.generators.budget import Usage, UsageBudget, UsageLimits, estimate_tokens


class Clock:
    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


def test_an_answer_that_may_become_too_long_is_told_so_before_any_was_given() -> None:
    budget = UsageBudget(UsageLimits(tokens_per_hour=100), Clock())
    with pytest.raises(GeneratorError, match=r"101 tokens, and 0 of 100 .*lower llm_output_tokens"):
        budget.reserve(Usage(60, 41))
    budget.reserve(Usage(60, 40))


def test_the_tokens_of_the_last_hour_are_bounded() -> None:
    clock = Clock()
    budget = UsageBudget(UsageLimits(tokens_per_hour=100), clock)
    budget.settle(budget.reserve(Usage(50, 30)), Usage(50, 30))
    with pytest.raises(GeneratorError, match=r"21 tokens, and 80 of 100 of this hour"):
        budget.reserve(Usage(10, 11))
    clock.now += 3_599
    with pytest.raises(GeneratorError):
        budget.reserve(Usage(10, 11))
    clock.now += 1
    budget.reserve(Usage(50, 50))


def test_the_cost_of_the_last_day_is_bounded() -> None:
    clock = Clock()
    # 1,000 tokens in cost 0.002, 1,000 out 0.01.
    limits = UsageLimits(price_in=2.0, price_out=10.0, cost_per_day=0.03)
    budget = UsageBudget(limits, clock)
    budget.settle(budget.reserve(Usage(1_000, 1_000)), Usage(1_000, 1_000))
    budget.settle(budget.reserve(Usage(1_000, 1_000)), Usage(1_000, 1_000))
    # One of 1,000 and 500 more would cost 0.007.
    with pytest.raises(GeneratorError, match=r"cost 0\.007, and 0\.024 of 0\.03 of this day"):
        budget.reserve(Usage(1_000, 500))
    clock.now += 3_600
    with pytest.raises(GeneratorError):
        budget.reserve(Usage(1_000, 500))
    clock.now += 86_400 - 3_600
    budget.reserve(Usage(1_000, 500))


def test_what_is_reserved_counts_until_less_was_used() -> None:
    budget = UsageBudget(UsageLimits(tokens_per_hour=100), Clock())
    number = budget.reserve(Usage(10, 90))
    with pytest.raises(GeneratorError):
        budget.reserve(Usage(1, 0))
    budget.settle(number, Usage(10, 5))
    with pytest.raises(GeneratorError, match="15 of 100"):
        budget.reserve(Usage(0, 86))
    budget.reserve(Usage(0, 85))


def test_more_may_have_been_used_than_was_reserved() -> None:
    budget = UsageBudget(UsageLimits(tokens_per_hour=100), Clock())
    budget.settle(budget.reserve(Usage(10, 10)), Usage(500, 10))
    with pytest.raises(GeneratorError, match="510 of 100"):
        budget.reserve(Usage(1, 0))


def test_what_was_booked_a_day_ago_is_forgotten() -> None:
    clock = Clock()
    budget = UsageBudget(UsageLimits(price_in=1.0, cost_per_day=1.0), clock)
    number = budget.reserve(Usage(1_000_000, 0))
    clock.now += 86_400
    again = budget.reserve(Usage(1_000_000, 0))
    budget.settle(again, Usage())
    budget.settle(number, Usage(1_000_000, 0))
    budget.reserve(Usage(1_000_000, 0))


def test_without_limits_nothing_is_refused() -> None:
    budget = UsageBudget(UsageLimits(), Clock())
    budget.reserve(Usage(10**12, 10**12))


def test_threads_together_keep_the_limit() -> None:
    budget = UsageBudget(UsageLimits(tokens_per_hour=1_000), Clock())
    granted: list[int] = []

    def ask() -> None:
        for _ in range(50):
            try:
                granted.append(budget.reserve(Usage(7, 3)))
            except GeneratorError:
                return

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(granted) == 100
    assert len(set(granted)) == 100


@pytest.mark.parametrize(
    "limits",
    [
        {"tokens_per_hour": 0},
        {"tokens_per_hour": -1},
        {"cost_per_day": float("nan"), "price_in": 1.0},
        {"cost_per_day": float("inf"), "price_in": 1.0},
        {"price_in": -1.0},
        {"price_out": float("nan")},
        {"cost_per_day": 1.0},
    ],
)
def test_limits_that_make_no_sense_are_refused(limits) -> None:
    with pytest.raises(SettingsError) as caught:
        UsageLimits(**limits)
    assert "\n" not in str(caught.value)
    # By the name that a user knows it by.
    assert f"llm_{next(iter(limits))}" in str(caught.value)


@pytest.mark.parametrize(
    ("text", "tokens"), [("", 0), ("NLB", 1), ("four", 2), ("日本語です", 5), ("S3の上限", 4)]
)
def test_tokens_are_estimated(text, tokens) -> None:
    assert estimate_tokens(text) == tokens


@given(st.text(st.characters(codec=None)))
def test_no_text_has_less_than_a_third_of_a_token_a_character(text) -> None:
    assert len(text) / 3 <= estimate_tokens(text) <= len(text)
