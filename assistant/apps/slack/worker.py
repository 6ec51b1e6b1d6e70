"""Worker threads: take jobs from the ledger, keep their leases, and settle how each ends."""

import logging
import math
import threading
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass

from assistant.apps.slack.errors import (
    LeaseLostError,
    LedgerError,
    SlackBusyError,
    SlackRefusedError,
)
from assistant.apps.slack.jobs import Lane, LeasedJob
from assistant.apps.slack.ledger import Ledger

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Pace:
    """How the workers work; times in seconds.

    answer_threads, quick_threads: workers of either lane.
    lease: how long a lease holds unless it is renewed, which is done three times as often.
    poll: how long a worker that found nothing waits before it looks again.
    backoff, most_backoff: before the second attempt, doubled from one to the next, and the bound.
    attempts: after so many that failed a job is given up.
    age: a job that Slack asks to wait for is given up when it is so old.
    tidying: how often rows that are old enough are deleted.
    """

    answer_threads: int = 2
    quick_threads: int = 2
    lease: float = 30.0
    poll: float = 0.5
    backoff: float = 2.0
    most_backoff: float = 300.0
    attempts: int = 12
    age: float = 86_400.0
    tidying: float = 300.0

    def wait_after(self, attempts: int) -> float:
        """Return how long to wait after an attempt that failed, counted from 1."""
        return min(self.backoff * 2.0 ** (attempts - 1), self.most_backoff)


@dataclass(frozen=True, slots=True)
class Duty:
    """What the workers of a lane do.

    do: does a job.
    tell_failure: tells who waits that a job is given up, if that can be done at once.
    """

    do: Callable[[LeasedJob], None]
    tell_failure: Callable[[LeasedJob], None]


class WorkerPool:
    """The workers of both lanes; clock: gives seconds since 1970."""

    def __init__(
        self,
        ledger: Ledger,
        duties: dict[Lane, Duty],
        pace: Pace,
        clock: Callable[[], float],
    ) -> None:
        self._ledger = ledger
        self._duties = duties
        self._pace = pace
        self._clock = clock
        self._changed = threading.Condition()
        self._is_stopping = False
        self._held: dict[str, LeasedJob] = {}
        counts = {Lane.ANSWERS: pace.answer_threads, Lane.QUICK: pace.quick_threads}
        self._workers = [
            threading.Thread(
                target=self._work, args=(lane,), name=f"slack-{lane}-{number}", daemon=True
            )
            for lane in duties
            for number in range(counts[lane])
        ]
        self._stopped = threading.Event()
        self._keeper = threading.Thread(target=self._keep, name="slack-leases", daemon=True)

    def start(self) -> None:
        """Begin to work."""
        for thread in (*self._workers, self._keeper):
            thread.start()

    def wake(self) -> None:
        """Let a worker look now: there is something to do."""
        with self._changed:
            self._changed.notify_all()

    def stop(self, seconds: float) -> bool:
        """Take nothing more, and wait for what is being done; return whether it was all done.

        What was not stays in the ledger, for when its lease runs out.

        :param seconds: how long to wait at most.
        """
        with self._changed:
            self._is_stopping = True
            self._changed.notify_all()
        deadline = time.monotonic() + seconds
        for worker in self._workers:
            worker.join(max(0.0, deadline - time.monotonic()))
        self._stopped.set()
        self._keeper.join()
        return not any(worker.is_alive() for worker in self._workers)

    def _work(self, lane: Lane) -> None:
        owner = uuid.uuid4().hex
        while not self._is_stopping:
            if not self._do_next(owner, lane):
                with self._changed:
                    if not self._is_stopping:
                        self._changed.wait(self._pace.poll)

    def _do_next(self, owner: str, lane: Lane) -> bool:
        """Do one job, whatever becomes of it; return whether there was one."""
        try:
            leased = self._ledger.lease(owner, lane, self._clock(), self._pace.lease)
        except LedgerError as error:
            _LOG.error("%s", error)
            return False
        if leased is None:
            return False
        self._held[owner] = leased
        try:
            self._settle(leased, self._duties[lane])
        except LeaseLostError as error:
            _LOG.warning("%s", error)
        except LedgerError as error:
            _LOG.error("%s stays undone for now: %s", leased.job.key, error)
        finally:
            del self._held[owner]
        return True

    def _settle(self, leased: LeasedJob, duty: Duty) -> None:
        if leased.attempts > self._pace.attempts:
            self._give_up(leased, duty, f"its worker died {self._pace.attempts} times")
            return
        try:
            duty.do(leased)
        except (LeaseLostError, LedgerError):
            raise
        except SlackBusyError as error:
            if self._clock() - leased.claimed_at > self._pace.age:
                self._give_up(leased, duty, str(error))
                return
            _LOG.info("%s waits: %s", leased.job.key, error)
            self._ledger.defer(leased, self._clock() + error.seconds, counts=False)
        except SlackRefusedError as error:
            self._give_up(leased, duty, str(error))
        except Exception as error:  # noqa: BLE001  (a worker outlives whatever a job does)
            problem = f"{type(error).__name__}: {error}"
            if leased.attempts >= self._pace.attempts:
                self._give_up(leased, duty, problem)
                return
            _LOG.warning("%s failed and is tried again: %s", leased.job.key, problem)
            wait = self._pace.wait_after(leased.attempts)
            self._ledger.defer(leased, self._clock() + wait, counts=True)
        else:
            self._ledger.finish(leased, self._clock())

    def _give_up(self, leased: LeasedJob, duty: Duty, problem: str) -> None:
        _LOG.error("%s is given up: %s", leased.job.key, problem)
        try:
            duty.tell_failure(leased)
        except (LeaseLostError, LedgerError):
            raise
        except Exception as error:  # noqa: BLE001
            _LOG.warning("%s: its asker could not be told: %s", leased.job.key, error)
        self._ledger.fail(leased, problem, self._clock())

    def _keep(self) -> None:
        """Renew the leases of what is being done, and now and then delete old rows."""
        tidied_at = -math.inf
        while not self._stopped.wait(self._pace.lease / 3):
            now = self._clock()
            try:
                for leased in tuple(self._held.values()):
                    self._renew(leased, now)
                if not 0.0 <= now - tidied_at < self._pace.tidying:
                    self._ledger.expire(now)
                    tidied_at = now
            except LedgerError as error:
                _LOG.error("%s", error)

    def _renew(self, leased: LeasedJob, now: float) -> None:
        try:
            self._ledger.renew(leased, now, self._pace.lease)
        except LeaseLostError as error:
            # It may just have been finished; if not, its worker finds out at its next step.
            _LOG.debug("%s", error)
