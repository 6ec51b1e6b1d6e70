"""How well a section supports an option: what is read off it, and the fitted sum of that.

The weights are those of a conditional logit model (McFadden, "Conditional logit analysis of
qualitative choice behavior", 1974) of which option is right, fitted on the multiple-choice
questions of the training data by `python -m eval.bench.choices` (docs/measurements.md).
"""

from collections.abc import Collection, Sequence
from dataclasses import astuple, dataclass

from assistant.protocols import Flaw
from ingest.datatypes import Passage

# The embedding of a question with its options differs little from one option to another, so that a
# word counts much beside it.
_WORD_SHARE = 0.15
# What an option says beyond the question, in a sentence that is near the question.
_NEW_WORD_SHARE = 0.3


@dataclass(frozen=True, slots=True)
class OptionFit:
    """How near a section's sentences come to an option.

    fit: the most that a sentence has of cosine to the question with the option, and of its words.
    answer: the most that a sentence has of cosine to the question alone, and of the words that the
        option adds to it.
    sentence: the one that gives `fit`, None in a section without any.
    coverage: share of the option's words in that sentence and the headings, 0 to 1.
    """

    fit: float
    answer: float
    sentence: Passage | None
    coverage: float


@dataclass(frozen=True, slots=True)
class OptionSignals:
    """What tells the right option.

    fit, answer: as in `OptionFit`.
    polarity, number, content, name: 1 where the section contradicts or lacks the option in that.
    denial: how far the section denies the option, as a `DenialMeter` measures it.
    """

    fit: float
    answer: float
    polarity: float
    number: float
    content: float
    name: float
    denial: float


# What a measure of denial weighs where it alone decides (docs/measurements.md). It changes no
# choice: it makes a logit of it, so that margins compare with those of other questions.
_DENIAL_WEIGHT = 2.02


@dataclass(frozen=True, slots=True)
class OptionModel:
    """The fitted sum. The order of `weights` is that of the fields of `OptionSignals`."""

    weights: tuple[float, float, float, float, float, float, float] = (
        15.23,
        9.27,
        -2.48,
        -1.70,
        -0.66,
        -0.65,
        -1.01,
    )

    def support(self, signals: OptionSignals) -> float:
        """Return the support of an option: a logit that only compares options of one question."""
        values: tuple[float, ...] = astuple(signals)
        return sum(w * v for w, v in zip(self.weights, values, strict=True))

    def support_denied(self, signals: OptionSignals) -> float:
        """Return the support of an option that is to be one which the notes deny, a logit too."""
        return _DENIAL_WEIGHT * signals.denial


def fit_option(
    sentences: Sequence[Passage],
    with_option: Sequence[float],
    without: Sequence[float],
    coverage: Sequence[float],
    new_coverage: Sequence[float],
) -> OptionFit:
    """Return how near the sentences of a section come to an option; all 0 without a sentence.

    :param with_option, without: cosine of the question with the option, and alone, to every
        sentence.
    :param coverage, new_coverage: share of the option's words, and of those that the question
        lacks, in every sentence.
    """
    if not sentences:
        return OptionFit(0.0, 0.0, None, 0.0)
    fits = [c + _WORD_SHARE * w for c, w in zip(with_option, coverage, strict=True)]
    answers = [c + _NEW_WORD_SHARE * w for c, w in zip(without, new_coverage, strict=True)]
    best = max(range(len(fits)), key=fits.__getitem__)
    return OptionFit(fits[best], max(answers), sentences[best], coverage[best])


def read_signals(fit: OptionFit, flaws: Collection[Flaw], denial: float) -> OptionSignals:
    """Return the signals of an option.

    :param flaws: of the option as a statement on the whole section.
    :param denial: how far the section denies it.
    """
    return OptionSignals(
        fit.fit,
        fit.answer,
        float(Flaw.POLARITY in flaws),
        float(Flaw.NUMBER in flaws),
        float(Flaw.CONTENT in flaws),
        float(Flaw.NAME in flaws),
        denial,
    )
