"""Bounds how much of a section is shown at once, the cited lines among it."""

from dataclasses import dataclass

#: A section of the bundled notes has some hundred characters; this is a short book's chapter.
MOST_CHARACTERS = 100_000

#: How many lines are shown before the cited ones where the beginning is left out.
_LINES_BEFORE = 20


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Some lines of a note.

    text: joined by line feeds; the last line may be cut.
    line_start: the first one's line of the note, 1-based.
    is_whole: whether nothing was left out.
    """

    text: str
    line_start: int
    is_whole: bool


def take_excerpt(text: str, line_start: int, cited: tuple[int, int] | None) -> Excerpt:
    """Return at most `MOST_CHARACTERS` of a text.

    That is its beginning, or where the cited lines lie beyond, what stands around them.

    :param line_start: the line of the note on which `text` begins.
    :param cited: first and last cited line of the note.
    """
    if len(text) <= MOST_CHARACTERS:
        return Excerpt(text, line_start, True)
    lines = text.split("\n")
    skipped = 0
    if cited is not None and len("\n".join(lines[: cited[1] - line_start + 1])) > MOST_CHARACTERS:
        skipped = min(max(0, cited[0] - line_start - _LINES_BEFORE), len(lines) - 1)
    shown = "\n".join(lines[skipped:])[:MOST_CHARACTERS]
    return Excerpt(shown, line_start + skipped, False)
