"""The SQLite file behind the ledger: opened, laid out, and locked for one step at a time."""

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from assistant.apps.slack.errors import LedgerError

_VERSION = 1
# How long one process waits for another to end its step.
_BUSY_SECONDS = 10.0

_LAYOUT = """
CREATE TABLE jobs (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    key TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    lane TEXT NOT NULL,
    state TEXT NOT NULL,
    team TEXT NOT NULL,
    channel TEXT NOT NULL,
    thread TEXT NOT NULL,
    user TEXT NOT NULL,
    text TEXT NOT NULL,
    ts TEXT NOT NULL,
    about TEXT NOT NULL,
    response_url TEXT NOT NULL,
    claimed_at REAL NOT NULL,
    not_before REAL NOT NULL,
    finished_at REAL,
    owner TEXT,
    lease_until REAL,
    attempts INTEGER NOT NULL DEFAULT 0,
    posted_ts TEXT,
    reply TEXT,
    record TEXT,
    is_sending INTEGER NOT NULL DEFAULT 0,
    problem TEXT
);
CREATE INDEX jobs_waiting ON jobs (lane, state, position);
CREATE INDEX jobs_thread ON jobs (team, channel, thread);
CREATE INDEX jobs_posted ON jobs (team, channel, posted_ts);
CREATE INDEX jobs_user ON jobs (team, user);
"""


class LedgerFile:
    """One SQLite file, for all threads of this process; other processes may have it open too.

    path: made when it is missing, readable by its owner alone: it holds what people asked.

    :raises LedgerError: it cannot be opened, or is no ledger of this version.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            _create(path)
        except OSError as error:
            raise LedgerError(
                f"the ledger {path} cannot be opened ({error.strerror}); "
                "check the folder and its permissions, or set slack_ledger"
            ) from error
        with self._translated():
            self._connection = sqlite3.connect(
                path, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False
            )
            try:
                self._lay_out()
            except BaseException:
                self._connection.close()
                raise

    def _lay_out(self) -> None:
        run = self._connection.execute
        run("PRAGMA journal_mode = WAL")
        # A commit is on the disk when it returns: what was acknowledged survives a power cut.
        run("PRAGMA synchronous = FULL")
        run("PRAGMA secure_delete = ON")
        with self.write() as connection:
            (version,) = connection.execute("PRAGMA user_version").fetchone()
            if version == 0:
                for statement in _LAYOUT.split(";"):
                    connection.execute(statement)
                connection.execute(f"PRAGMA user_version = {_VERSION}")
            elif version != _VERSION:
                raise LedgerError(
                    f"the ledger {self._path} is of version {version}, this program writes "
                    f"{_VERSION}; use the program that wrote it, or set slack_ledger to a new file"
                )

    @contextmanager
    def write(self) -> Iterator[sqlite3.Connection]:
        """Do one step whole or not at all; no other process writes meanwhile.

        :raises LedgerError: the file cannot be written.
        """
        with self._lock, self._translated():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    @contextmanager
    def read(self) -> Iterator[sqlite3.Connection]:
        """Ask one thing of the file.

        :raises LedgerError: the file cannot be read.
        """
        with self._lock, self._translated():
            yield self._connection

    def close(self) -> None:
        """Close the file; nothing can be asked of it any more."""
        with self._lock:
            self._connection.close()

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise LedgerError(
                f"the ledger {self._path} cannot be used ({error}); "
                "check the disk and the file's permissions, or set slack_ledger to a new file"
            ) from error


def _create(path: Path) -> None:
    """Make the file, for its owner alone, unless it is there."""
    # What is there is not opened: closing it again would drop the locks that SQLite holds on it for
    # the whole process (POSIX), and another process would take away the log under an open ledger.
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
