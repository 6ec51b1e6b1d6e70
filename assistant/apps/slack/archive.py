"""Reads what was asked and answered from the ledger: threads, persons, single answers."""

from assistant.apps.slack.jobs import Place
from assistant.apps.slack.kept_forms import AnsweredQuestion, AnswerForm
from assistant.apps.slack.ledger_file import LedgerFile

# Of these, only the latest are searched with a question (`assistant/answering/history.py`).
_HISTORY_TURNS = 10


class Archive:
    """What the ledger knows of the past; rows that expired are forgotten."""

    def __init__(self, file: LedgerFile, form: AnswerForm) -> None:
        self._file = file
        self._form = form

    def read_history(self, place: Place, ts: str) -> tuple[str, ...]:
        """Return the questions of a thread that were asked before a time, oldest first."""
        if not place.thread:
            return ()
        rows = self._list(
            "SELECT text FROM jobs WHERE team = ? AND channel = ? AND thread = ? AND ts < ? "
            "AND kind IN ('question', 'follow-up', 'lookup') AND state != 'held' "
            "ORDER BY ts DESC LIMIT ?",
            (place.team, place.channel, place.thread, ts, _HISTORY_TURNS),
        )
        return tuple(reversed(rows))

    def read_recent(self, team: str, user: str, count: int) -> tuple[str, ...]:
        """Return the latest questions of a person, latest first, each once."""
        return self._list(
            "SELECT text FROM jobs WHERE team = ? AND user = ? "
            "AND kind IN ('question', 'follow-up', 'lookup', 'command') AND state != 'held' "
            "GROUP BY text ORDER BY max(position) DESC LIMIT ?",
            (team, user, count),
        )

    def find_direct_channel(self, team: str, user: str) -> str | None:
        """Return the channel between a person and the bot, None until they opened the App Home."""
        rows = self._list(
            "SELECT channel FROM jobs WHERE team = ? AND user = ? AND kind = 'home' "
            "ORDER BY position DESC LIMIT 1",
            (team, user),
        )
        return rows[0] if rows else None

    def find_answer(self, key: str) -> AnsweredQuestion | None:
        """Return the answer of a job, None if there is none (any more)."""
        rows = self._list("SELECT record FROM jobs WHERE key = ? AND record IS NOT NULL", (key,))
        return self._form.read(rows[0]) if rows else None

    def find_answer_key(self, team: str, channel: str, ts: str) -> str | None:
        """Return the key of the job whose answer stands in a message, None if it is none."""
        rows = self._list(
            "SELECT key FROM jobs WHERE team = ? AND channel = ? AND posted_ts = ? "
            "AND record IS NOT NULL",
            (team, channel, ts),
        )
        return rows[0] if rows else None

    def _list(self, query: str, values: tuple[object, ...]) -> tuple[str, ...]:
        with self._file.read() as connection:
            return tuple(str(value) for (value,) in connection.execute(query, values).fetchall())
