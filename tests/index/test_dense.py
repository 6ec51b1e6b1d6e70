import numpy as np
import pytest

from index.dense import EXACT_LIMIT, DenseSearcher, build_dense
from index.errors import IndexDamagedError
from index.scoped import ScopedVectorSearcher
from ingest.datatypes import Passage, PassageKind
from tests.fake_embedder import FakeEmbedder


def passages(count: int) -> list[Passage]:
    return [
        Passage(f"s{row:05}:s0", f"s{row:05}", 0, PassageKind.SENTENCE, "", 1, 1, 0, 0)
        for row in range(count)
    ]


def open_searcher(folder, vectors) -> DenseSearcher:
    vectors = np.asarray(vectors, np.float32)
    build_dense(folder / "v.faiss", vectors)
    embedder = FakeEmbedder(dim=vectors.shape[1])
    return DenseSearcher.open(folder / "v.faiss", passages(len(vectors)), embedder)


def test_scores_are_cosines_and_ties_go_by_id(tmp_path) -> None:
    searcher = open_searcher(tmp_path, [[0, 1], [1, 0], [0.6, 0.8], [1, 0]])
    hits = searcher.search_vector(np.array([1, 0], np.float32), 4)
    assert [(hit.section_id, hit.rank) for hit in hits] == [
        ("s00001", 1),
        ("s00003", 2),
        ("s00002", 3),
        ("s00000", 4),
    ]
    assert [hit.score for hit in hits] == pytest.approx([1, 1, 0.6, 0], abs=1e-5)
    assert [hit.section_id for hit in searcher.search_vector(np.array([0, 1], np.float32), 1)] == [
        "s00000"
    ]


def test_similarities_are_the_cosines_of_the_named_passages(tmp_path) -> None:
    searcher = open_searcher(tmp_path, [[0, 1], [1, 0], [0.6, 0.8]])
    vector = np.array([0, 1], np.float32)
    assert searcher.similarities(vector, ["s00002:s0", "s00000:s0"]) == pytest.approx([0.8, 1])
    assert searcher.similarities(vector, []) == []
    with pytest.raises(KeyError):
        searcher.similarities(vector, ["other:s0"])


def test_a_vector_of_another_length_is_refused(tmp_path) -> None:
    searcher = open_searcher(tmp_path, [[0, 1]])
    with pytest.raises(ValueError, match=r"\(3,\), not \(2,\)"):
        searcher.search_vector(np.zeros(3, np.float32), 1)


def test_an_empty_index_finds_nothing(tmp_path) -> None:
    searcher = open_searcher(tmp_path, np.empty((0, 4)))
    assert searcher.search("何か", 3) == []


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    """More vectors than are searched one by one, and a searcher of them."""
    draw = np.random.default_rng(3)
    vectors = draw.standard_normal((EXACT_LIMIT + 1, 8), dtype=np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors, open_searcher(tmp_path_factory.mktemp("large"), vectors)


def test_a_large_index_is_searched_by_lists_and_finds_nearly_all(large) -> None:
    vectors, searcher = large
    found = 0
    for query in vectors[:100]:
        exact = np.argsort(-(vectors @ query), kind="stable")[:10]
        hits = searcher.search_vector(query, 10)
        found += len({int(hit.section_id[1:]) for hit in hits} & set(exact.tolist()))
    assert found >= 990  # recall@10 of .99
    assert searcher.similarities(vectors[7], ["s00007:s0"]) == pytest.approx([1])


def test_a_large_index_gives_the_farthest_too_when_so_many_are_asked_for(large) -> None:
    vectors, searcher = large
    query = vectors[0]
    farthest = {f"s{row:05}" for row in np.argsort(vectors @ query)[:5]}
    assert len(searcher.search_vector(query, len(vectors))) == len(vectors)
    hits = ScopedVectorSearcher(searcher, farthest).search_vector(query, 5)
    assert {hit.section_id for hit in hits} == farthest


def test_opening_what_is_missing_or_altered_is_told(tmp_path) -> None:
    path, embedder = tmp_path / "v.faiss", FakeEmbedder(dim=2)
    with pytest.raises(IndexDamagedError, match=r"cannot be opened.*doctor --repair"):
        DenseSearcher.open(path, [], embedder)
    build_dense(path, np.eye(2, dtype=np.float32))
    with pytest.raises(IndexDamagedError, match="2 vectors of 2 numbers where 3 of 2 belong"):
        DenseSearcher.open(path, passages(3), embedder)
    with pytest.raises(IndexDamagedError, match="2 vectors of 2 numbers where 2 of 3 belong"):
        DenseSearcher.open(path, passages(2), FakeEmbedder(dim=3))
    path.write_bytes(path.read_bytes()[:-3])
    with pytest.raises(IndexDamagedError) as raised:
        DenseSearcher.open(path, passages(2), embedder)
    assert "\n" not in str(raised.value)
    path.write_bytes(b"")
    with pytest.raises(IndexDamagedError):
        DenseSearcher.open(path, passages(2), embedder)
