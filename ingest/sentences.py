"""Cuts plain text blocks into sentences, the smallest thing that is quoted.

Notes put one statement on a line, often without a full stop, so a line break ends a sentence
unless the line visibly runs on. Full stops inside brackets and quotation marks end nothing.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.datatypes import TextBlock

#: A list item up to this length is one sentence: the items of exam notes are one statement each,
#: and a second short remark belongs to it (three times a usual sentence of 40 characters).
MAX_ITEM_CHARS = 120

#: A longer sentence is cut at commas. Japanese style guides ask for 60 to 100 characters; three
#: times as much is no sentence any more but a pasted line.
MAX_SENTENCE_CHARS = 300

#: Brackets further apart than a sentence may be long are not a pair.
_CLOSING_OF = {"「": "」", "『": "』", "（": "）", "(": ")", "【": "】", "［": "］", "[": "]"}
_CLOSINGS = frozenset(_CLOSING_OF.values())
_ENDS = frozenset("。！？!?．.｡")
_AFTER_END = _CLOSINGS | {'"', "'", "”", "’"}
_RUNS_ON = tuple("、，,：:・") + tuple(_CLOSING_OF)
_JAPANESE = re.compile("[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]")
_ABBREVIATION = re.compile(
    r"(?:\b(?:[A-Za-z]|e\.g|i\.e|etc|vs|cf|approx|Inc|Ltd|Corp|Co|No|Fig|Sec|Ch|Vol|Mr|Mrs|Ms|Dr|St)"
    r"|^\s*\d+)$"
)
#: A Latin line of at least this length was wrapped by an editor, rather than ended by its writer.
_WRAPPED_LINE_CHARS = 60


@dataclass(frozen=True, slots=True)
class Sentence:
    """One statement of a block.

    text: one line; line breaks inside the sentence are joined as a reader would.
    line_start, line_end: the lines of the note that it came from.
    """

    text: str
    line_start: int
    line_end: int


def split_sentences(block: TextBlock) -> list[Sentence]:
    """Return the sentences of a block in reading order; all of its text is in them."""
    sentences = []
    last = counted = 0
    for start, end in find_sentence_spans(block):
        first = last + block.text.count("\n", counted, start)
        last = first + block.text.count("\n", start, end)
        counted = end
        text = _join_lines(block.text[start:end].split("\n"))
        sentences.append(Sentence(text, block.lines[first], block.lines[last]))
    return sentences


def find_sentence_spans(block: TextBlock) -> list[tuple[int, int]]:
    """Return where in `block.text` its sentences lie; between them there is white space alone."""
    text = block.text
    if block.kind == "row" or (block.kind == "item" and len(text) <= MAX_ITEM_CHARS):
        ends = [len(text)]
    elif block.kind == "code":
        ends = [match.start() for match in re.finditer("\n", text)]
    else:
        ends = list(_find_ends(text))
    spans = []
    start = 0
    for end in [*ends, len(text)]:
        for piece in _cut_long(text, start, end):
            if (span := strip_span(text, *piece)) is not None:
                spans.append(span)
        start = end
    return spans


def _find_ends(text: str) -> Iterator[int]:
    """Yield the offsets behind every sentence."""
    inside = _mark_bracketed(text)
    line_start = 0
    position = 0
    while position < len(text):
        char = text[position]
        if char == "\n":
            if not inside[position] and not _runs_on(text, line_start, position):
                yield position
            line_start = position + 1
        elif char in _ENDS and not inside[position]:
            end = position + 1
            while end < len(text) and text[end] in _ENDS:
                end += 1
            while end < len(text) and text[end] in _AFTER_END and not inside[end]:
                end += 1
            if _ends_sentence(text, line_start, position, end):
                yield end
            position = end
            continue
        position += 1


def _ends_sentence(text: str, line_start: int, position: int, end: int) -> bool:
    """Tell whether the mark at `position` (its followers up to `end`) ends a sentence."""
    if text[position] in "。！？｡":
        return True
    following = text[end : end + 1]
    if text[position] == "．":
        return not following.isdigit()
    if following and not following.isspace():
        return text[position] in "!?" and _JAPANESE.match(following) is not None
    if text[position] == "." and end == position + 1:
        head = text[max(line_start, position - 12) : position]
        if position - 12 > line_start:
            head = "…" + head
        if _ABBREVIATION.search(head):
            return False
        return not text[end : end + 2].strip().islower()
    return True


def _runs_on(text: str, line_start: int, line_end: int) -> bool:
    """Tell whether the sentence goes on behind the line break at `line_end`."""
    line = text[line_start:line_end].rstrip()
    following = text[line_end + 1 : line_end + 2]
    if line.endswith(_RUNS_ON):
        return True
    if not line or not following or _JAPANESE.search(line) or _JAPANESE.match(following):
        return False
    if line[-1] in _ENDS or line.count(" ") < 2:
        return False
    return following.islower() or len(line) >= _WRAPPED_LINE_CHARS


def _mark_bracketed(text: str) -> bytearray:
    """Return 1 for every character between a pair of brackets; unpaired brackets count nothing."""
    inside = bytearray(len(text))
    pairs = []
    open_at: dict[str, list[int]] = {closing: [] for closing in _CLOSINGS}
    for position, char in enumerate(text):
        if char in _CLOSING_OF:
            open_at[_CLOSING_OF[char]].append(position)
        elif char in _CLOSINGS and open_at[char]:
            start = open_at[char].pop()
            if position - start <= MAX_SENTENCE_CHARS:
                pairs.append((start, position))
    for start, end in pairs:
        inside[start:end] = b"\x01" * (end - start)
    return inside


def _cut_long(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield pieces of at most `MAX_SENTENCE_CHARS`, cut behind a comma or space if there is one."""
    while end - start > MAX_SENTENCE_CHARS:
        limit = start + MAX_SENTENCE_CHARS
        earliest = start + MAX_SENTENCE_CHARS // 2
        cut = max(
            text.rfind("、", earliest, limit),
            text.rfind("，", earliest, limit),
            text.rfind("\n", earliest, limit),
        )
        if cut < 0:
            cut = max(text.rfind(" ", earliest, limit), text.rfind("\u3000", earliest, limit))
        cut = limit if cut < 0 else cut + 1
        yield start, cut
        start = cut
    yield start, end


def strip_span(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return the span without the white space around it, or None; nothing is copied."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else None


def _join_lines(lines: list[str]) -> str:
    """Join lines as a reader would: Japanese without a space, Latin words with one."""
    joined = ""
    for line in (line.strip() for line in lines):
        if not line:
            continue
        seam = joined[-1:] + line[0]
        joined += line if not joined or _JAPANESE.search(seam) else f" {line}"
    return joined
