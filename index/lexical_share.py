"""How much of a query's score the lexical legs give.

Words tell much where one section holds the query's rare words and the next ones do not, and little
where a situation is told in other words than the notes': then the ranking of BM25 is nearly flat.
The measure of that is the lead of BM25's first section over its tenth. (A query performance
predictor like the "weighted information gain" of Zhou and Croft, SIGIR 2007, which compares the
best scores with the collection's.)
"""

from collections.abc import Sequence
from dataclasses import dataclass

from index.datatypes import Hit

# The lead is that over the section at this rank.
_RANK = 10


@dataclass(frozen=True, slots=True)
class LexicalShare:
    """The share by the lead of the first section: `slope` times it, kept between two bounds.

    Chosen on the `dev` split (docs/measurements.md).
    """

    slope: float = 0.9
    least: float = 0.1
    most: float = 0.6

    def measure(self, hits: Sequence[Hit]) -> float:
        """Return the share of the lexical legs, 0 to 1, for what BM25 over words found."""
        return min(self.most, max(self.least, self.slope * measure_lead(hits)))


def measure_lead(hits: Sequence[Hit]) -> float:
    """Return (first - tenth) / first over the scores of the best sections, 0 to 1.

    1 where fewer than ten sections hold any word, since all others score nothing; 0 without a hit.

    :param hits: best first, any number of passages per section, scores not negative.
    """
    scores: dict[str, float] = {}
    for hit in hits:
        scores.setdefault(hit.section_id, hit.score)
        if len(scores) == _RANK:
            break
    best = list(scores.values())
    if not best or best[0] <= 0:
        return 0.0
    tenth = best[-1] if len(best) == _RANK else 0.0
    return (best[0] - tenth) / best[0]
