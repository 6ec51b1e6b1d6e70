"""Bounds how often somebody may ask: a sliding window of admissions for every key."""

import math
import threading
from collections import OrderedDict, deque
from collections.abc import Callable

# More than the people who ask within one window; some tens of bytes each.
MAX_KEYS = 10_000


class RateLimiter:
    """Admits at most `limit` requests of a key within any `seconds`. Thread-safe.

    limit: at least 1. So many times are kept for a key, as long as they count.
    seconds: length of the window, above 0.
    clock: gives seconds that never go back, such as `time.monotonic`.

    Above `MAX_KEYS` keys, the one that was admitted longest ago is forgotten.

    :raises ValueError: a limit or a window out of bounds.
    """

    def __init__(self, limit: int, seconds: float, clock: Callable[[], float]) -> None:
        if limit < 1:
            raise ValueError(f"limit {limit} is below 1")
        if not 0.0 < seconds < math.inf:
            raise ValueError(f"window of {seconds} seconds is not above 0 and finite")
        self._limit = limit
        self._seconds = seconds
        self._clock = clock
        self._lock = threading.Lock()
        # When each admission of a key stops counting, oldest first; the key admitted last is last.
        self._ends: OrderedDict[str, deque[float]] = OrderedDict()

    def admit(self, key: str) -> float:
        """Count a request and return 0.0, or return how many seconds to wait before asking again.

        What is not admitted does not count. After that wait the key is admitted, unless another
        request of it was in the meantime.
        """
        with self._lock:
            now = self._clock()
            self._forget(now)
            ends = self._ends.setdefault(key, deque())
            while ends and ends[0] <= now:
                ends.popleft()
            if len(ends) >= self._limit:
                return _measure_wait(now, ends[0])
            ends.append(now + self._seconds)
            self._ends.move_to_end(key)
            if len(self._ends) > MAX_KEYS:
                self._ends.popitem(last=False)
            return 0.0

    def _forget(self, now: float) -> None:
        """Drop the keys whose last admission no longer counts."""
        while self._ends:
            key, ends = next(iter(self._ends.items()))
            if ends[-1] > now:
                return
            del self._ends[key]


def _measure_wait(now: float, end: float) -> float:
    wait = end - now
    # The difference may be rounded down, so that who waits for it comes a trifle too early.
    return wait if now + wait >= end else math.nextafter(wait, math.inf)
