"""What becomes of a conversation, turn by turn."""

from dataclasses import replace

import pytest

from assistant.apps.chat.turns import (
    MAX_TURNS,
    ChatTurn,
    Progress,
    end_turns,
    find_turn,
    is_running,
    list_answered,
    replace_last,
    replace_turn,
    start_turn,
    take_question,
)
from assistant.datatypes import Question
from assistant.serving.conversation import Turn
from tests.assistant.apps.chat.answers import build_answer

DONE = ChatTurn("問", Progress.DONE, build_answer())


def test_a_new_turn_waits_for_its_answer() -> None:
    turns = start_turn((DONE,), "次の問")
    assert turns == (DONE, ChatTurn("次の問", Progress.RUNNING))
    assert is_running(turns)
    assert not is_running((DONE,))
    assert not is_running(())


def test_the_oldest_turns_are_forgotten() -> None:
    turns = tuple(ChatTurn(str(number), Progress.DONE) for number in range(MAX_TURNS))
    longer = start_turn(turns, "new")
    assert len(longer) == MAX_TURNS
    assert (longer[0].question, longer[-1].question) == ("1", "new")


def test_the_last_turn_grows() -> None:
    turns = start_turn((DONE,), "次の問")
    answered = replace(turns[-1], answer=build_answer("次の問"))
    assert replace_last(turns, answered) == (DONE, answered)


def test_a_turn_gives_way_to_another_in_its_place() -> None:
    turns = tuple(ChatTurn(name, Progress.DONE, build_answer(name)) for name in "一二三")
    other = ChatTurn("別", Progress.DONE, build_answer("別"))
    assert [t.question for t in replace_turn(turns, 0, other)] == ["別", "二", "三"]
    assert [t.question for t in replace_turn(turns, 1, other)] == ["一", "別", "三"]
    assert [t.question for t in replace_turn(turns, 2, other)] == ["一", "二", "別"]


def test_the_history_of_a_question_is_what_was_answered_before_it() -> None:
    stopped = ChatTurn("止めた", Progress.STOPPED)
    answered = [ChatTurn(name, Progress.DONE, build_answer(name)) for name in "一二三"]
    turns = (answered[0], stopped, answered[1], answered[2])
    assert take_question(turns, 0) == Question("一")
    assert take_question(turns, 2) == Question("二", history=("一",))
    assert take_question(turns, 3) == Question("三", history=("一", "二"))


def test_what_runs_is_ended_as_stopped_and_keeps_what_there_is_of_its_answer() -> None:
    partial = ChatTurn("問", Progress.RUNNING, build_answer())
    assert end_turns((DONE, partial)) == (DONE, replace(partial, progress=Progress.STOPPED))
    failed = ChatTurn("問", Progress.FAILED, problem="壊れた")
    assert end_turns((failed,)) == (failed,)


@pytest.mark.parametrize(("number", "found"), [(0, DONE), (1, None), (-1, None)])
def test_a_turn_is_found_by_its_number(number, found) -> None:
    assert find_turn((DONE,), number) == found


def test_turns_without_an_answer_are_no_part_of_what_is_shared() -> None:
    turns = (DONE, ChatTurn("止めた問", Progress.STOPPED), ChatTurn("問", Progress.FAILED))
    assert list_answered(turns) == [Turn("問", build_answer())]
