"""Keeps a search to some of the sections, as if an index held no others.

An engine ranks all that it holds and knows no sections. It is asked for more, twice as many each
time, until enough of what it found belongs to the scope: nothing of the scope is missed, however
small it is. Only a word's rareness (BM25) is still counted over everything.
"""

from collections.abc import Callable, Collection
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from index.datatypes import Hit
from index.hybrid import VectorSearcher
from index.protocols import Searcher


class ScopedSearcher:
    """Finds the passages of some sections alone (`Searcher`).

    section_ids: those sections.
    """

    def __init__(self, searcher: Searcher, section_ids: Collection[str]) -> None:
        self._searcher = searcher
        self._section_ids = section_ids

    def search(self, query: str, k: int) -> list[Hit]:
        """Return the `k` best passages of the sections, in the order of the whole ranking."""
        return _search_within(lambda n: self._searcher.search(query, n), self._section_ids, k)


class ScopedVectorSearcher:
    """Finds the passages of some sections alone (`VectorSearcher`).

    section_ids: those sections.
    """

    def __init__(self, searcher: VectorSearcher, section_ids: Collection[str]) -> None:
        self._searcher = searcher
        self._section_ids = section_ids

    def search_vector(self, vector: NDArray[np.float32], k: int) -> list[Hit]:
        """Return the `k` best passages of the sections, in the order of the whole ranking."""
        return _search_within(
            lambda n: self._searcher.search_vector(vector, n), self._section_ids, k
        )


class SingleTerm:
    """Takes a text for one term (`Analyzer`), to look up terms as an index holds them."""

    def analyze(self, text: str) -> list[str]:
        """Return the text as its only term."""
        return [text]


def _search_within(
    search: Callable[[int], list[Hit]], section_ids: Collection[str], k: int
) -> list[Hit]:
    if k < 1 or not section_ids:
        return []
    depth = k
    while True:
        found = search(depth)
        within = [hit for hit in found if hit.section_id in section_ids]
        if len(within) >= k or len(found) < depth:
            break
        depth *= 2
    return [replace(hit, rank=rank) for rank, hit in enumerate(within[:k], start=1)]
