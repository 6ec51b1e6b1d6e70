"""Shows answers and search results in a terminal.

Text of notes is data: it is printed through `rich.text.Text`, never read as console markup, and
without the control characters that could steer the terminal.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from assistant.datatypes import Answer, Citation, ConfidenceLevel, Explanation, SectionHit
from assistant.messages import Messages
from index.datatypes import Hit
from ingest.normalize import clean_text

_MARKERS = re.compile(r"(?:\[\d+\])+$")
# Direction overrides could make a quoted line read differently from what it says. U+009B begins an
# escape sequence as ESC [ does, and other controls of its block (C1) steer terminals too.
_STEERING = re.compile(r"[\x80-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")

# Options whose support, a logit, differs by less are not told apart: by the model's own account the
# better of two is right with less than .62.
CLOSE_MARGIN = 0.5


def render_answer(answer: Answer, messages: Messages) -> RenderableType:
    """Return the answer with its sources, or the abstention with the nearest sections."""
    if answer.abstained is not None:
        return Group(_render_text(answer.text), *_render_ways_on(answer, messages))
    parts: list[RenderableType] = [*_render_choice(answer, messages), _render_text(answer.text)]
    parts += [Text(), Text(messages.sources, style="bold")]
    for citation in answer.citations:
        line = Text(f"  [{citation.marker}] ", style="cyan")
        parts.append(line.append_text(_render_citation(citation, messages)))
    level = messages.confidence_levels[answer.level]
    confidence = messages.confidence.format(value=answer.confidence, level=level)
    parts.append(Text(f"  {confidence}", style="dim"))
    if answer.level is ConfidenceLevel.LOW:
        parts.append(Text(f"  {messages.uncertain}", style="yellow"))
    parts += [Text(f"  {messages.notices[notice]}", style="yellow") for notice in answer.notices]
    return Group(*parts, *_render_ways_on(answer, messages))


def _render_choice(answer: Answer, messages: Messages) -> Iterator[RenderableType]:
    """Yield what is said of the options of a multiple-choice question."""
    if answer.choice is None:
        return
    is_close = answer.margin is not None and answer.margin < CLOSE_MARGIN
    verdict = messages.choice_undecided if is_close else messages.choice
    yield Text(verdict.format(letters=printable(answer.choice)), style="bold")
    if answer.requirements:
        phrases = messages.comma.join(answer.requirements)
        yield Text(printable(messages.requirements.format(phrases=phrases)), style="dim")
    for option in answer.options:
        chosen = option.letter in answer.chosen_letters
        line = Text("→ " if chosen else "  ", style="bold")
        text = " ".join(printable(f"{option.letter}. {option.text}").split())
        yield line.append(text, style="bold" if chosen else "default")
        for name, citation in (
            (messages.supporting, option.supporting),
            (messages.opposing, option.opposing),
        ):
            if citation is not None:
                line = Text(f"     {name}: ", style="dim")
                yield line.append_text(_render_citation(citation, messages))
    yield Text()


def _render_ways_on(answer: Answer, messages: Messages) -> Iterator[RenderableType]:
    """Yield where to go from an answer: readings, nearest sections, what to ask next."""
    if answer.readings:
        yield from (_render_item(reading.question) for reading in answer.readings)
    elif answer.abstained is not None and answer.hits:
        yield Text()
        yield Text(messages.nearest, style="bold")
        for hit in answer.hits[:3]:
            # Not `Padding`: it cuts off what is beyond the terminal's width, the lines first.
            yield Text("  ").append_text(_render_place(hit, messages))
    if answer.follow_ups:
        yield Text()
        yield Text(messages.follow_ups, style="bold")
        yield from (_render_item(question) for question in answer.follow_ups)


def _render_item(question: str) -> Text:
    return Text(f"  ・{' '.join(printable(question).split())}")


def _render_citation(citation: Citation, messages: Messages) -> Text:
    where = _place(messages, citation.path, citation.line_start, citation.line_end)
    return Text(_headings(citation.heading_path)).append(f" — {where}", style="dim")


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
        marker = _MARKERS.search(line)
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
