"""Finds where in a section a piece of its plain text stands, so that it can be quoted verbatim."""

from bisect import bisect_left

from ingest.datatypes import Section
from ingest.sentences import strip_span

#: Characters that plain text may lack or have in another number than the source: white space,
#: emphasis, code marks, escapes, quote markers.
_PASSED_OVER = frozenset("*_~`>\\")


class QuoteFinder:
    """Finds plain text in one section's source, markup and white space passed over.

    Calls go through the section in reading order: a sentence that stands there twice is found
    at its first and then at its second place.
    """

    def __init__(self, section: Section) -> None:
        self._text = section.text
        self._first_line = section.line_start
        self._offsets = [i for i, char in enumerate(section.text) if not _is_passed_over(char)]
        self._squeezed = "".join(section.text[i] for i in self._offsets)
        self._line_starts = [0]
        for i, char in enumerate(section.text):
            if char == "\n":
                self._line_starts.append(i + 1)
        self._cursor = 0

    def find_quote(self, text: str, line_start: int, line_end: int) -> tuple[int, int]:
        """Return the span of `text` within the given lines, or that of these lines as a whole.

        :param line_start: line of the note, within the section; `line_end` likewise, inclusive.
        """
        start, end = self._get_lines(line_start, line_end)
        wanted = "".join(char for char in text if not _is_passed_over(char))
        if not wanted:
            return start, end
        earliest = bisect_left(self._offsets, start)
        latest = bisect_left(self._offsets, end)
        found = self._squeezed.find(wanted, max(earliest, self._cursor), latest)
        if found < 0:
            found = self._squeezed.find(wanted, earliest, latest)
        if found < 0:
            return start, end
        self._cursor = found + len(wanted)
        first, last = self._offsets[found], self._offsets[self._cursor - 1] + 1
        # Emphasis that touches the text belongs to the quote, or half of its marks would be lost.
        while first > start and self._text[first - 1] in "*_~`":
            first -= 1
        while last < end and self._text[last] in "*_~`":
            last += 1
        return first, last

    def _get_lines(self, line_start: int, line_end: int) -> tuple[int, int]:
        """Return the span of whole lines without the white space around them."""
        first, last = line_start - self._first_line, line_end - self._first_line
        start = self._line_starts[first]
        following = self._line_starts[last + 1 : last + 2]
        end = following[0] - 1 if following else len(self._text)
        return strip_span(self._text, start, end) or (start, end)


def _is_passed_over(char: str) -> bool:
    return char in _PASSED_OVER or char.isspace()
