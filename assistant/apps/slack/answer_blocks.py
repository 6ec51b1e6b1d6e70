"""The parts of an answer beside its sources and options: its text, its state, and the ways on."""

from collections.abc import Iterable, Sequence

from assistant.apps.slack.budget import BlockBudget, fit_buttons
from assistant.apps.slack.elements import (
    Block,
    Element,
    build_actions,
    build_button,
    build_context,
    build_paragraph,
    build_plain,
)
from assistant.apps.slack.ids import (
    ASK_ACTION,
    BAD_ACTION,
    GOOD_ACTION,
    SHARE_ACTION,
    build_block_id,
)
from assistant.apps.slack.limits import (
    BUTTON_TEXT_CHARACTERS,
    BUTTON_VALUE_CHARACTERS,
    CONTEXT_ELEMENTS,
    TEXT_CHARACTERS,
    measure,
)
from assistant.apps.slack.shown_text import show_line, show_text
from assistant.apps.slack.splitting import split_text
from assistant.apps.slack.texts import SlackTexts
from assistant.datatypes import Answer, ConfidenceLevel
from assistant.messages import Messages
from assistant.render import printable

# Two blocks of text leave half of a message to sources, options and buttons; the longest answer
# that can be set, 4,000 characters, fits.
_MAX_TEXT_BLOCKS = 2


def render_text(text: str, texts: SlackTexts) -> list[Block]:
    """Return an answer's text, cut between sentences where one block does not hold it."""
    pieces = split_text(show_text(text), TEXT_CHARACTERS)
    blocks = [build_paragraph(piece) for piece in pieces[:_MAX_TEXT_BLOCKS] if piece.strip()]
    rest = sum(map(len, pieces[_MAX_TEXT_BLOCKS:]))
    if rest:
        blocks.append(build_context([build_plain(texts.cut.format(count=rest))]))
    return blocks


def render_state(answer: Answer, messages: Messages) -> list[Block]:
    """Return how sure the answer is, and what a reader should know of how it came about."""
    lines = []
    if answer.abstained is None:
        level = messages.confidence_levels[answer.level]
        lines.append(messages.confidence.format(value=answer.confidence, level=level))
        if answer.level is ConfidenceLevel.LOW:
            lines.append(messages.uncertain)
    lines += [messages.notices[notice] for notice in dict.fromkeys(answer.notices)]
    return (
        [build_context([build_plain(line) for line in lines[:CONTEXT_ELEMENTS]])] if lines else []
    )


def render_ways_on(
    answer: Answer, messages: Messages, job_key: str, budget: BlockBudget
) -> list[Block]:
    """Return the buttons that ask on: what was meant, and what the notes can answer next."""
    readings = [(reading.label, reading.question) for reading in answer.readings]
    follow_ups = [(question, question) for question in answer.follow_ups]
    head = [build_context([build_plain(messages.follow_ups)])]
    return [
        *render_questions(readings, build_block_id("readings", job_key), budget),
        *render_questions(follow_ups, build_block_id("follow-ups", job_key), budget, head),
    ]


def render_questions(
    questions: Iterable[tuple[str, str]],
    block_id: str,
    budget: BlockBudget,
    head: Sequence[Block] = (),
) -> list[Block]:
    """Return a block of buttons that ask questions, behind `head`; nothing without a button.

    :param questions: label and question of each. One that a button cannot carry whole is left out:
        half a question is another one.
    """
    buttons = []
    for number, (label, question) in enumerate(questions):
        asked = printable(question).strip()
        if asked and measure(asked) <= BUTTON_VALUE_CHARACTERS:
            shown = show_line(label, BUTTON_TEXT_CHARACTERS)
            buttons.append(build_button(f"{ASK_ACTION}-{number}", shown, asked))
    return fit_buttons(budget, buttons, lambda some: build_actions(block_id, some), head)


def render_closing(texts: SlackTexts, job_key: str, *, is_private: bool) -> Block:
    """Return the buttons for feedback, and for sharing what only the asker sees."""
    buttons: list[Element] = [
        build_button(GOOD_ACTION, texts.good, job_key),
        build_button(BAD_ACTION, texts.bad, job_key),
    ]
    if is_private:
        buttons.append(build_button(SHARE_ACTION, texts.share, job_key))
    return build_actions(build_block_id("closing", job_key), buttons)
