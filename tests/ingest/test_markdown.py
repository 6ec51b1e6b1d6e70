import hashlib
import re
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.datatypes import Note
from ingest.markdown import LONGEST_HEADING, parse_sections
from ingest.plaintext import render_blocks

FIXTURES = Path(__file__).parents[1] / "fixtures" / "markdown"
SIGNS = {"→": "\t", "␠": "\u3000", "␍": "\r", "␌": "\f", "␤": "\u2028", "⏎\n": ""}


def read_cases(name):
    """Return (title, input, expected) of a fixture file; its head says what the form is."""
    text = (FIXTURES / name).read_text(encoding="utf-8")
    cases = re.findall(r"^([^\n]+)\n\.\n(.*?)^\.\n(.*?)^\.$", text, re.MULTILINE | re.DOTALL)
    return [pytest.param(mean(case[1]), mean(case[2]), id=case[0]) for case in cases]


def mean(text):
    for sign, meant in SIGNS.items():
        text = text.replace(sign, meant)
    return text


def note_of(text, path="note.md"):
    return Note(path, text, "", "utf-8")


@pytest.mark.parametrize(("source", "expected"), read_cases("sections.txt"))
def test_sections_of_odd_notes(source, expected):
    told = "".join(
        f"{s.level} {s.line_start}-{s.line_end} {s.anchor} {' > '.join(s.heading_path)}\n"
        for s in parse_sections(note_of(source))
    )
    assert told == expected


def test_all_fixtures_are_read():
    text = (FIXTURES / "sections.txt").read_text(encoding="utf-8")
    # A case has three lines of one dot.
    assert len(read_cases("sections.txt")) * 3 == text.split("\n").count(".")


def test_a_section_carries_its_lines_and_digest():
    text = "# A\n本文  \n\n# B\n"
    first = parse_sections(note_of(text, "dir/ノート.md"))[0]
    assert first.section_id == "dir/ノート.md#a"
    assert first.path == "dir/ノート.md"
    assert first.text == "# A\n本文  "
    assert first.digest == hashlib.sha256("# A\n本文  ".encode()).hexdigest()


def test_endless_headings_and_titles_are_shortened():
    long = "あ" * (LONGEST_HEADING + 1)
    sections = parse_sections(note_of(f"---\ntitle: {long}\n---\n前\n\n{long}\n---\n## 乙\n"))
    cut = long[:-1]
    assert [section.heading_path for section in sections] == [(cut,), (cut,), ("乙",)]
    assert [section.anchor for section in sections] == [f"{cut}-1", cut, "乙"]


LINES = st.sampled_from(
    [
        *[
            "",
            " ",
            "\u3000",
            "本文。",
            "# A",
            "## B",
            "### ",
            "#C",
            "===",
            "---",
            "- 項目",
            "  - 下",
        ],
        *[
            "1. 一",
            "> 引用",
            "> # 引用見出し",
            "```",
            "~~~ sh",
            "    コード",
            "| a | b |",
            "|---|---|",
        ],
        *[
            "<div>",
            "</div>",
            "<!--",
            "-->",
            "<script>",
            "[a]: http://x",
            "[^1]: 注",
            "`",
            "**",
            "\\",
        ],
        *[
            "title: x",
            "+++",
            "\t- x",
            "* # 見出し",
            "![x](y",
            "末尾  ",
            "a\u2028b",
            "\f",
            "- [ ] 仕事",
        ],
    ]
)


@settings(max_examples=200, deadline=None)
@given(st.lists(LINES, max_size=25))
def test_every_line_belongs_to_exactly_one_section(lines):
    text = "\n".join(lines)
    sections = parse_sections(note_of(text))
    owners = [number for s in sections for number in range(s.line_start, s.line_end + 1)]
    assert owners == sorted(set(owners))
    filled = {i for i, line in enumerate(lines, start=1) if line.strip()}
    assert filled <= set(owners)
    assert len({s.section_id for s in sections}) == len(sections)
    for section in sections:
        assert section.text == "\n".join(lines[section.line_start - 1 : section.line_end])
        assert section.heading_path
        if section.level:
            # Read on its own, a section is its heading and what stands below it.
            # (The empty line keeps a heading called `+++` from opening front matter.)
            (alone,) = parse_sections(note_of("\n" + section.text))
            assert (alone.level, alone.line_start) == (section.level, 2)
    assert parse_sections(note_of(text)) == sections


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="#=-`~>|[]()<>!*_\\ \t\n\u3000あa1.&;:^", max_size=60))
def test_any_text_is_read(text):
    sections = parse_sections(note_of(text))
    for section in sections:
        for block in render_blocks(section):
            assert block.text.strip()
            assert len(block.lines) == block.text.count("\n") + 1
            assert all(section.line_start <= line <= section.line_end for line in block.lines)


@pytest.mark.parametrize(
    "text",
    [
        ">" * 100_000 + "深い",
        "[" * 100_000,
        "![" * 30_000,
        "*a_ " * 20_000,
        "- " * 50_000,
        "`" * 5_000 + "\n" + "`a``" * 10_000,
        "<a " * 30_000,
        "<!--" * 20_000,
        "\n".join("  " * depth + "- a" for depth in range(300)),
        "|" * 20_000 + "\n" + "|-" * 20_000 + "|\n",
        "# " + "[" * 60_000,
        "<div>\n" + "<" * 100_000,
        "<div>\n" + "<a b='" * 100_000,
        "<div>\n<" + "a" * 100_000,
        "---\na" + " " * 100_000 + "\n---\n",
    ],
    ids=lambda text: repr(text[:8]),
)
def test_hostile_notes_end_soon(text):
    begun = time.monotonic()
    for section in parse_sections(note_of(text)):
        render_blocks(section)
    # Quadratic growth would take minutes; the worst of these takes about one second.
    assert time.monotonic() - begun < 15
