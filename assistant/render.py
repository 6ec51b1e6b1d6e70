"""Shows answers and search results in a terminal.

Text of notes is data: it is printed through `rich.text.Text`, never read as console markup, and
without the control characters that could steer the terminal.
"""

import re
from collections.abc import Sequence
from typing import Literal

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from assistant.datatypes import Answer, Explanation, SectionHit
from assistant.messages import Messages
from index.datatypes import Hit
from ingest.normalize import clean_text

_MARKER = re.compile(r"\[\d+\]$")
# Direction overrides could make a quoted line read differently from what it says. U+009B begins an
# escape sequence as ESC [ does, and other controls of its block (C1) steer terminals too.
_STEERING = re.compile(r"[\x80-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")

# Below even odds that the section found first is the right one, the user is told.
UNCERTAIN = 0.5


def render_answer(answer: Answer, messages: Messages) -> RenderableType:
    """Return the answer with its sources, or the abstention with the nearest sections."""
    parts: list[RenderableType] = [_render_text(answer.text)]
    if answer.abstained is not None:
        if answer.hits:
            parts += [Text(), Text(messages.nearest, style="bold")]
            parts += [
                Padding(_render_place(hit, messages), (0, 0, 0, 2)) for hit in answer.hits[:3]
            ]
        return Group(*parts)
    if answer.choice is not None:
        parts.insert(
            0, Text(messages.choice.format(letters=printable(answer.choice)), style="bold")
        )
    parts += [Text(), Text(messages.sources, style="bold")]
    for citation in answer.citations:
        line = Text(f"  [{citation.marker}] ", style="cyan")
        line.append(_headings(citation.heading_path), style="default")
        where = _place(messages, citation.path, citation.line_start, citation.line_end)
        parts.append(line.append(f" — {where}", style="dim"))
    confidence = messages.confidence.format(value=answer.confidence)
    parts.append(Text(f"  {confidence}", style="dim"))
    if answer.confidence < UNCERTAIN:
        parts.append(Text(f"  {messages.uncertain}", style="yellow"))
    return Group(*parts)


def render_hits(hits: Sequence[SectionHit], messages: Messages) -> RenderableType:
    """Return the ranked sections, one a line."""
    if not hits:
        return Text(messages.no_hits)
    return Group(
        *(
            Text(f"{rank:>2}. ", style="cyan")
            .append(f"{hit.score:.3f}  ", style="dim")
            .append_text(_render_place(hit, messages))
            for rank, hit in enumerate(hits, start=1)
        )
    )


def render_explanation(explanation: Explanation, messages: Messages) -> RenderableType:
    """Return what was searched, the aliases that fired, and what each retrieval leg said."""
    parts: list[RenderableType] = [
        Text(f"{messages.explain_searched}: ", "bold").append(printable(text), "default")
        for text in explanation.searched
    ]
    for forms in explanation.aliases:
        line = Text(f"{messages.explain_aliases}: ", style="bold")
        parts.append(line.append(printable(" = ".join(forms)), "default"))
    return Group(*parts, _render_legs(explanation.hits, messages))


def _render_legs(hits: Sequence[Hit], messages: Messages) -> RenderableType:
    table = Table(title=messages.explain_legs, title_justify="left", box=None, pad_edge=False)
    for column in ("#", "score", "words", "bigrams", "passages", "sentences", "section"):
        justify: Literal["left", "right"] = "left" if column == "section" else "right"
        table.add_column(column, justify=justify, overflow="fold")
    for hit in hits:
        legs: dict[str, list[str]] = {}
        for leg in hit.legs:
            legs.setdefault(leg.leg, []).append(f"{leg.raw:.2f} (#{leg.rank})")
        cells = [
            " ".join(legs.get(name, ["-"]))
            for name in ("words", "bigrams", "passages", "sentences")
        ]
        table.add_row(str(hit.rank), f"{hit.score:.3f}", *cells, Text(printable(hit.section_id)))
    return table


def print_error(console: Console, text: str) -> None:
    """Print a failure as one line, whatever the message holds."""
    print_line(console, text, "red")


def print_line(console: Console, text: str, style: str = "") -> None:
    """Print one line, whatever the text holds: no markup, no wrapping, no control characters."""
    console.print(Text(" ".join(printable(text).split()), style=style), soft_wrap=True)


def printable(text: str) -> str:
    """Return text without anything that could steer a terminal."""
    return _STEERING.sub("", clean_text(text))


def _render_text(text: str) -> Text:
    shown = Text()
    for number, line in enumerate(printable(text).split("\n")):
        if number:
            shown.append("\n")
        marker = _MARKER.search(line)
        if marker is None:
            shown.append(line)
        else:
            shown.append(line[: marker.start()]).append(marker.group(), style="cyan")
    return shown


def _render_place(hit: SectionHit, messages: Messages) -> Text:
    where = _place(messages, hit.path, hit.line_start, hit.line_end)
    return Text(_headings(hit.heading_path)).append(f" — {where}", style="dim")


def _headings(heading_path: Sequence[str]) -> str:
    return printable(" > ".join(heading_path)).replace("\n", " ")


def _place(messages: Messages, path: str, start: int, end: int) -> str:
    pattern = messages.line if start == end else messages.lines
    return pattern.format(path=printable(path), start=start, end=end)
