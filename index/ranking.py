"""Turns what an engine found into ranked hits: best first, ties by passage id.

Engines break ties by their own row numbers, and cut a tie at the `k`-th place wherever they like.
"""

from collections.abc import Callable, Sequence

from index.datatypes import Hit
from ingest.datatypes import Passage

# Engines sum in float32, and in another order from row to row (SIMD tails, postings blocks), so
# that equal texts may differ in the last bits. BM25 scores below 64 are exact to 4e-6.
_DECIMALS = 5


def rank_passages(
    fetch: Callable[[int], Sequence[tuple[float, int]]], passages: Sequence[Passage], k: int
) -> list[Hit]:
    """Return the `k` best passages.

    :param fetch: returns at most the asked number of (score, row in `passages`), best first.
    """
    wanted = min(k, len(passages))
    if wanted < 1:
        return []
    depth = wanted + 1
    while True:
        found = [(round(float(score), _DECIMALS), row) for score, row in fetch(depth)]
        # Ask on until the tie at the last place is complete.
        if len(found) < depth or found[-1][0] < found[wanted - 1][0]:
            break
        depth *= 2
    order = sorted(found, key=lambda item: (-item[0], passages[item[1]].passage_id))
    return [
        Hit(passages[row].passage_id, passages[row].section_id, score, rank)
        for rank, (score, row) in enumerate(order[:wanted], start=1)
    ]
