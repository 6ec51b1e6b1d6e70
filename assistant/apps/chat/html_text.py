"""Puts text of notes, questions and models into HTML: as text, and as nothing but text."""

import html
import re
from collections.abc import Sequence

from assistant.messages import Messages
from assistant.render import printable

# The parser of a browser makes a carriage return a line feed unless it is written as a reference.
_BREAKS = str.maketrans({"\r": "&#13;", "\n": "&#10;", "\t": "&#9;"})
_SURROGATE = re.compile("[\ud800-\udfff]")


def escape_text(text: str) -> str:
    """Return text for people to read, escaped for content and for a quoted attribute.

    Controls and direction signs, which could make it read otherwise than it says, are gone.
    """
    return html.escape(printable(text))


def escape_line(text: str) -> str:
    """Return text as `escape_text` does, on one line."""
    return escape_text(" ".join(text.split()))


def escape_value(value: str) -> str:
    """Return what a program will read back, escaped for a quoted attribute, character by character.

    Lone surrogates alone, which cannot be sent to a browser, become U+FFFD.
    """
    return html.escape(_SURROGATE.sub("\ufffd", value)).translate(_BREAKS)


def join_headings(heading_path: Sequence[str]) -> str:
    """Return a heading path as one line of plain text, not escaped."""
    return " ".join(" > ".join(heading_path).split())


def format_place(messages: Messages, path: str, start: int, end: int) -> str:
    """Return file and lines as one line of plain text, not escaped."""
    pattern = messages.line if start == end else messages.lines
    return " ".join(pattern.format(path=path, start=start, end=end).split())
