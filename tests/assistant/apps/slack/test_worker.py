"""How every job ends, and what workers do about leases and stopping."""

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.apps.slack.errors import (
    LedgerError,
    SlackBusyError,
    SlackDoubtError,
    SlackRefusedError,
)
from assistant.apps.slack.jobs import JobKind, Lane, LeasedJob
from assistant.apps.slack.ledger import Ledger
from assistant.apps.slack.worker import Duty, Pace, WorkerPool
from tests.assistant.apps.slack.slack_jobs import make_job, open_ledger

DAY = 86_400.0
_PACE = Pace()


class Clock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


class ScriptedDuty:
    """Does what each job's turn says: nothing, raise an error, or call something."""

    def __init__(self, *turns: Exception | Callable[[], None] | None) -> None:
        self.turns = list(turns)
        self.done: list[LeasedJob] = []
        self.told: list[LeasedJob] = []
        self.telling: Exception | None = None

    def do(self, leased: LeasedJob) -> None:
        self.done.append(leased)
        turn = self.turns.pop(0) if self.turns else None
        if isinstance(turn, Exception):
            raise turn
        if turn is not None:
            turn()

    def tell_failure(self, leased: LeasedJob) -> None:
        self.told.append(leased)
        if self.telling is not None:
            raise self.telling


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with open_ledger(tmp_path / "ledger.sqlite3") as opened:
        yield opened


def build_pool(ledger: Ledger, duty: ScriptedDuty, clock: Clock, pace: Pace = _PACE) -> WorkerPool:
    duties = {lane: Duty(duty.do, duty.tell_failure) for lane in Lane}
    return WorkerPool(ledger, duties, pace, clock)


def work(pool: WorkerPool) -> bool:
    return pool._do_next("worker", Lane.ANSWERS)


def test_a_job_that_was_done_is_finished(ledger) -> None:
    duty, clock = ScriptedDuty(), Clock()
    pool = build_pool(ledger, duty, clock)
    assert not work(pool)
    ledger.claim(make_job(), clock.now)
    assert work(pool)
    clock.now += DAY
    assert not work(pool)
    assert [leased.job for leased in duty.done] == [make_job()]
    assert duty.told == []


def test_slack_asks_to_wait_and_that_is_no_attempt(ledger) -> None:
    duty, clock = ScriptedDuty(*[SlackBusyError("429", 7.0)] * 30), Clock()
    pool = build_pool(ledger, duty, clock)
    ledger.claim(make_job(), clock.now)
    for _ in range(30):
        assert work(pool)
        clock.now += 6.9
        assert not work(pool)
        clock.now += 0.1
    assert work(pool)
    assert {leased.attempts for leased in duty.done} == {1}
    assert duty.told == []


def test_who_is_asked_to_wait_for_a_day_gives_up(ledger) -> None:
    duty, clock = ScriptedDuty(*[SlackBusyError("429", 3_600.0)] * 30), Clock()
    pool = build_pool(ledger, duty, clock)
    ledger.claim(make_job(), clock.now)
    while work(pool):
        clock.now += 3_600.0
    # At 0, 1, ... 24 hours it is not older than a day yet.
    assert len(duty.done) == 26
    assert len(duty.told) == 1


def test_what_slack_refuses_is_told_and_given_up(ledger) -> None:
    duty, clock = ScriptedDuty(SlackRefusedError("no", "is_archived")), Clock()
    pool = build_pool(ledger, duty, clock)
    ledger.claim(make_job(), clock.now)
    assert work(pool)
    clock.now += DAY
    assert not work(pool)
    assert len(duty.told) == 1
    assert ledger.knows(make_job().key)


@pytest.mark.parametrize("error", [SlackDoubtError("?"), ValueError("odd"), LookupError("k")])
def test_what_may_go_well_later_is_tried_again_ever_later(ledger, error) -> None:
    duty, clock = ScriptedDuty(*[error] * 5), Clock()
    pace = Pace(backoff=2.0, most_backoff=10.0, attempts=5)
    pool = build_pool(ledger, duty, clock, pace)
    ledger.claim(make_job(), clock.now)
    for wait in (2.0, 4.0, 8.0, 10.0):
        assert work(pool)
        clock.now += wait - 0.1
        assert not work(pool)
        clock.now += 0.1
    assert duty.told == []
    assert work(pool)
    clock.now += DAY
    assert not work(pool)
    assert [leased.attempts for leased in duty.done] == [1, 2, 3, 4, 5]
    assert len(duty.told) == 1


def test_that_the_asker_cannot_be_told_changes_nothing(ledger, caplog) -> None:
    duty, clock = ScriptedDuty(SlackRefusedError("no", "is_archived")), Clock()
    duty.telling = SlackRefusedError("no again", "is_archived")
    pool = build_pool(ledger, duty, clock)
    ledger.claim(make_job(), clock.now)
    assert work(pool)
    clock.now += DAY
    assert not work(pool)
    assert "could not be told: no again" in caplog.text


def test_a_job_that_kills_its_worker_is_given_up_without_another_try(ledger) -> None:
    duty, clock = ScriptedDuty(), Clock()
    pool = build_pool(ledger, duty, clock, Pace(attempts=3))
    ledger.claim(make_job(), clock.now)
    for _ in range(3):  # what is left of workers that died
        assert ledger.lease("dead", Lane.ANSWERS, clock.now, 30.0)
        clock.now += 30.0
    assert work(pool)
    assert duty.done == []
    assert len(duty.told) == 1
    clock.now += DAY
    assert not work(pool)


