import errno
import sqlite3

import pytest

from index.durable import folder_errors, rename_folder, replace_file, sync_tree, write_file
from index.errors import IndexFolderError


def test_a_file_is_written_once_and_replaced_whole(tmp_path) -> None:
    path = tmp_path / "CURRENT"
    write_file(path, b"one")
    with pytest.raises(FileExistsError):
        write_file(path, b"two")
    replace_file(path, b"three")
    assert path.read_bytes() == b"three"
    assert list(tmp_path.iterdir()) == [path]


def test_what_a_killed_writer_left_is_no_hindrance(tmp_path) -> None:
    (tmp_path / "CURRENT.new").write_bytes(b"ha")
    replace_file(tmp_path / "CURRENT", b"whole")
    assert [path.name for path in tmp_path.iterdir()] == ["CURRENT"]


def test_a_folder_is_synced_and_renamed(tmp_path) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    write_file(tmp_path / "a" / "b" / "c", b"text")
    sync_tree(tmp_path / "a")
    rename_folder(tmp_path / "a", tmp_path / "z")
    assert (tmp_path / "z" / "b" / "c").read_bytes() == b"text"


@pytest.mark.parametrize(
    "error",
    [OSError(errno.ENOSPC, "No space left on device"), sqlite3.OperationalError("disk\nis full")],
)
def test_refusals_of_the_system_become_one_line(tmp_path, error) -> None:
    with pytest.raises(IndexFolderError, match=r"cannot be written \(.*--index") as raised:  # noqa: SIM117
        with folder_errors(tmp_path):
            raise error
    assert "\n" not in str(raised.value)
    assert str(tmp_path) in str(raised.value)
