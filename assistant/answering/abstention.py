"""Decides whether the notes answer a question at all, and how sure the answer is.

Two logistic models over the same signals of the retrieval: the probability that the notes answer
the question, below a threshold of which the assistant refuses; and the confidence, the probability
that the section found first is the right one. Coefficients and threshold were fitted on the `dev`
split by `python -m eval.bench.abstention`, the threshold where 3 % of the questions that the notes
answer are refused (docs/measurements.md).
"""

import math
from collections.abc import Sequence
from dataclasses import astuple, dataclass

from index.datatypes import Hit


@dataclass(frozen=True, slots=True)
class Signals:
    """What retrieval says about its own success.

    sentence_cosine, passage_cosine: similarity of the best section's best sentence and passage.
    coverage: share of the question's content words that stand in the best section, 0 to 1.
    margin: distance of the best section's fused score to the second's.
    agreement: share of the legs that rank the best section first.
    figure: how well the best section gives the figure that is asked for, 0 to 1; 1 where none is
        (`quantities.support_figure`).
    known: share of the question's content words that stand anywhere in the notes, 0 to 1.
    """

    sentence_cosine: float
    passage_cosine: float
    coverage: float
    margin: float
    agreement: float
    figure: float
    known: float


@dataclass(frozen=True, slots=True)
class LogisticModel:
    """A fitted model. The order of `weights` is that of the fields of `Signals`."""

    weights: tuple[float, float, float, float, float, float, float]
    intercept: float

    def probability(self, signals: Signals) -> float:
        """Return the probability of the positive class, 0 to 1."""
        total = self.intercept
        total += sum(w * v for w, v in zip(self.weights, astuple(signals), strict=True))
        return 1.0 / (1.0 + math.exp(-max(-60.0, min(60.0, total))))


@dataclass(frozen=True, slots=True)
class AbstentionRule:
    """The fitted models.

    right: gives the confidence.
    answerable: gives the probability that is compared with `threshold`.
    """

    right: LogisticModel = LogisticModel(
        (6.424, 2.810, 3.896, 1.392, 0.994, 3.440, -0.052), -11.311
    )
    answerable: LogisticModel = LogisticModel(
        (7.526, 5.381, 0.955, -0.579, -0.576, 4.400, 1.705), -11.353
    )
    threshold: float = 0.3844

    def confidence(self, signals: Signals) -> float:
        """Return the probability that the best section answers the question, 0 to 1."""
        return self.right.probability(signals)

    def refuses(self, signals: Signals) -> bool:
        """Return whether the notes are too unlikely to answer the question."""
        return self.answerable.probability(signals) < self.threshold


def read_signals(
    hits: Sequence[Hit], terms: Sequence[str], section_terms: set[str], figure: float, known: float
) -> Signals:
    """Read the signals off a retrieval result.

    :param hits: fused hits, best first; not empty.
    :param terms: the question's content words.
    :param section_terms: the content words of the best section with its headings.
    :param figure, known: as in `Signals`.
    """
    best = hits[0]
    # With a history every leg was asked twice: its better score counts.
    raw: dict[str, float] = {}
    first: set[str] = set()
    for leg in best.legs:
        raw[leg.leg] = max(leg.raw, raw.get(leg.leg, leg.raw))
        if leg.rank == 1:
            first.add(leg.leg)
    wanted = set(terms)
    return Signals(
        sentence_cosine=raw.get("sentences", 0.0),
        passage_cosine=raw.get("passages", 0.0),
        coverage=len(wanted & section_terms) / len(wanted) if wanted else 0.0,
        margin=best.score - (hits[1].score if len(hits) > 1 else 0.0),
        agreement=len(first) / 4,
        figure=figure,
        known=known,
    )
