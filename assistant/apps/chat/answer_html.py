"""An answer as HTML: its text with marks, its sources, and where to go from there.

What can be pressed carries what it is for in `data-` attributes; `assets/chat.js` acts on them.
The options of a multiple-choice question are in `options_html`.
"""

import re
from collections.abc import Mapping, Sequence
from itertools import groupby

from assistant.apps.chat.html_text import (
    escape_line,
    escape_text,
    escape_value,
    format_place,
    join_headings,
)
from assistant.apps.chat.options_html import render_options
from assistant.apps.chat.text_fields import ChatTexts
from assistant.datatypes import (
    AbstentionReason,
    Answer,
    Citation,
    ConfidenceLevel,
    Notice,
    SectionHit,
)
from assistant.messages import Messages

# A statement's marks stand at its end, behind a space: `配列[0] です。 [1][2]`.
_MARKS = re.compile(r"(?:^|(?<= ))(?:\[[1-9][0-9]{0,3}\])+$")
_NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"
_MARK = re.compile(r"\[([0-9]+)\]")
_ITEM = re.compile(r"[-*・•●]|[0-9]{1,3}[.)] ")
_NEAREST = 3


def render_answer(answer: Answer, texts: ChatTexts, messages: Messages, turn: int) -> str:
    """Return the HTML of an answer, or of an abstention with the ways on from it.

    :param turn: number of the answer in its conversation; marks carry it, ids are made of it.
    """
    if answer.abstained is not None:
        parts = [_render_abstention(answer, texts, messages, turn)]
    else:
        parts = [
            render_options(answer, texts, messages, turn),
            _render_text(answer, texts, turn),
            _render_sources(answer.citations, messages, turn),
            _render_confidence(answer, texts, messages),
            *(_render_notice(notice, texts, messages) for notice in answer.notices),
        ]
    parts.append(render_questions(answer.follow_ups, messages.follow_ups, f"tk-{turn}-next"))
    return f'<div class="tk-answer">{"".join(parts)}</div>'


def _render_text(answer: Answer, texts: ChatTexts, turn: int) -> str:
    """Return the text, every line a paragraph or, where it begins as an item, an item."""
    marks = {c.marker: _render_mark(c, texts, turn) for c in answer.citations}
    lines = [line for line in answer.text.split("\n") if line.strip()]
    parts = []
    for is_item, group in groupby(lines, lambda line: _ITEM.match(line.lstrip()) is not None):
        rendered = [_render_line(line, marks) for line in group]
        if is_item:
            items = "".join(f"<li>{line}</li>" for line in rendered)
            parts.append(f'<ul class="tk-items">{items}</ul>')
        else:
            parts += [f"<p>{line}</p>" for line in rendered]
    return f'<div class="tk-text">{"".join(parts)}</div>'


def _render_line(line: str, marks: Mapping[int, str]) -> str:
    line = line.rstrip()
    found = _MARKS.search(line)
    if found is None:
        return escape_text(line)
    shown = [marks.get(int(m[1]), escape_text(m[0])) for m in _MARK.finditer(found[0])]
    said = line[: found.start()].rstrip()
    # A mark at the start of a line would be alone there: it holds on to the word before it.
    space = _NO_BREAK_SPACE if said else ""
    return f'{escape_text(said)}<span class="tk-marks">{space}{"".join(shown)}</span>'


def _render_mark(citation: Citation, texts: ChatTexts, turn: int) -> str:
    headings = join_headings(citation.heading_path)
    label = texts.mark_label.format(marker=citation.marker, headings=headings)
    return (
        f'<button type="button" class="mark" data-turn="{turn}" data-marker="{citation.marker}"'
        f' aria-label="{escape_line(label)}">[{citation.marker}]</button>'
    )


def _render_sources(citations: Sequence[Citation], messages: Messages, turn: int) -> str:
    cards = "".join(
        f'<li><button type="button" class="tk-card" data-turn="{turn}" data-marker="{c.marker}">'
        f'<span class="tk-marker">[{c.marker}]</span> '
        f"{_render_headings(c, messages)}</button></li>"
        for c in citations
    )
    return _render_list(cards, messages.sources, f"tk-{turn}-sources", "tk-cards")


def _render_confidence(answer: Answer, texts: ChatTexts, messages: Messages) -> str:
    level = texts.confidence.format(level=messages.confidence_levels[answer.level])
    value = texts.confidence_value.format(value=answer.confidence)
    shown = f'<p class="tk-confidence" title="{escape_line(value)}">{escape_line(level)}</p>'
    if answer.level is ConfidenceLevel.LOW:
        shown += f'<p class="tk-warning">{escape_line(messages.uncertain)}</p>'
    return shown


def _render_notice(notice: Notice, texts: ChatTexts, messages: Messages) -> str:
    # The command line's text names a command; here there is a button.
    changed = notice is Notice.SOURCE_CHANGED
    told = texts.source_was_changed if changed else messages.notices[notice]
    return f'<p class="tk-notice">{escape_line(told)}</p>'


def _render_abstention(answer: Answer, texts: ChatTexts, messages: Messages, turn: int) -> str:
    has_notes = answer.abstained is not AbstentionReason.NO_NOTES
    told = f'<p class="tk-told">{escape_line(answer.text if has_notes else texts.no_notes)}</p>'
    if answer.readings:
        buttons = "".join(_render_question(r.label, r.question) for r in answer.readings)
        return f'{told}<ul class="tk-asks">{buttons}</ul>'
    hits = answer.hits[:_NEAREST]
    cards = "".join(f"<li>{_render_section(hit, messages)}</li>" for hit in hits)
    return told + _render_list(cards, messages.nearest, f"tk-{turn}-nearest", "tk-cards")


def _render_section(hit: SectionHit, messages: Messages) -> str:
    section = escape_value(hit.section_id)
    return (
        f'<button type="button" class="tk-card" data-section="{section}">'
        f"{_render_headings(hit, messages)}</button>"
    )


def _render_headings(place: Citation | SectionHit, messages: Messages) -> str:
    lines = format_place(messages, place.path, place.line_start, place.line_end)
    return (
        f'<span class="tk-headings">{escape_line(join_headings(place.heading_path))}</span> '
        f'<span class="tk-place">{escape_line(lines)}</span>'
    )


def render_questions(questions: Sequence[str], label: str, list_id: str) -> str:
    """Return a labelled list of buttons that ask; nothing without questions."""
    buttons = "".join(_render_question(question, question) for question in questions)
    return _render_list(buttons, label, list_id, "tk-asks")


def _render_question(label: str, question: str) -> str:
    return (
        f'<li><button type="button" class="ask" data-question="{escape_value(question)}">'
        f"{escape_line(label)}</button></li>"
    )


def _render_list(items: str, label: str, label_id: str, kind: str) -> str:
    """Return a labelled list; nothing if it has no items."""
    if not items:
        return ""
    return (
        f'<p class="tk-label" id="{label_id}">{escape_line(label)}</p>'
        f'<ul class="{kind}" aria-labelledby="{label_id}">{items}</ul>'
    )
