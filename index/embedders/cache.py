"""Keeps vectors of passages by model and text, so that no text is embedded twice.

A cache is a convenience: whatever happens to its file, the vectors come from the model again and
nothing fails. What went wrong stands in `EmbeddingCache.problem`, for the caller to tell once.
"""

import sqlite3
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np

from index.protocols import Vectors

SCHEMA_VERSION = 1
SCHEMA = f"""
CREATE TABLE IF NOT EXISTS vectors (
    model TEXT NOT NULL,
    digest TEXT NOT NULL,
    vector BLOB NOT NULL,
    used_day INTEGER NOT NULL,
    UNIQUE (model, digest)
);
PRAGMA user_version = {SCHEMA_VERSION};
"""
# How long to wait for another process that writes; one of its batches takes milliseconds.
BUSY_SECONDS = 10.0
# SQLite's oldest limit of parameters in one statement is 999.
DIGESTS_PER_QUERY = 500
# Above the rounding of a float32 unit vector, far below what a flipped high bit does.
NORM_TOLERANCE = 1e-3
SECONDS_PER_DAY = 86_400
DAMAGE_CODES = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


class EmbeddingCache:
    """Vectors in an SQLite file, shared by threads and by processes.

    A damaged file is moved aside (`.damaged` is added to its name) and begun anew. When the file
    cannot be used at all (full disk, no permission), the cache stays empty and `problem` says why.
    """

    def __init__(self, path: Path) -> None:
        self._connection: sqlite3.Connection | None = None
        self._path = path
        self._lock = threading.Lock()
        self._problem: str | None = None
        with self._lock:
            self._open()

    @property
    def problem(self) -> str | None:
        """What went wrong, in one line, or None."""
        return self._problem

    def read(self, model: str, digests: Sequence[str], dim: int) -> dict[str, Vectors]:
        """Return the vectors that are known, each of shape (dim,), by their text's digest."""
        found: dict[str, Vectors] = {}
        with self._lock:
            for start in range(0, len(digests), DIGESTS_PER_QUERY):
                part = digests[start : start + DIGESTS_PER_QUERY]
                for digest, blob in self._execute(_select(len(part)), (model, *part)):
                    vector = np.frombuffer(blob, "<f4") if len(blob) == 4 * dim else None
                    if vector is not None and abs(np.linalg.norm(vector) - 1) < NORM_TOLERANCE:
                        found[str(digest)] = vector.astype(np.float32)
                self._execute(_touch(len(part)), (_today(), model, _today(), *part))
        return found

    def write(self, model: str, vectors: Mapping[str, Vectors]) -> None:
        """Store vectors by their text's digest; all of them or, at a failure, none."""
        rows = [
            (model, digest, vector.astype("<f4").tobytes(), _today())
            for digest, vector in vectors.items()
        ]
        with self._lock:
            self._execute_many("INSERT OR REPLACE INTO vectors VALUES (?, ?, ?, ?)", rows)

    def prune(self, unused_days: int) -> int:
        """Forget what was not asked for in so many days; return how many vectors that were."""
        before = "SELECT count(*) FROM vectors WHERE used_day < ?"
        limit = (_today() - unused_days,)
        with self._lock:
            count = sum(int(row[0]) for row in self._execute(before, limit))
            self._execute("DELETE FROM vectors WHERE used_day < ?", limit)
            if count:
                self._execute("VACUUM", ())
        return count

    def close(self) -> None:
        """Close the file; afterwards the cache is empty and takes nothing."""
        with self._lock:
            if self._connection is not None:
                self._connection.close()
            self._connection = None

    def __del__(self) -> None:
        if self._connection is not None:
            self._connection.close()

    def _execute(self, statement: str, values: Sequence[object]) -> list[tuple[Any, ...]]:
        if self._connection is None:
            return []
        try:
            with closing(self._connection.execute(statement, values)) as cursor:
                return cursor.fetchall()
        except sqlite3.Error as error:
            self._recover(error)
            return []

    def _execute_many(self, statement: str, rows: Sequence[Sequence[object]]) -> None:
        if self._connection is None:
            return
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            self._connection.executemany(statement, rows)
            self._connection.execute("COMMIT")
        except sqlite3.Error as error:
            self._recover(error)

    def _open(self) -> None:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._connection = _connect(self._path)
        except (sqlite3.Error, OSError) as error:
            self._recover(error)

    def _recover(self, error: Exception) -> None:
        """Begin a damaged file anew, once; give up on any other failure."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        if self._problem is None and _is_damage(error):
            self._problem = (
                f"the embedding cache {self._path} was damaged ({error}) and is begun anew; the "
                "damaged file can be removed"
            )
            try:
                self._set_aside()
            except OSError as failure:
                error = failure
            else:
                self._open()
                return
        self._problem = (
            f"the embedding cache {self._path} cannot be used ({error}): texts are embedded "
            "without it; make room and give write permission there"
        )

    def _set_aside(self) -> None:
        for suffix in ("-wal", "-shm"):
            self._path.with_name(self._path.name + suffix).unlink(missing_ok=True)
        self._path.replace(self._path.with_name(self._path.name + ".damaged"))


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(
        path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
    )
    try:
        # A write-ahead log lets readers go on while a process writes.
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if version not in (0, SCHEMA_VERSION):
            raise _ForeignVersionError(f"version {version}, expected {SCHEMA_VERSION}")
        connection.executescript(SCHEMA)
    except BaseException:
        connection.close()
        raise
    return connection


class _ForeignVersionError(sqlite3.DatabaseError):
    """The file is of another version of Tenkyo."""


def _is_damage(error: Exception) -> bool:
    if isinstance(error, _ForeignVersionError):
        return True
    # Extended result codes carry the kind in their low byte.
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in DAMAGE_CODES


def _select(count: int) -> str:
    marks = ", ".join("?" * count)
    return f"SELECT digest, vector FROM vectors WHERE model = ? AND digest IN ({marks})"  # noqa: S608


def _touch(count: int) -> str:
    marks = ", ".join("?" * count)
    return (
        "UPDATE vectors SET used_day = ? "  # noqa: S608
        f"WHERE model = ? AND used_day < ? AND digest IN ({marks})"
    )


def _today() -> int:
    return int(time.time() // SECONDS_PER_DAY)
