"""An embedder that asks a cache first."""

from collections.abc import Callable, Sequence
from hashlib import sha256

import numpy as np

from index.embedders.cache import EmbeddingCache
from index.protocols import Embedder, Vectors

# Small enough that a killed run loses a second or two, large enough to keep all CPUs busy.
TEXTS_PER_WRITE = 64


class CachingEmbedder:
    """An `Embedder` that embeds only those passages that its cache does not know.

    Every batch is written as soon as it is done, so a killed run goes on where it was.
    """

    def __init__(
        self,
        embedder: Embedder,
        cache: EmbeddingCache,
        on_progress: Callable[[int, int], None] | None = None,
    ) -> None:
        """Wrap `embedder`.

        :param on_progress: told after every batch how many texts are embedded, and of how many
            that had to be; not called when the cache knows all of them.
        """
        self._embedder = embedder
        self._cache = cache
        self._on_progress = on_progress
        self._embedded = 0

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
        """Longest text in tokens, prefix and special tokens counted; the rest is cut off."""
        return self._embedder.max_tokens

    @property
    def embedded(self) -> int:
        """How many passages the wrapped embedder was given so far."""
        return self._embedded

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Return the token count of every text as a passage, prefix and special tokens counted."""
        return self._embedder.count_tokens(texts)

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """Return unit rows, float32, shape (len(texts), dim); queries are never cached."""
        return self._embedder.embed_queries(texts)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Return unit rows, float32, shape (len(texts), dim), in the order of `texts`."""
        if not texts:
            return np.empty((0, self.dim), np.float32)
        digests = [sha256(text.encode("utf-8", "surrogatepass")).hexdigest() for text in texts]
        text_of = dict(zip(digests, texts, strict=True))
        vectors = self._cache.read(self.name, list(text_of), self.dim)
        missing = [digest for digest in text_of if digest not in vectors]
        for start in range(0, len(missing), TEXTS_PER_WRITE):
            batch = missing[start : start + TEXTS_PER_WRITE]
            rows = self._embedder.embed_passages([text_of[digest] for digest in batch])
            new = dict(zip(batch, rows, strict=True))
            self._cache.write(self.name, new)
            vectors |= new
            self._embedded += len(batch)
            if self._on_progress is not None:
                self._on_progress(start + len(batch), len(missing))
        return np.stack([vectors[digest] for digest in digests])
