"""Reads the chat's HTML as a browser would, and checks that there is nothing in it but ours."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"br", "hr"}
ALLOWED = {
    "article": {"aria-labelledby", "class", "data-*"},
    "blockquote": set(),
    "br": set(),
    "button": {"aria-label", "aria-pressed", "class", "data-*", "type"},
    "caption": set(),
    "code": set(),
    "dd": set(),
    "details": {"class"},
    "div": {"aria-busy", "aria-label", "class", "data-*", "hidden", "id", "role", "tabindex"},
    "dl": set(),
    "dt": set(),
    "em": set(),
    "h3": {"class", "data-*", "tabindex"},
    "h4": {"class"},
    "hr": {"class", "data-*"},
    "li": set(),
    "mark": {"class", "data-*"},
    "meter": {"aria-label", "max", "min", "value"},
    "nav": {"aria-label", "class"},
    "ol": {"start"},
    "p": {"class", "id", "title"},
    "pre": {"class"},
    "s": set(),
    "span": {"aria-hidden", "class", "data-*", "lang", "title"},
    "strong": set(),
    "summary": set(),
    "table": {"class"},
    "tbody": set(),
    "td": set(),
    "th": {"scope"},
    "thead": set(),
    "time": {"class", "datetime"},
    "tr": {"class", "data-*"},
    "ul": {"aria-labelledby", "class"},
}
DATA = {
    "data-announce",
    "data-busy",
    "data-copied",
    "data-copy",
    "data-copy-failed",
    "data-earlier",
    "data-line",
    "data-marker",
    "data-not-kept",
    "data-number",
    "data-option",
    "data-page-language",
    "data-page-title",
    "data-progress",
    "data-propose",
    "data-question",
    "data-rating",
    "data-section",
    "data-side",
    "data-turn",
}
#: Controls and direction signs that must not reach what people read.
STEERING = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


@dataclass
class Element:
    """A tag with its attributes and the text within."""

    tag: str
    attributes: dict[str, str]
    text: str = ""

    @property
    def classes(self) -> list[str]:
        return self.attributes.get("class", "").split()


@dataclass
class Page:
    """What a piece of HTML holds, in order of the start tags."""

    elements: list[Element] = field(default_factory=list)
    text: str = ""

    def find(self, tag: str = "", kind: str = "") -> list[Element]:
        """Return the elements of a tag and a class; an empty name stands for any."""
        return [
            element
            for element in self.elements
            if tag in ("", element.tag) and (not kind or kind in element.classes)
        ]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.page = Page()
        self.open: list[Element] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"<{tag}> has an attribute twice"
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.page.elements.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop().tag == tag, f"</{tag}> closes another element"

    def handle_data(self, data: str) -> None:
        self.page.text += data
        for element in self.open:
            element.text += data

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"comment: {data}")

    def handle_decl(self, decl: str) -> None:
        raise AssertionError(f"declaration: {decl}")

    def handle_pi(self, data: str) -> None:
        raise AssertionError(f"instruction: {data}")

    def unknown_decl(self, data: str) -> None:
        raise AssertionError(f"declaration: {data}")


def read_html(source: str) -> Page:
    """Return what HTML holds, all of it checked: known tags and attributes, closed in order."""
    reader = _Reader()
    reader.feed(source)
    reader.close()
    assert not reader.open, f"not closed: {[element.tag for element in reader.open]}"
    for element in reader.page.elements:
        assert element.tag in ALLOWED, element
        for name, value in element.attributes.items():
            allowed = ALLOWED[element.tag]
            assert name in allowed or ("data-*" in allowed and name in DATA), (element.tag, name)
            # What a program reads back may hold anything; what people read may not.
            if not name.startswith("data-") or name == "data-announce":
                assert STEERING.search(value) is None, (element.tag, name)
    assert STEERING.search(reader.page.text) is None
    source.encode("utf-8")
    return reader.page
