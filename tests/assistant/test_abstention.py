"""Both models are logistic functions of seven signals; the expected values are by hand."""

import math

import pytest

from assistant.answering.abstention import AbstentionRule, LogisticModel, Signals, read_signals
from index.datatypes import Hit, LegScore

SIGNALS = Signals(
    sentence_cosine=0.5,
    passage_cosine=0.25,
    coverage=1.0,
    margin=0.5,
    agreement=0.75,
    figure=0.125,
    known=0.625,
)
ANY = LogisticModel((1.0,) * 7, 0.0)


def test_a_probability_is_the_logistic_function_of_the_weighted_signals() -> None:
    # 2 * .5 + 4 * .25 + 1 * 1 - 2 * .5 + 4 * .75 + 8 * .125 + 1.6 * .625 - 6 = 1,
    # and 1 / (1 + e^-1) = .731059.
    model = LogisticModel((2.0, 4.0, 1.0, -2.0, 4.0, 8.0, 1.6), -6.0)
    assert model.probability(SIGNALS) == pytest.approx(0.731059, abs=1e-6)


@pytest.mark.parametrize(
    ("position", "total"),
    [(0, 0.5), (1, 0.25), (2, 1.0), (3, 0.5), (4, 0.75), (5, 0.125), (6, 0.625)],
)
def test_weights_stand_in_the_order_of_the_signals(position: int, total: float) -> None:
    weights = [0.0] * 7
    weights[position] = 1.0
    model = LogisticModel(tuple(weights), 0.0)
    assert model.probability(SIGNALS) == pytest.approx(1 / (1 + math.exp(-total)))


def test_no_signal_at_all_is_even_odds_without_an_intercept() -> None:
    assert ANY.probability(Signals(0, 0, 0, 0, 0, 0, 0)) == 0.5


@pytest.mark.parametrize("size", [-1e6, 1e6])
def test_extreme_signals_stay_within_zero_and_one(size: float) -> None:
    assert 0.0 <= AbstentionRule().confidence(Signals(*[size] * 7)) <= 1.0


def test_confidence_and_refusal_come_from_different_models() -> None:
    # ln(.25 / .75) = -1.098612 is the total of a probability of .25.
    quarter = LogisticModel((0.0,) * 7, -1.098612)
    rule = AbstentionRule(right=ANY, answerable=quarter, threshold=0.2501)
    assert rule.refuses(SIGNALS)
    assert rule.confidence(SIGNALS) == ANY.probability(SIGNALS)
    assert not AbstentionRule(ANY, quarter, 0.2499).refuses(SIGNALS)


def test_the_fitted_rule_answers_a_clear_case_and_refuses_a_hopeless_one() -> None:
    rule = AbstentionRule()
    clear = Signals(0.8, 0.8, 1.0, 0.3, 1.0, 1.0, 1.0)
    assert not rule.refuses(clear)
    assert rule.confidence(clear) > 0.8
    assert rule.refuses(Signals(0.3, 0.3, 0.0, 0.0, 0.25, 1.0, 0.2))


def test_the_fitted_rule_refuses_what_is_about_things_that_no_note_names() -> None:
    assert not AbstentionRule().refuses(Signals(0.45, 0.45, 0.3, 0.05, 0.5, 1.0, 1.0))
    assert AbstentionRule().refuses(Signals(0.45, 0.45, 0.3, 0.05, 0.5, 1.0, 0.2))


def test_the_fitted_rule_refuses_when_the_figure_asked_for_is_not_there() -> None:
    found = Signals(0.6, 0.6, 0.7, 0.1, 0.75, 1.0, 1.0)
    missing = Signals(0.6, 0.6, 0.7, 0.1, 0.75, 0.0, 1.0)
    assert not AbstentionRule().refuses(found)
    assert AbstentionRule().refuses(missing)


def hit(score: float, *legs: LegScore) -> Hit:
    return Hit("p", "s", score, 1, legs)


def test_signals_are_read_off_the_best_section() -> None:
    best = hit(
        0.9,
        LegScore("words", 1, 7.0, 1.0),
        LegScore("bigrams", 2, 3.0, 0.5),
        LegScore("passages", 1, 0.8, 1.0),
        LegScore("sentences", 1, 0.7, 1.0),
    )
    second = hit(0.6, LegScore("bigrams", 1, 5.0, 1.0))
    terms = ["nat", "gateway", "nat", "料金", "上限"]
    found = read_signals([best, second], terms, {"nat", "gateway", "料金", "その他"}, 0.6, 0.8)
    assert found.sentence_cosine == 0.7
    assert found.passage_cosine == 0.8
    assert found.coverage == 0.75  # nat, gateway and 料金 of four different words
    assert found.margin == pytest.approx(0.3)
    assert found.agreement == 0.75  # three of four legs
    assert (found.figure, found.known) == (0.6, 0.8)


def test_of_a_leg_that_was_asked_twice_the_better_score_counts() -> None:
    best = hit(
        0.9,
        LegScore("sentences", 2, 0.7, 0.8),
        LegScore("sentences", 1, 0.6, 1.0),
        LegScore("passages", 1, 0.5, 1.0),
        LegScore("passages", 1, 0.55, 1.0),
    )
    found = read_signals([best], ["nat"], {"nat"}, 1.0, 1.0)
    assert (found.sentence_cosine, found.passage_cosine) == (0.7, 0.55)
    assert found.agreement == 0.5  # two different legs


def test_a_lone_section_without_legs_or_words() -> None:
    assert read_signals([hit(0.4)], [], {"nat"}, 1.0, 0.5) == Signals(0, 0, 0, 0.4, 0, 1.0, 0.5)
