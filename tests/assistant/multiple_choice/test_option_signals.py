"""What a section tells of an option, and the sum of it; expected values by hand."""

import pytest

from assistant.answering.multiple_choice.option_signals import (
    OptionFit,
    OptionModel,
    OptionSignals,
    fit_option,
    read_signals,
)
from assistant.protocols import Flaw
from tests.assistant.evidence import build_evidence

SENTENCES = build_evidence("甲", 1.0, [("一。", 0.0), ("二。", 0.0)]).sentences


def test_a_section_without_sentences_fits_nothing() -> None:
    assert fit_option([], [], [], [], []) == OptionFit(0.0, 0.0, None, 0.0)


def test_the_sentence_that_fits_best_counts() -> None:
    fit = fit_option(SENTENCES, [0.8, 0.7], [0.6, 0.5], [0.0, 1.0], [0.0, 0.5])
    # .8 + .15 * 0 against .7 + .15 * 1; .6 + .3 * 0 against .5 + .3 * .5.
    assert (fit.fit, fit.answer) == (pytest.approx(0.85), pytest.approx(0.65))
    assert (fit.sentence, fit.coverage) == (SENTENCES[1], 1.0)


def test_signals_name_what_the_section_contradicts() -> None:
    fit = OptionFit(0.5, 0.25, SENTENCES[0], 1.0)
    assert read_signals(fit, (), 0.5) == OptionSignals(0.5, 0.25, 0, 0, 0, 0, 0.5)
    flaws = (Flaw.NUMBER, Flaw.NAME, Flaw.ADDRESS)
    assert read_signals(fit, flaws, 0) == OptionSignals(0.5, 0.25, 0, 1, 0, 1, 0)
    turned = (Flaw.POLARITY, Flaw.CONTENT)
    assert read_signals(fit, turned, -1) == OptionSignals(0.5, 0.25, 1, 0, 1, 0, -1)


def test_support_is_the_weighted_sum_in_the_order_of_the_signals() -> None:
    model = OptionModel((1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0))
    assert model.support(OptionSignals(0.5, 0.25, 1, 0, 1, 0, 0.5)) == 0.5 + 0.5 + 4 + 16 + 32


def test_the_fitted_model_prefers_what_fits_and_is_not_contradicted() -> None:
    support = OptionModel().support
    plain = OptionSignals(0.8, 0.8, 0, 0, 0, 0, 0)
    assert support(plain) > support(OptionSignals(0.7, 0.8, 0, 0, 0, 0, 0))
    for flaw in range(5):
        flags = [float(i == flaw) for i in range(5)]
        assert support(plain) > support(OptionSignals(0.8, 0.8, *flags))


def test_what_is_to_be_denied_is_judged_by_the_denial_alone() -> None:
    support = OptionModel().support_denied
    assert support(OptionSignals(0, 0, 1, 1, 1, 1, 0.5)) > support(
        OptionSignals(1, 1, 0, 0, 0, 0, 0)
    )
