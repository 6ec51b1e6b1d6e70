"""What is escaped comes out of a renderer as it went in."""

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from assistant.serving.markdown_text import escape_line, escape_text, write_link

# With HTML, and with what GitHub adds.
MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])
SIGNS = st.text(
    st.sampled_from("\\`*_{}[]()#+-.!<>&|~$=:;/\"' \t\n\r\x0b\x1f019aXあ　\u2028\u202e")
)
HOSTILE = [
    "# heading",
    "title\n===",
    "title\n---",
    "- item\n+ item\n* item\n1. item\n2) item",
    "1) item",
    "7. item",
    "> quote",
    ">",
    "***",
    "- - -",
    "```sh\nrm\n```",
    "~~~\ncode\n~~~",
    "    indented code",
    "\tindented code",
    "`code` **bold** _so_ ~~gone~~",
    "<script>alert(1)</script>",
    "a <img src=x onerror=alert(1)> b",
    "<!-- hidden",
    "<https://example.com/beacon>",
    "![x](https://example.com/beacon.png)",
    "[x](javascript:alert(1))",
    "![[note.md]] [[note]]",
    "[x]: https://example.com\n[x]",
    "&lt;b&gt; &#60;b&#62; &colon;",
    "|a|b|\n|-|-|\n|1|2|",
    "|a|b|\n|-|-|-|",  # our line break makes a third column of the first line
    "line\\\nline  \nline",
    "::: danger\n!!! note",
    "$x$ {: .class} {{ site }}",
]


def read_blocks(markdown: str) -> list[tuple[str, str]]:
    """Return the blocks that a renderer makes: the kind and the plain text of each."""
    tokens = MARKDOWN.parse(markdown)
    return [
        (before.type, read_plain(token))
        for before, token in pairwise(tokens)
        if token.type == "inline"
    ]


def read_plain(inline: Token) -> str:
    """Return the text of an inline token that holds nothing but text and line breaks."""
    assert inline.children is not None
    kinds = {child.type for child in inline.children}
    assert kinds <= {"text", "hardbreak"}, kinds
    return "".join("\n" if c.type == "hardbreak" else c.content for c in inline.children)


def expect_lines(text: str) -> list[str]:
    """Return the lines that a reader should see: no controls, no directions, no blank lines."""
    for sign in "\r\x0b\x1f\u2028":
        text = text.replace(sign, " ")
    lines = [line.strip() for line in text.replace("\u202e", "").split("\n")]
    return [line for line in lines if line]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_shown_as_text(text) -> None:
    blocks = read_blocks(escape_text(text))
    assert {kind for kind, _ in blocks} == {"paragraph_open"}
    assert [line for _, plain in blocks for line in plain.split("\n")] == expect_lines(text)
    assert [t.type for t in MARKDOWN.parse(escape_text(text))] == [
        "paragraph_open",
        "inline",
        "paragraph_close",
    ]


@given(SIGNS)
@example("0.\n0)")
def test_any_text_comes_out_line_by_line(text) -> None:
    tokens = MARKDOWN.parse(escape_text(text))
    assert {t.type for t in tokens} <= {"paragraph_open", "inline", "paragraph_close"}
    blocks = read_blocks(escape_text(text))
    assert [line for _, plain in blocks for line in plain.split("\n")] == expect_lines(text)


@given(SIGNS)
def test_any_text_fits_on_one_line(text) -> None:
    line = escape_line(text)
    assert "\n" not in line
    expected = " ".join(text.split("\n")).replace("\u202e", "")
    for sign in "\r\x0b\x1f\u2028":
        expected = expected.replace(sign, " ")
    # Behind a mark of ours it stays on that line, whatever it begins with.
    assert read_blocks(f"## {line}") == [("heading_open", expected.strip())]


@given(SIGNS, SIGNS)
def test_a_link_has_our_label_and_leads_nowhere_else(label, target) -> None:
    (_, inline, _) = MARKDOWN.parse(write_link(label, target))
    children = inline.children
    assert children is not None
    assert children[0].type == "link_open"
    assert children[-1].type == "link_close"
    assert {child.type for child in children[1:-1]} <= {"text"}
    href = children[0].attrs["href"]
    assert ":" not in str(href).partition("/")[0]


@pytest.mark.parametrize(
    ("target", "written"),
    [
        ("notes/aws/vpc.md#L3-L7", "notes/aws/vpc.md#L3-L7"),
        ("a b(1).md#L2", "a%20b%281%29.md#L2"),
        ("VPC の話.md#L2", "VPC%20%E3%81%AE%E8%A9%B1.md#L2"),
        ("https://git.example/blob/main/a%20b.md?x=1&y=2#L2", None),
        ("javascript:alert(1).md#L1", "./javascript:alert%281%29.md#L1"),
        ("JavaScript&colon;alert.md", "JavaScript&amp;colon;alert.md"),
        ("a>b<c\n.md", "a%3Eb%3Cc%0A.md"),
        ("a\\b\udcff.md", "a%5Cb%EF%BF%BD.md"),
    ],
)
def test_targets(target, written) -> None:
    expected = target.replace("&", "&amp;") if written is None else written
    assert write_link("節", target) == f"[節]({expected})"


def test_plain_text_stays_plain() -> None:
    text = "NAT ゲートウェイは 5 Gbps(最大 100 Gbps)まで。費用は $0.045/h です。"
    assert escape_line(text) == text.replace("$", "\\$")
