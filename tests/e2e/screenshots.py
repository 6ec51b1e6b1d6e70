"""Makes the pictures of the README: the chat on the bundled notes, light and dark, wide and phone.

python -m tests.e2e.screenshots [--to docs/screenshots]
"""

import argparse
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright
from rich.console import Console

from eval.browser import HOW_TO_INSTALL, find_browser, start_browser
from eval.chat_process import run_chat_process
from tests.e2e.chat_page import ChatPage
from tests.e2e.notes import copy_bundled_notes

QUESTION = "Lambda を VPC に入れるとインターネットに出られない?"
SHORT_QUESTION = "NLB に固定 IP は付けられる?"
OPTIONS = """Lambda 関数の最大実行時間はどれか。

A. 5 分
B. 15 分
C. 30 分
D. 60 分"""

_WIDE = {"viewport": {"width": 1280, "height": 800}}
_PHONE = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 2,
    "has_touch": True,
    "is_mobile": True,
}


def show_source(chat: ChatPage) -> None:
    chat.ask(QUESTION)
    chat.open_source(1)


def show_answer(chat: ChatPage) -> None:
    chat.ask(SHORT_QUESTION)


def show_short_source(chat: ChatPage) -> None:
    chat.ask(SHORT_QUESTION)
    chat.open_source(1)


def show_options(chat: ChatPage) -> None:
    chat.ask(OPTIONS)
    chat.answer.locator(".tk-chosen .tk-evidence").first.click()
    chat.expect_source({"kind": "option", "turn": 0, "letter": "B", "side": "supporting"})


# By the name of the picture: the window, its brightness, and what is done before it is taken.
PICTURES: dict[str, tuple[dict[str, object], str, Callable[[ChatPage], None]]] = {
    "chat-light": (_WIDE, "light", show_source),
    "chat-dark": (_WIDE, "dark", show_source),
    "chat-choice": (_WIDE, "light", show_options),
    "chat-phone": (_PHONE, "light", show_answer),
    "chat-phone-dark": (_PHONE, "dark", show_short_source),
}


def main() -> None:
    """Take all pictures, and print where they are."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--to", type=Path, default=Path("docs/screenshots"))
    folder: Path = parser.parse_args().to
    folder.mkdir(parents=True, exist_ok=True)
    console = Console()
    with (
        tempfile.TemporaryDirectory() as work,
        run_chat_process(
            copy_bundled_notes(Path(work) / "notes"), Path(work), {"LANGUAGE": "ja"}
        ) as url,
        sync_playwright() as playwright,
    ):
        path = find_browser(playwright)
        if path is None:
            sys.exit(HOW_TO_INSTALL)
        browser = start_browser(playwright, path)
        for name in PICTURES:
            console.print(str(take_picture(browser, url, name, folder)))
        browser.close()


def take_picture(browser: Browser, url: str, name: str, folder: Path) -> Path:
    window, scheme, prepare = PICTURES[name]
    context = browser.new_context(
        locale="ja-JP",
        timezone_id="Asia/Tokyo",
        color_scheme=scheme,
        reduced_motion="reduce",
        **window,
    )
    chat = ChatPage(context.new_page(), url).open()
    prepare(chat)
    chat.page.evaluate("document.activeElement.blur()")
    picture = folder / f"{name}.png"
    chat.page.screenshot(path=picture, caret="hide")
    context.close()
    return picture


if __name__ == "__main__":
    main()
