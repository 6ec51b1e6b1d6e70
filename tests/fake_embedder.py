"""An embedder for tests: deterministic, no model, and texts that look alike get similar vectors."""

from collections.abc import Sequence
from zlib import crc32

import numpy as np

from index.protocols import Vectors


class FakeEmbedder:
    """Implements `Embedder` by a hashed bag of character bigrams.

    Queries and passages are embedded alike. `calls` records what was asked for.
    """

    def __init__(self, dim: int = 256, name: str = "fake-bigrams@000000000000") -> None:
        self.name = name
        self.dim = dim
        self.max_tokens = 512
        self.calls: list[list[str]] = []

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """One token per character, and two special tokens."""
        return [len(text) + 2 for text in texts]

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        return self._embed(texts)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        return self._embed(texts)

    def _embed(self, texts: Sequence[str]) -> Vectors:
        self.calls.append(list(texts))
        vectors = np.zeros((len(texts), self.dim), np.float32)
        for row, text in zip(vectors, texts, strict=True):
            # The marks at both ends give even an empty text a bigram.
            marked = f"\x02{text}\x03"
            for i in range(len(marked) - 1):
                bigram = marked[i : i + 2].encode("utf-8", "surrogatepass")
                row[crc32(bigram) % self.dim] += 1
            row /= np.linalg.norm(row)
        return vectors
