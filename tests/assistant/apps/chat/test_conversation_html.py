"""A conversation as HTML, with whatever a user or a failure can put into it."""

from dataclasses import replace

import pytest

from assistant.apps.chat.conversation_html import (
    render_asked,
    render_conversation,
    render_status,
    render_welcome,
)
from assistant.apps.chat.texts import ENGLISH
from assistant.apps.chat.turns import ChatTurn, Progress
from assistant.messages import ENGLISH as MESSAGES
from assistant.serving.feedback import Rating
from tests.assistant.apps.chat.answers import build_abstention, build_answer
from tests.assistant.apps.chat.html_reading import read_html

ATTACK = "<img src=x onerror=alert(1)>\"'&"
SHOWN = "&lt;img src=x onerror=alert(1)&gt;&quot;&#x27;&amp;"


def render(*turns: ChatTurn) -> str:
    return render_conversation(turns, ENGLISH, MESSAGES)


def test_questions_and_failures_are_text() -> None:
    html = render(
        ChatTurn(ATTACK, Progress.FAILED, problem=ATTACK),
        ChatTurn("問", Progress.DONE, replace(build_answer(), text=f"{ATTACK} [1]")),
    )
    assert "<img" not in html
    assert html.count(SHOWN) == 4  # question, problem, answer, and what is copied of it
    assert "<img" not in render_status(ATTACK)
    assert "<img" not in render_welcome([ATTACK], ENGLISH)
    assert SHOWN in render_asked(ATTACK, ENGLISH)


def test_lines_of_a_question_are_kept() -> None:
    assert "一行目\n二行目" in render(ChatTurn("一行目\n二行目"))


@pytest.mark.parametrize(
    ("turn", "is_busy", "told"),
    [
        (ChatTurn("問"), "true", ENGLISH.status_searching),
        (ChatTurn("問", Progress.STOPPED), "false", ENGLISH.status_stopped),
        (ChatTurn("問", Progress.STOPPED, build_answer()), "false", ENGLISH.status_stopped),
        (ChatTurn("問", Progress.FAILED, problem="broken"), "false", "broken"),
        (ChatTurn("問", Progress.DONE, build_answer()), "false", ENGLISH.copy_answer),
    ],
)
def test_a_screen_reader_waits_until_the_answer_is_whole(turn, is_busy, told) -> None:
    html = render(turn)
    assert f'role="log" aria-label="{ENGLISH.conversation}" aria-busy="{is_busy}"' in html
    assert told in html


def test_a_turn_carries_its_number() -> None:
    done = ChatTurn("問", Progress.DONE, build_answer())
    html = render(done, done)
    assert html.count('class="mark" data-turn="0"') == 2
    assert html.count('class="mark" data-turn="1"') == 2


def test_every_answer_can_be_rated_and_proposed() -> None:
    page = read_html(
        render(
            ChatTurn("一", Progress.DONE, build_answer(), rating=Rating.BAD),
            ChatTurn("二", Progress.DONE, build_abstention(), proposed=True),
            ChatTurn("三", Progress.STOPPED, build_answer(), rating=Rating.GOOD),
        )
    )
    said = [
        (
            button.attributes["data-turn"],
            button.attributes.get("data-rating", "propose"),
            button.attributes["aria-pressed"],
        )
        for button in page.find("button", "tk-opinion")
    ]
    assert said == [
        ("0", "good", "false"),
        ("0", "bad", "true"),
        ("0", "propose", "false"),
        ("1", "good", "false"),
        ("1", "bad", "false"),
        ("1", "propose", "true"),
        ("2", "good", "true"),
        ("2", "bad", "false"),
        ("2", "propose", "false"),
    ]
    labels = [button.text for button in page.find("button", "tk-opinion")[:3]]
    assert labels == [ENGLISH.feedback_good, ENGLISH.feedback_bad, ENGLISH.propose]
    # An abstention has nothing to copy; a turn is named by its question.
    assert len(page.find("button", "tk-copy")) == 2
    assert [turn.attributes["aria-labelledby"] for turn in page.find("article")] == [
        element.attributes["id"] for element in page.find(kind="tk-said")
    ]


@pytest.mark.parametrize(
    "turn",
    [
        ChatTurn("問"),
        ChatTurn("問", Progress.RUNNING, build_answer()),
        ChatTurn("問", Progress.STOPPED),
        ChatTurn("問", Progress.FAILED, problem="broken"),
    ],
)
def test_what_is_no_whole_answer_is_not_rated(turn) -> None:
    assert "tk-tools" not in render(turn)


@pytest.mark.parametrize(
    ("question", "name"),
    [("一行目\n二行目", "一行目 二行目"), ("長" * 80, "長" * 80), ("長" * 81, "長" * 79 + "…")],
)
def test_a_question_is_named_in_one_short_line(question, name) -> None:
    told = ENGLISH.feedback_asked.format(question=name)
    assert render_asked(question, ENGLISH) == f'<p class="tk-asked">{told}</p>'


def test_what_is_told_stands_line_by_line() -> None:
    assert render_status("一つ目", "", "二つ目") == (
        '<p class="tk-status" role="status" aria-live="polite">一つ目<br>二つ目</p>'
    )


def test_without_examples_there_is_no_list() -> None:
    assert "<ul" not in render_welcome([], ENGLISH)
    assert '<ul class="tk-asks"' in render_welcome(["問?"], ENGLISH)
