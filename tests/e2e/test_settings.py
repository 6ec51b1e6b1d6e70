"""Language, brightness and length: as the browser says, and as the user chooses."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.e2e.chat_page import ChatPage
from tests.e2e.marks import MARKS

pytestmark = MARKS

QUESTION = "草津の湯のpHは?"


def choose(chat: ChatPage, setting: str, label: str) -> None:
    chat.page.locator(f"#tenkyo-{setting} label", has_text=label).click()


def is_dark(chat: ChatPage) -> bool:
    """Tell whether light text stands on a dark ground."""
    return chat.page.evaluate(
        """() => {
          const read = (selector, name) => {
            const style = getComputedStyle(document.querySelector(selector));
            return style[name].match(/[0-9]+/g).slice(0, 3).reduce((sum, part) => sum + +part, 0);
          };
          return read("#tenkyo-main", "backgroundColor") < read(".tk-header", "color");
        }"""
    )


@pytest.mark.parametrize(
    ("locale", "language", "title", "send", "example"),
    [
        ("ja-JP", "ja", "典拠 — ノートに聞く", "送信", "たとえば"),
        ("en-GB", "en", "Tenkyo — ask your notes", "Send", "For example"),
        ("fr-FR", "ja", "典拠 — ノートに聞く", "送信", "たとえば"),
    ],
)
def test_the_page_speaks_the_browsers_language(
    open_chat: Callable[..., ChatPage],
    locale: str,
    language: str,
    title: str,
    send: str,
    example: str,
) -> None:
    chat = open_chat(locale=locale)
    expect(chat.page).to_have_title(title)
    expect(chat.page.locator("html")).to_have_attribute("lang", language)
    expect(chat.send).to_have_text(send)
    expect(chat.page.locator("#tk-examples")).to_have_text(example)


def test_another_language_is_chosen_and_kept(chat: ChatPage) -> None:
    chat.ask(QUESTION)
    chat.open_source(1)
    chat.open_tab("settings")
    choose(chat, "language", "English")
    expect(chat.send).to_have_text("Send")
    expect(chat.page).to_have_title("Tenkyo — ask your notes")
    expect(chat.page.locator("html")).to_have_attribute("lang", "en")
    expect(chat.tab("notes")).to_have_text("Notes")
    expect(chat.answer.locator(".tk-label").first).to_have_text("Sources")
    expect(chat.turns).to_have_count(1)
    chat.open_tab("source")
    expect(chat.source.locator(".tk-place").first).to_contain_text("lines 6-8")
    chat.reload()
    expect(chat.send).to_have_text("Send")
    chat.ask("What is the pH of 草津の湯?")
    expect(chat.answer.locator(".tk-confidence")).to_contain_text("Confidence")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_is_as_dark_as_the_system(open_chat: Callable[..., ChatPage], scheme: str) -> None:
    assert is_dark(open_chat(color_scheme=scheme)) is (scheme == "dark")


def test_brightness_is_chosen_and_kept(chat: ChatPage) -> None:
    chat.open_tab("settings")
    choose(chat, "theme", "暗い")
    expect(chat.page.locator("body")).to_have_class("dark")
    assert is_dark(chat)
    chat.page.reload()
    expect(chat.page.locator("body")).to_have_class("dark")
    chat.open_tab("settings")
    choose(chat, "theme", "システムに合わせる")
    expect(chat.page.locator("body")).not_to_have_class("dark")
    assert not is_dark(chat)


def test_long_answers_are_longer_than_short_ones(chat: ChatPage) -> None:
    shown = {}
    for length in ("短く", "長く"):
        chat.open_tab("settings")
        choose(chat, "length", length)
        chat.ask("NAT ゲートウェイとは")
        shown[length] = chat.answer.locator(".tk-text").inner_text()
    assert len(shown["短く"]) < len(shown["長く"])


def test_why_an_answer_is_as_it_is_can_be_seen(chat: ChatPage) -> None:
    chat.open_tab("explain")
    panel = chat.page.locator("#tenkyo-explanation")
    expect(panel).to_contain_text("質問すると")
    chat.ask("草津の湯のpHは?")
    expect(panel.locator(".tk-legs tbody tr").first).to_contain_text("memo/湯.md")
    expect(panel).to_contain_text("草津の湯のpHは?")
    row = panel.locator(".tk-section").first
    section = row.get_attribute("data-section")
    row.click()
    chat.expect_source({"kind": "section", "section_id": section})
