"""Keeps a conversation in the user's browser, so that it stands there again after a reload.

What comes back may be anything: it is read strictly, and what is not a conversation is none. Text
in it is escaped when it is shown, as it is the first time; places in it are looked up in the index.
"""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.answering.questions import MAX_QUESTION_CHARACTERS
from assistant.apps.chat.turns import MAX_TURNS, ChatTurn, Progress, Turns, end_turns
from assistant.records import to_json

# In characters of JSON. Long conversations lose their oldest turns in the browser.
MAX_CHARACTERS = 1_000_000


class _Conversation(BaseModel):
    # Goes for the records within as well, which have no rules of their own.
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)

    version: Literal[1]
    turns: Annotated[tuple[ChatTurn, ...], Field(max_length=MAX_TURNS)]


def write_history(turns: Turns) -> str:
    """Return a conversation as one text of at most `MAX_CHARACTERS`; never empty."""
    kept = end_turns(turns)
    while True:
        text = to_json(_Conversation(version=1, turns=kept).model_dump(mode="json"))
        if len(text) <= MAX_CHARACTERS or not kept:
            return text
        kept = kept[1:]


def read_history(value: object) -> Turns:
    """Return the conversation that a browser kept; none if it is not one of ours."""
    if not isinstance(value, str) or len(value) > MAX_CHARACTERS:
        return ()
    try:
        turns = _Conversation.model_validate_json(value).turns
    except (ValidationError, ValueError):
        return ()
    return turns if all(_is_whole(turn) for turn in turns) else ()


def _is_whole(turn: ChatTurn) -> bool:
    if not 0 < len(turn.question) <= MAX_QUESTION_CHARACTERS:
        return False
    if turn.answer is None:
        return turn.progress is not Progress.DONE
    return True
