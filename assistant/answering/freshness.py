"""Reads every cited note again when an answer is made: does it still say what is quoted?

The index follows the notes, but a face that runs for hours answers from the state that it opened.
Text that moved is found again; text that was changed is told (`Notice`).
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from typing import TypeAlias

from assistant.datatypes import Citation, Notice
from ingest.datatypes import Note, Section
from ingest.markdown import parse_sections

#: Gives a note's text as `Note.text` has it, by `Note.path`; None where it cannot be read.
ReadText: TypeAlias = Callable[[str], str | None]

# What may stand around a quote on its line without changing what it says.
_MARKS = " \t\u3000>|#*_~`+-()（）[]［］「」『』【】\"'“”‘’"
# What ends a statement, and what does so without a space behind it.
_ENDS = ("。", "！", "？", "｡", ".", "!", "?", "．")
_SURE_ENDS = _ENDS[:4]
# A quote that stands at more places of its note is too short to be told where it went.
_MAX_PLACES = 200


def refresh_citations(
    citations: Sequence[Citation], read_text: ReadText
) -> tuple[tuple[Citation, ...], tuple[Notice, ...]]:
    """Return the citations with the lines on which their quotes stand now, and what to tell.

    A quote that moved is looked for under the same headings first, then as near as possible. Where
    it is gone, the citation stays as it was. Each note is read once; failing to read is no error.
    """
    notes: dict[str, _CurrentNote | None] = {}
    refreshed = []
    notices = set()
    for citation in citations:
        if citation.path not in notes:
            notes[citation.path] = _open_note(citation.path, read_text)
        note = notes[citation.path]
        lines = None if note is None else note.find_lines(citation)
        if lines is None:
            notices.add(Notice.SOURCE_CHANGED)
            refreshed.append(citation)
        else:
            if lines != (citation.line_start, citation.line_end):
                notices.add(Notice.SOURCE_MOVED)
            refreshed.append(replace(citation, line_start=lines[0], line_end=lines[1]))
    return tuple(refreshed), tuple(notice for notice in Notice if notice in notices)


def _open_note(path: str, read_text: ReadText) -> "_CurrentNote | None":
    try:
        text = read_text(path)
    except (OSError, RuntimeError, ValueError):
        return None
    # A lone surrogate, which no `Note.text` has, would stop the parser.
    return None if text is None else _CurrentNote(path, text.encode(errors="replace").decode())


class _CurrentNote:
    """A note as it is now."""

    def __init__(self, path: str, text: str) -> None:
        self._path = path
        self._text = text
        self._line_starts = [0, *(match.end() for match in re.finditer("\n", text))]

    def find_lines(self, citation: Citation) -> tuple[int, int] | None:
        """Return the first and the last line of a citation's quote, None where it is gone."""
        cited = citation.line_start, citation.line_end
        if not citation.quote.strip():
            return cited
        spans = list(self._find_spans(citation.quote))
        if len(spans) == 1 and self._stands_whole(*spans[0]):
            lines = self._locate(*spans[0])
        else:
            ranked = [rank for span in spans if (rank := self._rank_place(span, citation))]
            if not ranked:
                return None
            lines = min(ranked)[-1]
        return cited if cited[0] <= lines[0] and lines[1] <= cited[1] else lines

    def _find_spans(self, quote: str) -> Iterator[tuple[int, int]]:
        """Yield where the quote stands, in reading order."""
        position = -1
        for _ in range(_MAX_PLACES):
            position = self._text.find(quote, position + 1)
            if position < 0:
                return
            yield position, position + len(quote)

    def _rank_place(
        self, span: tuple[int, int], citation: Citation
    ) -> tuple[bool, bool, bool, int, tuple[int, int]] | None:
        """Return a key that sorts the likeliest place first, its lines last in it.

        None for a part of another statement, unless its section is as it was: sentences that are
        too long are cited in pieces.
        """
        lines = self._locate(*span)
        section = self._find_section(lines[0])
        is_elsewhere = section.heading_path != citation.heading_path
        is_changed = section.digest != citation.digest
        is_part = not self._stands_whole(*span)
        if is_changed and is_part:
            return None
        return is_elsewhere, is_changed, is_part, abs(lines[0] - citation.line_start), lines

    def _locate(self, start: int, end: int) -> tuple[int, int]:
        first, last = (bisect_right(self._line_starts, offset) for offset in (start, end - 1))
        return first, last

    def _stands_whole(self, start: int, end: int) -> bool:
        """Tell whether a statement begins and ends with the span: `5 つ` is no part of `15 つ`.

        A statement takes a line, markers of lists and tables aside, or ends with its full stop.
        """
        line_start = self._text.rfind("\n", 0, start) + 1
        line_end = self._text.find("\n", end)
        after = self._text[end : line_end if line_end >= 0 else len(self._text)]
        ended = self._text[start:end].rstrip(_MARKS).endswith(_ENDS)
        return _begins_anew(self._text[line_start:start]) and (ended or not after.strip(_MARKS))

    def _find_section(self, line: int) -> Section:
        index = bisect_right(self._sections, line, key=lambda section: section.line_start)
        return self._sections[max(index - 1, 0)]

    @cached_property
    def _sections(self) -> list[Section]:
        return parse_sections(Note(self._path, self._text, digest="", encoding=""))


def _begins_anew(before: str) -> bool:
    """Tell whether a statement can begin behind this beginning of a line."""
    head = before.rstrip(_MARKS)
    if before.endswith(("-", "+")):  # a sign of the figure, no list marker
        return False
    if len(head) == len(before):
        return not head or head.endswith(_SURE_ENDS)
    # `1.` and `1)` before a space are the number of a list item.
    return not head or head.endswith(_ENDS) or head.isdecimal()
