"""Links lead to the cited lines, and a quote is no markup wherever it is pasted."""

from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from assistant.datatypes import Citation
from assistant.serving.permalink import build_permalink, quote_as_markdown

BASE = "https://git.example.com/me/notes/blob/main"


@pytest.mark.parametrize(
    ("base", "path", "lines", "link"),
    [
        (None, "vpc.md", (3, 7), "vpc.md#L3-L7"),
        (None, "vpc.md", (3, 3), "vpc.md#L3"),
        (None, "ネット/VPC の 話.md", (1, 2), "ネット/VPC の 話.md#L1-L2"),
        (BASE, "vpc.md", (3, 7), f"{BASE}/vpc.md#L3-L7"),
        (f"{BASE}/", "vpc.md", (3, 3), f"{BASE}/vpc.md#L3"),
        (BASE, "a b/c#d?e%20.md", (1, 1), f"{BASE}/a%20b/c%23d%3Fe%2520.md#L1"),
        # UTF-8: 湯 is E6 B9 AF.
        (BASE, "湯/湯.md", (10, 12), f"{BASE}/%E6%B9%AF/%E6%B9%AF.md#L10-L12"),
        (BASE, "(a)[b]'c'.md", (1, 1), f"{BASE}/%28a%29%5Bb%5D%27c%27.md#L1"),
        (BASE, "a-b_c.d~e.md", (1, 1), f"{BASE}/a-b_c.d~e.md#L1"),
        (BASE, "javascript:alert(1).md", (1, 1), f"{BASE}/javascript%3Aalert%281%29.md#L1"),
        (BASE, "\ud800.md", (1, 1), f"{BASE}/%3F.md#L1"),
    ],
)
def test_permalinks(base, path, lines, link) -> None:
    assert build_permalink(base, path, *lines) == link


_NAME = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="/"), min_size=1)


@given(st.lists(_NAME, min_size=1, max_size=4), st.integers(1, 9999), st.integers(0, 99))
def test_every_path_comes_back_from_its_link(names, first, more) -> None:
    path = "/".join(names)
    link = build_permalink(BASE, path, first, first + more)
    assert link.isascii()
    parts = urlsplit(link)
    assert (parts.scheme, parts.netloc, parts.query) == ("https", "git.example.com", "")
    # Every segment by itself: no name gives a slash, nor takes one away.
    segments = parts.path.removeprefix("/me/notes/blob/main/").split("/")
    assert [unquote(segment) for segment in segments] == names
    assert parts.fragment == (f"L{first}-L{first + more}" if more else f"L{first}")


def cite(quote: str, headings: tuple[str, ...] = ("湯", "草津")) -> Citation:
    return Citation(1, "onsen.md#草津", "onsen.md", headings, 4, 5, quote, "0" * 64)


def test_a_quote_has_its_source_below_it() -> None:
    assert quote_as_markdown(cite("酸性の湯。\n\npHは2.1。"), f"{BASE}/onsen.md#L4-L5") == (
        f"> 酸性の湯。\n>\n> pHは2.1。\n\n— [湯 > 草津]({BASE}/onsen.md#L4-L5)"
    )


def test_without_headings_the_path_is_the_label() -> None:
    assert quote_as_markdown(cite("湯。", ()), "onsen.md#L4").endswith("— [onsen.md](onsen.md#L4)")


PARSERS = [
    MarkdownIt("commonmark", {"html": True}),
    MarkdownIt("gfm-like", {"html": True, "linkify": False}),
]

HOSTILE = [
    "<script>alert(1)</script>",
    "![x](https://evil.example/beacon.png)",
    "[x](javascript:alert(1))",
    "[x]: https://evil.example\n[x]",
    "![x][y]\n\n[y]: https://evil.example/b.png",
    "<img src=x onerror=alert(1)>",
    "<https://evil.example>",
    "&lt;b&gt; &#60;img src=x&#62;",
    "```\nopen fence",
    "~~~ js\n<b>",
    "`<b>` ``<i>``",
    "# heading\nunder\n====\n---",
    "- item\n1. item\n> deeper",
    "line\r<b>\x0b<i>\x85<u>\u2028<s>",
    "a | b\n--|--\nc | d",
    "    <b>indented",
    "\\![x](y) \\\\<b>",
    "*em* **strong** ~~gone~~ __x__",
    "[^1]: note\n\n[^1]",
    "<!-- comment -->\n<?php ?>\n<![CDATA[x]]>",
    "\n\n\n<b>",
    "\u202egnp.exe\u2066x",
    "$$\\href{javascript:alert(1)}{x}$$",
]
# What shows text and nothing else; `softbreak` and `hardbreak` are line breaks.
_PLAIN = {"text", "text_special", "softbreak", "hardbreak"}


def read_tokens(markdown: str, parser: MarkdownIt) -> tuple[list[Token], list[Token]]:
    """Return the inline tokens within the block quote and behind it; nothing else is there."""
    tokens = parser.parse(markdown)
    names = [token.type for token in tokens]
    assert names.count("blockquote_open") == 1
    assert names[0] == "blockquote_open"
    end = names.index("blockquote_close")
    assert set(names[1:end]) <= {"paragraph_open", "inline", "paragraph_close"}
    assert names[end + 1 :] == ["paragraph_open", "inline", "paragraph_close"]
    inside = [child for token in tokens[:end] for child in token.children or ()]
    return inside, tokens[-2].children or []


def check(markdown: str, href: str) -> str:
    """Check that a quote is plain text with one link behind it, and return the text."""
    shown = []
    for parser in PARSERS:
        inside, behind = read_tokens(markdown, parser)
        assert {token.type for token in inside} <= _PLAIN
        links = [token for token in behind if token.type == "link_open"]
        assert [link.attrGet("href") for link in links] == [href]
        assert {token.type for token in behind} <= {*_PLAIN, "link_open", "link_close"}
        shown.append("".join(token.content or "\n" for token in inside))
    assert shown[0] == shown[1]
    return shown[0]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_quote_is_text(text: str) -> None:
    check(quote_as_markdown(cite(text, ("x", text)), f"{BASE}/onsen.md#L4"), f"{BASE}/onsen.md#L4")


@pytest.mark.parametrize("text", ["<b> & `c` [d](e) *f* #g", "1. 一つ", "- 手順", "a | b", "$5"])
def test_a_quote_shows_as_it_stands_in_the_note(text: str) -> None:
    assert check(quote_as_markdown(cite(text), "onsen.md#L4"), "onsen.md#L4") == text


@given(st.text(st.sampled_from("ab湯 \n\r\t<>![]()`~*_#-+=|\\&;:$1.'\"\u2028\u202e"), max_size=40))
def test_no_quote_is_markup(text: str) -> None:
    if text.strip():
        check(quote_as_markdown(cite(text), "onsen.md#L4"), "onsen.md#L4")


@pytest.mark.parametrize(
    "path", ["javascript:alert(1).md", "a) <b> [c](d).md", "data:text/html,x.md", "湯 と 水.md"]
)
def test_a_hostile_path_stays_a_path(path: str) -> None:
    markdown = quote_as_markdown(cite("湯。"), build_permalink(None, path, 3, 3))
    for parser in PARSERS:
        _, behind = read_tokens(markdown, parser)
        [link] = [token for token in behind if token.type == "link_open"]
        href = str(link.attrGet("href"))
        assert unquote(href).removeprefix("./") == f"{path}#L3"
        assert ":" not in href.partition("/")[0]