def test_what_cannot_be_written_down_stays_for_the_next(ledger, caplog) -> None:
    duty, clock = ScriptedDuty(LedgerError("the disk is full")), Clock()
    pool = build_pool(ledger, duty, clock)
    ledger.claim(make_job(), clock.now)
    assert work(pool)
    assert "stays undone for now: the disk is full" in caplog.text
    assert not work(pool)
    clock.now += 30.0
    assert work(pool)
    assert [leased.attempts for leased in duty.done] == [1, 2]


def test_who_was_overtaken_writes_nothing(ledger, caplog) -> None:
    clock = Clock()

    def be_overtaken() -> None:
        clock.now += 30.0
        assert ledger.lease("other", Lane.ANSWERS, clock.now, 30.0)

    duty = ScriptedDuty(be_overtaken)
    pool = build_pool(ledger, duty, clock)
    ledger.claim(make_job(), clock.now)
    assert work(pool)
    assert "another worker has it" in caplog.text
    assert not work(pool)


SHORT = Pace(lease=0.5, poll=0.02)


def read_lease(ledger: Ledger) -> float:
    """Return until when the only job is leased."""
    with ledger._file.read() as connection:
        (until,) = connection.execute("SELECT lease_until FROM jobs").fetchone()
    return float(until)


def wait_until(predicate: Callable[[], bool], seconds: float = 60.0) -> None:
    deadline = time.monotonic() + seconds
    while not predicate():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_a_long_answer_keeps_its_lease(ledger) -> None:
    release, clock = threading.Event(), Clock()
    duty = ScriptedDuty(lambda: release.wait(60) and None)
    duties = {Lane.ANSWERS: Duty(duty.do, duty.tell_failure)}
    pools = [WorkerPool(ledger, duties, SHORT, clock) for _ in range(2)]
    ledger.claim(make_job(), clock.now)
    for pool in pools:
        pool.start()
    wait_until(lambda: len(duty.done) == 1)
    # Time goes on as soon as the lease was renewed, however busy the machine is.
    for _ in range(8):
        clock.now += SHORT.lease / 2
        wait_until(lambda: read_lease(ledger) == clock.now + SHORT.lease)
    release.set()
    for pool in pools:
        assert pool.stop(20.0)
    assert [leased.attempts for leased in duty.done] == [1]


def test_quick_jobs_do_not_wait_behind_answers(ledger) -> None:
    release = threading.Event()
    slow, quick = ScriptedDuty(*[lambda: release.wait(60) and None] * 2), ScriptedDuty()
    duties = {
        Lane.ANSWERS: Duty(slow.do, slow.tell_failure),
        Lane.QUICK: Duty(quick.do, quick.tell_failure),
    }
    pool = WorkerPool(ledger, duties, SHORT, time.time)
    for number in range(3):
        ledger.claim(make_job(f"170000000{number}.000001"), time.time())
    pool.start()
    wait_until(lambda: len(slow.done) == 2)
    ledger.claim(make_job("1.1", kind=JobKind.NOTICE), time.time())
    pool.wake()
    wait_until(lambda: len(quick.done) == 1)
    assert len(slow.done) == 2
    release.set()
    wait_until(lambda: len(slow.done) == 3)
    assert pool.stop(20.0)


def test_stopping_finishes_what_is_begun_and_takes_nothing_more(ledger) -> None:
    release = threading.Event()
    duty = ScriptedDuty(*[lambda: release.wait(60) and None] * 9)
    duties = {Lane.ANSWERS: Duty(duty.do, duty.tell_failure)}
    pool = WorkerPool(ledger, duties, replace(SHORT, answer_threads=2), time.time)
    for number in range(5):
        ledger.claim(make_job(f"170000000{number}.000001"), time.time())
    pool.start()
    wait_until(lambda: len(duty.done) == 2)
    threading.Timer(0.3, release.set).start()
    assert pool.stop(20.0)
    assert len(duty.done) == 2
    assert ledger.count_waiting(Lane.ANSWERS) == 3


def test_what_takes_too_long_is_left_in_the_ledger(ledger) -> None:
    release = threading.Event()
    duty = ScriptedDuty(lambda: release.wait(60) and None)
    pool = WorkerPool(ledger, {Lane.ANSWERS: Duty(duty.do, duty.tell_failure)}, SHORT, time.time)
    ledger.claim(make_job(), time.time())
    pool.start()
    wait_until(lambda: len(duty.done) == 1)
    assert not pool.stop(0.1)
    wait_until(lambda: ledger.lease("next", Lane.ANSWERS, time.time(), 30.0) is not None)
    release.set()
    assert pool.stop(20.0)


def test_old_rows_are_tidied_away(ledger) -> None:
    ledger.settle(make_job(), 0.0)
    duty = ScriptedDuty()
    pool = WorkerPool(
        ledger, {Lane.QUICK: Duty(duty.do, duty.tell_failure)}, replace(SHORT, lease=0.1), time.time
    )
    pool.start()
    wait_until(lambda: not ledger.knows(make_job().key))
    assert pool.stop(20.0)
