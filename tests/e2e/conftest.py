"""Fixtures of the tests that drive the chat in a real browser, with the real model."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from eval.browser import HOW_TO_INSTALL, find_browser, start_browser
from eval.chat_process import run_chat_process
from tests.e2e.chat_page import ChatPage
from tests.e2e.notes import write_notes
from tests.e2e.watch import Watch

WIDE = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A module's own: while one runs, no other test may have an event loop."""
    with sync_playwright() as playwright:
        path = find_browser(playwright)
        if path is None:
            if os.environ.get("TENKYO_E2E"):
                pytest.fail(HOW_TO_INSTALL)
            pytest.skip(HOW_TO_INSTALL)
        started = start_browser(playwright, path)
        yield started
        started.close()


@pytest.fixture(scope="session")
def shared_notes(tmp_path_factory) -> Path:
    return write_notes(tmp_path_factory.mktemp("e2e") / "notes")


@pytest.fixture(scope="session")
def chat_settings(cache_folder: Path) -> dict[str, str]:
    return {"CACHE": str(cache_folder), "LANGUAGE": "ja"}


@pytest.fixture(scope="session")
def shared_chat(shared_notes: Path, chat_settings: dict[str, str]) -> Iterator[str]:
    """The address of a chat for all tests that leave its notes as they are."""
    with run_chat_process(shared_notes, shared_notes.parent, chat_settings) as url:
        yield url


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def open_context(browser: Browser, watch: Watch) -> Iterator[Callable[..., BrowserContext]]:
    """Opens a browser as a new user has one; all that it does is watched.

    Whatever a test does, nothing may be asked of another machine, and nothing may go wrong.
    """
    opened: list[BrowserContext] = []

    def open_new(**options: object) -> BrowserContext:
        chosen = {"locale": "ja-JP", "timezone_id": "Asia/Tokyo", "viewport": WIDE, **options}
        context = browser.new_context(**chosen)
        watch.follow(context)
        opened.append(context)
        return context

    yield open_new
    for context in opened:
        context.close()
    assert watch.foreign == []
    assert watch.problems == []


@pytest.fixture
def open_chat(
    open_context: Callable[..., BrowserContext], shared_chat: str
) -> Callable[..., ChatPage]:
    """Opens the shared chat in a browser of its own."""

    def open_new(**options: object) -> ChatPage:
        return ChatPage(open_context(**options).new_page(), shared_chat).open()

    return open_new


@pytest.fixture
def chat(open_chat: Callable[..., ChatPage]) -> ChatPage:
    return open_chat()


@pytest.fixture
def phone(open_chat: Callable[..., ChatPage]) -> ChatPage:
    return open_chat(viewport=PHONE, has_touch=True, is_mobile=True)


@pytest.fixture(scope="session")
def copy_notes(shared_notes: Path) -> Callable[[Path], Path]:
    """Copies the notes for a chat whose notes change."""
    return lambda folder: Path(shutil.copytree(shared_notes, folder / "notes"))
