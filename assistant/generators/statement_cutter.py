"""Cuts what a model writes into sentences as it comes, each with the markers behind it.

`ingest.sentences` cuts whole blocks and knows no markers; here a sentence is complete once it is
certain that no further marker follows.
"""

import re
from collections.abc import Iterator

from assistant.generators.markers import MARKER

# No sentence is longer; a model that writes on without an end is cut here.
MAX_STATEMENT_CHARACTERS = 2_000

_THINKING = re.compile(r"<(/?)(?:think|thinking|reasoning)>", re.IGNORECASE)
_LONGEST_TAG = len("</reasoning>")

# A Latin full stop ends a sentence where a space or a marker follows, and then no small letter or
# digit: `t3.micro`, `e.g. x`, `No. 5`. Runs are taken whole (`++`), lest they cost their square.
_CLOSERS = r"(?:[」』）】”’\"')]|\*\*)*+"
_END = re.compile(
    rf"[。！？｡]++{_CLOSERS}"
    rf"|(?<![.!?．])[.!?．]++{_CLOSERS}(?=\s*[\[［【]|\s*$|\s+[^\sa-z\d])"
)
_ABBREVIATION = re.compile(r"(?:\b(?:[A-Z]|e\.g|i\.e|vs|cf|No|Fig|Mr|Mrs|Ms|Dr|St)|^\s*\d+)$")
_BLANKS = r"[ \t\u3000]{0,9}"
_MARKERS = re.compile(rf"(?:{_BLANKS}{MARKER})*(?:(?<=[\]］】])[。．.])?{_BLANKS}")
# What stands behind a sentence at the end of what came so far, and may become part of it.
_BEGUN = re.compile(r"(?:\*|[\[［【][\s\d^,、，~〜–-]{0,99})?$")
_MAY_END = re.compile("[。！？｡.!?．]")
_OPENING, _CLOSING = "「『（(", "」』）)"


class StatementCutter:
    """Takes pieces of text in, gives complete sentences out. For one answer, in one thread."""

    def __init__(self) -> None:
        self._thinking = _ThinkingFilter()
        self._pending = ""
        self._is_waiting = False

    def feed(self, piece: str) -> Iterator[str]:
        """Yield the sentences that `piece` completes; a line break ends one as well."""
        text = self._thinking.feed(piece)
        *lines, self._pending = (self._pending + text).split("\n")
        for line in lines:
            yield from _cut_line(line)
        # Most pieces are a word, and what was searched in vain needs no second search.
        if self._is_waiting or _MAY_END.search(text):
            yield from self._cut_pending()
        if len(self._pending) > MAX_STATEMENT_CHARACTERS:
            yield from self._flush()

    def finish(self) -> Iterator[str]:
        """Yield what is left when nothing more comes."""
        self._pending += self._thinking.finish()
        yield from self._flush()

    def _cut_pending(self) -> Iterator[str]:
        start = 0
        while (end := _find_end(self._pending, start)) is not None:
            if _BEGUN.match(self._pending, end):
                break
            yield from _chop(self._pending[start:end])
            start = end
        self._is_waiting = end is not None
        self._pending = self._pending[start:]

    def _flush(self) -> Iterator[str]:
        line, self._pending = self._pending, ""
        yield from _cut_line(line)


class _ThinkingFilter:
    """Leaves out what a model notes down for itself between `<think>` and `</think>`."""

    def __init__(self) -> None:
        self._held = ""
        self._is_inside = False

    def feed(self, piece: str) -> str:
        text = self._held + piece
        kept = []
        position = 0
        for tag in _THINKING.finditer(text):
            if not self._is_inside:
                kept.append(text[position : tag.start()])
            self._is_inside = not tag[1]
            position = tag.end()
        # What may be the beginning of a tag waits for the rest of it.
        begun = text.rfind("<", max(position, len(text) - _LONGEST_TAG))
        self._held = text[begun:] if begun >= 0 and ">" not in text[begun:] else ""
        if not self._is_inside:
            kept.append(text[position : len(text) - len(self._held)])
        return "".join(kept)

    def finish(self) -> str:
        return "" if self._is_inside else self._held


def _cut_line(line: str) -> Iterator[str]:
    """Yield the sentences of a line of which nothing more comes."""
    start = 0
    while (end := _find_end(line, start)) is not None:
        yield from _chop(line[start:end])
        start = end
    yield from _chop(line[start:])


def _chop(sentence: str) -> Iterator[str]:
    for start in range(0, len(sentence), MAX_STATEMENT_CHARACTERS):
        yield sentence[start : start + MAX_STATEMENT_CHARACTERS]


def _find_end(text: str, start: int) -> int | None:
    """Return where the sentence that begins at `start` ends with its markers, None if nowhere."""
    depth = 0
    counted = start
    for match in _END.finditer(text, start):
        passed = text[counted : match.start()]
        depth += sum(passed.count(c) for c in _OPENING) - sum(passed.count(c) for c in _CLOSING)
        counted = match.start()
        head = text[max(start, match.start() - 12) : match.start()]
        if depth > 0 or (match[0] == "." and _ABBREVIATION.search(head)):
            continue
        markers = _MARKERS.match(text, match.end())
        return match.end() if markers is None else markers.end()
    return None
