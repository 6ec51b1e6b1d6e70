"""What the bot needs of the notes: a part of `LiveAssistant`, for which tests have a stand-in."""

from typing import Protocol

from assistant.datatypes import Answer, Question
from assistant.messages import Language
from assistant.serving.datatypes import AnswerOptions, NotesOverview, Scope, SourceView


class NotesSource(Protocol):
    """Answers from the notes as they are now. Thread-safe."""

    def answer(self, question: Question, options: AnswerOptions = ...) -> Answer:
        """Return a cited answer, or an abstention with the nearest sections.

        :raises QuestionError: the question cannot be asked.
        :raises AssistantError: it cannot be answered now.
        """

    def read_source(
        self, section_id: str, cited: tuple[int, int] | None = None, quote: str = ""
    ) -> SourceView | None:
        """Return a section as it stands in its note now, None if it is gone."""

    def overview(self) -> NotesOverview:
        """Return which notes are answered from."""

    def suggest_examples(
        self, count: int, language: Language, scope: Scope = ...
    ) -> tuple[str, ...]:
        """Return questions that the notes can answer, at most `count`."""
