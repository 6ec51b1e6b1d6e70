"""The conversations of several tabs of one browser, which share what the browser keeps."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.e2e.chat_page import ChatPage
from tests.e2e.marks import MARKS
from tests.e2e.watch import Watch

pytestmark = MARKS

FIRST, SECOND, THIRD = "草津の湯のpHは?", "素焼きの窯は何度?", "本焼きの窯は何度?"
OWN_ID = "sessionStorage.getItem('tenkyo-conversation')"
# Keeps conversations as another page would have, the last one changed first: days ago, and title.
KEEP = """(days) => days.forEach((ago, number) => {
  const head = { owner: "", changed: Date.now() - ago * 24 * 3600 * 1000, title: `問 ${number}` };
  const text = '{"version": 1, "turns": []}';
  localStorage.setItem(`tenkyo-conversation-${number}`, `${JSON.stringify(head)}\\n${text}`);
})"""


@pytest.fixture
def context(open_context: Callable[..., BrowserContext]) -> BrowserContext:
    """A browser of which nothing else has been a tab."""
    return open_context()


@pytest.fixture
def open_tab(context: BrowserContext, shared_chat: str) -> Callable[[], ChatPage]:
    return lambda: ChatPage(context.new_page(), shared_chat).open()


def count_kept(chat: ChatPage) -> int:
    return chat.page.evaluate(
        "Object.keys(localStorage).filter((key) => key.startsWith('tenkyo-conversation-')).length"
    )


def test_every_tab_has_its_own_conversation_and_keeps_it(open_tab) -> None:
    one, other = open_tab(), open_tab()
    one.ask(FIRST)
    other.ask(SECOND)
    one.ask(THIRD)
    for tab in (one, other, one):
        tab.reload()
    assert one.read_questions() == [FIRST, THIRD]
    assert other.read_questions() == [SECOND]
    one.ask(SECOND)
    one.reload()
    assert one.read_questions() == [FIRST, THIRD, SECOND]
    assert count_kept(one) == 2


def test_a_new_tab_begins_anew_and_offers_what_there_was(open_tab) -> None:
    one = open_tab()
    one.ask(FIRST)
    one.ask(SECOND)
    other = open_tab()
    expect(other.turns).to_have_count(0)
    expect(other.page.locator("#tk-earlier")).to_have_text("これまでの会話")
    expect(other.earlier.locator(".tk-title")).to_have_text([FIRST])
    with one.page.expect_event("close"):
        one.page.close(run_before_unload=True)  # as a user closes a tab
    other.earlier.click()
    expect(other.turns).to_have_count(2)
    expect(other.status).to_have_text("前回の会話の続きです。")
    other.ask(THIRD)
    other.reload()
    assert other.read_questions() == [FIRST, SECOND, THIRD]
    assert count_kept(other) == 1  # gone on with, not copied


def test_what_another_tab_has_open_is_gone_on_with_in_a_copy(open_tab) -> None:
    one, other = open_tab(), open_tab()
    one.ask(FIRST)
    other.page.reload()
    other.earlier.click()
    expect(other.turns).to_have_count(1)
    other.ask(SECOND)
    one.ask(THIRD)
    for tab in (one, other):
        tab.reload()
    assert one.read_questions() == [FIRST, THIRD]
    assert other.read_questions() == [FIRST, SECOND]


def test_a_copied_tab_goes_its_own_way(open_tab) -> None:
    """A browser copies the session storage together with the tab."""
    one, copy = open_tab(), open_tab()
    one.ask(FIRST)
    one.reload()
    copy.page.evaluate(
        "(id) => sessionStorage.setItem('tenkyo-conversation', id)", one.page.evaluate(OWN_ID)
    )
    copy.page.reload()
    expect(copy.turns).to_have_count(1)
    copy.button("clear").click()
    copy.button("confirm-clear").click()
    expect(copy.turns).to_have_count(0)
    copy.reload()
    expect(copy.turns).to_have_count(0)
    one.reload()
    assert one.read_questions() == [FIRST]
    assert one.page.evaluate(OWN_ID) != copy.page.evaluate(OWN_ID)


def test_a_new_conversation_leaves_the_last_one_to_come_back_to(open_tab) -> None:
    chat = open_tab()
    button = chat.page.locator(".tk-new")
    expect(button).to_be_hidden()
    chat.ask(FIRST)
    chat.page.get_by_role("button", name="新しい会話").click()
    expect(chat.earlier).to_have_count(1)
    expect(button).to_be_hidden()
    expect(chat.question).to_be_focused()
    chat.ask(SECOND)
    assert chat.read_questions() == [SECOND]
    button.click()
    expect(chat.earlier.locator(".tk-title")).to_have_text([SECOND, FIRST])
    chat.earlier.last.click()
    expect(chat.turns).to_have_count(1)
    assert chat.read_questions() == [FIRST]


def test_a_conversation_that_is_cleared_is_kept_no_more(open_tab) -> None:
    chat = open_tab()
    chat.ask(FIRST)
    chat.button("clear").click()
    chat.button("confirm-clear").click()
    expect(chat.turns).to_have_count(0)
    chat.reload()
    expect(chat.earlier).to_have_count(0)
    assert count_kept(chat) == 0


def test_ten_conversations_are_kept_for_thirty_days(open_tab) -> None:
    chat = open_tab()
    chat.page.evaluate(KEEP, [*range(1, 12), 29])
    chat.page.reload()
    expect(chat.earlier.locator(".tk-title")).to_have_text([f"問 {n}" for n in range(10)])
    chat.page.evaluate(KEEP, [1, 29, 31])
    chat.page.reload()
    expect(chat.earlier.locator(".tk-title").nth(1)).to_have_text("問 3")
    titles = chat.earlier.locator(".tk-title").all_inner_texts()
    assert titles == ["問 0", "問 3", "問 4", "問 5", "問 6", "問 7", "問 8", "問 9", "問 1"]
    chat.ask(FIRST)
    chat.reload()
    assert count_kept(chat) == 10


def test_what_stands_there_without_being_a_conversation_does_no_harm(
    open_tab, watch: Watch
) -> None:
    chat = open_tab()
    attack = '<img src=x onerror="window.pwned=1">\u202egnp'
    chat.page.evaluate(
        """(title) => {
          const put = (id, head) => localStorage.setItem(`tenkyo-conversation-${id}`, head);
          put("a", `${JSON.stringify({ owner: "", changed: Date.now(), title })}\\n{"turns": 5}`);
          put("b", "null");
          put("c", "");
          put("d", `${JSON.stringify({ owner: "", changed: "now", title })}\\n`);
        }""",
        attack,
    )
    chat.page.reload()
    expect(chat.earlier).to_have_count(1)
    expect(chat.earlier.locator(".tk-title")).to_have_text(attack.replace("\u202e", " "))
    chat.earlier.click()
    expect(chat.page.locator(".tk-welcome .ask").first).to_be_visible()
    expect(chat.turns).to_have_count(0)
    chat.ask(FIRST)
    chat.reload()
    assert chat.read_questions() == [FIRST]
    assert chat.page.evaluate("window.pwned") is None
    assert watch.problems == []


def test_where_there_is_no_room_the_oldest_goes_and_else_the_user_is_told(open_tab) -> None:
    chat = open_tab()
    chat.page.evaluate(KEEP, [1, 2])
    fill = """(left) => {
      for (let size = 2 ** 22; size > left; size = Math.floor(size / 2)) {
        for (let n = 0; ; n += 1) {
          try { localStorage.setItem(`junk-${size}-${n}`, "x".repeat(size)); } catch { break; }
        }
      }
    }"""
    chat.page.evaluate(fill, 8)
    chat.ask(FIRST)
    expect(chat.page.locator(".tk-toast")).to_contain_text("このブラウザーに残せません")
    assert count_kept(chat) == 0
    # The chat goes on, and is kept again once there is room.
    chat.page.evaluate("localStorage.clear()")
    chat.ask(SECOND)
    chat.reload()
    assert chat.read_questions() == [FIRST, SECOND]
