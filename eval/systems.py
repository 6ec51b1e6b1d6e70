"""What can be evaluated: takes a question, returns texts, and perhaps an answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from assistant.answering.answer import Assistant
from assistant.datatypes import Answer, Question
from eval.datatypes import AnswerRecord, RetrievedText
from index.protocols import Searcher
from ingest.datatypes import Section

# Ranks beyond the tenth are not measured, but a system that returns several chunks of one section
# needs some to fill ten sections.
DEPTH = 10


class System(Protocol):
    """One of the systems that are compared."""

    @property
    def name(self) -> str:
        """What the report calls it."""

    def query(self, question: Question) -> tuple[list[RetrievedText], AnswerRecord | None]:
        """Return what was found, best first, and the answer of a system that gives one."""


@dataclass(frozen=True, slots=True)
class AssistantSystem:
    """The assistant as users meet it: retrieval, abstention, answer."""

    name: str
    assistant: Assistant
    sections: Mapping[str, Section]

    def query(self, question: Question) -> tuple[list[RetrievedText], AnswerRecord | None]:
        """Ask the assistant."""
        answer = self.assistant.answer(question)
        retrieved = [
            retrieve_section(self.sections[hit.section_id], hit.score) for hit in answer.hits
        ]
        return retrieved, record_answer(answer)


@dataclass(frozen=True, slots=True)
class RankingSystem:
    """The assistant without its answers: for other searchers in its place."""

    name: str
    assistant: Assistant
    sections: Mapping[str, Section]

    def query(self, question: Question) -> tuple[list[RetrievedText], AnswerRecord | None]:
        """Let the assistant rank the sections."""
        hits = self.assistant.rank(question, DEPTH)
        return [retrieve_section(self.sections[hit.section_id], hit.score) for hit in hits], None


@dataclass(frozen=True, slots=True)
class SearcherSystem:
    """A searcher that knows no dialogue: asked with all that was said, as one text."""

    name: str
    searcher: Searcher
    sections: Mapping[str, Section]

    def query(self, question: Question) -> tuple[list[RetrievedText], AnswerRecord | None]:
        """Search."""
        hits = self.searcher.search(flatten_question(question), DEPTH)
        return [retrieve_section(self.sections[hit.section_id], hit.score) for hit in hits], None


def retrieve_section(section: Section, score: float) -> RetrievedText:
    """Return a whole section as something that a reader gets."""
    return RetrievedText(
        section.section_id,
        score,
        section.path,
        section.line_start,
        section.line_end,
        len(section.text),
    )


def record_answer(answer: Answer) -> AnswerRecord:
    """Keep of an answer what is judged."""
    return AnswerRecord(
        answer.text,
        None if answer.abstained is None else answer.abstained.value,
        answer.confidence,
        answer.choice,
        tuple((c.section_id, c.line_start, c.line_end) for c in answer.citations),
    )


def flatten_question(question: Question) -> str:
    """Return everything that a system without a sense of dialogue can search for.

    That is the history, the question and its options, as one text.
    """
    options = (choice.text for choice in question.choices)
    return " ".join([*question.history, question.text, *options])
