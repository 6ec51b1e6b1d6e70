"""Markdown of a note to HTML that can do nothing: no link, no image, no HTML of the note's own.

The tags and attributes are those that stand in this module, `inline_html` and `line_marks`;
everything that a note says becomes text. Every line that shows anything is an element with its
number (`data-line`), `tk-cited` where it is cited.
"""

import re
from collections.abc import Sequence

from markdown_it.token import Token
from markdown_it.utils import EnvType

from assistant.apps.chat.excerpt import take_excerpt
from assistant.apps.chat.inline_html import render_inline_lines
from assistant.apps.chat.line_marks import LineMarks
from ingest.commonmark import parse_blocks
from ingest.frontmatter import read_front_matter

# A row of two characters is filled up to as many cells as the header has: 2 kB make 65,000.
_MOST_TABLE_CELLS = 20_000
_DELIMITER_ROW = re.compile(r"^[\s>]*+[|:-][\s|:-]*+$")

_CONTAINERS = {
    "blockquote": "blockquote",
    "bullet_list": "ul",
    "list_item": "li",
    "table": "table",
    "thead": "thead",
    "tbody": "tbody",
    "tr": "tr",
    "th": "th",
    "td": "td",
    "paragraph": "p",
}


def render_markdown_lines(text: str, line_start: int, cited: tuple[int, int] | None) -> str:
    """Return lines of a note as HTML, at most `excerpt.MOST_CHARACTERS` of them.

    Highlighted are exactly the cited lines: of a paragraph, list, table or code block only those
    within. Lines that Markdown does not show (fences, link definitions) are not there.

    :param line_start: the line of the note on which `text` begins, 1-based.
    :param cited: first and last line to highlight, 1-based lines of the note, inclusive.
    """
    excerpt = take_excerpt(text, line_start, cited)
    marks = LineMarks(cited)
    front_lines = read_front_matter(excerpt.text).line_count if excerpt.line_start == 1 else 0
    lines = excerpt.text.split("\n")
    front = _render_code("tk-front", lines[:front_lines], 1, marks) if front_lines else ""
    body = "\n".join(lines[front_lines:])
    first_line = excerpt.line_start + front_lines
    if _count_table_cells(body) > _MOST_TABLE_CELLS:
        return front + _render_code("tk-code", body.split("\n"), first_line, marks)
    parsed = parse_blocks(body)
    renderer = _BlockRenderer(first_line, marks, parsed.definitions)
    return front + "".join(renderer.render_token(token) for token in parsed.tokens)


def _count_table_cells(text: str) -> int:
    """Return how many cells the tables of a text can have at most."""
    total = columns = 0
    for line in text.split("\n"):
        if not line.strip(" \t>"):
            columns = 0
        elif "-" in line and _DELIMITER_ROW.match(line):
            columns = line.count("|") + 1
        total += columns
    return total


def _render_code(kind: str, lines: Sequence[str], first_line: int, marks: LineMarks) -> str:
    return f'<pre class="{kind}"><code>{marks.render_code(lines, first_line)}</code></pre>'


class _BlockRenderer:
    """Renders the block tokens of a text, in their order."""

    def __init__(self, first_line: int, marks: LineMarks, definitions: EnvType) -> None:
        self._first_line = first_line
        self._marks = marks
        self._definitions = definitions
        self._is_in_row = False

    def render_token(self, token: Token) -> str:
        line = self._first_line + (token.map[0] if token.map else 0)
        match token.type:
            case "inline":
                marks = None if self._is_in_row else self._marks
                return render_inline_lines(token.content, line, self._definitions, marks)
            case "fence":
                return self._render_code("tk-code", token.content, line + 1)
            case "code_block":
                return self._render_code("tk-code", token.content, line)
            case "html_block":
                return self._render_code("tk-html", token.content, line)
            case "hr":
                return f"<hr {self._marks.describe(line)}>"
            case "heading_open":
                # The page's own headings are above those of the note.
                return f'<h4 class="tk-{token.tag}">'
            case "heading_close":
                return "</h4>"
            case "ordered_list_open":
                start = token.attrGet("start")
                return f'<ol start="{1 if start is None else int(start)}">'
            case "ordered_list_close":
                return "</ol>"
        return self._render_container(token, line)

    def _render_code(self, kind: str, content: str, first_line: int) -> str:
        lines = content.removesuffix("\n").split("\n") if content else []
        return _render_code(kind, lines, first_line, self._marks)

    def _render_container(self, token: Token, line: int) -> str:
        """Return the tag of a block that holds other blocks or inline content."""
        if token.hidden:  # the paragraphs of a tight list
            return ""
        name, _, side = token.type.rpartition("_")
        tag = _CONTAINERS[name]
        is_opening = side == "open"
        if tag == "table":
            return '<div class="tk-scroll" tabindex="0"><table>' if is_opening else "</table></div>"
        if tag == "tr":
            self._is_in_row = is_opening
            return f"<tr {self._marks.describe(line)}>" if is_opening else "</tr>"
        if is_opening and tag == "th":
            return '<th scope="col">'
        return f"<{tag}>" if is_opening else f"</{tag}>"
