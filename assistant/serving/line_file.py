"""Appends records to files of JSON Lines, each whole or not at all, from any number of processes.

Beside `name.jsonl` stands `name.lock`, which writers hold, and `name.damaged` where a writer that
was killed left half a line: the next one moves it there, byte for byte.
"""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import FileIO
from pathlib import Path
from typing import Any

import portalocker

from assistant.records import to_json
from assistant.serving.errors import FeedbackError
from index.durable import sync_folder
from index.errors import IndexFolderError
from index.locks import lock_for_writing

# A writer needs milliseconds.
_LOCK_SECONDS = 5.0


def append_record(path: Path, record: dict[str, Any], *, unique: str | None = None) -> None:
    """Append a record as one line and sync it.

    The folder is made where there is none; it and the files are open to their owner alone.

    :param unique: a key; nothing is appended where a line has the same value under it already.
    :raises FeedbackError: the file cannot be written, or another process holds it too long.
    """
    line = f"{to_json(record)}\n".encode()
    lock = path.with_suffix(".lock")
    with _storage_errors(path):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock.touch(mode=0o600)
        with lock_for_writing(lock, _LOCK_SECONDS), _open_to_append(path) as stream:
            sync_folder(path.parent)
            _mend_end(stream, path.with_suffix(".damaged"))
            if unique is None or not _holds_value(stream, unique, record[unique]):
                _append(stream, line)


def _open_to_append(path: Path) -> FileIO:
    return FileIO(path, "a+", opener=lambda name, flags: os.open(name, flags, 0o600))


def _append(stream: FileIO, data: bytes) -> None:
    """Append and sync; where that fails, nothing of it stays."""
    size = stream.seek(0, os.SEEK_END)
    try:
        written = 0
        # One write, but where the disk is full: that takes a part, and the next one says why.
        while written < len(data):
            written += stream.write(data[written:])
        os.fsync(stream.fileno())
    except OSError:
        with suppress(OSError):  # then the next writer mends it
            stream.truncate(size)
        raise


def _mend_end(stream: FileIO, damaged: Path) -> None:
    """End a last line that is whole but for its line feed; move half a line to `damaged`."""
    if _ends_line(stream):
        return
    stream.seek(0)
    content = stream.readall()
    start = content.rfind(b"\n") + 1
    last = content[start:]
    if _parse_record(last) is not None:
        _append(stream, b"\n")
        return
    with _open_to_append(damaged) as aside:
        sync_folder(damaged.parent)
        _append(aside, (b"" if _ends_line(aside) else b"\n") + last + b"\n")
    stream.truncate(start)


def _ends_line(stream: FileIO) -> bool:
    """Tell whether the file is empty or ends with a line feed."""
    size = stream.seek(0, os.SEEK_END)
    if size == 0:
        return True
    stream.seek(size - 1)
    return stream.read(1) == b"\n"


def _holds_value(stream: FileIO, key: str, value: object) -> bool:
    stream.seek(0)
    records = (_parse_record(line) for line in stream.readall().split(b"\n"))
    return any(record is not None and record.get(key) == value for record in records)


def _parse_record(line: bytes) -> dict[str, object] | None:
    """Return a line's object, None if it is anything else; people edit these files."""
    try:
        parsed = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return parsed if isinstance(parsed, dict) else None


@contextmanager
def _storage_errors(path: Path) -> Iterator[None]:
    place = " ".join(str(path).split())
    try:
        yield
    except IndexFolderError as error:  # what the lock raises, whatever it guards
        raise FeedbackError(
            f"{place}: another process has been writing it for {_LOCK_SECONDS:.0f} seconds; "
            "wait for it, or end it, and try again"
        ) from error
    except (OSError, portalocker.LockException) as error:  # not every file system has locks
        reason = " ".join(str(getattr(error, "strerror", None) or error).split())
        raise FeedbackError(
            f"{place}: cannot be written ({reason}); mend that, or choose another folder with "
            "the setting 'feedback'"
        ) from error
