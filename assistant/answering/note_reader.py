"""Reads single notes as they are now, while an answer from an older index is made."""

import unicodedata
from pathlib import Path, PurePosixPath

from ingest.datatypes import SkipReason
from ingest.decoding import decode_text
from ingest.reader import ReadLimits


class NoteReader:
    """Reads notes of one folder as they are now; opens nothing but regular files within it."""

    def __init__(self, folder: Path, limits: ReadLimits = ReadLimits()) -> None:
        self._folder = folder
        self._limits = limits

    def read(self, path: str) -> str | None:
        """Return a note's text, None if there is no readable note there (any more).

        :param path: as in `Note.path`.
        """
        try:
            root = self._folder.expanduser().resolve()
            file = _find_file(root, path).resolve()
            if not file.is_relative_to(root) or not file.is_file():
                return None
            with file.open("rb") as stream:
                data = stream.read(self._limits.max_file_bytes + 1)
        except (OSError, RuntimeError, ValueError):
            return None
        decoded = decode_text(data)
        if len(data) > self._limits.max_file_bytes or isinstance(decoded, SkipReason):
            return None
        return decoded.text


def _find_file(root: Path, path: str) -> Path:
    """Return where a note is; on disk its name may be composed otherwise (notes from a Mac)."""
    found = root
    for name in PurePosixPath(path).parts:
        exact = found / name
        if not exact.exists():
            same = (p for p in found.iterdir() if unicodedata.normalize("NFC", p.name) == name)
            exact = next(same, exact)
        found = exact
    return found
