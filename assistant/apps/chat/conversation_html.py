"""A conversation as HTML: every question with what became of it."""

from collections.abc import Sequence

from assistant.apps.chat.answer_html import render_answer, render_questions
from assistant.apps.chat.html_text import escape_line, escape_text, escape_value
from assistant.apps.chat.text_fields import ChatTexts
from assistant.apps.chat.turns import ChatTurn, Progress, Turns, is_running
from assistant.messages import Messages
from assistant.serving.feedback import Rating

# Of a question that something else is said of; the whole of it stands above its answer.
_NAME_CHARACTERS = 80


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
        f'<article class="tk-turn" data-progress="{turn.progress.value}"'
        f' aria-labelledby="tk-{number}-question">'
        f'<div class="tk-question"><span class="tk-unseen">{escape_line(texts.user)}</span>'
        f'<div class="tk-said" id="tk-{number}-question">{escape_text(turn.question)}</div></div>'
        f'<div class="tk-reply"><span class="tk-who">{escape_line(texts.assistant)}</span>'
        f"{_render_reply(turn, number, texts, messages)}</div></article>"
    )


def _render_reply(turn: ChatTurn, number: int, texts: ChatTexts, messages: Messages) -> str:
    parts = []
    if turn.answer is not None:
        parts.append(render_answer(turn.answer, texts, messages, number))
    elif turn.progress is Progress.RUNNING:
        parts.append(f'<p class="tk-waiting">{escape_line(texts.status_searching)}</p>')
    if turn.progress is Progress.STOPPED:
        parts.append(f'<p class="tk-notice">{escape_line(texts.status_stopped)}</p>')
    if turn.problem:
        parts.append(f'<p class="tk-problem">{escape_line(turn.problem)}</p>')
    if turn.progress is not Progress.RUNNING:
        parts.append(_render_tools(turn, number, texts))
    return "".join(parts)


def _render_tools(turn: ChatTurn, number: int, texts: ChatTexts) -> str:
    """Return what can be done with an answer; nothing where there is none."""
    answer = turn.answer
    if answer is None:
        return ""
    copy = ""
    if answer.abstained is None:
        copy = (
            f'<button type="button" class="tk-copy" data-copy="{escape_value(answer.text)}">'
            f"{escape_line(texts.copy_answer)}</button>"
        )
    ratings = ((Rating.GOOD, texts.feedback_good), (Rating.BAD, texts.feedback_bad))
    opinions = "".join(
        _render_opinion(f'data-rating="{rating}"', number, label, is_set=turn.rating is rating)
        for rating, label in ratings
    )
    opinions += _render_opinion("data-propose", number, texts.propose, is_set=turn.proposed)
    return f'<div class="tk-tools">{copy}{opinions}</div>'


def _render_opinion(meaning: str, number: int, label: str, *, is_set: bool) -> str:
    """Return a button that says something of an answer, and whether that was said."""
    pressed = "true" if is_set else "false"
    return (
        f'<button type="button" class="tk-opinion" data-turn="{number}" {meaning}'
        f' aria-pressed="{pressed}">{escape_line(label)}</button>'
    )


def render_asked(question: str, texts: ChatTexts) -> str:
    """Return the HTML of the line that names the answer of which the user is asked."""
    name = " ".join(question.split())
    if len(name) > _NAME_CHARACTERS:
        name = f"{name[: _NAME_CHARACTERS - 1]}…"
    return f'<p class="tk-asked">{escape_line(texts.feedback_asked.format(question=name))}</p>'


def render_welcome(examples: Sequence[str], texts: ChatTexts) -> str:
    """Return the HTML that stands there before the first question, with questions to begin with.

    The script puts the earlier conversations below them, which the browser alone knows.
    """
    return (
        f'<div class="tk-welcome"><p>{escape_line(texts.welcome)}</p>'
        f'<p class="tk-lead">{escape_line(texts.welcome_hint)}<br>'
        f"{escape_line(texts.history_kept)}</p>"
        f"{render_questions(examples, texts.examples, 'tk-examples')}"
        '<div class="tk-earlier"></div></div>'
    )


def render_status(*told: str) -> str:
    """Return the HTML of the lines that tell what happens, which screen readers read out."""
    lines = "<br>".join(escape_line(line) for line in told if line)
    return f'<p class="tk-status" role="status" aria-live="polite">{lines}</p>'
