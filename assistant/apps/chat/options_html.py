"""The options of a multiple-choice question as a table: support and evidence of each."""

import math
from collections.abc import Iterator, Sequence

from assistant.apps.chat.html_text import escape_line, escape_value, format_place
from assistant.apps.chat.text_fields import ChatTexts
from assistant.datatypes import Answer, Citation, OptionEvidence
from assistant.generators.plain_statement import read_plain
from assistant.messages import Messages
from assistant.render import CLOSE_MARGIN

# Of a quoted line; the whole of it opens with the button.
_QUOTE_CHARACTERS = 120


def render_options(answer: Answer, texts: ChatTexts, messages: Messages, turn: int) -> str:
    """Return the verdict, what was demanded, and the options; nothing for any other question."""
    if answer.choice is None:
        return ""
    is_close = answer.margin is not None and answer.margin < CLOSE_MARGIN
    verdict = (messages.choice_undecided if is_close else messages.choice).format(
        letters=answer.choice
    )
    parts = [f'<p class="tk-verdict">{escape_line(verdict)}</p>']
    if answer.requirements:
        phrases = messages.requirements.format(phrases="、".join(answer.requirements))
        parts.append(f'<p class="tk-requirements">{escape_line(phrases)}</p>')
    if answer.options:
        badge = texts.options_nearest if is_close else texts.options_chosen
        shares = _share_support([option.support for option in answer.options])
        rows = "".join(
            _render_option(
                option,
                share,
                badge if option.letter in answer.chosen_letters else "",
                _render_evidence(option, texts, messages, turn),
                texts,
            )
            for option, share in zip(answer.options, shares, strict=True)
        )
        parts.append(_render_table(rows, texts))
    return "".join(parts)


def _share_support(supports: Sequence[float]) -> list[int]:
    """Return the supports, which are logits, as shares of all options in per cent."""
    greatest = max(supports)
    weights = [math.exp(support - greatest) for support in supports]
    return [round(100 * weight / sum(weights)) for weight in weights]


def _render_table(rows: str, texts: ChatTexts) -> str:
    columns = (texts.options_option, texts.options_support, texts.options_evidence)
    head = "".join(f'<th scope="col">{escape_line(column)}</th>' for column in columns)
    return (
        f'<div class="tk-scroll" tabindex="0"><table class="tk-options">'
        f"<caption>{escape_line(texts.options_caption)}</caption>"
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _render_option(
    option: OptionEvidence, share: int, badge: str, evidence: str, texts: ChatTexts
) -> str:
    """Return a row of the table.

    :param badge: what tells that the option was chosen; empty if it was not.
    """
    letter = escape_line(option.letter)
    label = escape_line(texts.options_share_label.format(letter=option.letter))
    percent = escape_line(texts.options_share.format(percent=share))
    row = '<tr class="tk-chosen">' if badge else "<tr>"
    shown_badge = f' <span class="tk-badge">✓ {escape_line(badge)}</span>' if badge else ""
    return (
        f'{row}<th scope="row"><span class="tk-letter">{letter}</span> '
        f"{escape_line(option.text)}{shown_badge}</th>"
        f'<td><meter min="0" max="100" value="{share}" aria-label="{label}">{percent}</meter> '
        f'<span class="tk-share">{percent}</span></td>'
        f"<td>{evidence}</td></tr>"
    )


def _render_evidence(
    option: OptionEvidence, texts: ChatTexts, messages: Messages, turn: int
) -> str:
    buttons = "".join(
        f'<button type="button" class="tk-evidence tk-{side}" data-turn="{turn}"'
        f' data-option="{escape_value(option.letter)}" data-side="{side}">'
        f'<span class="tk-side">{escape_line(name)}</span> '
        f'<span class="tk-quote">{escape_line(_shorten(citation.quote))}</span> '
        f'<span class="tk-place">{escape_line(_place(citation, messages))}</span></button>'
        for side, name, citation in _list_evidence(option, messages)
    )
    return buttons or f'<span class="tk-nothing">{escape_line(texts.options_no_evidence)}</span>'


def _list_evidence(
    option: OptionEvidence, messages: Messages
) -> Iterator[tuple[str, str, Citation]]:
    if option.supporting is not None:
        yield "supporting", messages.supporting, option.supporting
    if option.opposing is not None:
        yield "opposing", messages.opposing, option.opposing


def _place(citation: Citation, messages: Messages) -> str:
    return format_place(messages, citation.path, citation.line_start, citation.line_end)


def _shorten(quote: str) -> str:
    line = " ".join(" ".join(map(read_plain, quote.splitlines())).split())
    return line if len(line) <= _QUOTE_CHARACTERS else f"{line[: _QUOTE_CHARACTERS - 1]}…"
