"""Inline Markdown to HTML, every line of the source in an element of its own."""

import re
from urllib.parse import unquote

from markdown_it.token import Token
from markdown_it.utils import EnvType

from assistant.apps.chat.html_text import escape_line, escape_text
from assistant.apps.chat.line_marks import LineMarks
from ingest.commonmark import BREAKS_BEFORE_END, parse_inline

# What is longer, or opens more brackets within brackets, is shown as it stands: emphasis takes
# quadratic time (see `ingest.commonmark`), and a bracket that none closes 50 microseconds.
_MOST_CHARACTERS = 5_000
_MOST_OPEN_BRACKETS = 10

_BRACKET = re.compile(r"[\[\]]")
_LINE_BREAK = re.compile(r"<br\s{0,9}/?>", re.IGNORECASE)
_TAGS = {"strong_open": "strong", "em_open": "em", "s_open": "s"}


def render_inline_lines(
    content: str, first_line: int, definitions: EnvType, marks: LineMarks | None
) -> str:
    """Return the HTML of a block's inline content.

    A link is its text with the address as a title, an image a sign and its alternative text;
    HTML is text, save for `<br>`.

    :param content: the Markdown of the block, its lines in step with the note's.
    :param first_line: the line of the note on which `content` begins.
    :param marks: opens and closes the lines' elements; None where the block has one of its own.
    """
    writer = _InlineWriter(first_line, marks)
    for token in _parse(content, definitions):
        writer.add_token(token)
    return writer.finish()


def _parse(content: str, definitions: EnvType) -> list[Token]:
    is_simple = len(content) <= _MOST_CHARACTERS and _count_open(content) <= _MOST_OPEN_BRACKETS
    if is_simple:
        return parse_inline(content, definitions)
    return [Token("text", "", 0, content=content)]


def _count_open(content: str) -> int:
    """Return how many brackets are open at once."""
    most = count = 0
    for sign in _BRACKET.findall(content):
        count = count + 1 if sign == "[" else max(0, count - 1)
        most = max(most, count)
    return most


class _InlineWriter:
    """Collects HTML while it keeps count of the source's lines.

    Where markup spans lines, it is closed at a line's end and opened again on the next, so that
    the lines' elements nest.
    """

    def __init__(self, first_line: int, marks: LineMarks | None) -> None:
        self._parts: list[str] = []
        self._first_line = first_line
        self._here = first_line
        self._marks = marks
        # Start and end tags of the markup that is open.
        self._open: list[tuple[str, str]] = []
        self._open_line()

    def add_token(self, token: Token) -> None:
        match token.type:
            case "softbreak" | "hardbreak":
                self._move_to(self._here + 1)
            case "strong_open" | "em_open" | "s_open":
                tag = _TAGS[token.type]
                self._open_markup(f"<{tag}>", f"</{tag}>")
            case "link_open":
                address = escape_line(unquote(str(token.attrGet("href") or "")))
                self._open_markup(f'<span class="tk-link" title="{address}">', "</span>")
            case "strong_close" | "em_close" | "s_close" | "link_close":
                self._parts.append(self._open.pop()[1])
            case "code_inline":
                self._open_markup("<code>", "</code>")
                self._add_text(token.content)
                self._parts.append(self._open.pop()[1])
            case "image":
                alt = escape_line(_read_alt_text(token))
                address = escape_line(unquote(str(token.attrGet("src") or "")))
                self._parts.append(f'<span class="tk-image" title="{address}">🖼 {alt}</span>')
            case "html_inline" if _LINE_BREAK.fullmatch(token.content):
                self._parts.append("<br>")
            case _:
                self._add_text(token.content)
        breaks = token.meta.get(BREAKS_BEFORE_END)
        if breaks is not None and self._first_line + breaks > self._here:
            self._move_to(self._first_line + breaks)

    def finish(self) -> str:
        self._close_line()
        return "".join(self._parts)

    def _add_text(self, text: str) -> None:
        first, *others = text.split("\n")
        self._parts.append(escape_text(first))
        for other in others:
            self._move_to(self._here + 1)
            self._parts.append(escape_text(other))

    def _move_to(self, line: int) -> None:
        self._close_line()
        self._parts.append("<br>")
        self._here = line
        self._open_line()

    def _open_line(self) -> None:
        if self._marks is not None:
            self._parts.append(self._marks.open_line(self._here))
        self._parts += [start for start, _ in self._open]

    def _close_line(self) -> None:
        self._parts += [end for _, end in reversed(self._open)]
        if self._marks is not None:
            self._parts.append(self._marks.close_line(self._here))

    def _open_markup(self, start: str, end: str) -> None:
        self._open.append((start, end))
        self._parts.append(start)


def _read_alt_text(token: Token) -> str:
    parts = []
    for child in token.children or []:
        if child.type == "image":
            parts.append(_read_alt_text(child))
        else:
            parts.append(child.content or " ")
    return "".join(parts)
