"""Search by meaning: cosine similarity of embeddings, on FAISS.

Exact inner product for as many vectors as one query can be compared with in 10 ms, inverted lists
above (docs/faiss.md has the measurements).
"""

from collections.abc import Sequence
from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

from index.datatypes import Hit
from index.durable import write_file
from index.errors import IndexDamagedError
from index.protocols import Embedder, Vectors
from index.ranking import rank_passages
from ingest.datatypes import Passage

# docs/faiss.md: 5 ms a query for 50,000 vectors of 384 numbers, 11 ms for 100,000.
EXACT_LIMIT = 50_000
# docs/faiss.md: looking into a quarter of 2 * sqrt(n) lists has a recall@10 above .99 up to
# 200,000 vectors; an eighth has not.
_LISTS_SHARE = 4


def build_dense(path: Path, vectors: Vectors) -> None:
    """Write a FAISS index of unit rows, shape (n, dim), and sync it; rows are counted from 0."""
    index = _build_index(vectors)
    # serialised by FAISS, written by Python: FAISS cannot open every path and tells no reason
    write_file(path, faiss.serialize_index(index).data)


def _build_index(vectors: Vectors) -> faiss.Index:
    count, dim = vectors.shape
    flat = faiss.IndexFlatIP(dim)
    if count <= EXACT_LIMIT:
        flat.add(vectors)
        return flat
    lists = 2 * round(count**0.5)
    index = faiss.IndexIVFFlat(flat, dim, lists, faiss.METRIC_INNER_PRODUCT)
    index.train(vectors)
    index.add(vectors)
    index.nprobe = lists // _LISTS_SHARE
    index.make_direct_map()  # for `similarities`
    return index


class DenseSearcher:
    """Ranks passages by the cosine of their embedding to the query's (`Searcher`)."""

    def __init__(self, index: faiss.Index, passages: Sequence[Passage], embedder: Embedder) -> None:
        self._index = index
        self._passages = passages
        self._embedder = embedder
        self._rows = {passage.passage_id: row for row, passage in enumerate(passages)}

    @classmethod
    def open(cls, path: Path, passages: Sequence[Passage], embedder: Embedder) -> "DenseSearcher":
        """Open what `build_dense` wrote; `passages` are its rows, in order.

        :raises IndexDamagedError: when it cannot be read or has another number or length of rows.
        """
        try:
            index = faiss.deserialize_index(np.fromfile(path, dtype=np.uint8))
        except (OSError, RuntimeError) as error:
            reason = " ".join(str(error).split())
            raise IndexDamagedError(
                f"the index {path} cannot be opened: {reason}; run: tenkyo doctor --repair"
            ) from error
        if (index.ntotal, index.d) != (len(passages), embedder.dim):
            raise IndexDamagedError(
                f"the index {path} has {index.ntotal} vectors of {index.d} numbers where "
                f"{len(passages)} of {embedder.dim} belong; run: tenkyo doctor --repair"
            )
        return cls(index, passages, embedder)

    def search(self, query: str, k: int) -> list[Hit]:
        """Return the `k` passages nearest to `query`, best first, ties by id; none for a blank."""
        if not query.strip():
            return []
        return self.search_vector(self._embedder.embed_queries([query])[0], k)

    def search_vector(self, vector: NDArray[np.float32], k: int) -> list[Hit]:
        """Return the `k` passages nearest to a unit vector of shape (dim,), best first, ties by id.

        :raises ValueError: when the vector has another shape.
        """
        if vector.shape != (self._index.d,):
            raise ValueError(f"a query vector has shape {vector.shape}, not ({self._index.d},)")

        def fetch(count: int) -> list[tuple[float, int]]:
            wanted = min(count, self._index.ntotal)
            scores, rows = self._index.search(vector[None], wanted)
            if rows[0, -1] < 0:  # the nearest lists hold fewer: look into all of them
                every = faiss.SearchParametersIVF()
                every.nprobe = self._index.ntotal  # there are fewer lists than vectors
                scores, rows = self._index.search(vector[None], wanted, params=every)
            found = zip(scores[0].tolist(), rows[0].tolist(), strict=True)
            return [(score, row) for score, row in found if row >= 0]  # -1 pads a short result

        return rank_passages(fetch, self._passages, k)

    def similarities(self, vector: NDArray[np.float32], ids: Sequence[str]) -> list[float]:
        """Return the cosine of a unit vector, shape (dim,), to every passage named in `ids`.

        :raises KeyError: when an id is none of this index's passages.
        """
        if not ids:
            return []
        rows = [self._rows[passage_id] for passage_id in ids]
        stored = np.stack([self._index.reconstruct(row) for row in rows])
        return [float(score) for score in stored @ vector]
