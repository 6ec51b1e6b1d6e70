"""Shows where an answer comes from, and which sections come near it where there is none."""

from collections.abc import Callable, Sequence

from assistant.apps.slack.budget import BlockBudget, fit_blocks, fit_buttons
from assistant.apps.slack.elements import (
    Block,
    build_actions,
    build_button,
    build_context,
    build_plain,
)
from assistant.apps.slack.ids import LINES_ACTION, build_block_id
from assistant.apps.slack.mrkdwn import build_link, clean_url
from assistant.apps.slack.shown_text import show_line
from assistant.apps.slack.texts import SlackTexts
from assistant.datatypes import Citation, SectionHit
from assistant.messages import Messages

Link = Callable[[Citation], str | None]

_HEADING_CHARACTERS = 200
_PATH_CHARACTERS = 150
_MAX_SOURCES = 20
_MAX_NEAREST = 3


def render_sources(
    citations: Sequence[Citation],
    texts: SlackTexts,
    messages: Messages,
    link: Link,
    job_key: str,
    budget: BlockBudget,
) -> list[Block]:
    """Return the sources in marker order, one a block, then the buttons that show their lines."""
    blocks = [_render_source(citation, texts, messages, link) for citation in citations]
    head = [build_context([build_plain(messages.sources)])]
    shown = fit_blocks(budget, blocks, lambda count: tell_rest(count, texts), _MAX_SOURCES, head)
    buttons = (
        build_button(
            f"{LINES_ACTION}-{citation.marker}",
            texts.show_lines.format(marker=citation.marker),
            str(citation.marker),
        )
        for citation in citations
    )
    block_id = build_block_id("lines", job_key)
    return shown + fit_buttons(budget, buttons, lambda some: build_actions(block_id, some))


def _render_source(citation: Citation, texts: SlackTexts, messages: Messages, link: Link) -> Block:
    elements = [build_plain(f"[{citation.marker}] {show_place(citation, messages)}")]
    url = clean_url(link(citation))
    if url is not None:
        elements.append(build_link(url, texts.open_note))
    return build_context(elements)


def render_nearest(
    hits: Sequence[SectionHit], messages: Messages, budget: BlockBudget
) -> list[Block]:
    """Return the sections that come nearest to a question without an answer."""
    if not hits:
        return []
    nearest = [build_context([build_plain(show_place(hit, messages))]) for hit in hits]
    blocks = [build_context([build_plain(messages.nearest)]), *nearest[:_MAX_NEAREST]]
    if not budget.holds(blocks):
        return []
    budget.spend(blocks)
    return blocks


def tell_rest(count: int, texts: SlackTexts) -> Block:
    """Return the block that stands for as many as are not shown."""
    return build_context([build_plain(texts.more.format(count=count))])


def show_place(place: Citation | SectionHit, messages: Messages) -> str:
    """Return a section's headings, its note, and the lines, as one line."""
    headings = show_line(" > ".join(place.heading_path), _HEADING_CHARACTERS)
    path = show_line(place.path, _PATH_CHARACTERS)
    is_one = place.line_start == place.line_end
    pattern = messages.line if is_one else messages.lines
    where = pattern.format(path=path, start=place.line_start, end=place.line_end)
    return f"{headings} — {where}"
