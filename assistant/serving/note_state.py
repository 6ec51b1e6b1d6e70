"""Looks at the notes without reading them: names, sizes and times tell whether any has changed."""

import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from ingest.reader import IGNORE_FILE, NOTE_SUFFIXES, ReadLimits

# The coarsest times that a file system in use keeps (FAT); others keep some milliseconds.
_COARSEST_NS = 2_000_000_000

#: Size, time of change of the content and of the entry in nanoseconds, and the file's number: no
#: editor leaves all of them as they were. None for what cannot be looked at.
FileMark: TypeAlias = tuple[int, int, int, int] | None


@dataclass(frozen=True, slots=True)
class NotesState:
    """How a notes folder looked at one time.

    marks: by path, of every file that has a note's name or says what to ignore, of what cannot be
        listed, and of files beside the notes that count as well.
    is_settled: whether any later change will show. A file that was changed a moment ago may be
        changed once more at the same size and within the same tick of its clock.
    """

    marks: Mapping[str, FileMark]
    is_settled: bool


def observe_notes(
    folder: Path,
    limits: ReadLimits,
    others: Sequence[Path] = (),
    now_ns: Callable[[], int] = time.time_ns,
) -> NotesState:
    """Return how the notes look now; raises nothing. 5,000 notes take some 30 ms.

    Ignored notes count too: finding nothing new in them is cheaper than to know them.

    :param limits: deeper folders are not looked into.
    :param others: files that the answers depend on beside the notes.
    :param now_ns: the wall clock in nanoseconds.
    """
    now = now_ns()
    marks = dict(_mark_notes(folder, limits.max_depth))
    marks.update((os.fspath(other), _mark_file(other)) for other in others)
    times = (when for mark in marks.values() if mark is not None for when in mark[1:3])
    return NotesState(marks, all(abs(now - when) >= _COARSEST_NS for when in times))


def _mark_notes(folder: Path, max_depth: int) -> Iterator[tuple[str, FileMark]]:
    try:
        pending = [(os.fspath(folder.expanduser()), 0)]
    except RuntimeError:  # whose home folder that is nobody knows
        pending = [(os.fspath(folder), 0)]
    while pending:
        path, depth = pending.pop()
        try:
            with os.scandir(path) as listing:
                entries = [(entry, entry.is_dir(follow_symlinks=False)) for entry in listing]
        except (OSError, ValueError):
            yield path, None
            continue
        for entry, is_folder in entries:
            if is_folder:
                if depth < max_depth and not entry.name.startswith("."):
                    pending.append((entry.path, depth + 1))
            elif entry.name.lower().endswith(NOTE_SUFFIXES) or entry.name == IGNORE_FILE:
                yield entry.path, _mark_file(entry)


def _mark_file(file: Path | os.DirEntry[str]) -> FileMark:
    try:
        status = file.stat()
    except (OSError, ValueError):  # it is missing, or a link that leads nowhere
        return None
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino
