"""What axe finds on the page, in each of its states."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.e2e.chat_page import ChatPage
from tests.e2e.marks import MARKS

pytestmark = MARKS

OPTIONS = "素焼きの窯は何度か。\n\nA. 800 度\nB. 1,230 度\nC. 2,000 度"


def assert_accessible(chat: ChatPage) -> None:
    """Nothing is found that axe calls serious or critical."""
    found = Axe().run(chat.page).response["violations"]
    told = [
        f"{violation['id']}: {node['html'][:200]}"
        for violation in found
        if violation["impact"] in ("serious", "critical")
        for node in violation["nodes"]
    ]
    assert told == []


@pytest.fixture(params=["light", "dark"])
def colored_chat(request: pytest.FixtureRequest, open_chat: Callable[..., ChatPage]) -> ChatPage:
    return open_chat(color_scheme=request.param)


def test_axe_itself_finds_what_is_wrong(chat: ChatPage) -> None:
    chat.page.evaluate("document.querySelector('.tk-header').append(new Image())")
    with pytest.raises(AssertionError, match="image-alt"):
        assert_accessible(chat)


def test_the_start_page(colored_chat: ChatPage) -> None:
    assert_accessible(colored_chat)
    colored_chat.ask("草津の湯のpHは?")
    other = ChatPage(colored_chat.page.context.new_page(), colored_chat.url).open()
    expect(other.earlier).to_have_count(1)
    assert_accessible(other)


def test_answers_and_sources(colored_chat: ChatPage) -> None:
    colored_chat.ask("NLBのクロスゾーン負荷分散は既定で有効?")
    colored_chat.open_source(1)
    assert_accessible(colored_chat)
    colored_chat.ask(OPTIONS)
    colored_chat.ask("カレーの作り方を教えて")
    colored_chat.source.locator(".tk-as-written summary").click()
    colored_chat.opinion(0, "good").click()
    expect(colored_chat.opinion(0, "good")).to_have_attribute("aria-pressed", "true")
    colored_chat.opinion(1, "bad").click()
    expect(colored_chat.reason).to_be_visible()
    colored_chat.button("clear").click()
    expect(colored_chat.button("confirm-clear")).to_be_visible()
    assert_accessible(colored_chat)


def test_the_other_panels(colored_chat: ChatPage) -> None:
    colored_chat.ask("草津の湯のpHは?")
    colored_chat.open_tab("notes")
    colored_chat.page.locator("#tenkyo-overview summary").first.click()
    assert_accessible(colored_chat)
    colored_chat.open_tab("settings")
    expect(colored_chat.page.locator("#tenkyo-theme")).to_be_visible()
    assert_accessible(colored_chat)
    colored_chat.open_tab("explain")
    expect(colored_chat.page.locator(".tk-legs")).to_be_visible()
    assert_accessible(colored_chat)


def test_a_phone(phone: ChatPage) -> None:
    assert_accessible(phone)
    phone.ask(OPTIONS)
    assert_accessible(phone)
    phone.open_source(1)
    expect(phone.page.locator("#tenkyo-side")).to_be_visible()
    assert_accessible(phone)


def test_english(open_chat: Callable[..., ChatPage]) -> None:
    chat = open_chat(locale="en-US")
    chat.ask("草津の湯のpHは?")
    chat.open_source(1)
    assert_accessible(chat)
