"""What of a section is quoted together: a sentence, a table row, a list, a block of code."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from assistant.datatypes import Evidence
from ingest.datatypes import Passage, Section

_FENCE = re.compile(r"[\s>]*(?:(?:[-*+]|\d{1,9}[.)])\s+)?(?P<mark>`{3,}|~{3,})")

_Scored = tuple[Passage, float]


@dataclass(frozen=True, slots=True)
class Unit:
    """What is shown together, in reading order.

    rank: position of its section in the evidence, 0 the best.
    headings: those of its section.
    relevance: that of its best sentence.
    """

    rank: int
    headings: tuple[str, ...]
    sentences: tuple[Passage, ...]
    relevance: float

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
        every item of them is its own. Lists also take along the sentence that introduces them.
    """
    units: list[list[_Scored]] = []
    fences = list(_find_fences(item.section))
    scored = zip(item.sentences, item.relevance, strict=True)
    for (kind, _), grouped in groupby(scored, lambda entry: _find_block(item, entry[0], fences)):
        members = list(grouped)
        if kind == "list":
            is_kept = keep_long_lists or _measure(members) <= longest_list
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
    if sentence.group is not None and not is_table_row(item, sentence):
        return "list", sentence.group
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
        # At most one blank line stands between.
        and first.line_start - sentence.line_end <= 2
        and _measure([*before, *part]) <= longest
    )


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
