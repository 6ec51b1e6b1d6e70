"""What the source panel shows: a citation of an answer, or a section on its own."""

from dataclasses import dataclass

from assistant.apps.chat.actions import CiteAction, OptionAction, SectionAction, SourceAction
from assistant.apps.chat.turns import Turns, find_turn
from assistant.datatypes import Answer, Citation
from assistant.messages import Messages


@dataclass(frozen=True, slots=True)
class SourcePlace:
    """A section to show.

    citation: what an answer cites of it; None if it was opened on its own.
    opened_by: what was pressed.
    """

    section_id: str
    opened_by: SourceAction
    citation: Citation | None = None


def find_place(action: SourceAction, turns: Turns) -> SourcePlace | None:
    """Return the place that was asked for, None if the conversation has none such."""
    if isinstance(action, SectionAction):
        return SourcePlace(action.section_id, action)
    turn = find_turn(turns, action.turn)
    if turn is None or turn.answer is None:
        return None
    citation = _find_citation(action, turn.answer)
    return None if citation is None else SourcePlace(citation.section_id, action, citation)


def label_place(place: SourcePlace, messages: Messages) -> str:
    """Return what opened a place, in short: `[1]`, `A: 根拠`, or nothing."""
    action = place.opened_by
    if isinstance(action, CiteAction):
        return f"[{action.marker}]"
    if isinstance(action, OptionAction):
        side = messages.supporting if action.side == "supporting" else messages.opposing
        return f"{action.letter}: {side}"
    return ""


def list_siblings(place: SourcePlace, turns: Turns) -> tuple[Citation, ...]:
    """Return all citations of the answer whose citation is shown; none for any other place.

    None either where the answer is not the one any more that was there when it was opened.
    """
    action = place.opened_by
    if not isinstance(action, CiteAction):
        return ()
    turn = find_turn(turns, action.turn)
    citations = () if turn is None or turn.answer is None else turn.answer.citations
    return citations if place.citation in citations else ()


def _find_citation(action: CiteAction | OptionAction, answer: Answer) -> Citation | None:
    if isinstance(action, CiteAction):
        return next((c for c in answer.citations if c.marker == action.marker), None)
    option = next((o for o in answer.options if o.letter == action.letter), None)
    if option is None:
        return None
    return option.supporting if action.side == "supporting" else option.opposing
