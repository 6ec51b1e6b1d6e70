"""Shows cited lines to the checker with what a reader sees above them: file name and headings."""

from collections.abc import Sequence
from pathlib import PurePosixPath

from ingest.passages import with_headings


def show_source(path: str, heading_path: Sequence[str], text: str) -> str:
    """Return cited text with the note's name and the headings on a line of their own.

    What a whole note is about often stands in its name alone (`network/cloudfront.md`).

    :param path: as in `Section.path`.
    """
    return with_headings((PurePosixPath(path).stem, *heading_path), text)
