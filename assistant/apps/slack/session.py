"""One run of `tenkyo slack`: from the settings to a bot that answers."""

import logging
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from unicodedata import normalize

from pydantic import SecretStr
from rich.console import Console

from assistant.apps.slack.access import AccessRules
from assistant.apps.slack.bot import SLACK_URL, Bot, BotOptions, build_bot, build_client
from assistant.apps.slack.errors import SlackSetupError
from assistant.apps.slack.health_check import (
    APP_VARIABLE,
    BOT_VARIABLE,
    SIGNING_VARIABLE,
    Finding,
    check_app_token,
    check_bot_token,
    check_index,
    check_signing_secret,
)
from assistant.apps.slack.http_mode import HttpFace
from assistant.apps.slack.redaction import start_logging
from assistant.apps.slack.running import STARTED, STOP_SECONDS, Face, run_bot
from assistant.apps.slack.socket_mode import SocketFace
from assistant.apps.slack.source_blocks import Link
from assistant.apps.slack.terminal_texts import choose_terminal_texts
from assistant.apps.slack.texts import choose_texts
from assistant.apps.slack.voice import Voice
from assistant.commands.options import Terminal, open_language_model
from assistant.datatypes import Citation
from assistant.messages import choose_messages
from assistant.progress import StageProgress
from assistant.render import print_line
from assistant.serving.feedback import FeedbackStore
from assistant.serving.live_assistant import LiveAssistant, open_live_assistant
from assistant.serving.permalink import build_permalink
from assistant.settings import read_settings
from assistant.wiring import load_engine

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Choices:
    """What the command line says; None: as the settings say.

    use_http: be posted to, instead of Socket Mode.
    use_model: let the language model word the answers.
    """

    notes: Path | None = None
    index: Path | None = None
    model: str | None = None
    host: str | None = None
    port: int | None = None
    use_http: bool = False
    use_model: bool = False


class Session:
    """The settings, and the terminal of who runs the bot.

    slack_url: address of the Web API.

    :raises SettingsError: a setting is unknown or out of bounds.
    """

    def __init__(self, choices: Choices, slack_url: str = SLACK_URL) -> None:
        self._choices = choices
        self._slack_url = slack_url
        settings = read_settings(
            {
                "notes": choices.notes,
                "index": choices.index,
                "model": choices.model,
                "slack_host": choices.host,
                "slack_port": choices.port,
            }
        )
        messages = choose_messages(settings.language)
        self._terminal = Terminal(
            Console(highlight=False), Console(stderr=True), messages, settings
        )
        self._texts = choose_terminal_texts(messages.language)

    def check(self) -> bool:
        """Print what becomes of every test, one a line, and return whether all went well."""
        findings = list(self._test())
        for finding in findings:
            verdict = self._texts.good if finding.is_good else self._texts.bad
            line = f"{verdict} {finding.name}: {finding.detail}"
            print_line(self._terminal.out, line, "default" if finding.is_good else "red")
        return all(finding.is_good for finding in findings)

    @contextmanager
    def open_bot(self) -> Iterator[tuple[Bot, Face]]:
        """Yield a bot that is ready to be run, and the way by which Slack delivers to it.

        :raises SlackError: the bot cannot be started.
        :raises AssistantError, IndexingError, IngestError: there is nothing to answer from.
        """
        settings = self._terminal.settings
        token = _demand(settings.slack_bot_token, BOT_VARIABLE)
        key = self._demand_key()
        start_logging(sys.stderr, [token, key])
        live = self._open_notes()
        try:
            bot = build_bot(
                self._build_options(live),
                build_client(token, self._slack_url),
                key if self._choices.use_http else "",
                live,
                self._build_voice(),
                FeedbackStore(settings.feedback_folder),
            )
            if self._choices.use_http:
                yield bot, HttpFace(bot.app, key, settings.slack_host, settings.slack_port)
            else:
                yield bot, SocketFace(bot.app, key)
        finally:
            live.close()

    def run(self, bot: Bot, face: Face, stop: threading.Event) -> None:
        """Answer until `stop` is set, and then finish what is being answered.

        :raises SlackSetupError: as the face's `start`.
        """
        run_bot(bot, face, stop, self._tell)

    def _test(self) -> Iterator[Finding]:
        settings, texts = self._terminal.settings, self._texts
        client = build_client(_reveal(settings.slack_bot_token), self._slack_url)
        yield from check_bot_token(client, texts)
        if self._choices.use_http:
            yield check_signing_secret(_reveal(settings.slack_signing_secret), texts)
        else:
            yield check_app_token(client, _reveal(settings.slack_app_token), texts)
        yield check_index(settings.index_folder, texts)

    def _demand_key(self) -> str:
        """Return what the way of delivery needs: the signing secret, or the app token."""
        settings = self._terminal.settings
        if self._choices.use_http:
            return _demand(settings.slack_signing_secret, SIGNING_VARIABLE)
        return _demand(settings.slack_app_token, APP_VARIABLE)

    def _open_notes(self) -> LiveAssistant:
        terminal = self._terminal
        model = open_language_model(terminal) if self._choices.use_model else None
        with StageProgress(terminal.err, terminal.messages) as progress:
            engine = load_engine(terminal.settings, progress.show_model)
            return open_live_assistant(terminal.settings, engine, model, progress.show_stage)

    def _build_options(self, live: LiveAssistant) -> BotOptions:
        settings = self._terminal.settings
        folders = {
            channel: normalize("NFC", folder.strip("/"))
            for channel, folder in settings.slack_folders.items()
        }
        known = live.overview().folders
        for channel, folder in folders.items():
            if folder not in known:
                _LOG.warning("slack_folders: there is no folder %s for %s", folder, channel)
        rules = AccessRules(
            frozenset(settings.slack_channels), frozenset(settings.slack_users), folders
        )
        return BotOptions(settings.slack_ledger_file, rules)

    def _build_voice(self) -> Voice:
        settings, messages = self._terminal.settings, self._terminal.messages
        return Voice(
            choose_texts(messages.language),
            messages,
            _build_link(settings.permalink_base),
            settings.answer_characters,
            self._choices.use_model,
        )

    def _tell(self, state: str) -> None:
        texts = self._texts
        line = (
            texts.started if state == STARTED else texts.stopping.format(seconds=int(STOP_SECONDS))
        )
        print_line(self._terminal.err, line)


def _build_link(base: str | None) -> Link:
    """Return what gives the web address of cited lines: none where the notes are not on the web."""

    def link(citation: Citation) -> str | None:
        if base is None:
            return None
        return build_permalink(base, citation.path, citation.line_start, citation.line_end)

    return link


def _reveal(secret: SecretStr | None) -> str:
    return "" if secret is None else secret.get_secret_value()


def _demand(secret: SecretStr | None, name: str) -> str:
    value = _reveal(secret)
    if not value:
        raise SlackSetupError(f"{name} is not set; set this variable (see docs/slack.md)")
    return value
