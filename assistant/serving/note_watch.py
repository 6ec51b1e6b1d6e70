"""Decides when the index has to be brought up to date with the notes."""

import math
import threading
import time
from collections.abc import Callable

from assistant.serving.note_state import NotesState

# Looking takes a twentieth of one core's time at most, up to some 15,000 notes, and yet a change
# shows within two seconds: 50 notes are looked at again after 10 ms, 5,000 after 0.6 s.
_PAUSE_PER_LOOK = 20.0
_LONGEST_PAUSE = 2.0
# By then no file system gives the time of a change that was seen to another one.
_SETTLE_SECONDS = 2.5
# A refresh that failed may have failed for a reason that is no change of the notes: a full disk,
# another process that writes the index.
_RETRY_SECONDS = 30.0


class NoteWatch:
    """Tells whether the notes differ from those that were indexed last. Safe between threads.

    observe: looks at the notes.
    clock: seconds that only ever grow.
    """

    def __init__(
        self, observe: Callable[[], NotesState], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._observe = observe
        self._clock = clock
        self._lock = threading.Lock()
        self._seen: NotesState | None = None
        self._covered: NotesState | None = None
        self._due = -math.inf
        self._next_look = -math.inf

    def needs_refresh(self) -> bool:
        """Look at the notes, if that was not done just now, and tell whether to refresh."""
        with self._lock:
            started = self._clock()
            if started >= self._next_look:
                self._seen = self._observe()
                ended = self._clock()
                pause = min((ended - started) * _PAUSE_PER_LOOK, _LONGEST_PAUSE)
                self._next_look = ended + pause
            return self._is_stale()

    def is_stale(self) -> bool:
        """Tell whether to refresh, by what was seen last."""
        with self._lock:
            return self._is_stale()

    def begin(self) -> NotesState:
        """Look at the notes; a refresh that begins now reads them as they are, or newer."""
        with self._lock:
            self._seen = self._observe()
            return self._seen

    def finish(self, state: NotesState) -> None:
        """Take a state for indexed; one that was not settled is to be refreshed once more."""
        with self._lock:
            self._covered = state
            self._due = math.inf if state.is_settled else self._clock() + _SETTLE_SECONDS

    def fail(self, state: NotesState) -> None:
        """Take a state for one that cannot be indexed, for some time."""
        with self._lock:
            self._covered = state
            self._due = self._clock() + _RETRY_SECONDS

    def _is_stale(self) -> bool:
        if self._covered is None or self._seen is None:
            return True
        return self._seen.marks != self._covered.marks or self._clock() >= self._due
