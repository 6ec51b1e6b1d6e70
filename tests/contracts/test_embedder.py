"""What every `Embedder` keeps to."""

from pathlib import Path

import numpy as np
import pytest

from index.embedders.cache import EmbeddingCache
from index.embedders.caching import CachingEmbedder
from index.embedders.sentence_transformer import SentenceTransformerEmbedder
from index.protocols import Embedder
from tests.fake_embedder import FakeEmbedder

TEXTS = [
    "サブネットは一つのゾーンに属する。",
    "VPC",
    "",
    "  \n\u3000",
    "lone \ud800 surrogate",
    "NUL \0 inside",
    "ﷺ" * 50,
    "長い文。" * 400,
    "VPC",
]


@pytest.fixture(
    scope="module",
    params=[
        "fake",
        "caching",
        "bundled",
        pytest.param("sentence-transformers", marks=pytest.mark.slow),
    ],
)
def embedder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Embedder:
    match request.param:
        case "fake":
            return FakeEmbedder()
        case "caching":
            path: Path = tmp_path_factory.mktemp("cache") / "embeddings.sqlite3"
            return CachingEmbedder(FakeEmbedder(), EmbeddingCache(path))
        case "bundled":
            return request.getfixturevalue("bundled_embedder")
        case _:
            return SentenceTransformerEmbedder(str(request.getfixturevalue("model_folder")))


@pytest.fixture(params=["embed_queries", "embed_passages"])
def embed(request: pytest.FixtureRequest, embedder: Embedder):
    return getattr(embedder, request.param)


def test_it_is_an_embedder(embedder: Embedder) -> None:
    assert isinstance(embedder, Embedder)
    assert embedder.dim > 0
    assert embedder.max_tokens > 0


def test_rows_are_unit_float32(embedder: Embedder, embed) -> None:
    vectors = embed(TEXTS)
    assert vectors.dtype == np.float32
    assert vectors.shape == (len(TEXTS), embedder.dim)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_no_texts_give_no_rows(embedder: Embedder, embed) -> None:
    vectors = embed([])
    assert vectors.dtype == np.float32
    assert vectors.shape == (0, embedder.dim)


def test_the_order_is_kept(embed) -> None:
    forwards, backwards = embed(TEXTS), embed(TEXTS[::-1])
    np.testing.assert_allclose(forwards, backwards[::-1], atol=1e-5)


def test_equal_texts_give_equal_rows(embed) -> None:
    vectors = embed(TEXTS)
    np.testing.assert_allclose(vectors[1], vectors[-1], atol=1e-5)
    assert vectors[0] @ vectors[1] < 0.999


def test_every_text_has_tokens(embedder: Embedder) -> None:
    counts = embedder.count_tokens(TEXTS)
    assert len(counts) == len(TEXTS)
    assert all(isinstance(count, int) and count >= 2 for count in counts)
    assert counts[7] > embedder.max_tokens
    assert embedder.count_tokens([]) == []


def test_the_name_holds_a_digest(embedder: Embedder) -> None:
    name, separator, digest = embedder.name.rpartition("@")
    assert name
    assert separator
    assert len(digest) == 12
