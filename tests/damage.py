"""Damages files as a broken disk would, without harm to who has them open."""

from pathlib import Path


def put_in_place(path: Path, content: bytes) -> None:
    """Put a new file with `content` where another one is, or was.

    What was opened before keeps what it had. Cut in place, a file that is still mapped into memory
    (MeCab's dictionaries, tantivy's segments) would end the whole process with a bus error.
    """
    path.unlink(missing_ok=True)
    path.write_bytes(content)
