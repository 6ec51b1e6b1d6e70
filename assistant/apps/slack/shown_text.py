"""Brings text of others into the length and the form in which it is shown."""

from bisect import bisect_right
from collections.abc import Callable

from assistant.apps.slack.graphemes import find_boundary
from assistant.apps.slack.limits import FALLBACK_BYTES, measure
from assistant.apps.slack.mrkdwn import escape_text
from assistant.render import printable

# Slack refuses a text of nothing.
BLANK = "—"
# A line of a note may be of a megabyte. No more of it is cleaned than a line holds, with as much
# white space between its words as is ever written.
_SPACING = 10


def show_text(text: str) -> str:
    """Return text of one or more lines without control characters, `BLANK` if nothing is left."""
    cleaned = printable(text).strip("\n")
    return cleaned if cleaned.strip() else BLANK


def show_line(text: str, limit: int) -> str:
    """Return text as one line of at most `limit` UTF-16 units, `BLANK` if it is blank."""
    looked_at = text[: limit * _SPACING]
    rest = "…" if len(looked_at) < len(text) else ""
    return cut_text(" ".join(printable(looked_at).split()) + rest or BLANK, limit)


def cut_text(text: str, limit: int) -> str:
    """Return text of at most `limit` UTF-16 units; what is cut ends in an ellipsis."""
    if measure(text) <= limit:
        return text
    return f"{text[: find_length(text, limit - 1, measure)]}…"


def build_fallback(text: str) -> str:
    """Return the `text` of a message: inert, and short enough to be put in the place of another."""

    def measure_escaped(part: str) -> int:
        return len(escape_text(part).encode())

    cleaned = show_text(text)
    if measure_escaped(cleaned) <= FALLBACK_BYTES:
        return escape_text(cleaned)
    # Escaped together: an ellipsis behind `@` would look like a name.
    end = find_length(cleaned, FALLBACK_BYTES, lambda part: measure_escaped(f"{part}…"))
    return escape_text(f"{cleaned[:end]}…")


def find_length(text: str, limit: int, size: Callable[[str], int]) -> int:
    """Return how many characters from the start are within a limit, cut where a sign ends.

    :param size: of a text; that of a longer beginning is never smaller.
    """
    # No character is smaller than one, so that no more need be looked at than the limit.
    lengths = range(min(len(text), limit) + 1)
    fitting = bisect_right(lengths, limit, key=lambda length: size(text[:length])) - 1
    # A sign longer than the whole limit is cut all the same.
    return find_boundary(text, fitting) or fitting
