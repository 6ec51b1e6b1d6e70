"""Decides what becomes of what people ask, and writes it down. It asks nothing of Slack."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace

from assistant.apps.slack.access import Access
from assistant.apps.slack.jobs import Job, JobKind, Lane, Place
from assistant.apps.slack.ledger import Ledger
from assistant.apps.slack.texts import Refusal, SlackTexts

# Where a question that is not taken is told so in its thread, for all to see.
_PUBLIC = (JobKind.QUESTION, JobKind.FOLLOW_UP)


@dataclass(frozen=True, slots=True)
class Decision:
    """What became of a question.

    is_new: whether it came for the first time.
    line: why it was not taken; empty if it was.
    """

    is_new: bool
    line: str = ""


@dataclass(frozen=True, slots=True)
class _Objection:
    """Why a question is not taken.

    notice_key: names the line for the asker alone, which comes but once; empty: the line stands in
        the thread of every such question.
    """

    line: str
    notice_key: str = ""


class Intake:
    """Takes questions into the ledger, or tells why not. Thread-safe.

    most_waiting: so many questions wait at the most.
    wake: called when there is something to do.
    clock: gives seconds since 1970.
    """

    def __init__(
        self,
        ledger: Ledger,
        access: Access,
        texts: SlackTexts,
        most_waiting: int,
        wake: Callable[[], None],
        clock: Callable[[], float],
    ) -> None:
        self._ledger = ledger
        self._access = access
        self._texts = texts
        self._most_waiting = most_waiting
        self._wake = wake
        self._clock = clock
        # Between looking and writing nobody else may do either: the limits would be passed.
        self._lock = threading.Lock()

    def take_question(self, job: Job) -> Decision:
        """Claim a question, or what is to be said instead; nothing if it came before.

        When this returns, it is on the disk.

        :raises LedgerError: it is not; the event must not be acknowledged.
        """
        with self._lock:
            decision = self._decide(job)
        self._wake()
        return decision

    def take_unaddressed(self, job: Job) -> None:
        """Claim a message that mentions nobody if it follows a question up in its thread.

        :raises LedgerError: it is not written down.
        """
        if self._ledger.follows_up(job.place, job.ts):
            if job.text:
                self.take_question(job)
            return
        if job.text and self.admits(job.place, job.user):
            with self._lock:
                self._ledger.claim_follow_up(job, self._clock())
            self._wake()

    def take_act(self, job: Job, delay: float = 0.0) -> bool:
        """Claim something that is no question, if its user may do anything here.

        Return whether it is new and may be done.

        :raises LedgerError: it is not written down.
        """
        if not self.admits(job.place, job.user):
            return False
        is_new = self._ledger.claim(job, self._clock(), delay)
        self._wake()
        return is_new

    def complete(self, job: Job, reason: str) -> None:
        """Give a complaint that waits for its reason the reason; if it waited too long, add it.

        :raises LedgerError: it is not written down.
        """
        now = self._clock()
        if not self._ledger.hasten(job.key, reason, now):
            self._ledger.claim(replace(job, key=f"{job.key}:reason", text=reason), now)
        self._wake()

    def admits(self, place: Place, user: str) -> bool:
        """Tell whether a user may do anything in a place."""
        return self._access.refuse(place, user) is None

    def _decide(self, job: Job) -> Decision:
        if self._ledger.knows(job.key):
            return Decision(is_new=False)
        objection = self._find_objection(job)
        now = self._clock()
        if objection is None:
            return Decision(self._ledger.claim(job, now))
        if job.kind is JobKind.COMMAND:  # told in the acknowledgement
            self._ledger.settle(replace(job, kind=JobKind.IGNORED), now)
        elif job.kind in _PUBLIC and not objection.notice_key:
            self._ledger.claim(replace(job, kind=JobKind.REFUSAL, text=objection.line), now)
        else:
            key = objection.notice_key or f"{job.key}:notice"
            notice = replace(job, key=key, kind=JobKind.NOTICE, text=objection.line)
            self._ledger.claim(notice, now)
            self._ledger.settle(replace(job, kind=JobKind.IGNORED), now)
        return Decision(True, objection.line)

    def _find_objection(self, job: Job) -> _Objection | None:
        texts, place = self._texts, job.place
        refusal = self._access.refuse(place, job.user)
        if refusal is not None:
            line = texts.refusals[refusal]
            return _Objection(line, f"{_name(place, job.user)}:{refusal}")
        if not job.text:
            return _Objection(texts.refusals[Refusal.EMPTY])
        wait = self._access.admit(place, job.user)
        if wait:
            line = texts.wait.format(seconds=wait)
            return _Objection(line, f"{_name(place, job.user)}:wait:{int(self._clock() // 60)}")
        if self._ledger.count_waiting(Lane.ANSWERS) >= self._most_waiting:
            return _Objection(texts.busy)
        return None


def _name(place: Place, user: str) -> str:
    return f"{place.team}:{place.channel}:{user}"
