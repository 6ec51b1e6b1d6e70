"""Sections for tests, from Markdown; and an analyzer that needs no dictionary."""

import re

from ingest.datatypes import Note, Section
from ingest.markdown import parse_sections

_WORD = re.compile("[a-z0-9]+|[ァ-ヺー]+|[一-鿿々]+")


def read_sections(**notes: str) -> list[Section]:
    """Return the sections of notes given by name, in their order."""
    return [
        section
        for name, text in notes.items()
        for section in parse_sections(Note(f"{name}.md", text, "", "utf-8"))
    ]


def find_section(sections: list[Section], *headings: str) -> Section:
    """Return the one section whose heading path ends with `headings`."""
    (found,) = [s for s in sections if s.heading_path[-len(headings) :] == headings]
    return found


def words(text: str) -> list[str]:
    """Stand in for the word analyzer: runs of one script, `gateway` in its Japanese spelling."""
    return _WORD.findall(text.lower().replace("gateway", "ゲートウェイ"))
