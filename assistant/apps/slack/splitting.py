"""Cuts an answer into the pieces that its blocks hold, and never through a mark such as `[1]`."""

import re

from assistant.apps.slack.limits import measure_packed
from assistant.apps.slack.shown_text import find_length

_MARK = re.compile(r"\[\d{1,9}\]")
# Places to cut, the best first: at the end of a line; of a sentence with the marks that it carries;
# of a word that no mark follows.
_ENDS = (
    re.compile(r"\n"),
    re.compile(r"(?:[。．！？!?][」』）)\]”\"']*|\.(?=\s))(?:[ \t]*\[\d{1,9}\])*[ \t]*"),
    re.compile(r"\s+(?![\s\[])"),
)
# A better place is no longer better if it leaves less than this share of a piece.
_LEAST_SHARE = 0.5
# So far behind a piece the marks of its last sentence are looked for.
_MARKS_BEHIND = 100


def split_text(text: str, limit: int) -> list[str]:
    """Return the pieces of a text in order; joined, they are the text. Empty text has none.

    :param limit: most of a piece, as `measure_packed` counts; at least 100.
    """
    pieces = []
    start = 0
    while start < len(text):
        rest = text[start : start + limit + _MARKS_BEHIND]
        length = find_length(rest, limit, measure_packed)
        if start + length < len(text):
            length = _find_cut(rest, length)
        pieces.append(text[start : start + length])
        start += length
    return pieces


def _find_cut(text: str, longest: int) -> int:
    """Return where to cut, at most at `longest`."""
    for end in _ENDS:
        cuts = [match.end() for match in end.finditer(text) if match.end() <= longest]
        if cuts and cuts[-1] >= longest * _LEAST_SHARE:
            return cuts[-1]
    for mark in _MARK.finditer(text):
        if mark.start() < longest < mark.end():
            return mark.start() or longest
    return longest
