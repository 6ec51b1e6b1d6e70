"""Reads the training data: one section, or one question that no section answers, a line.

The form stands in `data/README.md`.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from index.training.datatypes import TrainingQuestion, TrainingSection
from index.training.errors import TrainingDataError


def data_folder() -> Path:
    """Return the folder of the training data that comes with the project."""
    return Path(__file__).parent / "data"


def read_training_sections(folder: Path) -> list[TrainingSection]:
    """Return the sections of all `*.jsonl` files, in the order of file names and lines.

    :raises TrainingDataError: there are no files, a line is malformed, an id is used twice, or a
        near miss names a section that does not exist.
    """
    files = sorted(folder.glob("*.jsonl"))
    if not files:
        raise TrainingDataError(f"{folder}: holds no training data (*.jsonl); give another folder")
    sections: dict[str, TrainingSection] = {}
    misses: dict[str, list[str]] = {}
    for file in files:
        for place, record in _read_records(file):
            try:
                texts = [_join_text(question) for question in record["questions"]]
                if record["section_id"] is None:
                    misses.setdefault(record["near"], []).extend(texts)
                    continue
                section = _read_section(file.stem, record, texts)
            except (AttributeError, KeyError, TypeError, ValueError) as error:
                raise TrainingDataError(f"{place}: {error!r}: mend this line") from error
            if section.section_id in sections:
                raise TrainingDataError(f"{place}: {section.section_id} is used twice: rename one")
            sections[section.section_id] = section
    if unknown := misses.keys() - sections.keys():
        first = min(map(str, unknown))
        raise TrainingDataError(
            f"{folder}: near misses of sections that do not exist ({first}): mend `near`"
        )
    return [
        replace(section, near_misses=tuple(misses.get(section.section_id, ())))
        for section in sections.values()
    ]


def count_kinds(sections: Sequence[TrainingSection]) -> dict[str, int]:
    """Return how many questions of each kind there are, most first, near misses last."""
    counts = Counter(question.kind for section in sections for question in section.questions)
    misses = sum(len(section.near_misses) for section in sections)
    return {**dict(counts.most_common()), "unanswerable": misses}


def _read_records(file: Path) -> Iterator[tuple[str, Mapping[str, Any]]]:
    try:
        lines = file.read_text(encoding="utf-8").split("\n")
    except UnicodeDecodeError as error:
        raise TrainingDataError(f"{file.name}: is no UTF-8 ({error}): save it as UTF-8") from error
    for number, line in enumerate(lines, start=1):
        if line.strip():
            place = f"{file.name}, line {number}"
            try:
                yield place, json.loads(line)
            except ValueError as error:
                raise TrainingDataError(f"{place}: is no JSON ({error}): mend this line") from error


def _read_section(source: str, record: Mapping[str, Any], texts: Sequence[str]) -> TrainingSection:
    if not record["heading_path"] or not isinstance(record["heading_path"], list):
        raise ValueError("heading_path is no list of headings")
    if not isinstance(record["section_id"], str) or not isinstance(record["text"], str):
        raise TypeError("section_id or text is no string")
    questions = tuple(
        TrainingQuestion(text, item["kind"], item.get("line"))
        for text, item in zip(texts, record["questions"], strict=True)
    )
    return TrainingSection(
        section_id=record["section_id"],
        source=source,
        path=record["path"],
        heading_path=tuple(record["heading_path"]),
        text=record["text"],
        questions=questions,
        near_misses=(),
    )


def _join_text(question: Mapping[str, Any]) -> str:
    """Return what the assistant searches: turns before the question, options behind it."""
    return " ".join([*question.get("history", []), question["text"], *question.get("options", [])])
