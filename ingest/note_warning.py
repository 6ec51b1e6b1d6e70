"""What the user should know about a note that was read all the same. Imports nothing of ours."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NoteWarning:
    """Something wrong within a note, which did not keep it from being read.

    path: the note's path, as in `Note`.
    line: where, 1-based.
    detail: one line for the user, in English: what is wrong and what to do.
    """

    path: str
    line: int
    detail: str
