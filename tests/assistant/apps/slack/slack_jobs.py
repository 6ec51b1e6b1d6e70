"""Jobs and ledgers for tests."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from assistant.apps.slack.jobs import Job, JobKind, Place
from assistant.apps.slack.ledger import Ledger
from assistant.apps.slack.ledger_file import LedgerFile

TEAM, CHANNEL, USER = "T1", "C1", "U1"
THREAD = "1700000000.000100"


def make_job(
    ts: str = THREAD,
    text: str = "上限は?",
    *,
    kind: JobKind = JobKind.QUESTION,
    thread: str = THREAD,
    channel: str = CHANNEL,
    user: str = USER,
    about: str = "",
    response_url: str = "",
) -> Job:
    """Return a job of a message at `ts`."""
    place = Place(TEAM, channel, thread)
    return Job(f"{TEAM}:{channel}:{ts}", kind, place, user, text, ts, about, response_url)


@contextmanager
def open_ledger(path: Path) -> Iterator[Ledger]:
    """Open a ledger, and close its file in the end."""
    file = LedgerFile(path)
    try:
        yield Ledger(file)
    finally:
        file.close()
