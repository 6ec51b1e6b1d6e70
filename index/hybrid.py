"""The search that Tenkyo answers from: four legs, fused per query.

BM25 over MeCab words and over character bigrams, cosine over passages and over single sentences.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index.datatypes import EmbeddedQuery, Hit
from index.fusion import LegResult, fuse
from index.lexical_share import LexicalShare
from index.protocols import Embedder, Searcher


class VectorSearcher(Protocol):
    """A leg that searches by vector, so that a query is embedded once for several legs."""

    def search_vector(self, vector: NDArray[np.float32], k: int) -> list[Hit]:
        """Return at most `k` hits for a unit vector of shape (dim,), best first."""


@dataclass(frozen=True, slots=True)
class LegWeights:
    """Shares of the four legs in the fused score; a leg of weight 0 is not asked.

    The defaults were chosen on the `dev` split for the trained model (docs/measurements.md). How
    much the two lexical legs get together is set per query (`LexicalShare`).
    """

    words: float = 0.3
    bigrams: float = 0.1
    passages: float = 0.28
    sentences: float = 0.32

    def balance(self, lexical: float) -> "LegWeights":
        """Return weights whose two lexical legs have the share `lexical`, 0 to 1, in the sum.

        The ratio between the lexical legs stays, and that between the dense ones. Unchanged where
        either kind has no weight.
        """
        words, dense = self.words + self.bigrams, self.passages + self.sentences
        if not words or not dense:
            return self
        up, down = lexical / words, (1 - lexical) / dense
        return LegWeights(
            self.words * up, self.bigrams * up, self.passages * down, self.sentences * down
        )


class HybridSearcher:
    """Searches all legs with one query and returns sections (`Searcher`).

    expand: gives the query with other names of its terms appended; only the lexical legs use it,
        since the embedding of a list of names is no longer that of the question.
    lexical_share: how much the lexical legs count, by how far their first section leads; without
        weight on words it is as `weights` says.
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
        lexical_share: LexicalShare = LexicalShare(),
        depth: int = 50,
    ) -> None:
        self._words = words
        self._bigrams = bigrams
        self._passages = passages
        self._sentences = sentences
        self._embedder = embedder
        self._expand = expand
        self._weights = weights
        self._lexical_share = lexical_share
        self._depth = depth

    def search(self, query: str, k: int) -> list[Hit]:
        """Return at most `k` sections, best first, ties by section id."""
        if not query.strip():
            return []
        return self.search_embedded([EmbeddedQuery(query, self._embed(query))], k)

    def search_embedded(self, queries: Sequence[EmbeddedQuery], k: int) -> list[Hit]:
        """Search with several texts at once, fused by their shares, as `search` does with one."""
        results = [result for query in queries for result in self._ask_legs(query)]
        return fuse(results, k, self._depth)

    def _embed(self, query: str) -> NDArray[np.float32]:
        vector: NDArray[np.float32] = self._embedder.embed_queries([query])[0]
        return vector

    def _ask_legs(self, query: EmbeddedQuery) -> Iterator[LegResult]:
        # A section has several passages and many sentences: ask for enough to fill the depth.
        wide, wider = 2 * self._depth, 8 * self._depth
        weights, share = self._weights, query.share
        expanded = self._expand(query.text)
        if weights.words:
            hits = self._words.search(expanded, wide)
            weights = weights.balance(self._lexical_share.measure(hits))
            yield LegResult("words", share * weights.words, hits)
        if weights.bigrams:
            hits = self._bigrams.search(expanded, wide)
            yield LegResult("bigrams", share * weights.bigrams, hits)
        if weights.passages:
            hits = self._passages.search_vector(query.vector, wide)
            yield LegResult("passages", share * weights.passages, hits)
        if weights.sentences:
            hits = self._sentences.search_vector(query.vector, wider)
            yield LegResult("sentences", share * weights.sentences, hits)
