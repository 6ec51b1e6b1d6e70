"""Keeps query embeddings, so that many systems asked the same questions embed each text once.

The system that is run first pays for the embedding, and its latency counts it.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from index.protocols import Embedder, Vectors


class QueryMemo:
    """An `Embedder` that remembers the queries of one process."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._known: dict[str, NDArray[np.float32]] = {}

    @property
    def name(self) -> str:
        """That of the wrapped embedder."""
        return self._embedder.name

    @property
    def dim(self) -> int:
        """Length of a vector."""
        return self._embedder.dim

    @property
    def max_tokens(self) -> int:
        """Longest text in tokens."""
        return self._embedder.max_tokens

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Return the token count of every text as a passage."""
        return self._embedder.count_tokens(texts)

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """Return unit rows, float32, shape (len(texts), dim), in the order of `texts`."""
        missing = [text for text in dict.fromkeys(texts) if text not in self._known]
        if missing:
            rows = self._embedder.embed_queries(missing)
            self._known.update(zip(missing, rows, strict=True))
        if not texts:
            return self._embedder.embed_queries(texts)
        return np.stack([self._known[text] for text in texts])

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Return unit rows, float32, shape (len(texts), dim), in the order of `texts`."""
        return self._embedder.embed_passages(texts)
