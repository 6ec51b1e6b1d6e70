"""Checks the name of a dropped note: one that every system takes, and that hides nothing."""

import re
import unicodedata

from assistant.serving.errors import NoteDropError
from ingest.reader import NOTE_SUFFIXES

# The longest name that common file systems take.
_MAX_BYTES = 255
# `/` parts folders on Unix, `\` and `:` do on Windows and old Macs; Windows takes none of the rest.
_NOT_PORTABLE = re.compile(r'[/\\:*?"<>|]')
# Controls, signs of direction and others without a form of their own, surrogates, line separators.
_UNSEEN = frozenset(("Cc", "Cf", "Cs", "Zl", "Zp"))
# Names that Windows takes for devices, whatever their suffix.
_DEVICE = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])", re.IGNORECASE)
_SHOWN_CHARACTERS = 60


def check_note_name(name: str) -> str:
    """Return the name to give a note, its accents and kana marks composed (NFC).

    :raises NoteDropError: it is no name for a note.
    """
    composed = unicodedata.normalize("NFC", name)
    problem = _find_problem(composed)
    if problem is not None:
        raise NoteDropError(f"the name {show_name(name)} cannot be used: {problem}")
    return composed


def show_name(name: str) -> str:
    """Return a name for a message: in quotes, short, on one line, nothing in it unseen."""
    head = name[:_SHOWN_CHARACTERS]
    seen = "".join("\ufffd" if unicodedata.category(c) in _UNSEEN else c for c in head)
    return f"'{seen}…'" if len(name) > len(head) else f"'{seen}'"


def _find_problem(name: str) -> str | None:
    if any(unicodedata.category(c) in _UNSEEN for c in name) or "\ufffd" in name:
        return "it holds characters that cannot be seen; type it anew"
    if _NOT_PORTABLE.search(name):
        return 'a name of a file, without folders, has none of / \\ : * ? " < > |; rename it'
    if name.startswith("."):
        return "it begins with a dot, and hidden files are not read; rename it"
    if not name.lower().endswith(NOTE_SUFFIXES):
        return f"it does not end with {' or '.join(NOTE_SUFFIXES)}; rename it if it is Markdown"
    stem = name[: name.rindex(".")]
    if not stem.strip(". \u3000") or name != name.strip():
        return "there is nothing but dots and spaces, or a space at an end; rename it"
    if len(name.encode()) > _MAX_BYTES:
        return f"it has more than {_MAX_BYTES} bytes in UTF-8; shorten it"
    if _DEVICE.fullmatch(name.split(".")[0].strip()):
        return "Windows takes it for a device; rename it"
    return None
