"""A conversation goes to the browser and comes back; anything else that comes back is none."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.apps.chat.browser_history import MAX_CHARACTERS, read_history, write_history
from assistant.apps.chat.turns import MAX_TURNS, ChatTurn, Progress
from assistant.serving.feedback import Rating
from tests.assistant.apps.chat.answers import build_abstention, build_answer

TURNS = (
    ChatTurn("問?", Progress.DONE, build_answer(), rating=Rating.GOOD, proposed=True),
    ChatTurn("どれ?", Progress.DONE, build_abstention()),
    ChatTurn("止めた", Progress.STOPPED),
    ChatTurn("壊れた", Progress.FAILED, problem="理由"),
)
WRITTEN = write_history(TURNS)


def test_a_conversation_comes_back_as_it_was() -> None:
    assert read_history(WRITTEN) == TURNS


def test_an_empty_conversation_is_written_too_so_that_the_browser_forgets_the_last() -> None:
    assert write_history(()) == '{"version": 1, "turns": []}'
    assert read_history(write_history(())) == ()


def test_what_runs_comes_back_as_stopped() -> None:
    (turn,) = read_history(write_history((ChatTurn("問", Progress.RUNNING, build_answer()),)))
    assert turn == ChatTurn("問", Progress.STOPPED, build_answer())


def test_a_long_conversation_loses_its_oldest_turns() -> None:
    # Of some 280,000 characters each, three go into 1,000,000.
    turns = tuple(ChatTurn(str(n), Progress.FAILED, problem="長" * 280_000) for n in range(5))
    written = write_history(turns)
    assert len(written) <= MAX_CHARACTERS
    assert [turn.question for turn in read_history(written)] == ["2", "3", "4"]


def test_a_name_that_is_no_text_costs_the_name_alone() -> None:
    turn = ChatTurn("問", Progress.FAILED, problem="a\udcff.md")
    assert read_history(write_history((turn,))) == (
        ChatTurn("問", Progress.FAILED, problem="a?.md"),
    )


def change(written: str, edit: Callable[[dict[str, Any]], object]) -> str:
    record = json.loads(written)
    edit(record)
    return json.dumps(record)


def set_in_answer(**changes: object) -> Callable[[dict[str, Any]], object]:
    return lambda record: record["turns"][0]["answer"].update(changes)


@pytest.mark.parametrize(
    "edit",
    [
        lambda record: record.update(version=2),
        lambda record: record.update(more=1),
        lambda record: record.pop("turns"),
        lambda record: record.update(turns=record["turns"] * MAX_TURNS),
        lambda record: record["turns"][0].update(question=""),
        lambda record: record["turns"][0].update(question="長" * 8_001),
        lambda record: record["turns"][0].update(question=5),
        lambda record: record["turns"][0].update(progress="lost"),
        lambda record: record["turns"][0].update(answer=None),
        lambda record: record["turns"][0].update(evil="<script>"),
        set_in_answer(confidence="0.5"),
        set_in_answer(confidence=1.5),
        set_in_answer(confidence=True),
        set_in_answer(citations=[]),
        set_in_answer(hits=[]),
        set_in_answer(abstained="no-match"),
        set_in_answer(notices=["unheard-of"]),
        set_in_answer(evil="<script>"),
        lambda record: record["turns"][0]["answer"]["citations"][0].update(line_start="4"),
        lambda record: record["turns"][0]["answer"]["citations"][0].update(line_start=4.0),
        lambda record: record["turns"][0]["answer"]["options"][0].update(supporting={"a": 1}),
    ],
)
def test_a_conversation_that_was_tampered_with_is_none(edit) -> None:
    assert read_history(change(WRITTEN, edit)) == ()


@pytest.mark.parametrize(
    "value",
    [
        None,
        5,
        [],
        json.loads(WRITTEN),
        WRITTEN.encode(),
        "",
        WRITTEN[:-1],
        "[" * 100_000,
        WRITTEN + " " * MAX_CHARACTERS,
        WRITTEN.replace('"confidence": 0.7', '"confidence": NaN'),
    ],
)
def test_what_is_no_conversation_is_none(value) -> None:
    assert read_history(value) == ()


@given(st.text())
def test_any_text_is_read_without_failing(text) -> None:
    assert read_history(text) == ()
