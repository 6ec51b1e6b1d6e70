import errno
import gc
import subprocess
import sys
import time

import portalocker
import pytest

from index.errors import IndexFolderError
from index.locks import lock_for_deleting, lock_for_reading, lock_for_writing


@pytest.fixture
def path(tmp_path):
    file = tmp_path / "in-use.lock"
    file.touch()
    return file


def test_readers_share_and_keep_a_deleter_out(path) -> None:
    first, second = lock_for_reading(path), lock_for_reading(path)
    assert first is not None
    assert second is not None
    assert lock_for_deleting(path) is None
    first.close()
    first.close()
    assert lock_for_deleting(path) is None
    second.close()
    deleter = lock_for_deleting(path)
    assert deleter is not None
    assert lock_for_reading(path) is None
    deleter.close()


def test_a_lock_that_is_let_go_is_free(path) -> None:
    lock = lock_for_reading(path)
    assert lock is not None
    del lock
    gc.collect()
    deleter = lock_for_deleting(path)
    assert deleter is not None
    deleter.close()


def test_what_is_gone_cannot_be_locked(tmp_path, path) -> None:
    assert lock_for_reading(tmp_path / "nothing") is None
    assert lock_for_reading(path / "below a file") is None


def test_a_second_writer_waits_and_then_names_the_lock(tmp_path) -> None:
    path = tmp_path / "writer.lock"
    with lock_for_writing(path, timeout=1):
        started = time.monotonic()
        with pytest.raises(IndexFolderError, match=r"writer\.lock"), lock_for_writing(path, 0.2):
            pytest.fail("two writers at once")
        assert time.monotonic() - started >= 0.2
    with lock_for_writing(path, timeout=0):
        pass


def test_a_dead_writer_holds_nothing(tmp_path) -> None:
    path = tmp_path / "writer.lock"
    program = (
        "import os, sys, pathlib, index.locks as locks\n"
        "with locks.lock_for_writing(pathlib.Path(sys.argv[1]), 1):\n"
        "    os._exit(7)\n"
    )
    done = subprocess.run([sys.executable, "-c", program, str(path)], check=False)
    assert done.returncode == 7
    with lock_for_writing(path, timeout=0):
        pass


def test_a_file_system_without_locks_is_told_as_such(tmp_path, path, monkeypatch) -> None:
    def refuse(file, flags):
        error = OSError(errno.ENOLCK, "No locks available")
        raise portalocker.LockException(error, str(error))

    monkeypatch.setattr(portalocker, "lock", refuse)
    for lock in (lock_for_reading, lock_for_deleting):
        with pytest.raises(OSError, match=r"cannot be locked.*No locks available"):
            lock(path)
    with (
        pytest.raises(OSError, match="cannot be locked"),
        lock_for_writing(tmp_path / "writer.lock", 0),
    ):
        pytest.fail("written without a lock")
