"""What is done with a conversation: again, mended, taken back, cleared, saved, kept."""

import re
from pathlib import Path

from playwright.sync_api import expect

from tests.e2e.chat_page import ChatPage
from tests.e2e.marks import MARKS
from tests.e2e.watch import Watch

pytestmark = MARKS

FIRST, SECOND = "草津の湯のpHは?", "素焼きの窯は何度?"


def test_the_last_question_is_asked_again(chat: ChatPage) -> None:
    chat.ask(FIRST)
    chat.ask(SECOND)
    answered = chat.answer.locator(".tk-text").inner_text()
    with chat.page.expect_request(re.compile("/queue/join")), chat.expect_answer(more=0):
        chat.button("retry").click()
    expect(chat.turns.last.locator(".tk-said")).to_have_text(SECOND)
    expect(chat.answer.locator(".tk-text")).to_have_text(answered)


def test_a_mended_question_takes_the_place_of_its_turn(chat: ChatPage) -> None:
    chat.ask(FIRST)
    chat.ask("本焼きの窯は何度?")
    chat.button("edit").click()
    expect(chat.question).to_have_value("本焼きの窯は何度?")
    expect(chat.question).to_be_focused()
    expect(chat.send).to_have_text("直して聞く")
    chat.question.fill(SECOND)
    chat.question.press("Enter")
    expect(chat.answer.locator(".tk-text")).to_contain_text("800 度")
    said = chat.turns.locator(".tk-said").all_inner_texts()
    assert said == [FIRST, SECOND]
    expect(chat.send).to_have_text("送信")


def test_mending_can_be_left(chat: ChatPage) -> None:
    chat.ask(FIRST)
    chat.button("edit").click()
    expect(chat.button("cancel-edit")).to_be_visible()
    chat.button("cancel-edit").click()
    expect(chat.question).to_have_value("")
    chat.ask(SECOND)
    assert chat.turns.locator(".tk-said").all_inner_texts() == [FIRST, SECOND]


def test_the_last_turn_is_taken_back_and_then_the_first(chat: ChatPage) -> None:
    chat.ask(FIRST)
    chat.ask(SECOND)
    chat.button("undo").click()
    expect(chat.turns).to_have_count(1)
    expect(chat.turns.first.locator(".tk-said")).to_have_text(FIRST)
    chat.button("undo").click()
    expect(chat.page.locator(".tk-welcome .ask").first).to_be_visible()
    expect(chat.button("undo")).to_be_disabled()


def test_a_conversation_is_cleared_once_that_is_confirmed(chat: ChatPage) -> None:
    chat.ask(FIRST)
    chat.button("clear").click()
    expect(chat.button("confirm-clear")).to_be_visible()
    chat.button("cancel-clear").click()
    expect(chat.button("clear")).to_be_visible()
    expect(chat.turns).to_have_count(1)
    chat.button("clear").click()
    chat.button("confirm-clear").click()
    expect(chat.page.locator(".tk-welcome .ask").first).to_be_visible()
    chat.open()
    expect(chat.turns).to_have_count(0)


def test_a_conversation_is_there_again_after_a_reload(chat: ChatPage) -> None:
    chat.ask(FIRST)
    answered = chat.answer.inner_text()
    chat.reload()
    expect(chat.turns).to_have_count(1)
    expect(chat.answer).to_have_text(answered, use_inner_text=True)
    expect(chat.status).to_have_text("前回の会話の続きです。")
    chat.open_source(1)
    chat.ask(SECOND)
    expect(chat.turns).to_have_count(2)


def test_what_another_program_left_in_the_browser_does_no_harm(
    chat: ChatPage, watch: Watch
) -> None:
    chat.ask(FIRST)
    chat.page.evaluate(
        "for (const key of Object.keys(localStorage)) localStorage.setItem(key, '{\"a\": 1}')"
    )
    chat.open()
    expect(chat.turns).to_have_count(0)
    chat.ask(FIRST)
    # Gradio says in the console that it cannot read what it did not write.
    told = [problem for problem in watch.problems if "reading from localStorage" not in problem]
    assert told == []
    watch.problems.clear()


def test_a_conversation_is_saved_as_markdown(chat: ChatPage, tmp_path: Path) -> None:
    chat.ask(FIRST)
    chat.ask(SECOND)
    with chat.page.expect_download() as started:
        chat.button("export").click()
    name = started.value.suggested_filename
    assert name.startswith("tenkyo-")
    assert name.endswith(".md")
    saved = tmp_path / name
    started.value.save_as(saved)
    document = saved.read_text(encoding="utf-8")
    assert document.startswith("# ノートとの会話 ")
    for part in (FIRST, SECOND, "pH は 2.1 です。", "800 度で焼きます。", "memo/湯.md"):
        assert part in document
    expect(chat.status).to_have_text(f"会話を {name} に保存しました。")
