"""The chat on a phone, where the panel takes the place of the conversation."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.e2e.chat_page import ChatPage
from tests.e2e.marks import MARKS

pytestmark = MARKS

QUESTION = "NLBのクロスゾーン負荷分散は既定で有効?"
OPTIONS = "素焼きの窯は何度か。\n\nA. 800 度\nB. 1,230 度\nC. 2,000 度"


def open_panel(chat: ChatPage) -> None:
    chat.page.get_by_role("button", name="出典とノート").click()
    expect(chat.page.locator("#tenkyo-side")).to_be_visible()


def test_nothing_is_wider_than_the_window(phone: ChatPage) -> None:
    assert not phone.scrolls_sideways()
    phone.ask(QUESTION)
    phone.ask(OPTIONS)
    assert not phone.scrolls_sideways()
    open_panel(phone)
    for name in ("source", "notes", "settings", "explain"):
        phone.open_tab(name)
        assert not phone.scrolls_sideways()


@pytest.mark.parametrize("width", [320, 768, 1024])
def test_other_widths_fit_too(open_chat: Callable[..., ChatPage], width: int) -> None:
    chat = open_chat(viewport={"width": width, "height": 720})
    chat.ask(QUESTION)
    assert not chat.scrolls_sideways()
    for control in (chat.question, chat.send, chat.button("export")):
        expect(control).to_be_in_viewport()


def test_the_head_is_one_row_in_english_too(open_chat: Callable[..., ChatPage]) -> None:
    chat = open_chat(viewport={"width": 320, "height": 640}, locale="en-US")
    chat.ask(QUESTION)
    head = chat.page.locator(".tk-header").bounding_box()
    assert head is not None
    for name in ("New conversation", "Sources and notes"):
        button = chat.page.get_by_role("button", name=name)
        box = button.bounding_box()
        assert box is not None
        assert head["y"] <= box["y"]
        assert box["y"] + box["height"] <= head["y"] + head["height"]
        assert box["x"] + box["width"] <= head["width"]
        assert not button.evaluate("(button) => button.scrollWidth > button.clientWidth")


def test_the_form_of_the_feedback_fits_the_smallest_phone(
    open_chat: Callable[..., ChatPage],
) -> None:
    chat = open_chat(viewport={"width": 320, "height": 640}, locale="en-US")
    chat.ask(QUESTION)
    chat.opinion(0, "bad").click()
    expect(chat.reason).to_be_in_viewport(ratio=1)
    form = chat.page.locator("#tenkyo-feedback-form").bounding_box()
    assert form is not None
    assert form["x"] >= 16
    assert form["x"] + form["width"] <= 320 - 16


def test_a_source_covers_the_conversation_until_it_is_left(phone: ChatPage) -> None:
    phone.ask(QUESTION)
    side = phone.page.locator("#tenkyo-side")
    expect(side).to_be_hidden()
    phone.open_source(1)
    expect(side).to_be_visible()
    expect(phone.source.locator(".tk-source-heading")).to_be_focused()
    expect(phone.source.locator(".tk-markdown .tk-cited").first).to_be_in_viewport()
    assert phone.read_cited_lines() == [215]
    phone.page.get_by_role("button", name="会話に戻る").click()
    expect(side).to_be_hidden()
    expect(phone.mark(1)).to_be_focused()
    expect(phone.mark(1)).to_be_in_viewport()
    # The same source again is there at once.
    phone.open_source(1)
    expect(side).to_be_visible()


def test_the_phones_way_back_leaves_the_source_and_not_the_page(phone: ChatPage) -> None:
    phone.ask(QUESTION)
    phone.open_source(2)
    side = phone.page.locator("#tenkyo-side")
    expect(side).to_be_visible()
    phone.page.go_back()
    expect(side).to_be_hidden()
    expect(phone.turns).to_have_count(1)
    phone.ask(OPTIONS)


def test_notes_and_settings_are_reached_and_left(phone: ChatPage) -> None:
    open_panel(phone)
    phone.open_tab("settings")
    phone.page.locator("#tenkyo-theme label", has_text="暗い").click()
    expect(phone.page.locator("body")).to_have_class("dark")
    phone.page.get_by_role("button", name="会話に戻る").click()
    expect(phone.page.locator("#tenkyo-side")).to_be_hidden()
    phone.ask(QUESTION)


def test_what_is_pressed_is_large_enough_for_a_finger(phone: ChatPage) -> None:
    """24 pixels at least, which WCAG 2.2 asks for (2.5.8)."""
    phone.ask(QUESTION)
    small = phone.page.evaluate(
        """() => [...document.querySelectorAll("button, textarea")]
          // A mark stands in a line of text; what takes the finger reaches beyond it.
          .filter((element) => !element.matches(".mark"))
          .filter((element) => element.checkVisibility({ visibilityProperty: true }))
          .map((element) => [element.id || element.className, element.getBoundingClientRect()])
          .filter(([, box]) => box.width > 0 && (box.height < 24 || box.width < 24))
          .map(([name, box]) => `${name} ${box.width}x${box.height}`)"""
    )
    assert small == []
    assert phone.mark(1).evaluate(
        """(mark) => {
          const { left, top, bottom } = mark.getBoundingClientRect();
          const takes = (y) => document.elementFromPoint(left + 10, y) === mark;
          return takes(top - 6) && takes(bottom + 6);
        }"""
    )


def test_the_cells_of_an_option_stand_one_below_the_other(phone: ChatPage) -> None:
    phone.ask(OPTIONS)
    row = phone.answer.locator("tr.tk-chosen")
    cells = [cell.bounding_box() for cell in row.locator("th, td").all()]
    tops = [cell["y"] for cell in cells if cell is not None]
    assert len(tops) == 3
    assert tops == sorted(set(tops))
