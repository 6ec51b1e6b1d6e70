"""Opens windows: what needs a trigger, which is dead three seconds after the button was pressed.

So it cannot wait in the ledger, nor be done again. It is done beside the acknowledgement.
"""

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from assistant.apps.slack.actions import Action
from assistant.apps.slack.archive import Archive
from assistant.apps.slack.blocks import render_line
from assistant.apps.slack.client import SlackApi
from assistant.apps.slack.ids import read_job_key
from assistant.apps.slack.modals import render_reason_view, render_source_view
from assistant.apps.slack.notes_source import NotesSource
from assistant.apps.slack.texts import SlackTexts
from assistant.errors import AssistantError

_LOG = logging.getLogger(__name__)
_THREADS = 4


class Windows:
    """Opens windows in threads of its own."""

    def __init__(
        self, archive: Archive, api: SlackApi, live: NotesSource, texts: SlackTexts
    ) -> None:
        self._archive = archive
        self._api = api
        self._live = live
        self._texts = texts
        self._executor = ThreadPoolExecutor(_THREADS, "slack-windows")

    def show_lines(self, action: Action) -> None:
        """Open the window with the lines that a button stands for."""
        self._executor.submit(self._try, lambda: self._show_lines(action))

    def ask_reason(self, action: Action) -> None:
        """Open the window that asks why an answer was not right."""
        view = render_reason_view(self._texts, action.value)
        self._executor.submit(self._try, lambda: self._api.open_view(action.trigger, view))

    def close(self) -> None:
        """Open no more windows, and wait for those that are being opened.

        Those that wait for their turn are not: their triggers are dead by then.
        """
        self._executor.shutdown(cancel_futures=True)

    def _try(self, act: Callable[[], None]) -> None:
        try:
            act()
        except AssistantError as error:
            _LOG.warning("a window could not be opened: %s", error)
        except Exception as error:  # noqa: BLE001  (nobody else hears of it)
            _LOG.error("a window could not be opened: %s: %s", type(error).__name__, error)

    def _show_lines(self, action: Action) -> None:
        answered = self._archive.find_answer(read_job_key(action.block_id) or "")
        if answered is None:
            self._say(action, self._texts.answer_gone)
            return
        citations = answered.answer.citations
        cited = next((one for one in citations if str(one.marker) == action.value), None)
        if cited is None:
            return
        lines = (cited.line_start, cited.line_end)
        source = self._live.read_source(cited.section_id, lines, cited.quote)
        if source is None:
            self._say(action, self._texts.source_gone)
            return
        self._api.open_view(action.trigger, render_source_view(source, self._texts))

    def _say(self, action: Action, line: str) -> None:
        self._api.respond(action.response_url, render_line(line))
