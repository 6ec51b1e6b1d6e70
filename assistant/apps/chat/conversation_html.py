"""A conversation as HTML: every question with what became of it."""

from collections.abc import Sequence

from assistant.apps.chat.answer_html import render_answer
from assistant.apps.chat.html_text import escape_line, escape_text, escape_value
from assistant.apps.chat.text_fields import ChatTexts
from assistant.apps.chat.turns import ChatTurn, Progress, Turns, is_running
from assistant.messages import Messages


def render_conversation(turns: Turns, texts: ChatTexts, messages: Messages) -> str:
    """Return the HTML of a conversation that has at least one turn."""
    shown = "".join(render_turn(turn, number, texts, messages) for number, turn in enumerate(turns))
    return frame_turns(shown, texts, is_busy=is_running(turns))


def frame_turns(shown: str, texts: ChatTexts, *, is_busy: bool) -> str:
    """Return the HTML of a conversation from that of its turns.

    :param is_busy: screen readers wait with reading until an answer is whole.
    """
    return (
        f'<div class="tk-conversation" role="log" aria-label="{escape_line(texts.conversation)}"'
        f' aria-busy="{"true" if is_busy else "false"}" tabindex="0">{shown}</div>'
    )


def render_turn(turn: ChatTurn, number: int, texts: ChatTexts, messages: Messages) -> str:
    """Return the HTML of one turn.

    :param number: of the turn, from 0; what can be pressed in it carries it.
    """
    return (
        f'<article class="tk-turn" data-progress="{turn.progress.value}">'
        f'<div class="tk-question"><span class="tk-unseen">{escape_line(texts.user)}</span>'
        f'<div class="tk-said">{escape_text(turn.question)}</div></div>'
        f'<div class="tk-reply"><span class="tk-who">{escape_line(texts.assistant)}</span>'
        f"{_render_reply(turn, number, texts, messages)}</div></article>"
    )


def _render_reply(turn: ChatTurn, number: int, texts: ChatTexts, messages: Messages) -> str:
    parts = []
    if turn.answer is not None:
        parts.append(render_answer(turn.answer, texts, messages, number))
        if turn.progress is not Progress.RUNNING and turn.answer.abstained is None:
            parts.append(_render_copy(turn.answer.text, texts))
    elif turn.progress is Progress.RUNNING:
        parts.append(f'<p class="tk-waiting">{escape_line(texts.status_searching)}</p>')
    if turn.progress is Progress.STOPPED:
        parts.append(f'<p class="tk-notice">{escape_line(texts.status_stopped)}</p>')
    if turn.problem:
        parts.append(f'<p class="tk-problem">{escape_line(turn.problem)}</p>')
    return "".join(parts)


def _render_copy(text: str, texts: ChatTexts) -> str:
    return (
        f'<div class="tk-tools"><button type="button" class="tk-copy"'
        f' data-copy="{escape_value(text)}">{escape_line(texts.copy_answer)}</button></div>'
    )


def render_welcome(examples: Sequence[str], texts: ChatTexts) -> str:
    """Return the HTML that stands there before the first question, with questions to begin with."""
    buttons = "".join(
        f'<li><button type="button" class="ask" data-question="{escape_value(question)}">'
        f"{escape_line(question)}</button></li>"
        for question in examples
    )
    listed = (
        f'<p class="tk-label" id="tk-examples">{escape_line(texts.examples)}</p>'
        f'<ul class="tk-asks" aria-labelledby="tk-examples">{buttons}</ul>'
    )
    return (
        f'<div class="tk-welcome"><p>{escape_line(texts.welcome)}</p>'
        f'<p class="tk-lead">{escape_line(texts.welcome_hint)}<br>'
        f"{escape_line(texts.history_kept)}</p>{listed if buttons else ''}</div>"
    )


def render_status(*told: str) -> str:
    """Return the HTML of the lines that tell what happens, which screen readers read out."""
    lines = "<br>".join(escape_line(line) for line in told if line)
    return f'<p class="tk-status" role="status" aria-live="polite">{lines}</p>'
