"""The search that Tenkyo answers from: four legs, fused per query.

BM25 over MeCab words and over character bigrams, cosine over passages and over single sentences.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index.datatypes import Hit
from index.fusion import LegResult, fuse
from index.protocols import Embedder, Searcher


class VectorSearcher(Protocol):
    """A leg that searches by vector, so that a query is embedded once for several legs."""

    def search_vector(self, vector: NDArray[np.float32], k: int) -> list[Hit]:
        """Return at most `k` hits for a unit vector of shape (dim,), best first."""


@dataclass(frozen=True, slots=True)
class LegWeights:
    """Shares of the four legs in the fused score; a leg of weight 0 is not asked."""

    words: float = 0.25
    bigrams: float = 0.25
    passages: float = 0.25
    sentences: float = 0.25


class HybridSearcher:
    """Searches all legs with one query and returns sections (`Searcher`).

    expand: gives the query with other names of its terms appended; only the lexical legs use it,
        since the embedding of a list of names is no longer that of the question.
    depth: how many sections of a leg count (evidence for 50: docs/measurements.md).
    """

    def __init__(
        self,
        words: Searcher,
        bigrams: Searcher,
        passages: VectorSearcher,
        sentences: VectorSearcher,
        embedder: Embedder,
        expand: Callable[[str], str],
        weights: LegWeights = LegWeights(),
        depth: int = 50,
    ) -> None:
        self._words = words
        self._bigrams = bigrams
        self._passages = passages
        self._sentences = sentences
        self._embedder = embedder
        self._expand = expand
        self._weights = weights
        self._depth = depth

    def search(self, query: str, k: int) -> list[Hit]:
        """Return at most `k` sections, best first, ties by section id."""
        return self.search_embedded(query, self._embedder.embed_queries([query])[0], k)

    def search_embedded(self, query: str, vector: NDArray[np.float32], k: int) -> list[Hit]:
        """Search as `search` does, with the query's embedding, shape (dim,), made elsewhere."""
        return fuse(self._ask_legs(query, vector), k, self._depth)

    def _ask_legs(self, query: str, vector: NDArray[np.float32]) -> Sequence[LegResult]:
        weights = self._weights
        # A section has several passages and many sentences: ask for enough to fill the depth.
        wide, wider = 2 * self._depth, 8 * self._depth
        results = []
        expanded = self._expand(query)
        if weights.words:
            results.append(LegResult("words", weights.words, self._words.search(expanded, wide)))
        if weights.bigrams:
            hits = self._bigrams.search(expanded, wide)
            results.append(LegResult("bigrams", weights.bigrams, hits))
        if weights.passages:
            hits = self._passages.search_vector(vector, wide)
            results.append(LegResult("passages", weights.passages, hits))
        if weights.sentences:
            hits = self._sentences.search_vector(vector, wider)
            results.append(LegResult("sentences", weights.sentences, hits))
        return results
