"""What a press on the page's own HTML asks for; `assets/chat.js` sends it as JSON."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from assistant.answering.questions import MAX_QUESTION_CHARACTERS
from assistant.apps.chat.turns import MAX_TURNS
from assistant.serving.feedback import Rating

# An id is a path and a heading with a number; neither is anywhere near as long.
MAX_ID_CHARACTERS = 10_000

_TurnNumber = Annotated[int, Field(ge=0, lt=MAX_TURNS)]


class _Action(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class AskAction(_Action):
    """Ask a question that was suggested."""

    kind: Literal["ask"]
    question: Annotated[str, Field(min_length=1, max_length=MAX_QUESTION_CHARACTERS)]


class CiteAction(_Action):
    """Open the source behind a mark of an answer."""

    kind: Literal["cite"]
    turn: _TurnNumber
    marker: Annotated[int, Field(ge=1)]


class OptionAction(_Action):
    """Open what speaks for or against an option of a multiple-choice question."""

    kind: Literal["option"]
    turn: _TurnNumber
    letter: Annotated[str, Field(min_length=1, max_length=10)]
    side: Literal["supporting", "opposing"]


class SectionAction(_Action):
    """Open a section."""

    kind: Literal["section"]
    section_id: Annotated[str, Field(min_length=1, max_length=MAX_ID_CHARACTERS)]


class RateAction(_Action):
    """Say what an answer is worth."""

    kind: Literal["rate"]
    turn: _TurnNumber
    rating: Rating


class ProposeAction(_Action):
    """Propose the question of an answer for the evaluation."""

    kind: Literal["propose"]
    turn: _TurnNumber


SourceAction = CiteAction | OptionAction | SectionAction
Action = AskAction | SourceAction | RateAction | ProposeAction
_ACTION: TypeAdapter[Action] = TypeAdapter(Annotated[Action, Field(discriminator="kind")])


def read_action(text: str) -> Action | None:
    """Return the action that the page sent, None if it is none."""
    try:
        return _ACTION.validate_json(text)
    except ValidationError:
        return None
