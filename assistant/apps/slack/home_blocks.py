"""The Home tab: how to ask, which notes are answered from, and what the user asked lately."""

from collections.abc import Sequence

from assistant.apps.slack.answer_blocks import render_questions
from assistant.apps.slack.budget import BlockBudget
from assistant.apps.slack.elements import (
    Block,
    Element,
    build_context,
    build_list,
    build_paragraph,
    build_plain,
    build_rich_text,
    build_text,
)
from assistant.apps.slack.limits import VIEW_BLOCKS
from assistant.apps.slack.shown_text import show_line
from assistant.apps.slack.texts import SlackTexts
from assistant.serving.datatypes import NotesOverview

_PROBLEM_CHARACTERS = 500
_MAX_RECENT = 10
_RECENT_BLOCK = "recent"


def render_home(overview: NotesOverview, recent: Sequence[str], texts: SlackTexts) -> Block:
    """Return the Home tab of one user.

    :param recent: the user's questions, the latest first; the first ten become buttons that ask
        them again.
    """
    blocks: list[Block] = [
        {"type": "header", "text": build_plain(texts.home_title)},
        *_render_help(texts),
        {"type": "divider"},
        *_render_notes(overview, texts),
        {"type": "divider"},
    ]
    budget = BlockBudget(VIEW_BLOCKS)
    budget.spend(blocks)
    return {"type": "home", "blocks": [*blocks, *_render_recent(recent, texts, budget)]}


def _render_help(texts: SlackTexts) -> list[Block]:
    lines = build_list([[build_text(line)] for line in texts.help])
    return [build_paragraph(texts.help_title, is_bold=True), build_rich_text([lines])]


def _render_notes(overview: NotesOverview, texts: SlackTexts) -> list[Block]:
    counts = texts.note_counts.format(
        notes=len(overview.notes), sections=overview.sections, empty=overview.empty_sections
    )
    lines = [[build_text(counts)], [build_text(texts.refreshed), _build_time(overview)]]
    for pattern, count in (
        (texts.skipped, sum(one.reason.is_failure for one in overview.skipped)),
        (texts.warned, len(overview.warnings)),
    ):
        if count:
            lines.append([build_text(pattern.format(count=count))])
    blocks = [
        build_paragraph(texts.notes_title, is_bold=True),
        build_rich_text([build_list(lines)]),
    ]
    if overview.is_refreshing:
        blocks.append(build_context([build_plain(texts.refreshing)]))
    if overview.problem is not None:
        detail = show_line(overview.problem, _PROBLEM_CHARACTERS)
        blocks.append(build_context([build_plain(texts.refresh_failed.format(detail=detail))]))
    return blocks


def _build_time(overview: NotesOverview) -> Element:
    """Return when the notes were last compared, which Slack shows in the reader's time zone."""
    return {
        "type": "date",
        "timestamp": int(overview.refreshed_at.timestamp()),
        "format": "{date_num} {time}",
        "fallback": f"{overview.refreshed_at:%Y-%m-%d %H:%M} UTC",
    }


def _render_recent(recent: Sequence[str], texts: SlackTexts, budget: BlockBudget) -> list[Block]:
    title = build_paragraph(texts.recent_title, is_bold=True)
    asked = [(question, question) for question in recent[:_MAX_RECENT]]
    shown = render_questions(asked, _RECENT_BLOCK, budget, [title])
    return shown or [title, build_context([build_plain(texts.no_recent)])]
