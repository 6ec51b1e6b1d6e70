"""The messages of the bot: an answer, and everything else that it may have to say."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.apps.slack.answer_blocks import (
    render_closing,
    render_state,
    render_text,
    render_ways_on,
)
from assistant.apps.slack.budget import BlockBudget
from assistant.apps.slack.elements import Block, build_context, build_paragraph, build_plain
from assistant.apps.slack.option_blocks import render_options, render_verdict, tell_choice
from assistant.apps.slack.shown_text import build_fallback, show_line
from assistant.apps.slack.source_blocks import Link, render_nearest, render_sources, show_place
from assistant.apps.slack.texts import SlackTexts
from assistant.datatypes import Answer
from assistant.messages import Messages

_USER_CHARACTERS = 80
_ASKED_CHARACTERS = 300


@dataclass(frozen=True, slots=True)
class SlackMessage:
    """A message as Slack takes it.

    text: what notifications show and screen readers read out; inert, at most 3,800 bytes.
    blocks: what is seen; at most 50, together within what Slack takes.
    """

    text: str
    blocks: list[Block]


def render_answer(
    answer: Answer,
    texts: SlackTexts,
    messages: Messages,
    link: Link,
    job_key: str,
    *,
    asked: str = "",
    is_private: bool = False,
) -> SlackMessage:
    """Return an answer with its sources, or why there is none with the ways on.

    What there is no room for is left out and counted.

    :param link: gives the web address of a citation's lines; what is none is not linked.
    :param job_key: by which the buttons find the answer again; at most 200 characters.
    :param asked: the question, where it stands nowhere else.
    :param is_private: only the asker sees it, so that it can be shared.
    """
    head = _render_asked(asked, texts)
    closing = render_closing(texts, job_key, is_private=is_private)
    return _compose(answer, texts, messages, link, job_key, head, closing)


def render_shared(
    answer: Answer,
    texts: SlackTexts,
    messages: Messages,
    link: Link,
    job_key: str,
    user: str,
    *,
    asked: str = "",
) -> SlackMessage:
    """Return an answer as it is shown to the channel that it was shared to.

    :param user: the name of who shared it, which pings no one.
    :param asked: the question, where it stands nowhere else.
    """
    told = texts.shared_by.format(user=show_line(user, _USER_CHARACTERS))
    head = [build_context([build_plain(told)]), *_render_asked(asked, texts)]
    closing = render_closing(texts, job_key, is_private=False)
    return _compose(answer, texts, messages, link, job_key, head, closing)


def render_placeholder(texts: SlackTexts) -> SlackMessage:
    """Return what stands in the thread until the answer takes its place."""
    return render_line(texts.placeholder)


def render_failure(texts: SlackTexts) -> SlackMessage:
    """Return that there is no answer because something failed."""
    return render_line(texts.failure)


def render_line(line: str) -> SlackMessage:
    """Return a message of one line."""
    return SlackMessage(build_fallback(line), [build_paragraph(line)])


def _render_asked(asked: str, texts: SlackTexts) -> list[Block]:
    if not asked:
        return []
    quoted = texts.quote.format(quote=show_line(asked, _ASKED_CHARACTERS))
    return [build_context([build_plain(quoted)])]


def _compose(
    answer: Answer,
    texts: SlackTexts,
    messages: Messages,
    link: Link,
    job_key: str,
    head: Sequence[Block],
    closing: Block,
) -> SlackMessage:
    state = render_state(answer, messages)
    verdict = render_verdict(answer, messages)
    text = render_text(answer.text, texts)
    budget = BlockBudget()
    # All of these always find room together; what follows shares the rest, in this order.
    budget.spend([*head, *verdict, *text, *state, closing])
    options = render_options(answer, texts, messages, link, budget)
    sources: list[Block] = []
    if answer.abstained is None:
        sources = render_sources(answer.citations, texts, messages, link, job_key, budget)
    elif not answer.readings:
        sources = render_nearest(answer.hits, messages, budget)
    ways_on = render_ways_on(answer, messages, job_key, budget)
    blocks = [*head, *verdict, *text, *options, *sources, *state, *ways_on, closing]
    return SlackMessage(build_fallback(_summarize(answer, messages)), blocks)


def _summarize(answer: Answer, messages: Messages) -> str:
    lines = [] if answer.choice is None else [tell_choice(answer, messages)]
    lines.append(answer.text)
    lines += [f"[{one.marker}] {show_place(one, messages)}" for one in answer.citations]
    return "\n".join(lines)
