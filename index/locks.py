"""Locks between processes: one writer of an index folder, many readers of a generation.

The system frees a lock when its holder dies, however it dies.
"""

import errno
import os
import time
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import portalocker

from index.errors import IndexFolderError

_SHARED = portalocker.LockFlags.SHARED | portalocker.LockFlags.NON_BLOCKING
_EXCLUSIVE = portalocker.LockFlags.EXCLUSIVE | portalocker.LockFlags.NON_BLOCKING
_POLL_SECONDS = 0.05


class GenerationLock:
    """Keeps a generation from being deleted; freed by `close` or with the last reference."""

    def __init__(self, descriptor: int) -> None:
        self._close = weakref.finalize(self, os.close, descriptor)

    def close(self) -> None:
        """Free the lock; more than once does no harm."""
        self._close()


def lock_for_reading(path: Path) -> GenerationLock | None:
    """Return a shared lock on a generation's lock file, or None if it is being deleted or gone.

    :raises OSError: when the file cannot be opened, or its file system knows no locks.
    """
    return _lock(path, _SHARED)


def lock_for_deleting(path: Path) -> GenerationLock | None:
    """Return the only lock on a generation's lock file, or None if someone reads, or it is gone.

    :raises OSError: as `lock_for_reading`.
    """
    return _lock(path, _EXCLUSIVE)


def _lock(path: Path, flags: portalocker.LockFlags) -> GenerationLock | None:
    try:
        descriptor = os.open(path, os.O_RDONLY)
    except (FileNotFoundError, NotADirectoryError):
        return None
    lock = GenerationLock(descriptor)
    try:
        # Between opening and locking, a writer may have removed the file.
        if _try_lock(descriptor, flags) and os.path.samestat(os.fstat(descriptor), path.stat()):
            return lock
    except (FileNotFoundError, NotADirectoryError):
        pass
    lock.close()
    return None


def _try_lock(descriptor: int, flags: portalocker.LockFlags) -> bool:
    """Lock an open file; return whether nobody else holds it.

    :raises OSError: when its file system knows no locks, as some network folders.
    """
    try:
        portalocker.lock(descriptor, flags)
    except portalocker.AlreadyLocked:
        return False
    except portalocker.LockException as error:
        raise OSError(errno.ENOLCK, f"files there cannot be locked: {error.strerror}") from error
    return True


@contextmanager
def lock_for_writing(path: Path, timeout: float) -> Iterator[None]:
    """Hold the index folder's only writer lock.

    :param timeout: how many seconds to wait for another writer.
    :raises IndexFolderError: when the other writer takes longer.
    :raises OSError: as `lock_for_reading`.
    """
    with path.open("ab") as stream:
        deadline = time.monotonic() + timeout
        while not _try_lock(stream.fileno(), _EXCLUSIVE):
            if time.monotonic() >= deadline:
                raise IndexFolderError(
                    f"another process has been writing the index for {timeout:.0f} seconds "
                    f"(it holds {path}); wait for it, or end it, and try again"
                )
            time.sleep(_POLL_SECONDS)
        try:
            yield
        finally:
            portalocker.unlock(stream)
