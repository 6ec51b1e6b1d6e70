"""Decides whether the notes answer a question at all.

A logistic model over five signals of the retrieval gives the confidence: the probability that the
best section is right. Below a threshold the assistant says that the notes do not know. Coefficients
and threshold were fitted on the `dev` split by `python -m eval.bench.abstention`, the threshold
where 3 % of the rightly answered questions are refused (docs/measurements.md).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from index.datatypes import Hit


@dataclass(frozen=True, slots=True)
class Signals:
    """What retrieval says about its own success.

    sentence_cosine, passage_cosine: similarity of the best section's best sentence and passage.
    coverage: share of the question's content words that stand in the best section, 0 to 1.
    margin: distance of the best section's fused score to the second's.
    agreement: share of the legs that rank the best section first.
    """

    sentence_cosine: float
    passage_cosine: float
    coverage: float
    margin: float
    agreement: float


@dataclass(frozen=True, slots=True)
class AbstentionRule:
    """The fitted model. The order of `weights` is that of the fields of `Signals`."""

    weights: tuple[float, float, float, float, float] = (3.400, 1.099, 4.594, 0.806, 2.095)
    intercept: float = -7.596
    threshold: float = 0.241

    def confidence(self, signals: Signals) -> float:
        """Return the probability that the best section answers the question, 0 to 1."""
        values = (
            signals.sentence_cosine,
            signals.passage_cosine,
            signals.coverage,
            signals.margin,
            signals.agreement,
        )
        total = self.intercept + sum(w * v for w, v in zip(self.weights, values, strict=True))
        return 1.0 / (1.0 + math.exp(-max(-60.0, min(60.0, total))))

    def refuses(self, confidence: float) -> bool:
        """Return whether this confidence is too low to answer."""
        return confidence < self.threshold


def read_signals(hits: Sequence[Hit], terms: Sequence[str], section_terms: set[str]) -> Signals:
    """Read the signals off a retrieval result.

    :param hits: fused hits, best first; not empty.
    :param terms: the question's content words.
    :param section_terms: the content words of the best section with its headings.
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
    )
