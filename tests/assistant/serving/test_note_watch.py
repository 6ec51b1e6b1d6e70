"""When a refresh is due, told by a clock and by states that are set by hand."""

import pytest

from assistant.serving.note_state import NotesState
from assistant.serving.note_watch import NoteWatch
from tests.assistant.serving.live import FakeClock


class FakeNotes:
    """Stands for `observe_notes`: what it sees is set by hand, and looking takes `seconds`."""

    def __init__(self, clock: FakeClock) -> None:
        self._clock = clock
        self.version = 1
        self.is_settled = True
        self.seconds = 0.01
        self.looks = 0

    def __call__(self) -> NotesState:
        self.looks += 1
        self._clock.now += self.seconds
        return NotesState({"a.md": (self.version, 0, 0, 0)}, self.is_settled)


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def notes(clock: FakeClock) -> FakeNotes:
    return FakeNotes(clock)


@pytest.fixture
def watch(clock: FakeClock, notes: FakeNotes) -> NoteWatch:
    """A watch whose notes were indexed a minute ago."""
    made = NoteWatch(notes, clock)
    assert made.needs_refresh()
    made.finish(made.begin())
    clock.now += 60
    return made


def test_notes_that_were_indexed_need_no_refresh(watch: NoteWatch) -> None:
    assert not watch.needs_refresh()
    assert not watch.is_stale()


def test_a_change_needs_one_until_it_was_indexed(watch: NoteWatch, notes: FakeNotes) -> None:
    notes.version = 2
    assert watch.needs_refresh()
    assert watch.is_stale()
    watch.finish(watch.begin())
    assert not watch.needs_refresh()


def test_a_change_during_a_refresh_needs_another(
    watch: NoteWatch, notes: FakeNotes, clock: FakeClock
) -> None:
    notes.version = 2
    state = watch.begin()
    notes.version = 3
    clock.now += 1
    assert watch.needs_refresh()
    watch.finish(state)
    assert watch.is_stale()


def test_a_change_taken_back_needs_none(
    watch: NoteWatch, notes: FakeNotes, clock: FakeClock
) -> None:
    notes.version = 2
    assert watch.needs_refresh()
    notes.version = 1
    clock.now += 1
    assert not watch.needs_refresh()


def test_looking_takes_a_twentieth_of_the_time(
    watch: NoteWatch, notes: FakeNotes, clock: FakeClock
) -> None:
    assert not watch.needs_refresh()
    looks = notes.looks
    notes.version = 2
    clock.now += 0.19  # a look took 0.01 s, so that the next one is due after 0.2 s
    assert not watch.needs_refresh()
    assert notes.looks == looks
    clock.now += 0.011
    assert watch.needs_refresh()
    assert notes.looks == looks + 1


def test_slow_looks_are_repeated_after_two_seconds(
    watch: NoteWatch, notes: FakeNotes, clock: FakeClock
) -> None:
    notes.seconds = 1.0
    assert not watch.needs_refresh()
    notes.version = 2
    clock.now += 1.9
    assert not watch.needs_refresh()
    clock.now += 0.11
    assert watch.needs_refresh()


def test_unsettled_notes_are_indexed_once_more_when_they_have_settled(
    watch: NoteWatch, notes: FakeNotes, clock: FakeClock
) -> None:
    notes.version, notes.is_settled = 2, False
    watch.finish(watch.begin())
    clock.now += 2.4
    assert not watch.needs_refresh()
    clock.now += 0.2
    notes.is_settled = True
    assert watch.needs_refresh()
    watch.finish(watch.begin())
    clock.now += 1000
    assert not watch.needs_refresh()


def test_a_failure_is_retried_after_half_a_minute(
    watch: NoteWatch, notes: FakeNotes, clock: FakeClock
) -> None:
    notes.version = 2
    watch.fail(watch.begin())
    clock.now += 29.9
    assert not watch.needs_refresh()
    clock.now += 0.2
    assert watch.needs_refresh()


def test_a_failure_is_retried_when_the_notes_change(
    watch: NoteWatch, notes: FakeNotes, clock: FakeClock
) -> None:
    notes.version = 2
    watch.fail(watch.begin())
    clock.now += 1
    assert not watch.needs_refresh()
    notes.version = 3
    clock.now += 1
    assert watch.needs_refresh()
