"""What can be evaluated: takes a question, returns texts, and perhaps an answer."""

from collections.abc import Callable, Mapping, Sequence
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


class AssistantSystem:
    """The assistant as users meet it: retrieval, abstention, answer."""

    def __init__(self, name: str, assistant: Assistant, sections: Mapping[str, Section]) -> None:
        self._name = name
        self._assistant = assistant
        self._sections = sections

    @property
    def name(self) -> str:
        """What the report calls it."""
        return self._name

    def query(self, question: Question) -> tuple[list[RetrievedText], AnswerRecord | None]:
        """Ask the assistant."""
        answer = self._assistant.answer(question)
        retrieved = [
            retrieve_section(self._sections[hit.section_id], hit.score) for hit in answer.hits
        ]
        return retrieved, record_answer(answer)


class SearcherSystem:
    """A searcher alone, asked with the same text as the assistant would ask.

    search_text: gives the text to search for a question (completed from its history).
    """

    def __init__(
        self,
        name: str,
        searcher: Searcher,
        sections: Mapping[str, Section],
        search_text: Callable[[Question], str],
    ) -> None:
        self._name = name
        self._searcher = searcher
        self._sections = sections
        self._search_text = search_text

    @property
    def name(self) -> str:
        """What the report calls it."""
        return self._name

    def query(self, question: Question) -> tuple[list[RetrievedText], AnswerRecord | None]:
        """Search; passages count as their section, at its best rank."""
        # A section has many sentences: ask for enough hits to fill the depth with sections.
        hits = self._searcher.search(self._search_text(question), 20 * DEPTH)
        best: dict[str, float] = {}
        for hit in hits:
            best.setdefault(hit.section_id, hit.score)
        found: Sequence[tuple[str, float]] = list(best.items())[:DEPTH]
        return [retrieve_section(self._sections[key], score) for key, score in found], None


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
