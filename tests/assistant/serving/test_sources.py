"""A section beside an answer: its text now, the cited lines, its neighbours."""

import pytest

from assistant.serving.datatypes import SectionLink, SourceView
from assistant.serving.sources import view_source
from tests.assistant.note_sections import find_section, read_sections

NOTE = """\
# 湯

前書き。

## 草津
酸性の湯。
pHは2.1。

### 行き方
バスで行く。

## 別府
砂むし風呂。
"""
SECTIONS = read_sections(onsen=NOTE)
KUSATSU = find_section(SECTIONS, "湯", "草津")


def view(text: str | None, cited=None, quote: str = "", section=KUSATSU) -> SourceView:
    return view_source(section, SECTIONS, text, cited, quote)


def test_a_note_as_it_was_indexed() -> None:
    shown = view(NOTE, (7, 7))
    assert shown == SourceView(
        "onsen.md#草津",
        "onsen.md",
        ("湯", "草津"),
        5,
        7,
        "## 草津\n酸性の湯。\npHは2.1。",
        True,
        (7, 7),
        SectionLink("onsen.md#湯", ("湯",)),
        SectionLink("onsen.md#行き方", ("湯", "草津", "行き方")),
    )


def test_the_first_and_the_last_section_have_one_neighbour() -> None:
    first, last = view(NOTE, section=SECTIONS[0]), view(NOTE, section=SECTIONS[-1])
    assert first.previous is None
    assert first.next == SectionLink("onsen.md#草津", ("湯", "草津"))
    assert last.previous == SectionLink("onsen.md#行き方", ("湯", "草津", "行き方"))
    assert last.next is None


def test_text_that_moved_is_found_again_with_its_lines() -> None:
    shown = view(NOTE.replace("前書き。", "前書き。\n続き。"), (7, 7))
    assert (shown.line_start, shown.line_end, shown.is_current) == (6, 8, True)
    assert shown.cited == (8, 8)


def test_text_below_other_headings_is_told_with_them() -> None:
    shown = view(NOTE.replace("# 湯", "# 温泉", 1))
    assert (shown.heading_path, shown.is_current) == (("温泉", "草津"), True)


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        NOTE.replace("2.1", "1.9"),
        NOTE.replace("## 草津", "## くさつ"),
        NOTE.replace("pHは2.1。", "pHは2.1。\n足した行。"),
        "```\n" + NOTE,  # no heading any more
    ],
)
def test_what_was_changed_or_is_gone_is_shown_as_it_was_indexed(text: str | None) -> None:
    shown = view(text, (7, 7))
    assert (shown.line_start, shown.line_end, shown.text) == (5, 7, KUSATSU.text)
    assert (shown.is_current, shown.cited) == (False, (7, 7))


def test_of_two_equal_sections_the_one_below_the_same_headings_is_shown() -> None:
    twin = "# 別の湯\n\n## 草津\n酸性の湯。\npHは2.1。\n\n"
    assert view(twin + NOTE).line_start == 11


@pytest.mark.parametrize(
    ("cited", "lines"),
    [
        (None, None),
        ((5, 7), (5, 7)),
        ((1, 99), (5, 7)),
        ((7, 10), (7, 7)),
        ((1, 4), None),
        ((8, 9), None),
        ((7, 6), None),
    ],
)
def test_cited_lines_are_kept_to_the_section(cited, lines) -> None:
    assert view(NOTE, cited).cited == lines


def test_the_quote_finds_its_lines_whatever_was_cited() -> None:
    assert view(NOTE, (6, 6), "pHは2.1。").cited == (7, 7)
    assert view(NOTE, None, "酸性の湯。\npHは2.1。").cited == (6, 7)
    assert view(NOTE, (6, 6), "どこにも無い。").cited == (6, 6)
    assert view(NOTE, (6, 6), " ").cited == (6, 6)


def test_of_several_places_of_a_quote_the_nearest_is_meant() -> None:
    sections = read_sections(a="# 甲\n同じ。\n違う。\n同じ。\n同じ。\n")
    [section] = sections
    for cited, lines in (((2, 2), (2, 2)), ((4, 4), (4, 4)), ((9, 9), (5, 5)), (None, (2, 2))):
        assert view_source(section, sections, None, cited, "同じ。").cited == lines


def test_lines_that_were_followed_already_are_right_as_they_are() -> None:
    # The section moved from line 5 to 15; the answer told the new line.
    text = NOTE.replace("前書き。", "前書き。" + "\n。" * 10)
    assert view(text, (17, 17)).cited == (17, 17)
