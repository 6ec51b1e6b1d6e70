"""Shows the options of a multiple-choice question with what the notes say on each.

They are lists of rich text, not Slack's `table` block: a message may hold one of those, shown
behind all else; a cell that Slack dislikes (an empty one, a long one) loses the whole message; and
a phone shows two columns of sentences badly.
"""

from assistant.apps.slack.budget import BlockBudget, fit_blocks
from assistant.apps.slack.elements import (
    Block,
    Element,
    build_list,
    build_rich_link,
    build_rich_text,
    build_section,
    build_text,
)
from assistant.apps.slack.mrkdwn import clean_url
from assistant.apps.slack.shown_text import show_line
from assistant.apps.slack.source_blocks import Link, show_place, tell_rest
from assistant.apps.slack.texts import SlackTexts
from assistant.datatypes import Answer, Citation, OptionEvidence
from assistant.messages import Messages
from assistant.render import CLOSE_MARGIN

_LETTER_CHARACTERS = 100
_REQUIREMENT_CHARACTERS = 300
_OPTION_CHARACTERS = 200
_QUOTE_CHARACTERS = 100
_MAX_OPTIONS = 10


def render_verdict(answer: Answer, messages: Messages) -> list[Block]:
    """Return which options the notes support most, and what the question demands of them."""
    if answer.choice is None:
        return []
    elements = [build_text(tell_choice(answer, messages), is_bold=True)]
    if answer.requirements:
        phrases = show_line("、".join(answer.requirements), _REQUIREMENT_CHARACTERS)
        elements.append(build_text(f"\n{messages.requirements.format(phrases=phrases)}"))
    return [build_rich_text([build_section(elements)])]


def tell_choice(answer: Answer, messages: Messages) -> str:
    """Return the sentence that names the chosen options; there must be some."""
    is_close = answer.margin is not None and answer.margin < CLOSE_MARGIN
    verdict = messages.choice_undecided if is_close else messages.choice
    return verdict.format(letters=show_line(answer.choice or "", _LETTER_CHARACTERS))


def render_options(
    answer: Answer, texts: SlackTexts, messages: Messages, link: Link, budget: BlockBudget
) -> list[Block]:
    """Return the options in order, one a block, the chosen ones marked."""
    blocks = [
        _render_option(option, option.letter in answer.chosen_letters, texts, messages, link)
        for option in answer.options
    ]
    return fit_blocks(budget, blocks, lambda count: tell_rest(count, texts), _MAX_OPTIONS)


def _render_option(
    option: OptionEvidence, is_chosen: bool, texts: SlackTexts, messages: Messages, link: Link
) -> Block:
    arrow = "→ " if is_chosen else ""
    shown = show_line(f"{option.letter}. {option.text}", _OPTION_CHARACTERS)
    elements = [build_section([build_text(f"{arrow}{shown}", is_bold=is_chosen)])]
    evidence = [
        _render_evidence(name, citation, texts, messages, link)
        for name, citation in (
            (messages.supporting, option.supporting),
            (messages.opposing, option.opposing),
        )
        if citation is not None
    ]
    if evidence:
        elements.append(build_list(evidence))
    return build_rich_text(elements)


def _render_evidence(
    name: str, citation: Citation, texts: SlackTexts, messages: Messages, link: Link
) -> list[Element]:
    quote = texts.quote.format(quote=show_line(citation.quote, _QUOTE_CHARACTERS))
    place = show_place(citation, messages)
    url = clean_url(link(citation))
    where = build_text(place) if url is None else build_rich_link(url, place)
    return [build_text(f"{name}: {quote} "), where]
