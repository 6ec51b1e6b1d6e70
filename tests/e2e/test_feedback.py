"""What the user thinks of any answer of a conversation, by mouse and by keyboard."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.e2e.chat_page import ChatPage
from tests.e2e.marks import MARKS

pytestmark = MARKS

FIRST, SECOND, THIRD = "草津の湯のpHは?", "素焼きの窯は何度?", "本焼きの窯は何度?"
THANKS = "記録しました。このコンピューターにだけ残ります。"


@dataclass
class Records:
    """What the chat has written since the test began."""

    folder: Path
    seen: dict[str, int]

    def read_new(self, name: str) -> list[dict[str, object]]:
        lines = _read_lines(self.folder / name)
        return [json.loads(line) for line in lines[self.seen.get(name, 0) :]]


@pytest.fixture
def records(shared_notes: Path) -> Records:
    folder = shared_notes.parent / "feedback"
    return Records(folder, {path.name: len(_read_lines(path)) for path in folder.glob("*.jsonl")})


def _read_lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines() if path.exists() else []


def test_any_answer_is_rated_with_a_reason_and_its_question_proposed(
    chat: ChatPage, records: Records
) -> None:
    for question in (FIRST, SECOND, THIRD):
        chat.ask(question)
    chat.opinion(1, "bad").click()
    expect(chat.page.locator(".tk-asked")).to_have_text(f"役に立たなかった回答: {SECOND}")
    expect(chat.reason).to_be_focused()
    chat.reason.fill("出典が違う")
    chat.button("send-feedback").click()
    expect(chat.reason).to_be_hidden()
    expect(chat.status).to_have_text(THANKS)
    chat.opinion(0, "good").click()
    chat.opinion(1, "propose").click()
    expect(chat.status).to_have_text("候補に加えました。")
    pressed = [(0, "good"), (1, "bad"), (1, "propose")]
    for turn, meaning in pressed:
        expect(chat.opinion(turn, meaning)).to_have_attribute("aria-pressed", "true")
    bad, good = records.read_new("feedback.jsonl")
    assert (bad["question"], bad["rating"], bad["reason"]) == (SECOND, "bad", "出典が違う")
    assert bad["history"] == [FIRST]
    assert "800 度" in str(bad["answer_text"])
    assert bad["citations"] == [{"path": "memo/窯.md", "line_start": 5, "line_end": 5}]
    assert (good["question"], good["rating"], good["history"]) == (FIRST, "good", [])
    (candidate,) = records.read_new("candidates.jsonl")
    assert (candidate["question"], candidate["history"]) == (SECOND, [FIRST])
    # What was said stands there after a reload, and while the conversation goes on.
    chat.reload()
    chat.ask("別府の湯では?")
    shown = chat.page.locator(".tk-opinion[aria-pressed='true']")
    expect(shown).to_have_count(len(pressed))
    for turn, meaning in pressed:
        expect(chat.opinion(turn, meaning)).to_have_attribute("aria-pressed", "true")


def test_an_abstention_is_rated_too(chat: ChatPage, records: Records) -> None:
    chat.ask("カレーの作り方を教えて")
    chat.opinion(0, "bad").click()
    chat.reason.fill("別のノートにあるはず")
    chat.reason.press("Enter")
    expect(chat.status).to_have_text(THANKS)
    (entry,) = records.read_new("feedback.jsonl")
    assert entry["abstained"] is not None
    assert entry["reason"] == "別のノートにあるはず"


def test_all_of_it_is_done_by_keyboard(chat: ChatPage, records: Records) -> None:
    chat.ask(FIRST)
    chat.ask(SECOND)
    focused = chat.page.locator(":focus")
    chat.opinion(0, "good").focus()
    chat.page.keyboard.press("Space")
    expect(chat.status).to_have_text(THANKS)
    expect(chat.opinion(0, "good")).to_be_focused()
    chat.page.keyboard.press("Tab")
    expect(focused).to_have_text("役に立たない")
    # The form is left, and then sent; either way leads back.
    chat.page.keyboard.press("Enter")
    expect(chat.reason).to_be_focused()
    expect(chat.reason).to_have_css("outline-style", "solid")
    chat.page.keyboard.press("Escape")
    expect(chat.reason).to_be_hidden()
    expect(chat.opinion(0, "bad")).to_be_focused()
    chat.page.keyboard.press("Enter")
    expect(chat.reason).to_be_focused()
    chat.page.keyboard.type("reason")
    chat.page.keyboard.press("Tab")
    expect(focused).to_have_text("記録する")
    chat.page.keyboard.press("Tab")
    expect(focused).to_have_text("閉じる")
    chat.page.keyboard.press("Shift+Tab")
    chat.page.keyboard.press("Enter")
    expect(chat.opinion(0, "bad")).to_have_attribute("aria-pressed", "true")
    expect(chat.opinion(0, "bad")).to_be_focused()
    chat.page.keyboard.press("Tab")
    expect(focused).to_have_text("評価用の質問にする")
    chat.page.keyboard.press("Enter")
    expect(chat.opinion(0, "propose")).to_have_attribute("aria-pressed", "true")
    expect(chat.opinion(0, "propose")).to_be_focused()
    said = [(entry["rating"], entry["reason"]) for entry in records.read_new("feedback.jsonl")]
    assert said == [("good", ""), ("bad", "reason")]


def test_enter_that_ends_a_conversion_does_not_send_the_reason(chat: ChatPage) -> None:
    chat.ask(FIRST)
    chat.opinion(0, "bad").click()
    chat.reason.fill("出典")
    chat.reason.evaluate(
        """(area) => {
          const enter = { key: "Enter", code: "Enter", bubbles: true, cancelable: true };
          area.dispatchEvent(new CompositionEvent("compositionstart", { bubbles: true }));
          area.dispatchEvent(new CompositionEvent("compositionend", { bubbles: true }));
          area.dispatchEvent(new KeyboardEvent("keydown", enter));
          area.dispatchEvent(new KeyboardEvent("keypress", enter));
        }"""
    )
    expect(chat.reason).to_have_value("出典")
    expect(chat.reason).to_be_focused()
    chat.button("close-feedback").click()
    expect(chat.reason).to_be_hidden()
    expect(chat.opinion(0, "bad")).to_have_attribute("aria-pressed", "false")


def test_it_is_labelled_in_english_too(open_chat: Callable[..., ChatPage]) -> None:
    chat = open_chat(locale="en-US")
    chat.ask(FIRST)
    tools = chat.answer.locator(".tk-tools button").all_inner_texts()
    assert tools == ["Copy answer", "Helpful", "Not helpful", "Add to test questions"]
    turn = chat.page.get_by_role("article", name=FIRST)
    turn.get_by_role("button", name="Not helpful").click()
    expect(chat.page.locator(".tk-asked")).to_have_text(f"The answer that did not help: {FIRST}")
    expect(chat.page.get_by_role("textbox", name="Reason (optional)")).to_be_focused()
    expect(chat.page.get_by_role("button", name="Close")).to_be_visible()


def test_on_a_phone_all_of_it_fits(phone: ChatPage) -> None:
    phone.ask(FIRST)
    for meaning in ("good", "bad", "propose"):
        expect(phone.opinion(0, meaning)).to_be_in_viewport()
    phone.opinion(0, "bad").click()
    expect(phone.reason).to_be_in_viewport()
    expect(phone.button("send-feedback")).to_be_in_viewport()
    assert not phone.scrolls_sideways()
