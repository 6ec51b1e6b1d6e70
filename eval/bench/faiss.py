"""Measures exact and approximate FAISS indexes: time of one query, recall against exact search.

    python -m eval.bench.faiss [--sizes 10000,50000] [--queries 200]

The vectors imitate those of a sentence embedding model: unit length, a large common direction
(any two texts have a cosine near .8), topics, directions of unequal weight (the i-th counts
i ** -0.5), and as much noise within a topic as lies between topics, so that topics overlap. A
query is a stored vector moved by half as much noise again. One thread, one query at a time, as an
answer searches.
"""

import argparse
import sys
import time
from collections.abc import Callable

import faiss
import numpy as np
from numpy.typing import NDArray

DIM = 384  # multilingual-e5-small
DEPTH = 400  # what the sentence leg is asked for (index/hybrid.py)


def make_vectors(count: int, queries: int, seed: int = 7) -> tuple[NDArray[np.float32], ...]:
    """Return `count` stored vectors and `queries` query vectors, unit rows of length `DIM`."""
    rng = np.random.default_rng(seed)
    weights = np.arange(1, DIM + 1, dtype=np.float32) ** -0.5
    weights /= np.linalg.norm(weights)

    def draw(rows: int) -> NDArray[np.float32]:
        drawn: NDArray[np.float32] = rng.standard_normal((rows, DIM), dtype=np.float32) * weights
        return drawn

    common = np.float32(2.8) * _unit(rng.standard_normal((1, DIM), dtype=np.float32))
    topics = draw(max(count // 100, 1))
    points = common + topics[rng.integers(len(topics), size=count)] + draw(count)
    picked = rng.choice(count, size=queries, replace=False)
    return _unit(points), _unit(points[picked] + np.float32(0.5) * draw(queries))


def _unit(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    normed: NDArray[np.float32] = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return normed


def build_flat(vectors: NDArray[np.float32]) -> faiss.Index:
    """Return exact search."""
    index = faiss.IndexFlatIP(DIM)
    index.add(vectors)
    return index


def build_hnsw(vectors: NDArray[np.float32]) -> faiss.Index:
    """Return a neighbour graph: 32 links, 400 candidates (at least `DEPTH` must be kept)."""
    index = faiss.IndexHNSWFlat(DIM, 32, faiss.METRIC_INNER_PRODUCT)
    index.hnsw.efConstruction = 80
    index.hnsw.efSearch = DEPTH
    index.add(vectors)
    return index


def build_ivf(share: int) -> Callable[[NDArray[np.float32]], faiss.Index]:
    """Return a builder of inverted lists of which one in `share` is looked into."""

    def build(vectors: NDArray[np.float32]) -> faiss.Index:
        lists = 2 * round(len(vectors) ** 0.5)
        index = faiss.IndexIVFFlat(faiss.IndexFlatIP(DIM), DIM, lists, faiss.METRIC_INNER_PRODUCT)
        index.train(vectors)
        index.add(vectors)
        index.nprobe = lists // share
        return index

    return build


def measure(
    index: faiss.Index, queries: NDArray[np.float32], truth: NDArray[np.int64]
) -> tuple[float, float, float]:
    """Return the median and 95th percentile of a query in ms, and recall@10."""
    times, found = [], 0
    for row, expected in zip(queries, truth, strict=True):
        start = time.perf_counter()
        _, ids = index.search(row[None], DEPTH)
        times.append((time.perf_counter() - start) * 1000)
        found += len(set(ids[0][:10].tolist()) & set(expected.tolist()))
    return float(np.median(times)), float(np.quantile(times, 0.95)), found / truth.size


def main() -> None:
    """Print the table as Markdown."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--sizes", default="10000,20000,50000,100000,200000")
    parser.add_argument("--queries", type=int, default=200)
    arguments = parser.parse_args()
    faiss.omp_set_num_threads(1)
    candidates = {
        "flat": build_flat,
        "IVF, 1 of 16 lists": build_ivf(16),
        "IVF, 1 of 8 lists": build_ivf(8),
        "IVF, 1 of 4 lists": build_ivf(4),
        "HNSW32, ef 400": build_hnsw,
    }
    write = sys.stdout.write
    write("| vectors | index | build s | query p50 ms | p95 ms | recall@10 |\n")
    write("|---|---|---|---|---|---|\n")
    for size in (int(part) for part in arguments.sizes.split(",")):
        stored, queries = make_vectors(size, arguments.queries)
        truth = build_flat(stored).search(queries, 10)[1]
        for name, build in candidates.items():
            if size <= 20_000 and build is not build_flat:
                continue  # exact search is quick enough
            start = time.perf_counter()
            index = build(stored)
            seconds = time.perf_counter() - start
            p50, p95, recall = measure(index, queries, truth)
            write(f"| {size:,} | {name} | {seconds:.1f} | {p50:.2f} | {p95:.2f} | {recall:.3f} |\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
