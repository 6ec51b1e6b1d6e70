"""The windows that buttons open: the lines behind a citation, and why an answer was not right."""

from assistant.apps.slack.elements import (
    Block,
    build_context,
    build_paragraph,
    build_plain,
    build_preformatted,
    build_rich_text,
)
from assistant.apps.slack.ids import REASON_BLOCK, REASON_INPUT, REASON_VIEW, SOURCE_VIEW
from assistant.apps.slack.limits import TEXT_CHARACTERS, measure_packed
from assistant.apps.slack.shown_text import BLANK, find_length, show_line
from assistant.apps.slack.splitting import split_text
from assistant.apps.slack.texts import SlackTexts
from assistant.render import printable
from assistant.serving.datatypes import SectionLink, SourceView

_HEADING_CHARACTERS = 500
_PATH_CHARACTERS = 300
# Lines shown before and after the cited ones.
_LINES_AROUND = 5
_CITED_CHARACTERS = 6_000
_AROUND_CHARACTERS = 1_500
_REASON_CHARACTERS = 1_000


def render_source_view(view: SourceView, texts: SlackTexts) -> Block:
    """Return the window with the cited lines of a section, some around them, and its neighbours.

    Without cited lines it is the section from its beginning.
    """
    headings = show_line(" > ".join(view.heading_path), _HEADING_CHARACTERS)
    blocks = [
        build_paragraph(headings, is_bold=True),
        _render_note(show_line(view.path, _PATH_CHARACTERS)),
    ]
    if not view.is_current:
        blocks.append(_render_note(texts.outdated))
    blocks += _render_lines(view, texts)
    blocks += _render_neighbour(texts.previous, view.previous)
    blocks += _render_neighbour(texts.next, view.next)
    return {
        "type": "modal",
        "callback_id": SOURCE_VIEW,
        "title": build_plain(texts.source_title),
        "close": build_plain(texts.close),
        "blocks": blocks,
    }


def render_reason_view(texts: SlackTexts, job_key: str) -> Block:
    """Return the window that asks why an answer was not right.

    :param job_key: of the answer; comes back as the window's `private_metadata`.
    """
    reason: Block = {
        "type": "plain_text_input",
        "action_id": REASON_INPUT,
        "multiline": True,
        "max_length": _REASON_CHARACTERS,
        "placeholder": build_plain(texts.reason_hint),
    }
    return {
        "type": "modal",
        "callback_id": REASON_VIEW,
        "private_metadata": job_key,
        "title": build_plain(texts.reason_title),
        "submit": build_plain(texts.reason_submit),
        "close": build_plain(texts.close),
        "blocks": [
            {
                "type": "input",
                "block_id": REASON_BLOCK,
                "label": build_plain(texts.reason_label),
                "element": reason,
            }
        ],
    }


def _render_lines(view: SourceView, texts: SlackTexts) -> list[Block]:
    """Return the lines in up to three parts: before the cited ones, these, and behind them."""
    lines = view.text.split("\n")
    last_line = view.line_start + len(lines) - 1

    def render(first: int, last: int, most: int) -> list[Block]:
        if first > last:
            return []
        pattern = texts.line if first == last else texts.lines
        text = "\n".join(lines[first - view.line_start : last - view.line_start + 1])
        label = _render_note(pattern.format(start=first, end=last))
        return [label, *_render_preformatted(text, most, texts)]

    if view.cited is None:
        return render(view.line_start, last_line, _CITED_CHARACTERS)
    # The note may be shorter by now than when it was cited.
    first = min(max(view.cited[0], view.line_start), last_line)
    last = min(max(view.cited[1], first), last_line)
    pattern = texts.cited_line if first == last else texts.cited_lines
    _, *cited = render(first, last, _CITED_CHARACTERS)
    return [
        *render(max(view.line_start, first - _LINES_AROUND), first - 1, _AROUND_CHARACTERS),
        build_paragraph(pattern.format(start=first, end=last), is_bold=True),
        *cited,
        *render(last + 1, min(last_line, last + _LINES_AROUND), _AROUND_CHARACTERS),
    ]


def _render_preformatted(text: str, most: int, texts: SlackTexts) -> list[Block]:
    shown = printable(text)
    length = find_length(shown, most, measure_packed)
    left_out = len(shown) - length
    pieces = split_text(shown[:length], TEXT_CHARACTERS) if shown.strip() else [BLANK]
    blocks = [build_rich_text([build_preformatted(piece)]) for piece in pieces if piece.strip()]
    if left_out:
        blocks.append(_render_note(texts.lines_left_out.format(count=left_out)))
    return blocks


def _render_neighbour(pattern: str, section: SectionLink | None) -> list[Block]:
    if section is None:
        return []
    headings = show_line(" > ".join(section.heading_path), _HEADING_CHARACTERS)
    return [_render_note(pattern.format(headings=headings))]


def _render_note(text: str) -> Block:
    return build_context([build_plain(text)])
