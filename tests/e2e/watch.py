"""Watches all that a browser does while a test drives it."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Dialog, Error, Page, Request

_HOST = "127.0.0.1"
# Made by the page out of what it holds; nothing is asked for.
_OWN_SCHEMES = ("blob", "data")


@dataclass
class Watch:
    """What happened in the pages of a context.

    requests: the addresses that were asked for.
    problems: errors of the console, scripts that failed, dialogs.
    """

    requests: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def follow(self, context: BrowserContext) -> None:
        context.on("request", self._note_request)
        context.on("console", self._note_message)
        context.on("weberror", lambda error: self._note_error(error.error))
        context.on("dialog", self._note_dialog)
        context.on("page", self._note_page)

    def forget(self) -> None:
        """Begin anew."""
        self.requests.clear()
        self.problems.clear()

    @property
    def foreign(self) -> list[str]:
        """The requests that left this machine."""
        parts = [(url, urlsplit(url)) for url in self.requests]
        return [
            url for url, part in parts if part.hostname != _HOST and part.scheme not in _OWN_SCHEMES
        ]

    def _note_request(self, request: Request) -> None:
        self.requests.append(request.url)

    def _note_message(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.problems.append(f"console: {message.text}")

    def _note_error(self, error: Error) -> None:
        self.problems.append(f"script: {error.message}")

    def _note_dialog(self, dialog: Dialog) -> None:
        self.problems.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _note_page(self, page: Page) -> None:
        page.on("websocket", lambda socket: self.requests.append(socket.url))
