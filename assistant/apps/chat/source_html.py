"""The source of an answer beside it: the section with the cited lines highlighted."""

from assistant.apps.chat.excerpt import MOST_CHARACTERS, Excerpt, take_excerpt
from assistant.apps.chat.html_text import (
    escape_line,
    escape_text,
    escape_value,
    format_place,
    join_headings,
)
from assistant.apps.chat.markdown_html import render_markdown_lines
from assistant.apps.chat.text_fields import ChatTexts
from assistant.messages import Messages
from assistant.serving.datatypes import SectionLink, SourceView


def render_source(
    view: SourceView,
    label: str,
    texts: ChatTexts,
    messages: Messages,
    permalink: str,
    quote: str = "",
) -> str:
    """Return the HTML of a section as the source panel shows it.

    :param label: what opened it, such as `[1]` or `A: 根拠`; empty for a section of its own.
    :param permalink: what "copy link" copies.
    :param quote: what "copy quote" copies, Markdown; without it there is no such button.
    """
    excerpt = take_excerpt(view.text, view.line_start, view.cited)
    where = format_place(messages, view.path, view.line_start, view.line_end)
    parts = [
        _render_heading(view, label, texts),
        f'<p class="tk-place">{escape_line(where)}</p>',
        "" if view.is_current else _render_notice(texts.source_changed),
        _render_cited(view, texts),
        '<div class="tk-markdown">',
        render_markdown_lines(excerpt.text, excerpt.line_start, view.cited),
        "</div>",
        "" if excerpt.is_whole else _render_notice(_tell_cut(texts)),
        _render_as_written(excerpt, view.cited, texts),
        '<div class="tk-tools">',
        _render_copy(permalink, texts.source_copy_link),
        _render_copy(quote, texts.source_copy_quote),
        "</div>",
        _render_neighbours(view, texts),
    ]
    return f'<article class="tk-source">{"".join(parts)}</article>'


def _render_heading(view: SourceView, label: str, texts: ChatTexts) -> str:
    """Return the heading path; its last part stands out. The script moves the focus here."""
    told = texts.status_source_opened.format(headings=join_headings(view.heading_path))
    marker = f'<span class="tk-marker">{escape_line(label)}</span> ' if label else ""
    crumbs = ' <span class="tk-divider" aria-hidden="true">›</span> '.join(
        f'<span class="tk-crumb">{escape_line(heading)}</span>' for heading in view.heading_path
    )
    return (
        f'<h3 class="tk-source-heading" tabindex="-1" data-announce="{escape_line(told)}">'
        f"{marker}{crumbs}</h3>"
    )


def _render_notice(told: str) -> str:
    return f'<p class="tk-notice">{escape_line(told)}</p>'


def _tell_cut(texts: ChatTexts) -> str:
    return texts.source_too_long.format(count=f"{MOST_CHARACTERS:,}")


def _render_cited(view: SourceView, texts: ChatTexts) -> str:
    if view.cited is None:
        return ""
    start, end = view.cited
    pattern = texts.source_cited_line if start == end else texts.source_cited_lines
    return f'<p class="tk-cited-lines">{escape_line(pattern.format(start=start, end=end))}</p>'


def _render_as_written(excerpt: Excerpt, cited: tuple[int, int] | None, texts: ChatTexts) -> str:
    first, last = cited or (0, -1)
    lines = "\n".join(
        f'<span class="{"tk-row tk-row-cited" if first <= number <= last else "tk-row"}"'
        f' data-number="{number}">{escape_text(text)}</span>'
        for number, text in enumerate(excerpt.text.split("\n"), start=excerpt.line_start)
    )
    return (
        f'<details class="tk-as-written"><summary>{escape_line(texts.source_as_written)}</summary>'
        f"<pre><code>{lines}</code></pre></details>"
    )


def _render_copy(content: str, label: str) -> str:
    if not content:
        return ""
    return (
        f'<button type="button" class="tk-copy" data-copy="{escape_value(content)}">'
        f"{escape_line(label)}</button>"
    )


def _render_neighbours(view: SourceView, texts: ChatTexts) -> str:
    buttons = _render_neighbour(view.previous, texts.source_previous, "tk-previous")
    buttons += _render_neighbour(view.next, texts.source_next, "tk-next")
    if not buttons:
        return ""
    label = escape_line(texts.source_neighbours)
    return f'<nav class="tk-neighbours" aria-label="{label}">{buttons}</nav>'


def _render_neighbour(link: SectionLink | None, label: str, kind: str) -> str:
    if link is None:
        return ""
    return (
        f'<button type="button" class="{kind}" data-section="{escape_value(link.section_id)}">'
        f'<span class="tk-direction">{escape_line(label)}</span> '
        f'<span class="tk-headings">{escape_line("".join(link.heading_path[-1:]))}</span></button>'
    )
