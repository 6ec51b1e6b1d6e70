"""Adds a dropped file to the notes: whole or not at all, and never in the place of another."""

import errno
import os
import secrets
import unicodedata
from contextlib import suppress
from pathlib import Path

from assistant.serving.errors import NoteDropError
from assistant.serving.note_name import check_note_name, show_name
from index.durable import sync_folder, write_file
from ingest.datatypes import SkippedFile
from ingest.reader import ReadLimits, decode_note

# What file systems without hard links say (FAT, some network shares).
_NO_LINKS = (errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS)


def add_note(folder: Path, name: str, data: bytes, limits: ReadLimits) -> str:
    """Write a new note into the notes folder itself, and return its path as in `Note.path`.

    :param name: of the file, without a folder.
    :raises NoteDropError: the name or the data cannot be a note's, there is such a note already,
        or it cannot be written. Nothing has changed then.
    """
    name = check_note_name(name)
    shown = show_name(name)
    if len(data) > limits.max_file_bytes:
        raise NoteDropError(
            f"{shown} has {len(data):,} bytes, more than {limits.max_file_bytes:,}; "
            "split it or raise max_file_bytes"
        )
    decoded = decode_note(name, data)
    if isinstance(decoded, SkippedFile):
        raise NoteDropError(f"{shown} cannot be read: {decoded.detail}")
    try:
        root = folder.expanduser().resolve(strict=True)
        _check_is_new(root, name)
        _write_new(root / name, data)
    except FileExistsError as error:  # made by another in the meantime
        raise _exists(name) from error
    except (OSError, RuntimeError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise NoteDropError(
            f"{shown} cannot be written into the notes folder ({reason}); "
            "check that the folder is there, its permissions and the free space"
        ) from error
    return name


def _check_is_new(root: Path, name: str) -> None:
    """Refuse a name that some system takes for that of a file which is there."""
    with os.scandir(root) as entries:
        for entry in entries:
            if _fold_name(entry.name) == _fold_name(name):
                raise _exists(entry.name)


def _fold_name(name: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def _exists(name: str) -> NoteDropError:
    return NoteDropError(
        f"the notes folder has {show_name(name)} already; rename the file, or edit that note"
    )


def _write_new(target: Path, data: bytes) -> None:
    """Write a file in one step.

    :raises FileExistsError: something of that name is there, be it a link to nothing.
    """
    # Hidden, and without a note's suffix: nobody reads it.
    unfinished = target.with_name(f".tenkyo-{secrets.token_hex(8)}.tmp")
    try:
        write_file(unfinished, data)
        _rename_without_replacing(unfinished, target)
        with suppress(OSError):  # some network shares cannot; the note is there all the same
            sync_folder(target.parent)
    finally:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)


def _rename_without_replacing(source: Path, target: Path) -> None:
    try:
        os.link(source, target)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        # Take the name first, by an empty file; what then goes in its place is whole.
        target.touch(exist_ok=False)
        try:
            source.replace(target)
        except OSError:
            target.unlink()
            raise
