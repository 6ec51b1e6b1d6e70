"""Fixtures of the tests that drive the chat in a real browser, with the real model."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from eval.browser import HOW_TO_INSTALL, find_browser, start_browser
from eval.chat_process import run_chat_process
from tests.assistant.generators.chat_server import ChatServer, serve
from tests.e2e.chat_page import ChatPage
from tests.e2e.model import speak_without_end
from tests.e2e.notes import MOST_BYTES, write_notes
from tests.e2e.watch import Watch

BROWSER_OF_A_USER = {
    "locale": "ja-JP",
    "timezone_id": "Asia/Tokyo",
    "viewport": {"width": 1440, "height": 900},
    # What fades in has not its own colours yet, and what scrolls is not where it will be.
    "reduced_motion": "reduce",
}
PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="session")
def browser_path() -> Path:
    """Without a browser, tests are skipped; where `TENKYO_E2E` is set, they fail."""
    with sync_playwright() as playwright:
        path = find_browser(playwright)
    if path is None:
        if os.environ.get("TENKYO_E2E"):
            pytest.fail(HOW_TO_INSTALL)
        pytest.skip(HOW_TO_INSTALL)
    return path


@pytest.fixture(scope="module")
def browser(browser_path: Path) -> Iterator[Browser]:
    """A module's own: while one is there, nothing else may have an event loop."""
    with sync_playwright() as playwright, start_browser(playwright, browser_path) as browser:
        yield browser


@pytest.fixture(scope="session")
def shared_notes(tmp_path_factory) -> Path:
    return write_notes(tmp_path_factory.mktemp("e2e") / "notes")


@pytest.fixture(scope="session")
def chat_settings(cache_folder: Path) -> dict[str, str]:
    return {"CACHE": str(cache_folder), "LANGUAGE": "ja"}


@pytest.fixture(scope="session")
def shared_chat(
    browser_path: Path, shared_notes: Path, chat_settings: dict[str, str]
) -> Iterator[str]:
    """The address of a chat for all tests that leave its notes as they are."""
    with run_chat_process(shared_notes, shared_notes.parent, chat_settings) as url:
        yield url


@pytest.fixture
def watch(watch_of_module: Watch) -> Iterator[Watch]:
    """What the browsers of a test do.

    Whatever a test does, nothing may be asked of another machine, and nothing may go wrong.
    """
    watch_of_module.forget()
    yield watch_of_module
    assert watch_of_module.foreign == []
    assert watch_of_module.problems == []


@pytest.fixture(scope="module")
def watch_of_module() -> Watch:
    return Watch()


@pytest.fixture
def open_context(browser: Browser, watch: Watch) -> Iterator[Callable[..., BrowserContext]]:
    """Opens a browser as a new user has one; all that it does is watched."""
    opened: list[BrowserContext] = []

    def open_new(**options: object) -> BrowserContext:
        context = browser.new_context(**{**BROWSER_OF_A_USER, **options})
        watch.follow(context)
        opened.append(context)
        return context

    yield open_new
    for context in opened:
        context.close()


@pytest.fixture
def open_chat(
    open_context: Callable[..., BrowserContext], shared_chat: str
) -> Callable[..., ChatPage]:
    """Opens the shared chat in a browser of its own."""

    def open_new(**options: object) -> ChatPage:
        return ChatPage(open_context(**options).new_page(), shared_chat).open()

    return open_new


@pytest.fixture(scope="module")
def page_of_module(browser: Browser, watch_of_module: Watch) -> Iterator[Page]:
    context = browser.new_context(**BROWSER_OF_A_USER)
    watch_of_module.follow(context)
    yield context.new_page()
    context.close()


@pytest.fixture
def chat(page_of_module: Page, watch: Watch, shared_chat: str) -> ChatPage:
    """The shared chat as a new user sees it, in a browser that has loaded its scripts before."""
    if page_of_module.url.startswith(shared_chat):
        page_of_module.evaluate("localStorage.clear()")
        # Gradio complains of connections that a page takes with it when it goes.
        page_of_module.goto("about:blank")
        watch.forget()
    return ChatPage(page_of_module, shared_chat).open()


@pytest.fixture
def phone(open_chat: Callable[..., ChatPage]) -> ChatPage:
    return open_chat(viewport=PHONE, has_touch=True, is_mobile=True)


@pytest.fixture(scope="session")
def slow_model() -> Iterator[ChatServer]:
    """A language model that begins to answer, and goes on without end."""
    with serve(speak_without_end) as server:
        yield server


@pytest.fixture(scope="session")
def changing_notes(shared_notes: Path, tmp_path_factory) -> Path:
    """The notes of a chat for the tests that change them, and change them back."""
    folder = tmp_path_factory.mktemp("changing") / "notes"
    return Path(shutil.copytree(shared_notes, folder))


@pytest.fixture(scope="session")
def changing_chat(
    browser_path: Path, changing_notes: Path, slow_model: ChatServer, chat_settings: dict[str, str]
) -> Iterator[str]:
    """The address of the chat on the changing notes, which has a language model too."""
    settings = {
        **chat_settings,
        "LLM_URL": slow_model.url,
        "LLM_MODEL": "m",
        "MAX_FILE_BYTES": str(MOST_BYTES),
    }
    with run_chat_process(changing_notes, changing_notes.parent, settings) as url:
        yield url
