"""Runs a bot until it is told to stop."""

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Protocol

from assistant.apps.slack.bot import Bot

STOP_SECONDS = 30.0
STARTED, STOPPING = "started", "stopping"


class Face(Protocol):
    """A way by which Slack delivers."""

    def start(self) -> None:
        """Begin to take what comes."""

    def stop(self) -> None:
        """Take nothing more; what came is written down before this returns."""


def run_bot(bot: Bot, face: Face, stop: threading.Event, tell: Callable[[str], None]) -> bool:
    """Run a bot until `stop` is set; return whether all that was begun is finished.

    :param tell: called with `STARTED`, and with `STOPPING`, which may take `STOP_SECONDS`.
    :raises SlackSetupError: as the face's `start`.
    """
    bot.start()
    try:
        face.start()
        tell(STARTED)
        stop.wait()
        tell(STOPPING)
        face.stop()
    finally:
        is_finished = bot.stop(STOP_SECONDS)
    return is_finished


@contextmanager
def stopping_by_signal() -> Iterator[threading.Event]:
    """Yield an event that SIGTERM and SIGINT set; the second signal ends the process at once."""
    stop = threading.Event()
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}

    def handle(number: int, frame: FrameType | None) -> None:  # noqa: ARG001
        stop.set()
        signal.signal(number, signal.SIG_DFL)

    for number in before:
        signal.signal(number, handle)
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
