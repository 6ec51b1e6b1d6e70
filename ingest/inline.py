"""Inline Markdown to lines of plain text, each with the line of the note that it came from."""

import re

from markdown_it.token import Token
from markdown_it.utils import EnvType

from ingest.commonmark import BREAKS_BEFORE_END, parse_inline

#: One line of plain text and the line of the note that it came from.
Line = tuple[str, int]

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]*)")
_SILENT_TAGS = frozenset({"script", "style", "rp"})


def render_inline(content: str, first_line: int, definitions: EnvType) -> list[Line]:
    """Return the plain text of a block's inline content, blank lines left out.

    Markup goes, with these exceptions: a ruby reading stands in brackets behind its base, an
    image is its alternative text, `<br>` is a line break, and a link without text is its address.

    :param content: the Markdown of the block, its lines in step with the note's.
    :param first_line: the line of the note on which `content` begins.
    :param definitions: the link definitions of the text that `content` is of.
    """
    renderer = _InlineRenderer(first_line)
    for token in parse_inline(content, definitions):
        renderer.render_token(token)
    renderer.break_line()
    return renderer.lines


def render_one_line(content: str, definitions: EnvType) -> str:
    """Return the plain text of inline content as one line (a heading, a table cell)."""
    return " ".join(text for text, _ in render_inline(content, 1, definitions))


class _InlineRenderer:
    """Collects plain text while it keeps count of the source's lines."""

    def __init__(self, first_line: int) -> None:
        self.lines: list[Line] = []
        self._first_line = first_line
        self._here = first_line
        self._begun_at = first_line
        self._parts: list[str] = []
        self._links: list[tuple[str, int]] = []
        self._silent = 0

    def render_token(self, token: Token) -> None:
        match token.type:
            case "softbreak" | "hardbreak":
                self._move_to(self._here + 1)
            case "image":
                self._add_text(_read_alt_text(token).replace("\n", " "))
            case "text_special":
                # `&#10;` and the like: no line break of the source, which all counts are of.
                self._add_text(token.content.replace("\n", " "))
            case "link_open":
                self._links.append((str(token.attrGet("href") or ""), len(self._parts)))
            case "link_close":
                address, mark = self._links.pop()
                if not "".join(self._parts[mark:]).strip():
                    self._add_text(address)
            case "html_inline":
                self._render_tag(token.content)
            case _:
                self._add_text(token.content)
        breaks = token.meta.get(BREAKS_BEFORE_END)
        if breaks is not None and self._first_line + breaks > self._here:
            self._move_to(self._first_line + breaks)

    def break_line(self) -> None:
        text = "".join(self._parts).strip()
        if text:
            self.lines.append((text, self._begun_at))
        self._parts.clear()
        self._links = [(address, 0) for address, _ in self._links]
        self._begun_at = self._here

    def _move_to(self, line: int) -> None:
        self._here = line
        self.break_line()

    def _add_text(self, text: str) -> None:
        if self._silent:
            return
        first, *others = text.split("\n")
        self._add_part(first)
        for other in others:
            self._move_to(self._here + 1)
            self._add_part(other)

    def _add_part(self, text: str) -> None:
        if not self._parts:
            self._begun_at = self._here
        self._parts.append(text)

    def _render_tag(self, source: str) -> None:
        tag = _TAG.match(source)
        if tag is None:  # a comment, a declaration, CDATA
            return
        closes, name = bool(tag.group(1)), tag.group(2).lower()
        if name in _SILENT_TAGS:
            self._silent = max(0, self._silent - 1) if closes else self._silent + 1
        elif name == "br":
            self.break_line()
        elif name == "rt":
            self._add_text(")" if closes else "(")


def _read_alt_text(token: Token) -> str:
    parts = []
    for child in token.children or []:
        if child.type == "image":
            parts.append(_read_alt_text(child))
        elif child.type in ("softbreak", "hardbreak"):
            parts.append(" ")
        elif child.type != "html_inline":
            parts.append(child.content)
    return "".join(parts)
