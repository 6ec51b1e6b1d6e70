"""Looks for files that a request names without having uploaded them.

gradio takes any value of this form, whatever control it is for, as a file: one by its path, which
it checks only where it was started in a certain way, or one by its address, which it fetches.
"""

import json
from collections.abc import Iterator
from pathlib import Path


def names_foreign_file(body: bytes, uploads: Path) -> bool:
    """Tell whether JSON names a file that does not lie in the folder of uploaded files.

    :raises ValueError: it is no JSON, or nested too deep to be any of ours.
    """
    try:
        # As the web framework reads it, so that both see the same.
        value = json.loads(body)
    except RecursionError as error:
        raise ValueError("nested too deep") from error
    root = uploads.resolve()
    return any(not _lies_in(path, root) for path in _list_files(value))


def _list_files(value: object) -> Iterator[object]:
    """Yield the paths of all that could be taken for a file."""
    pending = [value]
    while pending:
        entry = pending.pop()
        if isinstance(entry, list):
            pending += entry
        elif isinstance(entry, dict):
            if "path" in entry and "meta" in entry:
                yield entry["path"]
            pending += entry.values()


def _lies_in(path: object, root: Path) -> bool:
    # What is not absolute may be an address.
    if not isinstance(path, str) or not Path(path).is_absolute():
        return False
    try:
        return Path(path).resolve().is_relative_to(root)
    except (OSError, ValueError):  # no name of a file at all
        return False
