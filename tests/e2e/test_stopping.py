"""Answers that a language model words: they grow, and can be stopped."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.assistant.generators.chat_server import ChatServer
from tests.e2e.chat_page import ChatPage
from tests.e2e.marks import MARKS
from tests.e2e.model import SAID

pytestmark = MARKS

QUESTION = "草津の湯のpHは?"


@pytest.fixture
def slow_chat(open_context: Callable, changing_chat: str, slow_model: ChatServer) -> ChatPage:
    """A chat that asks the language model, which begins to answer and goes no further."""
    slow_model.client_left.clear()
    chat = ChatPage(open_context().new_page(), changing_chat).open()
    chat.open_tab("settings")
    chat.page.locator("#tenkyo-model input").check()
    chat.question.fill(QUESTION)
    chat.question.press("Enter")
    expect(chat.answer.locator(".tk-text")).to_contain_text(SAID)
    return chat


def test_what_there_is_of_an_answer_is_shown_while_it_is_written(slow_chat: ChatPage) -> None:
    expect(slow_chat.turns.last).to_have_attribute("data-progress", "running")
    expect(slow_chat.page.locator(".tk-conversation")).to_have_attribute("aria-busy", "true")
    expect(slow_chat.button("stop")).to_be_visible()
    expect(slow_chat.send).to_be_hidden()
    expect(slow_chat.button("retry")).to_be_disabled()
    # The source of what is there can be read already.
    slow_chat.open_source(1)
    assert slow_chat.read_cited_lines() == [8]
    # A new conversation would lose what is being written.
    slow_chat.page.locator(".tk-new").click()
    expect(slow_chat.page.locator(".tk-toast")).to_contain_text("ほかの質問に答えています")
    slow_chat.button("stop").click()
    expect(slow_chat.turns.last).to_have_attribute("data-progress", "stopped")
    expect(slow_chat.send).to_be_visible()


@pytest.mark.parametrize("how", ["button", "Escape"])
def test_an_answer_is_stopped_and_what_there_is_of_it_stays(
    slow_chat: ChatPage, slow_model: ChatServer, how: str
) -> None:
    if how == "button":
        slow_chat.button("stop").click()
    else:
        slow_chat.question.press("Escape")
    expect(slow_chat.turns.last).to_have_attribute("data-progress", "stopped")
    expect(slow_chat.answer.locator(".tk-text")).to_contain_text(SAID)
    expect(slow_chat.status).to_have_text("停止しました。")
    expect(slow_chat.send).to_be_visible()
    assert slow_model.client_left.wait(10)  # nobody waits for the model any more
    # The chat goes on, here without the model.
    slow_chat.page.locator("#tenkyo-model input").uncheck()
    slow_chat.ask("素焼きの窯は何度?")
    expect(slow_chat.answer.locator(".tk-text")).to_contain_text("800 度")
    slow_chat.reload()
    expect(slow_chat.turns).to_have_count(2)
    expect(slow_chat.turns.first).to_have_attribute("data-progress", "stopped")
