"""Bolt's real app with the bot's listeners, and nothing behind them but a ledger."""

import math
from pathlib import Path

from slack_bolt import App, BoltRequest
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.response import BoltResponse

from assistant.apps.slack.access import Access, AccessRules
from assistant.apps.slack.actions import Action
from assistant.apps.slack.archive import Archive
from assistant.apps.slack.intake import Intake
from assistant.apps.slack.jobs import JobKind, Lane, LeasedJob
from assistant.apps.slack.kept_forms import AnsweredQuestion, AnswerForm
from assistant.apps.slack.ledger import Ledger
from assistant.apps.slack.ledger_file import LedgerFile
from assistant.apps.slack.listeners import Listeners
from assistant.apps.slack.texts import ENGLISH as TEXTS
from assistant.datatypes import Question
from tests.assistant.apps.slack.answers import PLAIN
from tests.assistant.apps.slack.bot_bench import UNLIMITED
from tests.assistant.apps.slack.fake_slack.people import ASKER, CHANNEL, COLLEAGUE, People
from tests.assistant.apps.slack.fake_slack.records import BOT, BOT_USER, TEAM, Message, Payload
from tests.assistant.apps.slack.fake_slack.signed_requests import SIGNING_SECRET
from tests.assistant.apps.slack.fake_slack.workspace import Workspace


class RecordingWindows:
    """Implements what the listeners use of `Windows`, and opens none."""

    def __init__(self) -> None:
        self.opened: list[tuple[str, Action]] = []

    def show_lines(self, action: Action) -> None:
        self.opened.append(("lines", action))

    def ask_reason(self, action: Action) -> None:
        self.opened.append(("reason", action))


class Clock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.now = 1_700_000_000.0

    def __call__(self) -> float:
        return self.now


class ListeningBot:
    """A bot that hears and writes down; people: who talk to it."""

    def __init__(
        self, folder: Path, rules: AccessRules = UNLIMITED, most_waiting: int = 100
    ) -> None:
        self.clock = Clock()
        self.file = LedgerFile(folder / "ledger.sqlite3")
        self.form = AnswerForm()
        self.ledger = Ledger(self.file)
        self.archive = Archive(self.file, self.form)
        self.windows = RecordingWindows()
        self.woken = 0
        self.workspace = Workspace()
        for user in (ASKER, COLLEAGUE):
            self.workspace.add_user(user, user.lower())
        self.workspace.add_channel(CHANNEL, "notes", (BOT_USER, ASKER, COLLEAGUE))
        self.people = People(self.workspace, "https://hooks.example")
        intake = Intake(
            self.ledger,
            Access(rules, self.clock),
            TEXTS,
            most_waiting,
            self._wake,
            self.clock,
        )
        self.listeners = Listeners(
            intake,
            self.archive,
            self.windows,  # type: ignore[arg-type]
            TEXTS,
            BOT_USER,
        )
        identity = AuthorizeResult(
            enterprise_id=None,
            team_id=TEAM,
            bot_user_id=BOT_USER,
            bot_id=BOT,
            bot_token="xoxb-none",
        )
        self.app = App(
            name="tenkyo",
            authorize=lambda: identity,
            signing_secret=SIGNING_SECRET,
            process_before_response=True,
            ssl_check_enabled=False,
        )
        self.listeners.register(self.app)

    def hear(self, payload: Payload | dict[str, object]) -> BoltResponse:
        """Hand over what Slack sent, as Socket Mode does, and return what Bolt answers."""
        body = payload.body if isinstance(payload, Payload) else payload
        return self.app.dispatch(BoltRequest(body=body, mode="socket_mode"))

    def take(self, lane: Lane = Lane.ANSWERS) -> LeasedJob | None:
        """Take the next job for good."""
        return self.ledger.lease("worker", lane, self.clock.now, math.inf)

    def take_all(self, lane: Lane = Lane.ANSWERS) -> list[LeasedJob]:
        """Take every job that may be taken now."""
        return list(iter(lambda: self.take(lane), None))

    def take_kinds(self, lane: Lane = Lane.QUICK) -> list[JobKind]:
        """Take every job, and return the kinds."""
        return [leased.job.kind for leased in self.take_all(lane)]

    def answer(self, leased: LeasedJob, message: Message) -> str:
        """Have a question answered in a message, and return its key."""
        answered = AnsweredQuestion(Question(leased.job.text), PLAIN)
        self.ledger.keep_posted(leased, message.ts)
        self.ledger.keep_reply(leased, '{"text": "", "blocks": []}', self.form.write(answered))
        self.ledger.finish(leased, self.clock.now)
        return leased.job.key

    def _wake(self) -> None:
        self.woken += 1
