"""A state differs whenever the notes do, and only files that count are looked at."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.serving.note_state import NotesState, observe_notes
from ingest.reader import ReadLimits

SECOND = 1_000_000_000


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    notes = tmp_path / "notes"
    (notes / "sub").mkdir(parents=True)
    (notes / "a.md").write_text("甲", encoding="utf-8")
    (notes / "sub" / "b.Markdown").write_text("乙", encoding="utf-8")
    return notes


def observe(folder: Path, **options) -> NotesState:
    return observe_notes(folder, ReadLimits(), **options)


def test_notes_that_stay_as_they_are_look_the_same(folder: Path) -> None:
    assert observe(folder).marks == observe(folder).marks
    assert set(observe(folder).marks) == {
        os.fspath(folder / "a.md"),
        os.fspath(folder / "sub" / "b.Markdown"),
    }


def wait_for_tick(probe: Path, time_ns: int) -> None:
    """Return once the file system gives later times than this one: some milliseconds."""
    probe.touch()
    while probe.stat().st_ctime_ns <= time_ns:
        probe.touch()


def add(folder: Path) -> None:
    (folder / "sub" / "c.md").write_text("丙", encoding="utf-8")


def edit(folder: Path) -> None:
    (folder / "a.md").write_text("甲甲", encoding="utf-8")


def edit_in_secret(folder: Path) -> None:
    """Write as many bytes, and set the time of change back."""
    before = (folder / "a.md").stat()
    wait_for_tick(folder.with_name("probe"), before.st_ctime_ns)
    (folder / "a.md").write_text("丁", encoding="utf-8")
    os.utime(folder / "a.md", ns=(before.st_atime_ns, before.st_mtime_ns))


def replace_in_secret(folder: Path) -> None:
    """Put a file of the same size and time of change in the place of another."""
    before = (folder / "a.md").stat()
    new = folder / "new"
    new.write_text("丁", encoding="utf-8")
    os.utime(new, ns=(before.st_atime_ns, before.st_mtime_ns))
    new.replace(folder / "a.md")


def remove(folder: Path) -> None:
    (folder / "a.md").unlink()


def rename(folder: Path) -> None:
    (folder / "a.md").rename(folder / "z.md")


def move_folder(folder: Path) -> None:
    (folder / "sub").rename(folder / "other")


def ignore(folder: Path) -> None:
    (folder / ".tenkyoignore").write_text("a.md\n", encoding="utf-8")


def replace_by_folder(folder: Path) -> None:
    (folder / "a.md").unlink()
    (folder / "a.md").mkdir()


def link(folder: Path) -> None:
    (folder / "link.md").symlink_to(folder / "a.md")


def remove_all(folder: Path) -> None:
    folder.rename(folder.with_name("away"))


@pytest.mark.parametrize(
    "change",
    [
        add,
        edit,
        edit_in_secret,
        replace_in_secret,
        remove,
        rename,
        move_folder,
        ignore,
        replace_by_folder,
        link,
        remove_all,
    ],
)
def test_every_change_shows(folder: Path, change: Callable[[Path], None]) -> None:
    before = observe(folder)
    change(folder)
    assert observe(folder).marks != before.marks


def test_what_is_no_note_does_not_count(folder: Path) -> None:
    before = observe(folder)
    (folder / "picture.png").write_bytes(b"x")
    (folder / ".git").mkdir()
    (folder / ".git" / "x.md").write_text("x", encoding="utf-8")
    (folder / "empty").mkdir()
    assert observe(folder).marks == before.marks


def test_folders_deeper_than_the_reader_goes_are_not_looked_into(folder: Path) -> None:
    state = observe_notes(folder, ReadLimits(max_depth=0))
    assert set(state.marks) == {os.fspath(folder / "a.md")}


def test_a_link_to_nothing_or_to_itself_is_looked_at_without_harm(folder: Path) -> None:
    (folder / "nothing.md").symlink_to(folder / "gone.md")
    (folder / "loop.md").symlink_to(folder / "loop.md")
    marks = observe(folder).marks
    assert marks[os.fspath(folder / "nothing.md")] is None
    assert marks[os.fspath(folder / "loop.md")] is None


def test_the_target_of_a_link_counts(folder: Path) -> None:
    (folder / "link.md").symlink_to(folder / "target")
    (folder / "target").write_text("甲", encoding="utf-8")
    before = observe(folder)
    (folder / "target").write_text("甲甲", encoding="utf-8")
    assert observe(folder).marks != before.marks


@pytest.mark.parametrize("name", ["missing", "a\0b", "~nobody-of-that-name/notes"])
def test_a_folder_that_is_not_there_is_a_state_too(tmp_path: Path, name: str) -> None:
    folder = Path(name) if name.startswith("~") else tmp_path / name
    assert list(observe(folder).marks.values()) == [None]


def test_files_beside_the_notes_count(folder: Path, tmp_path: Path) -> None:
    aliases = tmp_path / "aliases.toml"
    missing = observe(folder, others=[aliases])
    aliases.write_text("", encoding="utf-8")
    assert observe(folder, others=[aliases]).marks != missing.marks


@pytest.mark.parametrize(
    # Negative: a clock of another machine that is ahead.
    ("age", "settled"),
    [(0, False), (1, False), (-1, False), (3, True), (3600, True), (-3600, True)],
)
def test_a_note_changed_within_two_seconds_is_not_settled(
    folder: Path, age: int, settled: bool
) -> None:
    # Both notes were written within less than a second.
    written = (folder / "a.md").stat().st_ctime_ns
    assert observe(folder, now_ns=lambda: written + age * SECOND).is_settled is settled


@pytest.mark.parametrize("time_ns", [0, 4_000_000_000 * SECOND])
def test_the_time_of_change_counts_beside_that_of_the_entry(folder: Path, time_ns: int) -> None:
    os.utime(folder / "a.md", ns=(time_ns, time_ns))
    assert not observe(folder, now_ns=lambda: time_ns).is_settled


def test_no_notes_are_settled(tmp_path: Path) -> None:
    assert observe(tmp_path).is_settled
