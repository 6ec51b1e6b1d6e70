"""What stands below a heading, as plain text blocks that know the note's lines they came from."""

import re
from collections.abc import Iterator, Sequence

from markdown_it.token import Token
from markdown_it.utils import EnvType

from ingest.commonmark import parse_blocks
from ingest.datatypes import Section, TextBlock
from ingest.frontmatter import read_front_matter
from ingest.html_text import render_html
from ingest.inline import Line, render_inline, render_one_line

_TASK_BOX = re.compile(r"\[[ xX]\][ \t\u3000]+")
#: A line of which only the markers of quotes and lists remain once its text was stripped away.
_MARKERS_ONLY = re.compile(r"[\s>*+-]*(?:\d{1,9}[.)])?\s*")


def render_blocks(section: Section) -> list[TextBlock]:
    """Return the plain text of a section in reading order, without its heading.

    A list item without its nested items is one block; so is a table row, a paragraph, a stretch of
    code. Every block has one line number for each line of its text. A section that holds nothing
    but its heading gives no block.
    """
    lines = section.text.split("\n")
    if section.level == 0 and section.line_start == 1:
        skipped = read_front_matter(section.text).line_count
        lines[:skipped] = [""] * skipped
    parsed = parse_blocks("\n".join(lines))
    # heading_open, inline, heading_close
    tokens = parsed.tokens[3:] if section.level > 0 else parsed.tokens
    reader = _BlockReader(lines, section.line_start, parsed.definitions)
    return list(reader.read_blocks(tokens))


def is_empty_section(section: Section) -> bool:
    """Tell whether a section says nothing beyond its heading."""
    return not render_blocks(section)


class _BlockReader:
    """Walks the block tokens of one section."""

    def __init__(self, lines: Sequence[str], first_line: int, definitions: EnvType) -> None:
        self._lines = lines
        self._first_line = first_line
        self._definitions = definitions
        self._groups = 0
        self._list_depth = 0
        self._quote_depth = 0
        self._list_group = 0
        self._item: list[Line] = []
        self._item_begins = False

    def read_blocks(self, tokens: Sequence[Token]) -> Iterator[TextBlock]:
        position = 0
        while position < len(tokens):
            token = tokens[position]
            position += 1
            if token.type == "table_open":
                end = _find_close(tokens, position)
                yield from self._flush_item()
                yield from self._read_table(tokens[position:end])
                position = end
            elif token.type in ("fence", "code_block", "html_block"):
                yield from self._flush_item()
                yield from self._read_leaf(token)
            elif token.type == "inline":
                yield from self._read_inline(token, tokens[position - 2].type)
            else:
                yield from self._read_container(token)
        yield from self._flush_item()

    def _read_container(self, token: Token) -> Iterator[TextBlock]:
        match token.type:
            case "bullet_list_open" | "ordered_list_open":
                yield from self._flush_item()
                if self._list_depth == 0:
                    self._list_group = self._next_group()
                self._list_depth += 1
            case "bullet_list_close" | "ordered_list_close":
                self._list_depth -= 1
            case "list_item_open":
                self._item_begins = True
            case "list_item_close":
                yield from self._flush_item()
            case "blockquote_open":
                yield from self._flush_item()
                self._quote_depth += 1
            case "blockquote_close":
                yield from self._flush_item()
                self._quote_depth -= 1

    def _read_inline(self, token: Token, parent: str) -> Iterator[TextBlock]:
        content = token.content
        if self._list_depth and self._item_begins:
            content = _TASK_BOX.sub("", content, count=1) if _TASK_BOX.match(content) else content
            self._item_begins = False
        rendered = render_inline(content, self._locate_content(token), self._definitions)
        if self._list_depth and parent == "paragraph_open":
            self._item.extend(rendered)
            return
        yield from self._flush_item()
        if rendered:
            quoted = self._quote_depth and parent == "paragraph_open"
            yield _build_block("quote" if quoted else "paragraph", rendered)

    def _flush_item(self) -> Iterator[TextBlock]:
        if self._item:
            yield _build_block("item", self._item, self._list_group)
            self._item = []

    def _read_leaf(self, token: Token) -> Iterator[TextBlock]:
        group = self._list_group if self._list_depth else None
        start = self._first_line + _get_lines(token)[0]
        if token.type == "html_block":
            if lines := render_html(token.content, start):
                yield _build_block("item" if group is not None else "paragraph", lines, group)
            return
        if token.type == "fence":
            start += 1
        code = [(line.rstrip(), start + i) for i, line in enumerate(token.content.split("\n"))]
        while code and not code[-1][0]:
            code.pop()
        while code and not code[0][0]:
            code.pop(0)
        if code:
            yield _build_block("code", code, group)

    def _read_table(self, tokens: Sequence[Token]) -> Iterator[TextBlock]:
        """Yield `column: cell / column: cell` for every row; a bare header row as it stands."""
        group = self._next_group()
        header: list[str] = []
        cells: list[str] = []
        rows = 0
        for token in tokens:
            if token.type == "inline":
                cells.append(render_one_line(token.content, self._definitions))
            elif token.type == "tr_open":
                cells = []
                line = self._first_line + _get_lines(token)[0]
            elif token.type == "thead_close":
                header, header_line = cells, line
            elif token.type == "tr_close" and header:
                rows += 1
                if row := _join_row(header, cells):
                    yield _build_block("row", [(row, line)], group)
        if not rows and (row := " / ".join(cell for cell in header if cell)):
            yield _build_block("row", [(row, header_line)], group)

    def _next_group(self) -> int:
        self._groups += 1
        return self._groups - 1

    def _locate_content(self, token: Token) -> int:
        """Return the note's line of a token's first line of content.

        The parser strips a paragraph of white space that CommonMark does not count as such (a
        first line of U+3000 alone), and with it of lines.
        """
        start, end = _get_lines(token)
        missing = end - start - (token.content.count("\n") + 1)
        while missing > 0 and _MARKERS_ONLY.fullmatch(self._lines[start]):
            start += 1
            missing -= 1
        return self._first_line + start


def _build_block(kind: str, lines: Sequence[Line], group: int | None = None) -> TextBlock:
    return TextBlock(
        kind=kind,
        text="\n".join(text for text, _ in lines),
        lines=tuple(line for _, line in lines),
        group=group,
    )


def _join_row(header: Sequence[str], cells: Sequence[str]) -> str:
    pairs = zip(header, cells, strict=True)
    return " / ".join(f"{name}: {cell}" if name else cell for name, cell in pairs if cell)


def _get_lines(token: Token) -> tuple[int, int]:
    """Return the token's lines in the parsed text, 0-based, end exclusive."""
    if token.map is None:
        raise AssertionError(f"markdown-it gives every {token.type} its lines")
    start, end = token.map
    return start, end


def _find_close(tokens: Sequence[Token], position: int) -> int:
    return next(i for i in range(position, len(tokens)) if tokens[i].type == "table_close")
