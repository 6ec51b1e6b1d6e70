"""HTML blocks to lines of plain text.

Citations need the line of every piece of text, which no HTML library in use tells without taking
quadratic time on hostile input (the standard one: 100,000 times `<` 16 s). Nothing is ever rendered
from what is returned, so a scan for tags is enough; it reads every character a bounded number of
times.
"""

import html
import re

from ingest.inline import Line

_BREAKING_TAGS = re.compile(
    r"address|article|aside|blockquote|br|caption|dd|details|div|dl|dt"
    r"|fieldset|figcaption|figure|footer|form|h1|h2|h3|h4|h5|h6|header"
    r"|hr|li|main|nav|ol|option|p|pre|section|summary|table|tbody|tfoot"
    r"|thead|title|tr|ul"
)
_CELL_TAGS = frozenset({"td", "th"})
#: Possessive, since a tag that is not closed must not be tried again in parts.
_TAG_HEAD = "<(?P<closes>/?)(?P<name>[a-zA-Z][a-zA-Z0-9-]*+)"
_TAG = re.compile(rf"""{_TAG_HEAD}(?P<attributes>(?:[^<>"']|"[^"<]*+"|'[^'<]*+')*+)>""")
#: With `<` in quoted values, it may go through a whole file for nothing: longer ones are text.
_TAG_WITH_SIGNS = re.compile(rf"""{_TAG_HEAD}(?P<attributes>(?:[^<>"']|"[^"]*+"|'[^']*+')*+)>""")
_MAX_SIGNS_TAG_CHARS = 1_000
_ALT = re.compile(r"""\balt\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
_HIDDEN_END = {
    name: re.compile(rf"</{name}\b", re.IGNORECASE)
    for name in ("script", "style", "template", "rp")
}
_BLANKS = re.compile("[ \t]+")


def render_html(source: str, first_line: int) -> list[Line]:
    """Return the text of an HTML block, blank lines left out.

    Scripts, styles and comments go; a ruby reading stands in brackets; cells are joined by " / ".

    :param first_line: the line of the note on which `source` begins.
    """
    renderer = _HtmlRenderer(first_line)
    position = 0
    while position < len(source):
        start = source.find("<", position)
        if start < 0:
            start = len(source)
        renderer.add_text(_unescape(source[position:start]))
        if tag := _match_tag(source, start):
            renderer.add_tag(tag["name"].lower(), bool(tag["closes"]), tag["attributes"])
            position = _find_tag_end(source, tag)
        elif source.startswith("<", start):
            position = _find_declaration_end(source, start)
            if position == start:  # a "<" that begins nothing
                renderer.add_text("<")
                position += 1
        else:
            position = len(source)
        renderer.skip_lines(source.count("\n", start, position))
    renderer.break_line()
    return renderer.lines


def _unescape(text: str) -> str:
    """Resolve entities; those of a line break become spaces, since breaks are the source's."""
    return "\n".join(html.unescape(line).replace("\n", " ") for line in text.split("\n"))


def _match_tag(source: str, start: int) -> re.Match[str] | None:
    limit = start + _MAX_SIGNS_TAG_CHARS
    return _TAG.match(source, start) or _TAG_WITH_SIGNS.match(source, start, limit)


def _find_tag_end(source: str, tag: re.Match[str]) -> int:
    """Return where text goes on behind a tag, what the tag hides passed over."""
    hidden_end = _HIDDEN_END.get(tag["name"].lower())
    if hidden_end is None or tag["closes"]:
        return tag.end()
    found = hidden_end.search(source, tag.end())
    return found.start() if found else len(source)


def _find_declaration_end(source: str, start: int) -> int:
    """Return the offset behind a comment or declaration; `start` if none begins there."""
    if source.startswith("<!--", start):
        end = source.find("-->", start + 4)
        return end + 3 if end >= 0 else len(source)
    if source.startswith(("<!", "<?"), start):
        end = source.find(">", start)
        return end + 1 if end >= 0 else len(source)
    return start


class _HtmlRenderer:
    """Collects plain text while it keeps count of the source's lines."""

    def __init__(self, first_line: int) -> None:
        self.lines: list[Line] = []
        self._here = first_line
        self._begun_at = first_line
        self._parts: list[str] = []
        self._in_row = False

    def add_text(self, text: str) -> None:
        first, *others = text.split("\n")
        self._add_part(first)
        for other in others:
            # Within a row a line break lays out cells, it does not end a statement.
            if not self._in_row:
                self.break_line()
            self._here += 1
            self._add_part(f" {other}" if self._in_row else other)

    def add_tag(self, name: str, closes: bool, attributes: str) -> None:
        if _BREAKING_TAGS.fullmatch(name):
            self.break_line()
            self._in_row = name == "tr" and not closes
        elif name == "rt":
            self._add_part(")" if closes else "(")
        elif name in _CELL_TAGS and not closes and self._parts:
            self._add_part(" / ")
        elif name == "img" and (alt := _ALT.search(attributes)):
            self._add_part(html.unescape(alt[1] or alt[2] or "").replace("\n", " "))

    def skip_lines(self, count: int) -> None:
        self._here += count

    def break_line(self) -> None:
        text = _BLANKS.sub(" ", "".join(self._parts)).strip()
        if text:
            self.lines.append((text, self._begun_at))
        self._parts.clear()

    def _add_part(self, text: str) -> None:
        if not self._parts and not text.strip():
            return
        if not self._parts:
            self._begun_at = self._here
        self._parts.append(text)
