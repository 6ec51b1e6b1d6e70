"""The records of an evaluation: labelled questions, and what a system returned for them.

The words are those of information retrieval: a *run* is what a system returned for every query,
*gold* (qrels) is what it should have returned. Imports no logic of ours.
"""

from dataclasses import dataclass
from enum import StrEnum

from assistant.datatypes import Question


class Split(StrEnum):
    """Which half of the set a question is in; only `dev` may choose a weight or a threshold."""

    DEV = "dev"
    TEST = "test"


@dataclass(frozen=True, slots=True)
class Gold:
    """A section that answers, and the lines of it that hold the answer.

    section_id: `path#anchor`, as in `Section`.
    line_start, line_end: 1-based, inclusive, lines of the note.
    digest: SHA-256 of the section's text when the question was written, hexadecimal; "" if unknown.
    """

    section_id: str
    line_start: int
    line_end: int
    digest: str = ""


@dataclass(frozen=True, slots=True)
class LabelledQuestion:
    """A question with everything that is needed to judge an answer to it.

    question: as it is asked; its `query_id` is unique within the set.
    gold: the sections that answer, the best first; empty if the notes do not answer.
    near: for an unanswerable question the section that comes closest, else "".
    correct: the right letters of a multiple-choice question, sorted, else "".
    answer: a reference answer.
    key_facts: what an answer must contain; for each the accepted variants.
    explanation: why this is the answer, and why near sections are not.
    tags: the slices that the question belongs to.
    """

    question: Question
    gold: tuple[Gold, ...]
    tags: frozenset[str]
    split: Split
    near: str = ""
    correct: str = ""
    answer: str = ""
    key_facts: tuple[tuple[str, ...], ...] = ()
    explanation: str = ""

    @property
    def query_id(self) -> str:
        """The question's id."""
        return self.question.query_id

    @property
    def is_answerable(self) -> bool:
        """Whether a section of the notes answers."""
        return bool(self.gold)


@dataclass(frozen=True, slots=True)
class RetrievedText:
    """One thing that a system returned: a section, or a chunk that is part of one or of several.

    section_id: the section that it counts as.
    path, line_start, line_end: the lines of the note that a reader would get.
    characters: how many characters that is.
    """

    section_id: str
    score: float
    path: str
    line_start: int
    line_end: int
    characters: int


@dataclass(frozen=True, slots=True)
class AnswerRecord:
    """What a system said.

    cited: (section_id, line_start, line_end) of every citation.
    """

    text: str
    abstained: str | None
    confidence: float
    choice: str | None
    cited: tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, slots=True)
class QueryResult:
    """What a system returned for one query.

    retrieved: best first.
    answer: None for a system that only retrieves.
    seconds: wall-clock time of the whole query.
    """

    query_id: str
    retrieved: tuple[RetrievedText, ...]
    answer: AnswerRecord | None
    seconds: float


@dataclass(frozen=True, slots=True)
class Run:
    """What one system returned for every query of a set, in the set's order."""

    system: str
    results: tuple[QueryResult, ...]
