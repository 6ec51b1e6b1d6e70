"""Why an answer found what it found: what was searched, and what every leg said of a section."""

from collections.abc import Sequence

from assistant.apps.chat.html_text import escape_line, escape_value
from assistant.apps.chat.text_fields import ChatTexts
from assistant.datatypes import Explanation
from assistant.messages import Messages
from index.datatypes import Hit


def render_explanation(
    explanation: Explanation, terms: Sequence[str], texts: ChatTexts, messages: Messages
) -> str:
    """Return the HTML of an explanation.

    :param terms: the words that the question was cut into for the search.
    """
    aliases = [" = ".join(group) for group in explanation.aliases]
    told = (
        (messages.explain_searched, explanation.searched),
        (texts.explain_terms, terms),
        (messages.explain_aliases, aliases or [texts.explain_no_aliases]),
    )
    entries = "".join(_render_entry(name, values) for name, values in told if values)
    return (
        f'<div class="tk-explanation"><dl>{entries}</dl>'
        f"{_render_hits(explanation.hits, texts, messages)}</div>"
    )


def _render_entry(name: str, values: Sequence[str]) -> str:
    shown = "".join(f"<dd>{escape_line(value)}</dd>" for value in values)
    return f"<dt>{escape_line(name)}</dt>{shown}"


def _render_hits(hits: Sequence[Hit], texts: ChatTexts, messages: Messages) -> str:
    if not hits:
        return f"<p>{escape_line(messages.no_hits)}</p>"
    names = (
        texts.explain_rank,
        texts.explain_section,
        texts.explain_score,
        *texts.explain_legs.values(),
    )
    head = "".join(f'<th scope="col">{escape_line(name)}</th>' for name in names)
    rows = "".join(_render_hit(hit, texts) for hit in hits)
    return (
        f'<div class="tk-scroll" tabindex="0"><table class="tk-legs">'
        f"<caption>{escape_line(messages.explain_legs)}</caption>"
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _render_hit(hit: Hit, texts: ChatTexts) -> str:
    legs = "".join(f"<td>{_render_leg(hit, leg, texts)}</td>" for leg in texts.explain_legs)
    return (
        f'<tr><td>{hit.rank}</td><th scope="row"><button type="button" class="tk-section"'
        f' data-section="{escape_value(hit.section_id)}">{escape_line(hit.section_id)}</button>'
        f"</th><td>{hit.score:.3f}</td>{legs}</tr>"
    )


def _render_leg(hit: Hit, leg: str, texts: ChatTexts) -> str:
    """Return what a leg said of a section, once for every text that was searched."""
    said = [
        texts.explain_cell.format(score=score.raw, rank=score.rank)
        for score in hit.legs
        if score.leg == leg
    ]
    return "<br>".join(escape_line(cell) for cell in said or [texts.explain_cell_none])
