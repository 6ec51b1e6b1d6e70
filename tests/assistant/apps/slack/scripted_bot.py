"""A bot of scripted answers as a process of its own, to be killed and started again.

Its addresses and secrets come in `BOT_URL`, `BOT_TOKEN`, `APP_TOKEN`; `BOT_FOLDER` is where its
ledger is; `ANSWER_SECONDS` is how long an answer takes.
"""

import logging
import os
import sys
from pathlib import Path

from assistant.apps.slack.bot import BotOptions, build_bot, build_client
from assistant.apps.slack.running import run_bot, stopping_by_signal
from assistant.apps.slack.socket_mode import SocketFace
from assistant.apps.slack.worker import Pace
from assistant.serving.feedback import FeedbackStore
from tests.assistant.apps.slack.bot_bench import UNLIMITED, VOICE
from tests.assistant.apps.slack.scripted_notes import ScriptedNotes

# A lease runs out soon after its worker was killed. It must be longer than the local Slack takes.
PACE = Pace(answer_threads=4, lease=1.0, poll=0.05, backoff=0.05, most_backoff=0.2, attempts=1_000)


def main() -> None:
    """Answer until the process is told to end."""
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr)
    environment = os.environ
    folder = Path(environment["BOT_FOLDER"])
    with stopping_by_signal() as stop:
        bot = build_bot(
            BotOptions(folder / "ledger.sqlite3", UNLIMITED, PACE, 100_000),
            build_client(environment["BOT_TOKEN"], environment["BOT_URL"]),
            "",
            ScriptedNotes(float(environment.get("ANSWER_SECONDS", "0"))),
            VOICE,
            FeedbackStore(folder),
        )
        face = SocketFace(bot.app, environment["APP_TOKEN"])
        run_bot(bot, face, stop, lambda word: print(word, flush=True))  # noqa: T201


if __name__ == "__main__":
    main()
