"""What of a section is quoted together: a sentence, a table row, a list, a block of code."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from assistant.datatypes import Evidence
from ingest.datatypes import Passage, Section

_FENCE = re.compile(r"[\s>]*(?:(?:[-*+]|\d{1,9}[.)])\s+)?(?P<mark>`{3,}|~{3,})")

# How a sentence begins that says little without the one before it.
_LEANS = re.compile(
    r"(?:※ ?)?(?:それ(?!ぞれ)|これ(?!から|まで)|この(?!ほか)|その(?!他|ほか)|そこ|[こそ]う[しすい]"
    r"|ただし|しかし|したがって|よって|つまり|逆に|前者|後者|どちらも|いずれも"
    r"|(?:This|These|Those|It|They|Such|However|But|Otherwise)\b)"
)

_Scored = tuple[Passage, float]


@dataclass(frozen=True, slots=True)
class Unit:
    """What is shown together, in reading order.

    rank: position of its section in the evidence, 0 the best.
    headings: those of its section.
    relevance: that of its best sentence.
    before: the sentence that it points back to (`この場合は…`), None if it stands alone.
    table: the number of the table that it is from, None if it is from none.
    """

    rank: int
    headings: tuple[str, ...]
    sentences: tuple[Passage, ...]
    relevance: float
    before: Passage | None = None
    table: int | None = None

    @property
    def length(self) -> int:
        """Number of characters."""
        return sum(len(sentence.text) for sentence in self.sentences)

    @property
    def text(self) -> str:
        """All sentences, one a line."""
        return "\n".join(sentence.text for sentence in self.sentences)


def split_units(
    rank: int, item: Evidence, longest_list: int, longest_code: int, *, keep_long_lists: bool
) -> list[Unit]:
    """Return the units of a section in reading order; every sentence is in one of them.

    :param longest_list: a list of at most so many characters is one unit.
    :param longest_code: code of at most so many characters is one unit, longer code is cut into
        units of several lines; 0 makes every line its own.
    :param keep_long_lists: cut longer lists in the same way into units of several items; otherwise
        every item of them is its own. Lists also take along the sentence that introduces them, and
        so does a table of that length, of which every row is its own otherwise.
    """
    units: list[list[_Scored]] = []
    fences = list(_find_fences(item.section))
    scored = zip(item.sentences, item.relevance, strict=True)
    for (kind, _), grouped in groupby(scored, lambda entry: _find_block(item, entry[0], fences)):
        members = list(grouped)
        fits = _measure(members) <= longest_list
        if kind == "list" or (kind == "table" and keep_long_lists and fits):
            is_kept = keep_long_lists or fits
            parts = list(_cut(members, longest_list if is_kept else 0))
            before = units[-1] if units and keep_long_lists else []
            if before and _introduces(before, parts[0], longest_list):
                units.pop()
                parts[0] = before + parts[0]
            units.extend(parts)
        else:
            units.extend(_cut(members, longest_code if kind == "code" else 0))
    return [
        Unit(
            rank,
            item.section.heading_path,
            tuple(sentence for sentence, _ in members),
            max(relevance for _, relevance in members),
            _find_before(item, members[0][0], fences),
            members[0][0].group if is_table_row(item, members[0][0]) else None,
        )
        for members in units
    ]


def is_table_row(item: Evidence, sentence: Passage) -> bool:
    """Tell whether a sentence is a table's row; it carries its header, so that it stands alone."""
    return item.section.text[sentence.char_start : sentence.char_end].lstrip().startswith("|")


def _find_block(
    item: Evidence, sentence: Passage, fences: Sequence[tuple[int, int]]
) -> tuple[str, int]:
    """Return the kind and number of the block that a sentence is part of."""
    if sentence.group is not None:
        return "table" if is_table_row(item, sentence) else "list", sentence.group
    for number, (start, end) in enumerate(fences):
        if start < sentence.line_start < end:
            return "code", number
    return "alone", sentence.ordinal


def _cut(members: Sequence[_Scored], longest: int) -> Iterator[list[_Scored]]:
    """Yield stretches of at most `longest` characters, or of one sentence."""
    stretch: list[_Scored] = []
    length = 0
    for member in members:
        length += len(member[0].text)
        if stretch and length > longest:
            yield stretch
            stretch, length = [], len(member[0].text)
        stretch.append(member)
    yield stretch


def _introduces(before: Sequence[_Scored], part: Sequence[_Scored], longest: int) -> bool:
    """Tell whether a sentence leads over to the list behind it and fits beside its first part."""
    sentence, first = before[-1][0], part[0][0]
    return (
        len(before) == 1
        and sentence.group is None
        and _are_close(sentence, first)
        and _measure([*before, *part]) <= longest
    )


def _find_before(
    item: Evidence, sentence: Passage, fences: Sequence[tuple[int, int]]
) -> Passage | None:
    """Return the sentence of running text that one points back to."""
    if sentence.ordinal == 0 or _LEANS.match(sentence.text) is None:
        return None
    before = item.sentences[sentence.ordinal - 1]
    kinds = {_find_block(item, other, fences)[0] for other in (before, sentence)}
    return before if kinds == {"alone"} and _are_close(before, sentence) else None


def _are_close(before: Passage, behind: Passage) -> bool:
    """Tell whether at most one blank line stands between two sentences."""
    return behind.line_start - before.line_end <= 2


def _measure(members: Sequence[_Scored]) -> int:
    return sum(len(sentence.text) for sentence, _ in members)


def _find_fences(section: Section) -> Iterator[tuple[int, int]]:
    """Yield the note's lines of the marks around every fenced code block."""
    opened: tuple[int, str] | None = None
    number = section.line_start - 1
    for number, line in enumerate(section.text.split("\n"), start=section.line_start):
        match = _FENCE.match(line)
        if match is None:
            continue
        if opened is None:
            opened = number, match["mark"]
        elif match["mark"].startswith(opened[1]):
            yield opened[0], number
            opened = None
    if opened is not None:
        yield opened[0], number + 1
