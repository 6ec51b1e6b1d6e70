"""Keeps the index in step with the notes, as long as a process lives."""

import datetime
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace

from assistant.serving.errors import ServingError
from assistant.serving.note_state import NotesState, observe_notes
from assistant.serving.note_watch import NoteWatch
from assistant.serving.refresher import Refresher
from assistant.serving.snapshot import Snapshot
from assistant.settings import Settings
from assistant.wiring import (
    Engine,
    OpenIndex,
    load_alias_groups,
    open_index,
    read_limits,
    refresh_notes,
)
from index.errors import IndexingError
from index.refresh import OnProgress, RefreshReport
from ingest.datatypes import SkippedFile
from ingest.errors import IngestError
from ingest.note_warning import NoteWarning

# A changed note of the bundled ones is in the answers after a second on two cores that have nothing
# else to do. Who waits much longer takes the program for dead: then the notes as they were must do.
PATIENCE_SECONDS = 3.0
# Embedding, the longest step, tells of its progress, and ends, some times a second.
_CLOSE_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class CurrentNotes:
    """What is answered from, and how the last refresh went.

    skipped, warnings: what it had to tell.
    refreshed_at: when the last one that succeeded began; aware, in UTC.
    problem: why the last one failed, in one line; None if it did not.
    """

    snapshot: Snapshot
    skipped: tuple[SkippedFile, ...]
    warnings: tuple[NoteWarning, ...]
    refreshed_at: datetime.datetime
    problem: str | None = None


class LiveNotes:
    """The notes of a folder, indexed as they are now. Safe between threads.

    make_snapshot: gets what answers are built on ready for an index.
    clock: seconds that only ever grow.
    patience: how many seconds `follow` waits at most.

    :raises NotesFolderError, IndexingError, AliasFileError: the notes cannot be indexed.
    """

    def __init__(
        self,
        settings: Settings,
        engine: Engine,
        make_snapshot: Callable[[OpenIndex], Snapshot],
        on_progress: OnProgress | None = None,
        clock: Callable[[], float] = time.monotonic,
        patience: float = PATIENCE_SECONDS,
    ) -> None:
        self._settings = settings
        self._engine = engine
        self._make_snapshot = make_snapshot
        self._patience = patience
        self._is_closed = threading.Event()
        self._watch = NoteWatch(self._observe, clock)
        self._refresher = Refresher(self._catch_up)
        state = self._watch.begin()
        self._current, _ = self._index_notes(None, on_progress)
        self._watch.finish(state)

    @property
    def current(self) -> CurrentNotes:
        """What is answered from; replaced as a whole by every refresh."""
        return self._current

    @property
    def is_refreshing(self) -> bool:
        """Whether a refresh is under way."""
        return self._refresher.is_busy

    def follow(self) -> Snapshot:
        """Return the notes as they are now; as they were, if a refresh takes too long or fails."""
        self.nudge()
        self._refresher.wait(self._patience)
        return self._current.snapshot

    def nudge(self) -> None:
        """Have the index brought up to date in the background if the notes have changed."""
        if self._watch.needs_refresh():
            self._refresher.request()

    def refresh(self, on_progress: OnProgress | None = None) -> RefreshReport:
        """Bring the index up to date now, and answer from that.

        :param on_progress: called in this thread.
        :raises ServingError: the notes are not followed any more.
        :raises NotesFolderError, IndexingError, AliasFileError: the notes cannot be indexed.
        """
        self._check_open()
        return self._refresher.run(lambda: self._refresh(on_progress))

    def close(self) -> None:
        """Follow the notes no more, and stop a refresh; what is there stays."""
        self._is_closed.set()
        self._refresher.close(_CLOSE_SECONDS)

    def _observe(self) -> NotesState:
        limits = read_limits(self._settings)
        return observe_notes(self._settings.notes, limits, [self._settings.aliases_file])

    def _catch_up(self) -> None:
        """Refresh, unless another run has done it by now."""
        if self._watch.is_stale():
            with suppress(Exception):  # whoever asks sees it in `CurrentNotes.problem`
                self._refresh(None)

    def _refresh(self, on_progress: OnProgress | None) -> RefreshReport:
        # Every run goes through the refresher: there is one at a time.
        state = self._watch.begin()
        try:
            self._current, report = self._index_notes(self._current, on_progress)
        except Exception as error:
            self._watch.fail(state)
            self._current = replace(self._current, problem=_describe(error))
            raise
        self._watch.finish(state)
        return report

    def _index_notes(
        self, old: CurrentNotes | None, on_progress: OnProgress | None
    ) -> tuple[CurrentNotes, RefreshReport]:
        began = datetime.datetime.now(datetime.UTC)
        report = refresh_notes(self._settings, self._engine, self._stop_when_closed(on_progress))
        if old is not None and self._is_up_to_date(old.snapshot.index, report):
            snapshot = old.snapshot
        else:
            snapshot = self._make_snapshot(open_index(self._settings, self._engine))
        return CurrentNotes(snapshot, report.skipped, report.warnings, began), report

    def _is_up_to_date(self, index: OpenIndex, report: RefreshReport) -> bool:
        generation = index.generation
        if report.generation != generation.name:
            return False
        # The user's aliases are no part of a generation.
        return load_alias_groups(self._settings, generation) == index.alias_groups

    def _stop_when_closed(self, on_progress: OnProgress | None) -> OnProgress:
        def tell(step: str, done: int, total: int) -> None:
            self._check_open()
            if on_progress is not None:
                on_progress(step, done, total)

        return tell

    def _check_open(self) -> None:
        if self._is_closed.is_set():
            raise ServingError("the notes are not followed any more; start the program again")


def _describe(error: Exception) -> str:
    """Return one line on why a refresh failed."""
    line = " ".join(str(error).split())
    # Only the messages of our own errors say all by themselves.
    is_ours = isinstance(error, IngestError | IndexingError | ServingError)
    return line if is_ours else f"{type(error).__name__}: {line}"
