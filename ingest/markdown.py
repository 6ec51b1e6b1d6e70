"""Cuts a note into sections along its top-level headings.

Every line of a note that is not blank belongs to exactly one section. What stands below a heading
is turned into plain text by `plaintext`.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import PurePosixPath

from ingest.anchors import AnchorSet
from ingest.commonmark import parse_blocks
from ingest.datatypes import Note, Section
from ingest.frontmatter import read_front_matter
from ingest.inline import render_one_line

#: A longer heading is shortened, a title too: it stands in the id and the heading path of all that
#: is below it, and a paragraph with `---` right under its last line is a heading to Markdown.
LONGEST_HEADING = 1_000


@dataclass(frozen=True, slots=True)
class _Heading:
    """A top-level heading. line: 0-based line on which it begins."""

    level: int
    text: str
    line: int


def parse_sections(note: Note) -> list[Section]:
    """Return the sections of a note in reading order.

    Headings inside lists, quotes and code start no section. What stands before the first heading,
    front matter included, is a section of level 0, unless all of it is blank.
    """
    lines = note.text.split("\n")
    front_matter = read_front_matter(note.text)
    title = (front_matter.title or PurePosixPath(note.path).stem)[:LONGEST_HEADING]
    # Blank lines in place of the front matter keep the parser's line numbers in step.
    skipped = front_matter.line_count
    headings = list(_read_headings("\n" * skipped + "\n".join(lines[skipped:])))
    anchors = AnchorSet()
    sections = []
    ends = [heading.line for heading in headings[1:]] + [len(lines)]
    # Without headings there is one end too many.
    for heading, path, end in zip(headings, _build_paths(headings, title), ends, strict=False):
        anchor = anchors.assign_anchor(heading.text)
        section = _build_section(note, lines, heading.line, end, heading.level, path, anchor)
        sections.append(section)
    preamble = lines[: headings[0].line] if headings else lines
    start = next((i for i, line in enumerate(preamble) if line.strip()), None)
    if start is not None:
        # Its anchor is assigned last: it is no heading, and must not take one's anchor.
        anchor = anchors.assign_anchor(title)
        sections.insert(0, _build_section(note, lines, start, len(preamble), 0, (title,), anchor))
    return sections


def _read_headings(text: str) -> Iterator[_Heading]:
    parsed = parse_blocks(text)
    for token, content in pairwise(parsed.tokens):
        if token.type == "heading_open" and token.level == 0 and token.map is not None:
            heading_text = render_one_line(content.content, parsed.definitions)
            yield _Heading(int(token.tag[1:]), heading_text[:LONGEST_HEADING], token.map[0])


def _build_paths(headings: Sequence[_Heading], title: str) -> Iterator[tuple[str, ...]]:
    """Yield the plain texts from the outermost heading down; headings without text are left out."""
    above: list[_Heading] = []
    for heading in headings:
        while above and above[-1].level >= heading.level:
            above.pop()
        above.append(heading)
        yield tuple(entry.text for entry in above if entry.text) or (title,)


def _build_section(
    note: Note,
    lines: Sequence[str],
    start: int,
    end: int,
    level: int,
    heading_path: tuple[str, ...],
    anchor: str,
) -> Section:
    """Build a section of `lines[start:end]`, blank lines at its end left out."""
    while end > start + 1 and not lines[end - 1].strip():
        end -= 1
    text = "\n".join(lines[start:end])
    return Section(
        section_id=f"{note.path}#{anchor}",
        path=note.path,
        heading_path=heading_path,
        level=level,
        anchor=anchor,
        line_start=start + 1,
        line_end=end,
        text=text,
        digest=hashlib.sha256(text.encode()).hexdigest(),
    )
