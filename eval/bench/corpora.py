"""Writes training sections out as folders of notes, so that they take the real path."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Case:
    """A question and where its answer stands.

    gold: (path of the note, heading path) of every right section; empty if no section answers.
    kind: the slice that the question belongs to.
    """

    text: str
    gold: frozenset[tuple[str, tuple[str, ...]]]
    kind: str


def write_section_notes(section_files: Iterable[Path], folder: Path) -> list[Case]:
    """Write the sections of training files as notes, one file per `path` (see data/README.md)."""
    texts: dict[str, list[str]] = {}
    previous: dict[str, tuple[str, ...]] = {}
    cases = []
    for record in _read_records(section_files):
        gold: frozenset[tuple[str, tuple[str, ...]]] = frozenset()
        if record["section_id"] is not None:
            path, headings = record["path"], tuple(record["heading_path"])
            lines = texts.setdefault(path, [])
            shared = _count_shared(previous.get(path, ()), headings)
            for level in range(min(shared, len(headings) - 1), len(headings)):
                lines += [f"{'#' * min(level + 1, 6)} {headings[level]}", ""]
            lines += [record["text"], ""]
            previous[path] = headings
            gold = frozenset({(path, headings)})
        cases += [Case(item["text"], gold, item["kind"]) for item in record["questions"]]
    for path, lines in texts.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text("\n".join(lines), encoding="utf-8")
    return cases


def _count_shared(first: tuple[str, ...], second: tuple[str, ...]) -> int:
    """Return how many headings two heading paths share from the top."""
    return next(
        (i for i, pair in enumerate(zip(first, second, strict=False)) if pair[0] != pair[1]),
        min(len(first), len(second)),
    )


def _read_records(files: Iterable[Path]) -> Iterable[Mapping[str, Any]]:
    for file in sorted(files):
        for line in file.read_text(encoding="utf-8").split("\n"):
            if line.strip():
                yield json.loads(line)
