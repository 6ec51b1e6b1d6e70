"""Which place a press opens."""

from dataclasses import replace

import pytest

from assistant.apps.chat.actions import CiteAction, OptionAction, SectionAction
from assistant.apps.chat.source_places import (
    SourcePlace,
    find_place,
    label_place,
    list_siblings,
)
from assistant.apps.chat.turns import ChatTurn, Progress
from assistant.messages import ENGLISH
from tests.assistant.apps.chat.answers import CITATION, OTHER, build_answer

TURNS = (ChatTurn("止めた", Progress.STOPPED), ChatTurn("問", Progress.DONE, build_answer()))


def cite(turn: int, marker: int) -> CiteAction:
    return CiteAction(kind="cite", turn=turn, marker=marker)


def option(letter: str, side: str) -> OptionAction:
    return OptionAction(kind="option", turn=1, letter=letter, side=side)


@pytest.mark.parametrize(
    ("action", "citation", "label"),
    [
        (cite(1, 1), CITATION, "[1]"),
        (cite(1, 2), OTHER, "[2]"),
        (option("A", "supporting"), CITATION, "A: for"),
        (option("B", "opposing"), OTHER, "B: against"),
    ],
)
def test_a_citation_is_opened(action, citation, label) -> None:
    place = find_place(action, TURNS)
    assert place == SourcePlace("a.md#節", action, citation)
    assert label_place(place, ENGLISH) == label


def test_a_section_is_opened_whatever_was_said() -> None:
    action = SectionAction(kind="section", section_id="b.md#節")
    place = find_place(action, ())
    assert place == SourcePlace("b.md#節", action)
    assert label_place(place, ENGLISH) == ""


@pytest.mark.parametrize(
    "action",
    [
        cite(0, 1),
        cite(2, 1),
        cite(1, 3),
        option("A", "opposing"),
        option("C", "supporting"),
    ],
)
def test_what_the_conversation_does_not_have_is_not_opened(action) -> None:
    assert find_place(action, TURNS) is None


def test_the_other_citations_of_an_answer_are_beside_it() -> None:
    place = find_place(cite(1, 2), TURNS)
    assert list_siblings(place, TURNS) == (CITATION, OTHER)
    assert list_siblings(place, ()) == ()
    # Another answer may have come in the place of the one that was cited.
    other = ChatTurn("別の問", Progress.DONE, replace(build_answer(), citations=(CITATION,)))
    assert list_siblings(place, (TURNS[0], other)) == ()
    evidence = find_place(option("A", "supporting"), TURNS)
    assert list_siblings(evidence, TURNS) == ()
