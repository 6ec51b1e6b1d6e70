import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from index.embedders.cache import EmbeddingCache
from index.protocols import Vectors

ROOT = Path(__file__).parents[3]
DIM = 4

WRITE_MANY = """
import sys
from pathlib import Path
import numpy as np
from index.embedders.cache import EmbeddingCache

cache = EmbeddingCache(Path(sys.argv[1]))
for i in range(100):
    cache.write("m", {f"{sys.argv[2]}-{i}": np.eye(4, dtype=np.float32)[i % 4]})
assert cache.problem is None, cache.problem
"""


def unit(position: int) -> Vectors:
    return np.eye(DIM, dtype=np.float32)[position]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "embeddings.sqlite3"


def test_vectors_come_back_as_they_were(path: Path) -> None:
    vector = np.array([0.1, -0.7, 0.5, 0.5], np.float32)
    vector /= np.linalg.norm(vector)
    EmbeddingCache(path).write("m", {"a": vector, "b": unit(1)})
    found = EmbeddingCache(path).read("m", ["a", "b", "c"], DIM)
    assert found.keys() == {"a", "b"}
    np.testing.assert_array_equal(found["a"], vector)
    assert found["a"].dtype == np.float32


def test_models_do_not_mix(path: Path) -> None:
    cache = EmbeddingCache(path)
    cache.write("m", {"a": unit(0)})
    assert cache.read("other", ["a"], DIM) == {}


def test_many_digests_are_read_at_once(path: Path) -> None:
    cache = EmbeddingCache(path)
    digests = [f"{i:04}" for i in range(1201)]
    cache.write("m", {digest: unit(0) for digest in digests})
    assert cache.read("m", digests, DIM).keys() == set(digests)


def test_writing_again_replaces(path: Path) -> None:
    cache = EmbeddingCache(path)
    cache.write("m", {"a": unit(0)})
    cache.write("m", {"a": unit(2)})
    np.testing.assert_array_equal(cache.read("m", ["a"], DIM)["a"], unit(2))


@pytest.mark.parametrize(
    "vector",
    [np.ones(DIM, np.float32), np.full(DIM, np.nan, np.float32), np.ones(1, np.float32)],
    ids=["not unit", "no number", "another length"],
)
def test_a_vector_that_cannot_be_is_not_returned(path: Path, vector: Vectors) -> None:
    cache = EmbeddingCache(path)
    cache.write("m", {"a": vector})
    assert cache.read("m", ["a"], DIM) == {}


@pytest.mark.parametrize("content", [b"no database at all" * 100, b"\0" * 5000])
def test_a_damaged_file_is_set_aside(path: Path, content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    cache = EmbeddingCache(path)
    assert cache.problem is not None
    assert "damaged" in cache.problem
    assert "\n" not in cache.problem
    assert path.with_name("embeddings.sqlite3.damaged").read_bytes() == content
    cache.write("m", {"a": unit(0)})
    assert EmbeddingCache(path).read("m", ["a"], DIM).keys() == {"a"}


def test_damage_within_the_file_is_survived(path: Path) -> None:
    cache = EmbeddingCache(path)
    cache.write("m", {str(i): unit(i % DIM) for i in range(2000)})
    cache.close()
    data = bytearray(path.read_bytes())
    data[4096:] = b"\xa5" * (len(data) - 4096)  # every page but the first
    path.write_bytes(data)
    cache = EmbeddingCache(path)
    assert cache.read("m", ["1"], DIM) == {}
    cache.write("m", {"1": unit(1)})
    assert cache.read("m", ["1"], DIM).keys() == {"1"}
    assert "damaged" in (cache.problem or "")


def test_a_file_of_another_version_is_set_aside(path: Path) -> None:
    import sqlite3

    path.parent.mkdir()
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    assert "version 99" in (EmbeddingCache(path).problem or "")
    assert EmbeddingCache(path).problem is None


def test_without_a_usable_file_nothing_is_cached_and_nothing_fails(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    cache = EmbeddingCache(tmp_path / "file" / "embeddings.sqlite3")
    cache.write("m", {"a": unit(0)})
    assert cache.read("m", ["a"], DIM) == {}
    assert cache.prune(0) == 0
    assert "cannot be used" in (cache.problem or "")


def test_a_full_disk_ends_caching_and_nothing_else(path: Path) -> None:
    cache = EmbeddingCache(path)
    cache.write("m", {"kept": unit(0)})
    # SQLite's own limit gives the same error as a disk without room.
    assert cache._connection is not None
    cache._connection.execute("PRAGMA max_page_count = 1")
    cache.write("m", {str(i): unit(0) for i in range(2000)})
    assert "full" in (cache.problem or "")
    assert cache.read("m", ["kept"], DIM) == {}
    assert EmbeddingCache(path).read("m", ["kept", "0"], DIM).keys() == {"kept"}


def test_two_processes_write_at_once(path: Path) -> None:
    processes = [
        subprocess.Popen([sys.executable, "-c", WRITE_MANY, str(path), name], cwd=ROOT)
        for name in ("x", "y")
    ]
    assert [process.wait(60) for process in processes] == [0, 0]
    digests = [f"{name}-{i}" for name in ("x", "y") for i in range(100)]
    assert EmbeddingCache(path).read("m", digests, DIM).keys() == set(digests)


def test_what_was_not_asked_for_is_pruned(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = EmbeddingCache(path)
    monkeypatch.setattr("index.embedders.cache._today", lambda: 100)
    cache.write("m", {"old": unit(0), "asked": unit(1)})
    monkeypatch.setattr("index.embedders.cache._today", lambda: 130)
    cache.read("m", ["asked"], DIM)
    assert cache.prune(unused_days=30) == 0  # 100 is not before 130 - 30
    monkeypatch.setattr("index.embedders.cache._today", lambda: 131)
    assert cache.prune(unused_days=30) == 1
    assert cache.read("m", ["old", "asked"], DIM).keys() == {"asked"}


def test_a_closed_cache_is_empty(path: Path) -> None:
    cache = EmbeddingCache(path)
    cache.write("m", {"a": unit(0)})
    cache.close()
    cache.write("m", {"b": unit(0)})
    assert cache.read("m", ["a"], DIM) == {}
    assert EmbeddingCache(path).read("m", ["a", "b"], DIM).keys() == {"a"}
