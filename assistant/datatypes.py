"""The records of a question and its answer. One `Answer` feeds every face of the assistant."""

import re
from dataclasses import dataclass
from enum import StrEnum

from index.datatypes import Hit
from ingest.datatypes import Passage, Section

# The confidence is a probability: below the first the best section is more likely wrong than right,
# from the second on it is right four times of five.
_EVEN_ODDS, _SURE = 0.5, 0.8


class AbstentionReason(StrEnum):
    """Why no answer was given.

    AMBIGUOUS: the question may mean several things (`Answer.readings`).
    EMPTY_SECTION: the notes have a heading for it with nothing below it.
    """

    NO_MATCH = "no-match"
    LOW_CONFIDENCE = "low-confidence"
    NO_NOTES = "no-notes"
    AMBIGUOUS = "ambiguous"
    EMPTY_SECTION = "empty-section"


class ConfidenceLevel(StrEnum):
    """A confidence in a word; below even odds it is low."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Notice(StrEnum):
    """What a reader should know of how an answer came about.

    MODEL_FAILED: the language model did not answer; these are the notes' own sentences.
    MODEL_BROKE_OFF: it stopped before its end; what it wrote until then was checked and stays.
    MODEL_UNSUPPORTED: nothing that it wrote was supported; these are the notes' own sentences.
    STATEMENTS_REPLACED: some of what it wrote was not supported; the source stands in its place.
    SOURCE_MOVED: cited text stands elsewhere in its note by now; the lines are the new ones.
    SOURCE_CHANGED: cited text was changed in the note since it was indexed.
    """

    MODEL_FAILED = "model-failed"
    MODEL_BROKE_OFF = "model-broke-off"
    MODEL_UNSUPPORTED = "model-unsupported"
    STATEMENTS_REPLACED = "statements-replaced"
    SOURCE_MOVED = "source-moved"
    SOURCE_CHANGED = "source-changed"


@dataclass(frozen=True, slots=True)
class Evidence:
    """A section found for a question, with the sentences of it that may be quoted.

    score: the section's fused score, 0 to 1 within one question.
    sentences: in reading order; relevance[i] is that of sentences[i] to the question.
    """

    section: Section
    score: float
    sentences: tuple[Passage, ...]
    relevance: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """What a generator wrote: text that cites by marker alone (`[1]`).

    text: statements, each followed by its markers.
    cited: for every marker, the sentences that it stands for, all of one section; markers
        count from 1 in the order of this tuple.
    """

    text: str
    cited: tuple[tuple[Passage, ...], ...]
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a statement comes from.

    marker: the number in square brackets in the answer's text, from 1.
    quote: the cited source text as it stands in the note.
    digest: SHA-256 of the section's text when it was cited, hexadecimal.
    """

    marker: int
    section_id: str
    path: str
    heading_path: tuple[str, ...]
    line_start: int
    line_end: int
    quote: str
    digest: str


@dataclass(frozen=True, slots=True)
class SectionHit:
    """One of the best sections for a question, as every face lists it."""

    section_id: str
    path: str
    heading_path: tuple[str, ...]
    line_start: int
    line_end: int
    score: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a question found what it found.

    searched: the texts that were searched together: the question, and with its history.
    aliases: the groups of names that fired; a section may use any of them.
    hits: the best sections with the scores of every leg.
    """

    searched: tuple[str, ...]
    aliases: tuple[tuple[str, ...], ...]
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """One of the things that an ambiguous question may mean.

    label: what a button shows: the headings of the section that answers it.
    question: the question that asks for this alone.
    """

    label: str
    question: str


@dataclass(frozen=True, slots=True)
class OptionEvidence:
    """What the notes say on one option of a multiple-choice question.

    support: how well the notes support it; compares the options of one question only.
    supporting, opposing: the lines that speak for it and against it; None where none do. Their
        markers are the option's own and do not stand in the answer's text.
    """

    letter: str
    text: str
    support: float
    supporting: Citation | None
    opposing: Citation | None


@dataclass(frozen=True, slots=True)
class Answer:
    """A cited answer, or the reason why there is none.

    confidence: 0 to 1.
    choice: the letters chosen in a multiple-choice question, or None.
    follow_ups: questions that the notes can answer next.
    options: the options of a multiple-choice question in order, with their evidence.
    margin: by how much the chosen options are supported better than the others, or None.
    requirements: what the question demands of the right option (lowest cost, ...), as it says it.
    readings: what an ambiguous question may mean, the likeliest first.
    """

    question: str
    text: str
    citations: tuple[Citation, ...]
    hits: tuple[SectionHit, ...]
    abstained: AbstentionReason | None
    confidence: float
    choice: str | None = None
    follow_ups: tuple[str, ...] = ()
    options: tuple[OptionEvidence, ...] = ()
    margin: float | None = None
    requirements: tuple[str, ...] = ()
    readings: tuple[Reading, ...] = ()
    notices: tuple[Notice, ...] = ()

    @property
    def chosen_letters(self) -> frozenset[str]:
        """The letters of `choice` one by one: of ten options, `10` is the last, not the first."""
        letters = sorted((option.letter for option in self.options), key=len, reverse=True)
        pattern = "|".join(map(re.escape, letters)) or "(?!)"
        return frozenset(re.findall(pattern, self.choice or ""))

    @property
    def level(self) -> ConfidenceLevel:
        """The confidence in a word."""
        if self.confidence < _EVEN_ODDS:
            return ConfidenceLevel.LOW
        return ConfidenceLevel.HIGH if self.confidence >= _SURE else ConfidenceLevel.MEDIUM

    def __post_init__(self) -> None:
        if not 0.0 <= self.confidence <= 1.0:
            raise ValueError(f"confidence {self.confidence} is not within 0 and 1")
        if self.abstained is not None:
            if self.citations:
                raise ValueError("an abstention cites nothing")
            return
        if not self.citations:
            raise ValueError("an answer cites at least one section")
        known = {hit.section_id for hit in self.hits}
        for citation in self.citations:
            if citation.section_id not in known:
                raise ValueError(f"citation {citation.marker} is of no section that was found")


@dataclass(frozen=True, slots=True)
class Choice:
    """One option of a multiple-choice question.

    letter: `A`, `B`, ... as the question names it.
    """

    letter: str
    text: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question as a user or a question file asks it.

    choices: the options in order; empty for an open question.
    history: the user's earlier turns, oldest first.
    """

    text: str
    query_id: str = ""
    choices: tuple[Choice, ...] = ()
    history: tuple[str, ...] = ()
