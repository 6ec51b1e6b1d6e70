"""Builds questions, runs and sections for the tests of `eval`."""

from collections.abc import Sequence

from assistant.datatypes import Choice, Question
from eval.datatypes import (
    AnswerRecord,
    Gold,
    LabelledQuestion,
    QueryResult,
    RetrievedText,
    Run,
    Split,
)
from ingest.datatypes import Note, Section
from ingest.markdown import parse_sections


def ask(
    query_id: str,
    *gold: str | Gold,
    tags: Sequence[str] = ("own-words",),
    split: Split = Split.TEST,
    text: str = "",
    history: Sequence[str] = (),
    choices: Sequence[str] = (),
    **labels: object,
) -> LabelledQuestion:
    """Return a question; gold sections given by id alone have their answer in line 1.

    :param choices: texts of the options A, B, ...
    """
    options = tuple(Choice("ABCDEF"[i], option) for i, option in enumerate(choices))
    return LabelledQuestion(
        question=Question(text or f"{query_id} は何ですか", query_id, options, tuple(history)),
        gold=tuple(g if isinstance(g, Gold) else Gold(g, 1, 1) for g in gold),
        tags=frozenset(tags),
        split=split,
        **labels,  # type: ignore[arg-type]
    )


def found(section_id: str, lines: tuple[int, int] = (1, 1), characters: int = 10) -> RetrievedText:
    """Return a retrieved text of a section."""
    path = section_id.rpartition("#")[0]
    return RetrievedText(section_id, 1.0, path, *lines, characters)


def result(
    query_id: str,
    *retrieved: str | RetrievedText,
    answer: AnswerRecord | None = None,
    seconds: float = 0.0,
) -> QueryResult:
    """Return what a system gave for a query."""
    texts = tuple(item if isinstance(item, RetrievedText) else found(item) for item in retrieved)
    return QueryResult(query_id, texts, answer, seconds)


def run_of(*results: QueryResult, system: str = "tenkyo") -> Run:
    """Return a run."""
    return Run(system, results)


def answered(
    text: str = "答え",
    *cited: tuple[str, int, int],
    confidence: float = 0.5,
    choice: str | None = None,
) -> AnswerRecord:
    """Return an answer record."""
    return AnswerRecord(text, None, confidence, choice, cited)


def refused(confidence: float = 0.1) -> AnswerRecord:
    """Return an abstention."""
    return AnswerRecord("", "low-confidence", confidence, None, ())


def read_note(path: str, text: str) -> tuple[Note, dict[str, Section]]:
    """Return a note and its sections by id."""
    note = Note(path, text, "0" * 64, "utf-8")
    return note, {section.section_id: section for section in parse_sections(note)}
