"""What the ledger keeps of answers and messages comes back as it was."""

import pytest
from hypothesis import given

from assistant.apps.slack.blocks import SlackMessage
from assistant.apps.slack.kept_forms import (
    AnsweredQuestion,
    AnswerForm,
    read_message,
    write_message,
)
from assistant.datatypes import Answer, Choice, Question
from tests.assistant.apps.slack.answers import PLAIN, REFUSED, fill, odd_answers

FORM = AnswerForm()


@pytest.mark.parametrize("answer", [PLAIN, REFUSED, fill("本文\n<@U1> & \u2028"), fill("a")])
def test_an_answer_comes_back(answer) -> None:
    question = Question("問?", "1", (Choice("A", "一つ"),), ("前の問?",))
    answered = AnsweredQuestion(question, answer)
    assert FORM.read(FORM.write(answered)) == answered


@given(odd_answers())
def test_any_answer_comes_back(answer: Answer) -> None:
    written = FORM.write(AnsweredQuestion(Question(answer.question), answer))
    # Only half of a surrogate pair, which no file can hold, comes back as another sign.
    assert FORM.write(FORM.read(written)) == written


def test_half_a_character_does_not_break_it() -> None:
    written = FORM.write(AnsweredQuestion(Question("\ud800?"), PLAIN))
    written.encode("utf-8")
    assert FORM.read(written).question.text == "??"


def test_a_message_comes_back() -> None:
    message = SlackMessage("答え", [{"type": "divider"}])
    assert read_message(write_message(message)) == message
