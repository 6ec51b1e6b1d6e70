"""A scoped search gives what a filter over the whole ranking would, and no less."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from index.bm25 import BM25Searcher, build_bm25
from index.datatypes import Hit
from index.dense import DenseSearcher, build_dense
from index.protocols import Searcher
from index.scoped import ScopedSearcher, ScopedVectorSearcher, SingleTerm
from ingest.content_words import BigramAnalyzer
from ingest.datatypes import Passage, PassageKind
from tests.fake_embedder import FakeEmbedder

SECTIONS = [f"n{number}.md#s" for number in range(8)]
TEXTS = ["りんごの木", "みかんの木", "りんごの実", "梨の花", "りんご", "木の実", "みかん", "花の木"]


class FakeRanking:
    """Implements `Searcher` and `VectorSearcher` by a fixed ranking; `depths` records every `k`."""

    def __init__(self, section_ids: Sequence[str]) -> None:
        self.hits = [
            Hit(f"{section_id}:p{rank}", section_id, 1.0 / rank, rank)
            for rank, section_id in enumerate(section_ids, start=1)
        ]
        self.depths: list[int] = []

    def search(self, query: str, k: int) -> list[Hit]:
        self.depths.append(k)
        return self.hits[:k]

    def search_vector(self, vector: NDArray[np.float32], k: int) -> list[Hit]:
        return self.search("", k)


@given(
    st.lists(st.sampled_from(SECTIONS), max_size=60),
    st.frozensets(st.sampled_from(SECTIONS)),
    st.integers(-1, 20),
)
def test_hits_are_those_of_the_scope_in_the_order_of_the_whole(ranking, scope, k) -> None:
    engine = FakeRanking(ranking)
    expected = [hit for hit in engine.hits if hit.section_id in scope][: max(k, 0)]
    for hits in (
        ScopedSearcher(engine, scope).search("", k),
        ScopedVectorSearcher(engine, scope).search_vector(np.zeros(3, np.float32), k),
    ):
        assert [hit.passage_id for hit in hits] == [hit.passage_id for hit in expected]
        assert [hit.score for hit in hits] == [hit.score for hit in expected]
        assert [hit.rank for hit in hits] == list(range(1, len(expected) + 1))


def test_the_engine_is_asked_for_twice_as_many_until_there_are_enough() -> None:
    # The scope's passages stand at the places 5 and 11 of 100.
    engine = FakeRanking(["a"] * 4 + ["b"] + ["a"] * 5 + ["b"] + ["a"] * 89)
    assert len(ScopedSearcher(engine, {"b"}).search("", 2)) == 2
    assert engine.depths == [2, 4, 8, 16]


def test_the_engine_is_asked_no_more_once_it_is_exhausted() -> None:
    engine = FakeRanking(["a", "b", "a", "a", "a"])
    assert len(ScopedSearcher(engine, {"b"}).search("", 3)) == 1
    assert engine.depths == [3, 6]


def test_an_empty_scope_asks_nothing() -> None:
    engine = FakeRanking(["a", "b"])
    assert ScopedSearcher(engine, frozenset()).search("", 3) == []
    assert engine.depths == []


@pytest.fixture
def passages() -> list[Passage]:
    return [
        Passage(f"{section}:p0", section, 0, PassageKind.PASSAGE, text, 1, 1, 0, len(text))
        for section, text in zip(SECTIONS, TEXTS, strict=True)
    ]


def list_scopes() -> list[set[str]]:
    """Return all 255 scopes that have a section."""
    return [
        {section for bit, section in enumerate(SECTIONS) if number >> bit & 1}
        for number in range(1, 256)
    ]


def test_real_engines_agree_with_brute_force_over_every_scope(
    tmp_path: Path, passages: list[Passage]
) -> None:
    analyzer, embedder = BigramAnalyzer(), FakeEmbedder(dim=32)
    build_bm25(tmp_path / "bm25", [analyzer.analyze(text) for text in TEXTS])
    build_dense(tmp_path / "dense", embedder.embed_passages(TEXTS))
    lexical = BM25Searcher.open(tmp_path / "bm25", passages, analyzer)
    dense = DenseSearcher.open(tmp_path / "dense", passages, embedder)
    query = "りんごの木の実"
    vector = embedder.embed_queries([query])[0]
    all_lexical, all_dense = lexical.search(query, 8), dense.search_vector(vector, 8)
    assert len(all_dense) == 8
    assert 5 <= len(all_lexical) < 8  # some share no bigram with the query
    for scope in list_scopes():
        for k in (1, 2, 8):
            for hits, whole in (
                (ScopedSearcher(lexical, scope).search(query, k), all_lexical),
                (ScopedVectorSearcher(dense, scope).search_vector(vector, k), all_dense),
            ):
                within = [hit for hit in whole if hit.section_id in scope][:k]
                assert [(hit.passage_id, hit.score) for hit in hits] == [
                    (hit.passage_id, hit.score) for hit in within
                ]


def test_it_implements_the_protocol() -> None:
    assert isinstance(ScopedSearcher(FakeRanking([]), {"a"}), Searcher)


def test_a_single_term_is_looked_up_as_it_is(tmp_path: Path, passages: list[Passage]) -> None:
    build_bm25(tmp_path / "bm25", [[text] for text in TEXTS])
    searcher = BM25Searcher.open(tmp_path / "bm25", passages, SingleTerm())
    assert [hit.section_id for hit in searcher.search("りんごの木", 8)] == [SECTIONS[0]]
    assert searcher.search("りんごの", 8) == []
