"""Writes files so that they outlast a power cut, and replaces them so that no reader sees half.

A file's content is safe once it is synced, its name once its folder is synced: so every write here
is followed by the sync that it needs.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from index.errors import IndexFolderError


def write_file(path: Path, content: bytes | memoryview) -> None:
    """Write a new file and sync its content."""
    with path.open("xb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


def replace_file(path: Path, content: bytes) -> None:
    """Put a file in the place of another in one step, and sync both content and name."""
    new = path.with_name(path.name + ".new")
    new.unlink(missing_ok=True)  # a killed writer left it
    write_file(new, content)
    new.replace(path)
    sync_folder(path.parent)


def rename_folder(source: Path, target: Path) -> None:
    """Rename a folder beside itself and sync the new name."""
    source.rename(target)
    sync_folder(target.parent)


def sync_tree(folder: Path) -> None:
    """Sync every file and folder below `folder`, and `folder` itself."""
    for parent, _, names in os.walk(folder):
        for name in names:
            _sync(Path(parent, name))
        sync_folder(Path(parent))


def sync_folder(folder: Path) -> None:
    """Sync the names of a folder's entries; Windows has no such thing."""
    if os.name != "nt":
        _sync(folder)


def _sync(path: Path) -> None:
    # Windows syncs only what is open for writing; a folder can only be opened for reading.
    mode = os.O_RDWR if os.name == "nt" else os.O_RDONLY
    descriptor = os.open(path, mode)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def folder_errors(folder: Path) -> Iterator[None]:
    """Turn the system's refusals (full disk, permissions, no folder) into `IndexFolderError`."""
    try:
        yield
    except (OSError, sqlite3.Error) as error:
        reason = " ".join(str(getattr(error, "strerror", None) or error).split())
        raise IndexFolderError(
            f"the index folder {folder} cannot be written ({reason}); "
            "mend that, or choose another folder with --index"
        ) from error
