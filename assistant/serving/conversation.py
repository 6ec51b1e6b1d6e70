"""A conversation: what was asked before, and how it is written down as Markdown."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from assistant.datatypes import Answer, Citation, ConfidenceLevel
from assistant.messages import Messages
from assistant.render import CLOSE_MARGIN
from assistant.serving.markdown_text import escape_line, escape_text, write_link
from assistant.serving.text_bounds import bound_history


@dataclass(frozen=True, slots=True)
class Turn:
    """A question as the user wrote it, and its answer."""

    question: str
    answer: Answer


def history_of(turns: Sequence[Turn]) -> tuple[str, ...]:
    """Return the latest questions for `Question.history`, oldest first, at most `MAX_TURNS`."""
    return bound_history([turn.question for turn in turns])


def export_markdown(
    turns: Sequence[Turn], messages: Messages, link: Callable[[Citation], str]
) -> str:
    """Return a document with a heading for every question, its answer and numbered sources.

    :param link: gives the URL of the cited lines, or a reference relative to the document.
    """
    return "\n".join(f"{block}\n" for turn in turns for block in _write_turn(turn, messages, link))


def _write_turn(turn: Turn, messages: Messages, link: Callable[[Citation], str]) -> Iterator[str]:
    answer = turn.answer
    # A pasted exam question has its options on lines of their own.
    heading, _, details = turn.question.strip().partition("\n")
    yield f"## {escape_line(heading)}"
    if details.strip():
        yield escape_text(details)
    if answer.choice is not None:
        is_close = answer.margin is not None and answer.margin < CLOSE_MARGIN
        verdict = messages.choice_undecided if is_close else messages.choice
        yield escape_text(verdict.format(letters=answer.choice))
    yield escape_text(answer.text)
    if answer.abstained is not None:
        return
    if answer.level is ConfidenceLevel.LOW:
        yield escape_text(messages.uncertain)
    yield from (escape_text(messages.notices[notice]) for notice in answer.notices)
    yield f"**{escape_line(messages.sources)}**"
    yield "\n".join(_write_source(citation, messages, link) for citation in answer.citations)


def _write_source(citation: Citation, messages: Messages, link: Callable[[Citation], str]) -> str:
    label = " > ".join(citation.heading_path) or citation.path
    pattern = messages.line if citation.line_start == citation.line_end else messages.lines
    place = pattern.format(path=citation.path, start=citation.line_start, end=citation.line_end)
    return f"{citation.marker}. {write_link(label, link(citation))} — {escape_line(place)}"
