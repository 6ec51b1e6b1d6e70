"""Keeps what users say of answers, and the questions that they want the evaluation to ask.

Both stay in a folder on this machine: `feedback.jsonl` and `candidates.jsonl`, one object a line.
"""

import datetime
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from assistant.answering.questions import MAX_QUESTION_CHARACTERS
from assistant.datatypes import Answer, Question
from assistant.serving.line_file import append_record
from assistant.serving.question_candidates import build_candidate
from assistant.serving.text_bounds import (
    MAX_ANSWER_CHARACTERS,
    MAX_REASON_CHARACTERS,
    bound_history,
    bound_text,
)
from ingest.normalize import clean_text


class Rating(StrEnum):
    """What a user thinks of an answer."""

    GOOD = "good"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class CitedLines:
    """Lines of a note that an answer cited: 1-based, inclusive; `path` as in `Note.path`."""

    path: str
    line_start: int
    line_end: int


@dataclass(frozen=True, slots=True)
class FeedbackEntry:
    """What a user said of an answer, with all that is needed to look at it later.

    at: aware.
    face: where the answer was shown: `chat`, `slack`.
    reason: in the user's words; may be empty.
    question, history: as the user wrote them, the history oldest first.
    abstained: why there was no answer (`AbstentionReason`), or None.
    confidence: 0 to 1.
    user: who said it, where the face knows.
    """

    at: datetime.datetime
    face: str
    rating: Rating
    reason: str
    question: str
    history: tuple[str, ...]
    answer_text: str
    abstained: str | None
    confidence: float
    citations: tuple[CitedLines, ...]
    user: str | None

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise ValueError(f"time {self.at} has no time zone")
        if not 0.0 <= self.confidence <= 1.0:
            raise ValueError(f"confidence {self.confidence} is not within 0 and 1")

    @classmethod
    def from_answer(
        cls,
        question: Question,
        answer: Answer,
        rating: Rating,
        *,
        at: datetime.datetime,
        face: str,
        reason: str = "",
        user: str | None = None,
    ) -> "FeedbackEntry":
        """Return the entry for an answer as it was shown."""
        return cls(
            at=at,
            face=face,
            rating=rating,
            reason=reason,
            question=question.text,
            history=question.history,
            answer_text=answer.text,
            abstained=None if answer.abstained is None else answer.abstained.value,
            confidence=answer.confidence,
            citations=tuple(
                CitedLines(citation.path, citation.line_start, citation.line_end)
                for citation in answer.citations
            ),
            user=user,
        )


class FeedbackStore:
    """Appends to the files of a folder; any number of threads and processes may do so at once.

    folder: made by the first line that is stored.
    """

    def __init__(self, folder: Path) -> None:
        self._feedback = folder / "feedback.jsonl"
        self._candidates = folder / "candidates.jsonl"

    def record(self, entry: FeedbackEntry) -> None:
        """Append an entry, safe from a power cut when this returns; long texts are cut.

        :raises FeedbackError: it cannot be stored.
        """
        append_record(self._feedback, _to_record(entry))

    def propose_question(self, question: Question, answer: Answer, face: str) -> None:
        """Append a draft of an evaluation question; one that stands there already stays as it is.

        :param face: where it was asked: `chat`, `slack`.
        :raises FeedbackError: it cannot be stored.
        :raises QuestionError: the question cannot be asked.
        """
        append_record(self._candidates, build_candidate(question, answer, face), unique="id")


def _to_record(entry: FeedbackEntry) -> dict[str, Any]:
    return {
        "at": entry.at.astimezone(datetime.UTC).isoformat(timespec="milliseconds"),
        "face": entry.face,
        "rating": entry.rating.value,
        "reason": bound_text(entry.reason, MAX_REASON_CHARACTERS),
        "question": bound_text(entry.question, MAX_QUESTION_CHARACTERS),
        "history": list(bound_history(entry.history)),
        "answer_text": bound_text(entry.answer_text, MAX_ANSWER_CHARACTERS),
        "abstained": entry.abstained,
        "confidence": round(entry.confidence, 6),
        "citations": [
            {
                "path": clean_text(cited.path),
                "line_start": cited.line_start,
                "line_end": cited.line_end,
            }
            for cited in entry.citations
        ],
        "user": None if entry.user is None else clean_text(entry.user),
    }
