"""Asks a system every question of a set, and keeps what it returned."""

import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from eval.datatypes import LabelledQuestion, QueryResult, Run
from eval.errors import RunFileError
from eval.systems import System


def run_system(
    system: System,
    questions: Sequence[LabelledQuestion],
    on_progress: Callable[[int, int], None] | None = None,
) -> Run:
    """Ask every question in order, one at a time.

    The first is asked once before: what a system does at its first use is no query's time.

    :param on_progress: told how many of how many questions are done.
    """
    for labelled in questions[:1]:
        system.query(labelled.question)
    results = []
    for done, labelled in enumerate(questions, start=1):
        started = time.perf_counter()
        retrieved, answer = system.query(labelled.question)
        seconds = time.perf_counter() - started
        results.append(QueryResult(labelled.query_id, tuple(retrieved), answer, seconds))
        if on_progress is not None:
            on_progress(done, len(questions))
    return Run(system.name, tuple(results))


def write_run(path: Path, run: Run) -> None:
    """Write a run as JSON.

    :raises RunFileError: the file cannot be written.
    """
    write_json(path, asdict(run))


def read_run(path: Path) -> Run:
    """Read what `write_run` wrote.

    :raises RunFileError: the file cannot be read or is no run.
    """
    try:
        return TypeAdapter(Run).validate_json(_read_bytes(path))
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "file"
        raise RunFileError(
            f"{path}: is no run ({where!r}: {first['msg']}); make one with `tenkyo eval run`"
        ) from error


def write_json(path: Path, value: Mapping[str, Any]) -> None:
    """Write an object as JSON; the same value gives the same bytes.

    :raises RunFileError: the file cannot be written.
    """
    write_text(path, json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n")


def write_text(path: Path, text: str) -> None:
    """Write a text file, making its folder.

    :raises RunFileError: the file cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise RunFileError(
            f"{path}: cannot be written ({error.strerror}); choose another place"
        ) from error


def _read_bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise RunFileError(
            f"{path}: cannot be read ({error.strerror}); make it with `tenkyo eval run`"
        ) from error
