"""Puts the bot together from its parts, and stops it gracefully."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.client import HTTPException
from pathlib import Path

from slack_bolt import App
from slack_bolt.error import BoltError
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from assistant.apps.slack.access import Access, AccessRules
from assistant.apps.slack.archive import Archive
from assistant.apps.slack.client import SlackApi
from assistant.apps.slack.errors import SlackSetupError
from assistant.apps.slack.intake import Intake
from assistant.apps.slack.jobs import Lane
from assistant.apps.slack.kept_forms import AnswerForm
from assistant.apps.slack.ledger import Ledger
from assistant.apps.slack.ledger_file import LedgerFile
from assistant.apps.slack.listeners import Listeners
from assistant.apps.slack.notes_source import NotesSource
from assistant.apps.slack.posting import Poster
from assistant.apps.slack.question_work import QuestionWork
from assistant.apps.slack.quick_work import QuickWork
from assistant.apps.slack.voice import Voice
from assistant.apps.slack.windows import Windows
from assistant.apps.slack.worker import Duty, Pace, WorkerPool
from assistant.serving.feedback import FeedbackStore

_LOG = logging.getLogger(__name__)
# Shorter than a lease, so that nobody takes a job over while a request of its worker is under way.
REQUEST_SECONDS = 10
SLACK_URL = WebClient.BASE_URL


@dataclass(frozen=True, slots=True)
class BotOptions:
    """What may be set of a bot.

    ledger: file of what was asked.
    most_waiting: so many questions wait at the most, the rest is told that the bot is busy.
    """

    ledger: Path
    rules: AccessRules = field(default_factory=AccessRules)
    pace: Pace = field(default_factory=Pace)
    most_waiting: int = 100


@dataclass(frozen=True, slots=True)
class Clocks:
    """wall: seconds since 1970; steady: seconds that never go back."""

    wall: Callable[[], float] = field(default=time.time)
    steady: Callable[[], float] = field(default=time.monotonic)


class Bot:
    """A bot that is ready to be started.

    app: what either way of delivery hands its requests to.
    """

    def __init__(self, app: App, pool: WorkerPool, windows: Windows, file: LedgerFile) -> None:
        self.app = app
        self._pool = pool
        self._windows = windows
        self._file = file

    def start(self) -> None:
        """Take up what the ledger holds."""
        self._pool.start()

    def stop(self, seconds: float) -> bool:
        """Finish what is being answered and leave the rest in the ledger; nothing may come now.

        :param seconds: how long to wait for it; what takes longer is done anew after a restart.
        :return: whether everything that was begun is finished.
        """
        self._windows.close()
        is_finished = self._pool.stop(seconds)
        if is_finished:
            self._file.close()
        else:
            _LOG.warning("some answers were not finished; they are taken up after a restart")
        return is_finished


def build_client(token: str, base_url: str = SLACK_URL) -> WebClient:
    """Return a client of the Web API that never tries anything again by itself.

    :param base_url: of another server that speaks Slack's API, for tests.
    """
    return WebClient(token, base_url=base_url, timeout=REQUEST_SECONDS, retry_handlers=[])


def build_bot(
    options: BotOptions,
    client: WebClient,
    signing_secret: str,
    live: NotesSource,
    voice: Voice,
    feedback: FeedbackStore,
    clocks: Clocks = Clocks(),
) -> Bot:
    """Return a bot.

    :param client: as `build_client` makes it.
    :param signing_secret: of HTTP mode; empty in Socket Mode.
    :raises LedgerError: the ledger cannot be opened.
    :raises SlackSetupError: Slack refuses the token, or cannot be reached.
    """
    app, bot_user = _build_app(client, signing_secret)
    file = LedgerFile(options.ledger)
    form = AnswerForm()
    ledger, archive = Ledger(file), Archive(file, form)
    access = Access(options.rules, clocks.steady)
    api = SlackApi(client, clocks.steady)
    poster = Poster(ledger, api, bot_user, options.pace.lease, clocks.wall)
    questions = QuestionWork(ledger, archive, form, api, poster, live, voice, access)
    quick = QuickWork(
        ledger, archive, form, api, poster, live, voice, access, feedback, clocks.wall
    )
    duties = {
        Lane.ANSWERS: Duty(questions.do, questions.tell_failure),
        Lane.QUICK: Duty(quick.do, quick.tell_failure),
    }
    pool = WorkerPool(ledger, duties, options.pace, clocks.wall)
    intake = Intake(ledger, access, voice.texts, options.most_waiting, pool.wake, clocks.wall)
    windows = Windows(archive, api, live, voice.texts)
    Listeners(intake, archive, windows, voice.texts, bot_user).register(app)
    return Bot(app, pool, windows, file)


def _build_app(client: WebClient, signing_secret: str) -> tuple[App, str]:
    """Return Bolt's app and the id of our own user."""
    try:
        bot_user = str(client.auth_test()["user_id"])
        app = App(
            name="tenkyo",
            client=client,
            signing_secret=signing_secret,
            process_before_response=True,
            ssl_check_enabled=False,
        )
    except (SlackApiError, BoltError) as error:
        code = error.response["error"] if isinstance(error, SlackApiError) else error
        raise SlackSetupError(
            f"Slack refuses the bot token ({code}); check TENKYO_SLACK_BOT_TOKEN"
        ) from error
    except (OSError, HTTPException, SlackClientError) as error:
        raise SlackSetupError(
            f"Slack cannot be reached ({type(error).__name__}); check the network"
        ) from error
    if app.oauth_flow is not None:
        raise SlackSetupError(
            "Bolt would install itself by OAuth; unset SLACK_CLIENT_ID and SLACK_CLIENT_SECRET"
        )
    return app, bot_user
