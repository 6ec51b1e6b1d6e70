from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from index.embedders.cache import EmbeddingCache
from index.embedders.caching import TEXTS_PER_WRITE, CachingEmbedder
from index.protocols import Vectors
from tests.fake_embedder import FakeEmbedder


class FakeInterruptedEmbedder(FakeEmbedder):
    """Is interrupted in its second batch, as by Ctrl-C."""

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        if self.calls:
            raise KeyboardInterrupt
        return super().embed_passages(texts)


@pytest.fixture
def cache(tmp_path: Path) -> EmbeddingCache:
    return EmbeddingCache(tmp_path / "embeddings.sqlite3")


def test_no_text_is_embedded_twice(cache: EmbeddingCache) -> None:
    first = CachingEmbedder(FakeEmbedder(), cache)
    first.embed_passages(["VPC", "S3"])
    assert first.embedded == 2
    inner = FakeEmbedder()
    second = CachingEmbedder(inner, cache)
    vectors = second.embed_passages(["S3", "EC2", "VPC", "EC2"])
    assert second.embedded == 1
    assert inner.calls == [["EC2"]]
    np.testing.assert_array_equal(
        vectors, FakeEmbedder().embed_passages(["S3", "EC2", "VPC", "EC2"])
    )


def test_another_model_shares_nothing(cache: EmbeddingCache) -> None:
    CachingEmbedder(FakeEmbedder(), cache).embed_passages(["VPC"])
    other = CachingEmbedder(FakeEmbedder(dim=8, name="other@1"), cache)
    assert other.embed_passages(["VPC"]).shape == (1, 8)
    assert other.embedded == 1


def test_queries_are_not_cached(cache: EmbeddingCache) -> None:
    embedder = CachingEmbedder(FakeEmbedder(), cache)
    embedder.embed_queries(["VPC"])
    embedder.embed_passages(["VPC"])
    assert embedder.embedded == 1


def test_progress_tells_what_must_be_embedded(cache: EmbeddingCache) -> None:
    told: list[tuple[int, int]] = []
    embedder = CachingEmbedder(FakeEmbedder(), cache, lambda *now: told.append(now))
    embedder.embed_passages(["0", "1"])
    embedder.embed_passages([str(i) for i in range(TEXTS_PER_WRITE + 3)])
    assert told == [(2, 2), (TEXTS_PER_WRITE, TEXTS_PER_WRITE + 1), (TEXTS_PER_WRITE + 1,) * 2]
    embedder.embed_passages(["0"])
    assert len(told) == 3


def test_an_interrupted_run_keeps_its_batches(cache: EmbeddingCache) -> None:
    texts = [str(i) for i in range(2 * TEXTS_PER_WRITE)]
    with pytest.raises(KeyboardInterrupt):
        CachingEmbedder(FakeInterruptedEmbedder(), cache).embed_passages(texts)
    again = CachingEmbedder(FakeEmbedder(), cache)
    again.embed_passages(texts)
    assert again.embedded == TEXTS_PER_WRITE


def test_a_cache_that_cannot_be_used_changes_no_vector(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    embedder = CachingEmbedder(FakeEmbedder(), EmbeddingCache(tmp_path / "file" / "c.sqlite3"))
    for _ in range(2):
        np.testing.assert_array_equal(
            embedder.embed_passages(["VPC"]), FakeEmbedder().embed_passages(["VPC"])
        )
    assert embedder.embedded == 2
