"""Runs one refresh at a time: what is asked for in a thread of its own, others in the caller's."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

_T = TypeVar("_T")


class Refresher:
    """Lets one run happen at a time, and others wait for its end. Safe between threads.

    job: what `request` runs, in the background; must not raise.
    """

    def __init__(self, job: Callable[[], None]) -> None:
        self._job = job
        self._turn = threading.Lock()
        # Guards what follows, and wakes who waits for it to change.
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None
        self._is_wanted = False
        self._is_closed = False
        self._open_runs = 0
        self._busy_since = 0.0

    @property
    def is_busy(self) -> bool:
        """Whether a run is under way or about to begin."""
        with self._changed:
            return self._open_runs > 0

    def request(self) -> None:
        """Have the job run in the background, once for all who ask before it begins."""
        with self._changed:
            if self._is_wanted or self._is_closed:
                return
            self._is_wanted = True
            self._enter()
            if self._thread is None:
                # A daemon: a process that ends without `close` is not kept alive by a refresh.
                self._thread = threading.Thread(target=self._serve, name="refresh", daemon=True)
                self._thread.start()
            self._changed.notify_all()

    def run(self, work: Callable[[], _T]) -> _T:
        """Do other work in this thread, when it is its turn, and return what it returns."""
        with self._changed:
            self._enter()
        with self._leaving(), self._turn:
            return work()

    def wait(self, seconds: float) -> None:
        """Wait until no run is open, or until the runs have kept it busy for so many seconds."""
        with self._changed:
            left = self._busy_since + seconds - time.monotonic()
            self._changed.wait_for(lambda: self._open_runs == 0 or self._is_closed, max(left, 0.0))

    def close(self, seconds: float) -> None:
        """Run the job no more; wait at most so many seconds for one that is under way."""
        with self._changed:
            self._is_closed = True
            if self._is_wanted:
                self._is_wanted = False
                self._open_runs -= 1
            self._changed.notify_all()
            thread = self._thread
        if thread is not None:
            thread.join(seconds)

    def _serve(self) -> None:
        while self._take():
            with self._leaving(), self._turn:
                self._job()

    def _take(self) -> bool:
        """Wait for a request; False when there will be none."""
        with self._changed:
            self._changed.wait_for(lambda: self._is_wanted or self._is_closed)
            taken, self._is_wanted = self._is_wanted, False
            return taken

    def _enter(self) -> None:
        if self._open_runs == 0:
            self._busy_since = time.monotonic()
        self._open_runs += 1

    @contextmanager
    def _leaving(self) -> Iterator[None]:
        try:
            yield
        finally:
            with self._changed:
                self._open_runs -= 1
                self._changed.notify_all()
