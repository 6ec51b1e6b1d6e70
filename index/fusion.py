"""Merges the rankings of several retrieval legs into one ranking of sections.

Every leg ranks passages. A section's score in a leg is that of its best passage; these are min-max
scaled over the leg's own best `depth` sections and summed with the legs' weights. On JSQuAD this
gave R@1 .915 where reciprocal rank fusion of the same legs gave .902 (docs/measurements.md).
Min-max scaling with a weighted sum is "CombSUM" of Fox and Shaw, "Combination of Multiple Searches"
(TREC-2, 1994), after the normalisation of Lee, "Analyses of Multiple Evidence Combination" (1997).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from index.datatypes import Hit, LegScore


@dataclass(frozen=True, slots=True)
class LegResult:
    """What one leg found.

    weight: the leg's share in the sum; only ratios between legs matter.
    hits: best first, any number of passages per section.
    """

    leg: str
    weight: float
    hits: Sequence[Hit]


def fuse(results: Sequence[LegResult], k: int, depth: int = 50) -> list[Hit]:
    """Return the `k` best sections over all legs, best first, ties by section id.

    A fused hit's score lies between 0 and 1; its passage is the one of the leg that contributed
    most. A section that a leg did not find among its best `depth` gets nothing from that leg.
    """
    total_weight = sum(result.weight for result in results) or 1.0
    scores: dict[str, float] = {}
    legs: dict[str, list[LegScore]] = {}
    best: dict[str, tuple[float, str]] = {}
    for result in results:
        top = _best_passages(result.hits, depth)
        scaled = _scale([hit.score for hit in top])
        for rank, (hit, value) in enumerate(zip(top, scaled, strict=True), start=1):
            share = result.weight * value / total_weight
            section = hit.section_id
            scores[section] = scores.get(section, 0.0) + share
            legs.setdefault(section, []).append(LegScore(result.leg, rank, hit.score, value))
            if section not in best or share > best[section][0]:
                best[section] = (share, hit.passage_id)
    order = sorted(scores, key=lambda section: (-scores[section], section))[: max(k, 0)]
    return [
        Hit(best[section][1], section, scores[section], rank, tuple(legs[section]))
        for rank, section in enumerate(order, start=1)
    ]


def _best_passages(hits: Sequence[Hit], depth: int) -> list[Hit]:
    """Return the best hit of each of the first `depth` sections, best first."""
    seen: dict[str, Hit] = {}
    for hit in hits:
        if hit.section_id not in seen:
            if len(seen) == depth:
                break
            seen[hit.section_id] = hit
    return list(seen.values())


def _scale(scores: Sequence[float]) -> list[float]:
    """Return the scores min-max scaled to 0..1; all 1 where they are all equal."""
    if not scores:
        return []
    low, high = min(scores), max(scores)
    if high == low:
        return [1.0] * len(scores)
    return [(score - low) / (high - low) for score in scores]
