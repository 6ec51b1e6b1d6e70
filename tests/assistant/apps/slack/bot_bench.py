"""A bot in this process, wired to a local Slack or to none."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from assistant.apps.slack.access import AccessRules
from assistant.apps.slack.bot import Bot, BotOptions, build_bot, build_client
from assistant.apps.slack.http_mode import HttpFace
from assistant.apps.slack.notes_source import NotesSource
from assistant.apps.slack.socket_mode import SocketFace
from assistant.apps.slack.texts import ENGLISH as TEXTS
from assistant.apps.slack.voice import Voice
from assistant.apps.slack.worker import Pace
from assistant.datatypes import Citation
from assistant.messages import ENGLISH
from assistant.serving.feedback import FeedbackStore
from tests.assistant.apps.slack.fake_slack.fake_slack import FakeSlack
from tests.assistant.apps.slack.scripted_notes import ScriptedNotes

# As a person never is; tests of the limits set their own.
UNLIMITED = AccessRules(user_limit=100_000, team_limit=100_000)
QUICK = Pace(lease=2.0, poll=0.05, backoff=0.05, most_backoff=0.2)


def link_to(citation: Citation) -> str:
    """Return a web address of cited lines."""
    return f"https://notes.example/{citation.path}#L{citation.line_start}"


VOICE = Voice(TEXTS, ENGLISH, link_to)


@dataclass(frozen=True, slots=True)
class Bench:
    """A running bot; folder: of its ledger (`ledger.sqlite3`) and the feedback."""

    bot: Bot
    notes: NotesSource
    folder: Path


@contextmanager
def run_on(
    slack: FakeSlack,
    folder: Path,
    notes: NotesSource | None = None,
    *,
    rules: AccessRules = UNLIMITED,
    pace: Pace = QUICK,
    most_waiting: int = 100_000,
    by_socket: bool = True,
    by_http: bool = False,
) -> Iterator[Bench]:
    """Run a bot on a local Slack, over either way or both."""
    notes = notes or ScriptedNotes()
    options = BotOptions(folder / "ledger.sqlite3", rules, pace, most_waiting)
    bot = build_bot(
        options,
        build_client(slack.bot_token, slack.base_url),
        slack.signing_secret,
        notes,
        VOICE,
        FeedbackStore(folder),
    )
    faces: list[SocketFace | HttpFace] = []
    bot.start()
    try:
        if by_socket:
            faces.append(SocketFace(bot.app, slack.app_token))
        if by_http:
            http = HttpFace(bot.app, slack.signing_secret, "127.0.0.1", 0)
            faces.append(http)
        for face in faces:
            face.start()
        if by_http:
            slack.request_url = http.url
        if by_socket:
            slack.wait_until(lambda: slack.socket.connections > 0)
        yield Bench(bot, notes, folder)
    finally:
        for face in faces:
            face.stop()
        if isinstance(notes, ScriptedNotes):
            notes.released.set()
        bot.stop(10.0)
