"""The conversation of one user: what was asked, and what became of it.

A conversation is a tuple of turns, oldest first; whoever changes it gets a new one.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from assistant.datatypes import Answer, Question
from assistant.serving.conversation import Turn, history_of
from assistant.serving.feedback import Rating

# Older turns are forgotten.
MAX_TURNS = 50


class Progress(StrEnum):
    """How far a turn has come.

    RUNNING: its answer is being made; what there is of it may grow.
    STOPPED: the user stopped it.
    FAILED: `ChatTurn.problem` says why there is no answer.
    """

    RUNNING = "running"
    DONE = "done"
    STOPPED = "stopped"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class ChatTurn:
    """A question and what became of it.

    question: as the user wrote it.
    problem: one line; empty if nothing went wrong.
    proposed: whether it was proposed as an evaluation question.
    """

    question: str
    progress: Progress = Progress.RUNNING
    answer: Answer | None = None
    problem: str = ""
    rating: Rating | None = None
    proposed: bool = False


Turns = tuple[ChatTurn, ...]


def start_turn(turns: Turns, question: str) -> Turns:
    """Return the turns with a new one that waits for its answer."""
    return (*turns, ChatTurn(question))[-MAX_TURNS:]


def replace_last(turns: Turns, last: ChatTurn) -> Turns:
    """Return the turns with another last one."""
    return (*turns[:-1], last)


def replace_turn(turns: Turns, number: int, turn: ChatTurn) -> Turns:
    """Return the turns with another one in the place of a number from 0, which must be there."""
    return (*turns[:number], turn, *turns[number + 1 :])


def find_turn(turns: Turns, number: int) -> ChatTurn | None:
    """Return a turn by its number from 0, None if there is none."""
    return turns[number] if 0 <= number < len(turns) else None


def is_running(turns: Turns) -> bool:
    """Tell whether an answer is being made."""
    return bool(turns) and turns[-1].progress is Progress.RUNNING


def end_turns(turns: Turns) -> Turns:
    """Return the turns without one that runs: what does is taken as stopped."""
    return tuple(
        replace(turn, progress=Progress.STOPPED) if turn.progress is Progress.RUNNING else turn
        for turn in turns
    )


def take_question(turns: Turns, number: int) -> Question:
    """Return the question of a turn that is there, with the answered ones before it as history.

    :param number: of the turn, from 0.
    """
    return Question(turns[number].question, history=history_of(list_answered(turns[:number])))


def list_answered(turns: Sequence[ChatTurn]) -> list[Turn]:
    """Return the turns that have an answer, for what all faces share."""
    return [Turn(turn.question, turn.answer) for turn in turns if turn.answer is not None]
