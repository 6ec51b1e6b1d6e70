"""Recognises requests that were sent before: a signature is good for five minutes, but once."""

import threading
from collections import OrderedDict
from collections.abc import Callable

# A signature counts for five minutes before and after the time that it names.
_SECONDS = 600.0
# More than come in that time; the oldest are forgotten above it. Behind this stands the ledger.
_MOST = 100_000


class ReplayGuard:
    """Remembers signatures. Thread-safe.

    clock: gives seconds that never go back.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._seen: OrderedDict[str, float] = OrderedDict()

    def admit(self, signature: str) -> bool:
        """Remember a signature, and return whether it is new."""
        with self._lock:
            now = self._clock()
            while self._seen and (
                len(self._seen) >= _MOST or next(iter(self._seen.values())) <= now
            ):
                self._seen.popitem(last=False)
            if signature in self._seen:
                return False
            self._seen[signature] = now + _SECONDS
            return True

    def forget(self, signature: str) -> None:
        """Let a request come again, since it was not taken."""
        with self._lock:
            self._seen.pop(signature, None)
