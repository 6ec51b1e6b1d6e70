"""Answers that a language model words: they grow, and can be stopped."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from eval.chat_process import run_chat_process
from tests.assistant.generators.chat_server import ChatServer, Reply, event, serve
from tests.e2e.chat_page import ChatPage
from tests.e2e.marks import MARKS

pytestmark = MARKS

QUESTION = "草津の湯のpHは?"
SAID = "草津の湯は強い酸性で、pH は 2.1 です。"
_SECONDS = 60


def speak_without_end(reply: Reply) -> None:
    """Say one statement, and then a word a second that never makes another."""
    reply.start()
    reply.write(event(f"{SAID}[1]\n"))
    for _ in range(_SECONDS):
        reply.wait_until_client_left()
        reply.write(event("まだ"))


@pytest.fixture(scope="module")
def model() -> Iterator[ChatServer]:
    with serve(speak_without_end) as server:
        yield server


@pytest.fixture(scope="module")
def slow_url(
    model: ChatServer, tmp_path_factory, copy_notes, chat_settings: dict[str, str]
) -> Iterator[str]:
    folder: Path = tmp_path_factory.mktemp("slow")
    settings = {**chat_settings, "LLM_URL": model.url, "LLM_MODEL": "m"}
    with run_chat_process(copy_notes(folder), folder, settings) as url:
        yield url


@pytest.fixture
def slow_chat(open_context: Callable, slow_url: str, model: ChatServer) -> ChatPage:
    """A chat that asks the language model, which begins to answer and goes no further."""
    model.client_left.clear()
    chat = ChatPage(open_context().new_page(), slow_url).open()
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
    slow_chat.button("stop").click()
    expect(slow_chat.send).to_be_visible()


@pytest.mark.parametrize("how", ["button", "Escape"])
def test_an_answer_is_stopped_and_what_there_is_of_it_stays(
    slow_chat: ChatPage, model: ChatServer, how: str
) -> None:
    if how == "button":
        slow_chat.button("stop").click()
    else:
        slow_chat.question.press("Escape")
    expect(slow_chat.turns.last).to_have_attribute("data-progress", "stopped")
    expect(slow_chat.answer.locator(".tk-text")).to_contain_text(SAID)
    expect(slow_chat.status).to_have_text("停止しました。")
    expect(slow_chat.send).to_be_visible()
    assert model.client_left.wait(10)  # nobody waits for the model any more
    # The chat goes on, here without the model.
    slow_chat.page.locator("#tenkyo-model input").uncheck()
    slow_chat.ask("素焼きの窯は何度?")
    expect(slow_chat.answer.locator(".tk-text")).to_contain_text("800 度")
    slow_chat.page.reload()
    expect(slow_chat.turns).to_have_count(2)
    expect(slow_chat.turns.first).to_have_attribute("data-progress", "stopped")
