"""One run at a time, whoever asks, and nobody waits for ever."""

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from assistant.serving.refresher import Refresher

LONG = 60.0


class FakeJob:
    """A job that waits for its gate; counts its runs, and how many went on at once."""

    def __init__(self) -> None:
        self.gate = threading.Event()
        self.began = threading.Semaphore(0)
        self.runs = 0
        self.at_once = 0
        self.most_at_once = 0
        self._lock = threading.Lock()

    def __call__(self) -> None:
        with self._lock:
            self.runs += 1
            self.at_once += 1
            self.most_at_once = max(self.most_at_once, self.at_once)
        self.began.release()
        assert self.gate.wait(LONG)
        with self._lock:
            self.at_once -= 1


@pytest.fixture
def job() -> FakeJob:
    return FakeJob()


@pytest.fixture
def refresher(job: FakeJob) -> Iterator[Refresher]:
    made = Refresher(job)
    yield made
    job.gate.set()
    made.close(LONG)


def test_without_a_request_nothing_runs(refresher: Refresher, job: FakeJob) -> None:
    assert not refresher.is_busy
    refresher.wait(LONG)
    assert job.runs == 0


def test_all_who_ask_before_it_begins_share_a_run(refresher: Refresher, job: FakeJob) -> None:
    refresher.request()
    assert job.began.acquire(timeout=LONG)
    # One runs. These come too late for it, and share the next.
    for _ in range(5):
        refresher.request()
    assert refresher.is_busy
    job.gate.set()
    refresher.wait(LONG)
    assert not refresher.is_busy
    assert job.runs == 2


def test_work_waits_for_its_turn(refresher: Refresher, job: FakeJob) -> None:
    refresher.request()
    assert job.began.acquire(timeout=LONG)
    with ThreadPoolExecutor(4) as pool:
        works = [pool.submit(refresher.run, job) for _ in range(4)]
        job.gate.set()
        for work in works:
            work.result(LONG)
    refresher.wait(LONG)
    assert (job.runs, job.most_at_once) == (5, 1)


def test_work_gives_what_it_returns_and_raises(refresher: Refresher) -> None:
    assert refresher.run(lambda: 7) == 7
    with pytest.raises(ZeroDivisionError):
        refresher.run(lambda: 1 // 0)
    assert not refresher.is_busy


def test_waiting_ends_with_the_patience(refresher: Refresher, job: FakeJob) -> None:
    refresher.request()
    assert job.began.acquire(timeout=LONG)
    refresher.wait(0.05)
    assert refresher.is_busy  # it did not wait for the end
    # It has been busy for longer than this: there is no more waiting.
    started = time.monotonic()
    for _ in range(100):
        refresher.wait(0.05)
    assert time.monotonic() - started < 100 * 0.05


def test_closing_ends_the_thread_and_all_waiting(refresher: Refresher, job: FakeJob) -> None:
    refresher.request()
    assert job.began.acquire(timeout=LONG)
    refresher.request()
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(refresher.wait, LONG)
        refresher.close(0.0)
        waiting.result(LONG)
    job.gate.set()
    refresher.close(LONG)
    assert job.runs == 1
    assert not refresher.is_busy
    refresher.request()
    assert not refresher.is_busy


def test_closing_what_never_ran_does_no_harm(refresher: Refresher) -> None:
    refresher.close(0.0)
    refresher.close(0.0)
