"""Notes that answer every question in the same way, at once or after a while."""

import datetime
import threading
from collections.abc import Sequence
from dataclasses import replace

from assistant.datatypes import Answer, Question
from assistant.messages import Language
from assistant.serving.datatypes import (
    AnswerOptions,
    NoteEntry,
    NotesOverview,
    Scope,
    SourceView,
)
from tests.assistant.apps.slack.answers import PLAIN

_OPTIONS, _ALL = AnswerOptions(), Scope()
_AT = datetime.datetime(2026, 1, 31, 12, 0, tzinfo=datetime.UTC)


def answer_to(text: str) -> str:
    """Return the text of the answer to a question."""
    return f"「{text}」への答え。"


class ScriptedNotes:
    """Implements `NotesSource`.

    seconds: how long an answer takes.
    errors: raised by the first answers, one each.
    extra: parts of every answer that are not the plain ones.
    """

    def __init__(
        self,
        seconds: float = 0.0,
        errors: Sequence[Exception] = (),
        extra: dict[str, object] | None = None,
    ) -> None:
        self.seconds = seconds
        self.extra = extra or {}
        self.asked: list[tuple[Question, AnswerOptions]] = []
        self.sources: list[tuple[str, tuple[int, int] | None, str]] = []
        self.gone = False
        self._errors = list(errors)
        self._lock = threading.Lock()
        self.released = threading.Event()

    def answer(self, question: Question, options: AnswerOptions = _OPTIONS) -> Answer:
        with self._lock:
            self.asked.append((question, options))
            error = self._errors.pop(0) if self._errors else None
        self.released.wait(self.seconds)
        if error is not None:
            raise error
        text = f"{answer_to(question.text)} [1]"
        return replace(PLAIN, question=question.text, text=text, **self.extra)

    def read_source(
        self, section_id: str, cited: tuple[int, int] | None = None, quote: str = ""
    ) -> SourceView | None:
        self.sources.append((section_id, cited, quote))
        if self.gone:
            return None
        return SourceView(
            section_id,
            "a.md",
            ("題", "節"),
            3,
            5,
            "## 節\n本文。\n終わり。",
            True,
            cited,
            None,
            None,
        )

    def overview(self) -> NotesOverview:
        note = NoteEntry("a.md", 2, ())
        return NotesOverview((note,), (), (), ("仕事",), (), 2, 0, _AT, False, None)

    def suggest_examples(
        self, count: int, language: Language, scope: Scope = _ALL
    ) -> tuple[str, ...]:
        return tuple(f"例{number}は?" for number in range(count))
