"""What was asked, how far it is, and who works on it: each event once, whatever happens.

A job is claimed before its event is acknowledged, so that Slack delivers again what was not
claimed, and a second delivery finds the row. It is worked on under a lease, which must be renewed:
who dies leaves it to another worker. Every step of the work is written down before the next one,
and only by who holds the lease; a worker that was overtaken is told so by `LeaseLostError`.
"""

import sqlite3
from dataclasses import dataclass

from assistant.apps.slack.errors import LeaseLostError
from assistant.apps.slack.jobs import Job, JobKind, JobState, Lane, LeasedJob, Place
from assistant.apps.slack.ledger_file import LedgerFile

_DAY = 86_400.0


@dataclass(frozen=True, slots=True)
class Retention:
    """How long rows are kept, in seconds.

    finished: after the end of a job; until then a late delivery is recognised, and buttons work.
    held: messages of threads that the bot does not answer in. Slack delivers again after 1 and 5
        minutes, so that a question may come after a message that follows it up.
    """

    finished: float = 7 * _DAY
    held: float = 600.0


class Ledger:
    """All jobs. Times are seconds since 1970, given by the caller."""

    def __init__(self, file: LedgerFile, retention: Retention = Retention()) -> None:
        self._file = file
        self._retention = retention

    def claim(self, job: Job, now: float, delay: float = 0.0) -> bool:
        """Write a job down to be done, and return whether it is new.

        Messages that were held since they follow a question up are claimed with it.

        :param delay: seconds before a worker may take it.
        :raises LedgerError: it is not written down.
        """
        with self._file.write() as connection:
            is_new = _insert(connection, job, JobState.CLAIMED, now, delay)
            if is_new and job.kind in (JobKind.QUESTION, JobKind.FOLLOW_UP) and job.place.thread:
                connection.execute(
                    "UPDATE jobs SET state = 'claimed' WHERE state = 'held' "
                    "AND team = ? AND channel = ? AND thread = ? AND ts > ?",
                    (*_list_place(job.place), _storable(job.ts)),
                )
        return is_new

    def claim_follow_up(self, job: Job, now: float) -> bool:
        """Claim a message if it follows a question up, hold it for a while if not.

        Slack may deliver the question after what follows it up.

        :raises LedgerError: it is not written down.
        """
        with self._file.write() as connection:
            known = _follows_up(connection, job.place, job.ts)
            state = JobState.CLAIMED if known else JobState.HELD
            return _insert(connection, job, state, now) and known

    def settle(self, job: Job, now: float) -> bool:
        """Write down that nothing is to be done for an event, and return whether that is new.

        :raises LedgerError: it is not written down.
        """
        with self._file.write() as connection:
            return _insert(connection, job, JobState.DONE, now)

    def hasten(self, key: str, text: str, now: float) -> bool:
        """Let a worker take a job now that was to wait, with another text.

        Return whether it still waited.

        :raises LedgerError: it is not written down.
        """
        with self._file.write() as connection:
            return bool(
                connection.execute(
                    "UPDATE jobs SET text = ?, not_before = ? "
                    "WHERE key = ? AND state = 'claimed' AND not_before > ?",
                    (_storable(text), now, _storable(key), now),
                ).rowcount
            )

    def lease(self, owner: str, lane: Lane, now: float, seconds: float) -> LeasedJob | None:
        """Take the oldest job that waits, or whose worker let its lease run out.

        :param owner: names the worker; no two that live may have the same.
        :param seconds: how long the lease holds unless it is renewed.
        :raises LedgerError: the ledger cannot be used.
        """
        with self._file.write() as connection:
            row = connection.execute(
                "UPDATE jobs SET state = 'working', owner = ?, lease_until = ?, "
                "attempts = attempts + 1 WHERE position = ("
                "SELECT position FROM jobs WHERE lane = ? "
                # Said apart, so that the index passes over the finished, which are nearly all.
                "AND state IN ('claimed', 'working') AND ("
                "state = 'claimed' AND not_before <= ? OR state = 'working' AND lease_until <= ?) "
                "ORDER BY position LIMIT 1) "
                "RETURNING key, kind, team, channel, thread, user, text, ts, about, response_url, "
                "claimed_at, attempts, posted_ts, reply, is_sending",
                (owner, now + seconds, lane, now, now),
            ).fetchone()
        return None if row is None else _read_leased(row, owner)

    def renew(self, leased: LeasedJob, now: float, seconds: float) -> None:
        """Make a lease hold for so many seconds from now.

        :raises LeaseLostError: another worker has the job.
        """
        self._change(leased, "lease_until = ?", now + seconds)

    def keep_posted(self, leased: LeasedJob, ts: str) -> None:
        """Write down which message the answer goes into.

        Outside of threads that message begins one.

        :raises LeaseLostError: another worker has the job.
        """
        self._change(
            leased, "posted_ts = ?, thread = CASE thread WHEN '' THEN ? ELSE thread END", ts, ts
        )

    def keep_reply(self, leased: LeasedJob, reply: str, record: str | None) -> None:
        """Write down what is to be shown, so that it is worked out but once.

        :param record: what buttons and feedback need of the answer; None if it was none.
        :raises LeaseLostError: another worker has the job.
        """
        self._change(leased, "reply = ?, record = ?", _storable(reply), record)

    def mark_sending(self, leased: LeasedJob) -> None:
        """Write down that what cannot be sent twice is being sent.

        :raises LeaseLostError: another worker has the job.
        """
        self._change(leased, "is_sending = 1")

    def finish(self, leased: LeasedJob, now: float) -> None:
        """Write down that a job is done.

        :raises LeaseLostError: another worker has the job.
        """
        self._change(leased, "state = 'done', finished_at = ?", now)

    def fail(self, leased: LeasedJob, problem: str, now: float) -> None:
        """Give a job up.

        :raises LeaseLostError: another worker has the job.
        """
        self._change(
            leased, "state = 'failed', problem = ?, finished_at = ?", _storable(problem), now
        )

    def defer(self, leased: LeasedJob, until: float, *, counts: bool) -> None:
        """Give a job back, to be taken again from a time on.

        :param counts: whether something may have been done; if not, it is as if this attempt had
            never been.
        :raises LeaseLostError: another worker has the job.
        """
        self._change(
            leased,
            "state = 'claimed', not_before = ?, is_sending = is_sending AND ?, "
            "attempts = attempts - ?",
            until,
            counts,
            0 if counts else 1,
        )

    def expire(self, now: float) -> int:
        """Delete the rows that are kept long enough, and return how many."""
        with self._file.write() as connection:
            return connection.execute(
                "DELETE FROM jobs WHERE state IN ('done', 'failed') AND finished_at < ? "
                "OR state = 'held' AND claimed_at < ?",
                (now - self._retention.finished, now - self._retention.held),
            ).rowcount

    def knows(self, key: str) -> bool:
        """Tell whether an event was claimed or settled."""
        with self._file.read() as connection:
            row = connection.execute(
                "SELECT 1 FROM jobs WHERE key = ? AND state != 'held'", (_storable(key),)
            ).fetchone()
        return row is not None

    def follows_up(self, place: Place, ts: str) -> bool:
        """Tell whether a message comes after a question in its thread."""
        with self._file.read() as connection:
            return _follows_up(connection, place, ts)

    def count_waiting(self, lane: Lane) -> int:
        """Return how many jobs no worker has taken yet."""
        with self._file.read() as connection:
            (count,) = connection.execute(
                "SELECT count(*) FROM jobs WHERE lane = ? AND state = 'claimed'", (lane,)
            ).fetchone()
        return int(count)

    def _change(self, leased: LeasedJob, assignments: str, *values: object) -> None:
        with self._file.write() as connection:
            changed = connection.execute(
                f"UPDATE jobs SET {assignments} "  # noqa: S608  (constants of this class)
                "WHERE key = ? AND state = 'working' AND owner = ?",
                (*values, _storable(leased.job.key), leased.owner),
            ).rowcount
        if not changed:
            raise LeaseLostError(f"the lease of {leased.job.key} ran out; another worker has it")


