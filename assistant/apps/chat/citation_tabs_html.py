"""The citations of an answer as tabs above the source, to go from one to the next."""

from collections.abc import Sequence

from assistant.apps.chat.html_text import escape_line, join_headings
from assistant.apps.chat.text_fields import ChatTexts
from assistant.datatypes import Citation


def render_citation_tabs(
    citations: Sequence[Citation], turn: int, shown: int, texts: ChatTexts
) -> str:
    """Return the HTML of the tabs; nothing for fewer than two citations.

    :param turn: number of the answer in its conversation.
    :param shown: marker of the citation that is shown.
    """
    if len(citations) < 2:
        return ""
    tabs = "".join(
        f'<li><button type="button" class="tk-citation" data-turn="{turn}"'
        f' data-marker="{c.marker}"{_tell_shown(c.marker == shown)}'
        f' aria-label="{_label(c, texts)}" title="{_label(c, texts)}">[{c.marker}]</button></li>'
        for c in citations
    )
    return f'<ul class="tk-citations" aria-label="{escape_line(texts.source_panel)}">{tabs}</ul>'


def _tell_shown(is_shown: bool) -> str:
    return ' aria-current="true"' if is_shown else ""


def _label(citation: Citation, texts: ChatTexts) -> str:
    headings = join_headings(citation.heading_path)
    return escape_line(texts.mark_label.format(marker=citation.marker, headings=headings))
