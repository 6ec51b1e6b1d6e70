import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.datatypes import Note
from ingest.markdown import parse_sections
from ingest.plaintext import is_empty_section, render_blocks

FIXTURES = Path(__file__).parents[1] / "fixtures" / "markdown"


def read_cases():
    """Return (title, input, expected) of the fixture file; its head says what the form is."""
    text = (FIXTURES / "blocks.txt").read_text(encoding="utf-8")
    cases = re.findall(r"^([^\n]+)\n\.\n(.*?)^\.\n(.*?)^\.$", text, re.MULTILINE | re.DOTALL)
    assert len(cases) * 3 == text.split("\n").count(".")
    return [pytest.param(source, expected, id=title) for title, source, expected in cases]


def parse_first(text):
    return parse_sections(Note("note.md", text, "", "utf-8"))[0]


@pytest.mark.parametrize(("source", "expected"), read_cases())
def test_blocks_of_odd_sections(source, expected):
    told = ""
    for block in render_blocks(parse_first(source)):
        lines = ",".join(map(str, block.lines))
        group = "-" if block.group is None else block.group
        told += f"{block.kind} {lines} {group}: {' | '.join(block.text.split(chr(10)))}\n"
    assert told == expected


def test_lines_are_those_of_the_note():
    note = Note("note.md", "# A\n\n# B\n\n本文\n", "", "utf-8")
    assert render_blocks(parse_sections(note)[1])[0].lines == (5,)


def test_empty_sections():
    assert is_empty_section(parse_first("# A\n\n---\n"))
    assert not is_empty_section(parse_first("# A\n\nb\n"))


WORDS = st.sampled_from(
    ["甲", "`乙", "丙`", "**丁**", "[戊](x)", "<br>", "<b>", "&amp;", "\\*", "\n"]
)


@settings(max_examples=200, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=20), st.sampled_from(["{}", "- {}", "> {}", "1. {}"]))
def test_text_stands_on_the_line_that_it_is_told_to(words, form):
    source = "# A\n\n" + form.format("".join(words))
    lines = source.split("\n")
    for block in render_blocks(parse_first(source)):
        for text, line in zip(block.text.split("\n"), block.lines, strict=True):
            for char in set(text) & set("甲乙丙丁戊"):
                assert char in lines[line - 1]