def _insert(
    connection: sqlite3.Connection, job: Job, state: JobState, now: float, delay: float = 0.0
) -> bool:
    finished_at = now if state is JobState.DONE else None
    # A message that was held may be claimed when it comes again, never the other way round.
    return bool(
        connection.execute(
            "INSERT INTO jobs (key, kind, lane, state, team, channel, thread, user, text, ts, "
            "about, response_url, claimed_at, not_before, finished_at) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
            "ON CONFLICT (key) DO UPDATE SET kind = excluded.kind, lane = excluded.lane, "
            "state = excluded.state, claimed_at = excluded.claimed_at, "
            "finished_at = excluded.finished_at "
            "WHERE jobs.state = 'held' AND excluded.state != 'held'",
            (
                _storable(job.key),
                job.kind,
                job.lane,
                state,
                *_list_place(job.place),
                *map(_storable, (job.user, job.text, job.ts, job.about, job.response_url)),
                now,
                now + delay,
                finished_at,
            ),
        ).rowcount
    )


def _follows_up(connection: sqlite3.Connection, place: Place, ts: str) -> bool:
    row = connection.execute(
        "SELECT 1 FROM jobs WHERE team = ? AND channel = ? AND thread = ? AND ts < ? "
        "AND kind IN ('question', 'follow-up') AND state != 'held'",
        (*_list_place(place), _storable(ts)),
    ).fetchone()
    return row is not None


def _list_place(place: Place) -> tuple[str, str, str]:
    return _storable(place.team), _storable(place.channel), _storable(place.thread)


def _read_leased(row: tuple[object, ...], owner: str) -> LeasedJob:
    key, kind, team, channel, thread, user, text, ts, about, url = map(str, row[:10])
    claimed_at, attempts, posted_ts, reply, is_sending = row[10:]
    job = Job(key, JobKind(kind), Place(team, channel, thread), user, text, ts, about, url)
    return LeasedJob(
        job,
        owner,
        float(str(claimed_at)),
        int(str(attempts)),
        None if posted_ts is None else str(posted_ts),
        None if reply is None else str(reply),
        bool(is_sending),
    )


def _storable(text: str) -> str:
    """Return text that SQLite takes: JSON may carry half a surrogate pair."""
    return text.encode("utf-8", "replace").decode("utf-8")
