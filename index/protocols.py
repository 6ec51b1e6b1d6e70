"""The seams of the index: what can be swapped for another implementation."""

from collections.abc import Sequence
from typing import Protocol, TypeAlias, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from index.datatypes import Hit

Vectors: TypeAlias = NDArray[np.float32]


@runtime_checkable
class Embedder(Protocol):
    """Turns texts into vectors whose inner product is their cosine similarity."""

    @property
    def name(self) -> str:
        """What the index records: model name and a digest of its weights (`name@digest`)."""

    @property
    def dim(self) -> int:
        """Length of a vector."""

    @property
    def max_tokens(self) -> int:
        """Longest text in tokens, prefix and special tokens counted; the rest is cut off."""

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Return the token count of every text as a passage, prefix and special tokens counted."""

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """Return unit rows, float32, shape (len(texts), dim), in the order of `texts`."""

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Return unit rows, float32, shape (len(texts), dim), in the order of `texts`."""


@runtime_checkable
class Searcher(Protocol):
    """Finds what fits a query."""

    def search(self, query: str, k: int) -> list[Hit]:
        """Return at most `k` hits, best first, ties by id; nothing found is an empty list."""
