"""The functions that programs call, over HTTP and MCP; their docstrings are what MCP shows.

They return what the command line prints with `--json`. Failures are told in one line, which gradio
passes on.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Annotated, Any, TypeVar

from anyio import CapacityLimiter
from anyio.to_thread import run_sync
from pydantic import BaseModel, ConfigDict, Field

from assistant.answering.questions import MAX_QUESTION_CHARACTERS, check_question
from assistant.apps.chat.failures import describe_failure, is_unexpected
from assistant.apps.chat.gradio_library import api, gr
from assistant.apps.chat.texts import ENGLISH, choose_texts
from assistant.datatypes import Question
from assistant.messages import Language
from assistant.records import answer_record, hit_record
from assistant.serving.datatypes import AnswerOptions, SectionLink, SourceView
from assistant.serving.live_assistant import LiveAssistant

# The id that `tenkyo ask --json` gives its one answer.
_ID = "1"
_MAX_TURNS = 50

_Result = TypeVar("_Result")
_Text = Annotated[str, Field(max_length=MAX_QUESTION_CHARACTERS)]


class _Input(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid")


class _AskInput(_Input):
    question: _Text
    history: Annotated[list[_Text], Field(max_length=_MAX_TURNS)]
    language: Language


class _SearchInput(_Input):
    query: _Text
    k: Annotated[int, Field(ge=1, le=100)]


class _SectionInput(_Input):
    section_id: Annotated[str, Field(min_length=1, max_length=4_096)]


class Endpoints:
    """The functions, on one assistant.

    running: how many may work at once; more wait, at most `waiting` of them.
    """

    def __init__(
        self,
        live: LiveAssistant,
        characters: int,
        running: int,
        waiting: int,
        on_unexpected: Callable[[Exception], None],
    ) -> None:
        self._live = live
        self._characters = characters
        self._running = CapacityLimiter(running)
        self._waiting = waiting
        self._on_unexpected = on_unexpected

    def register(self) -> None:
        """Offer the functions; to be called inside the blocks of the page."""
        for function in (self.ask, self.search, self.read_section):
            # Out of the queue, a call needs no second connection of this server to itself.
            api(function, api_name=function.__name__, queue=False)

    async def ask(
        self,
        question: str,
        history: list[str] = [],  # noqa: B006  # gradio tells programs the default
        language: Language = "ja",
    ) -> dict[str, Any]:
        """Answer a question from the user's own notes, citing the lines behind every statement.

        Where the notes do not answer it, "abstained" says why and "hits" names the nearest
        sections. Options of an exam question (A, B, ...) may stand in the question.

        Args:
            question: The question, Japanese or English.
            history: The user's earlier questions, oldest first, for a question that leans on them.
            language: Language of what is not quoted from the notes, "ja" or "en".

        Returns:
            An object with id, text, abstained, confidence, choice, citations and hits.
        """
        with self._telling_failures(language):
            given = _AskInput(question=question, history=history, language=language)
            asked = Question(given.question, _ID, history=tuple(given.history))
            options = AnswerOptions(given.language, self._characters)
            answer = await self._run(lambda: self._live.answer(asked, options))
            return answer_record(answer, _ID)

    async def search(self, query: str, k: int = 10) -> list[dict[str, Any]]:
        """Rank the sections of the user's own notes for words or a question, best first.

        Args:
            query: Words or a question, Japanese or English.
            k: How many sections at most, 1 to 100.

        Returns:
            Objects with section_id, path, heading_path, line_start, line_end and score.
        """
        with self._telling_failures():
            given = _SearchInput(query=query, k=k)
            text = check_question(given.query)
            hits = await self._run(lambda: self._live.search(text, given.k))
            return [{"section_id": hit.section_id, **hit_record(hit)} for hit in hits]

    async def read_section(self, section_id: str) -> dict[str, Any]:
        """Read one section of the user's own notes as it stands in the note now.

        Args:
            section_id: The id of the section, as search gives it.

        Returns:
            An object with the section's text, its place, and the sections before and after it.
        """
        with self._telling_failures():
            given = _SectionInput(section_id=section_id)
            view = await self._run(lambda: self._live.read_source(given.section_id))
        if view is None:
            raise CallError("the notes have no section of this id; search again")
        return section_record(view)

    async def _run(self, work: Callable[[], _Result]) -> _Result:
        if self._running.statistics().tasks_waiting >= self._waiting:
            raise CallError(ENGLISH.error_busy)
        return await run_sync(work, limiter=self._running)

    @contextmanager
    def _telling_failures(self, language: str = "en") -> Iterator[None]:
        try:
            yield
        except CallError:
            raise
        except Exception as error:  # noqa: BLE001  # whatever it is, the caller is told
            if is_unexpected(error):
                self._on_unexpected(error)
            texts = choose_texts("ja" if language == "ja" else "en")
            raise CallError(describe_failure(error, texts)) from None


class CallError(gr.Error):
    """What a program is told in place of a result."""

    def __init__(self, text: str) -> None:
        super().__init__(text, print_exception=False)

    def __str__(self) -> str:
        # MCP shows this; gradio would put it in quotes.
        return str(self.message)


def section_record(view: SourceView) -> dict[str, Any]:
    """Return a section as JSON shows it."""
    return {
        "section_id": view.section_id,
        "path": view.path,
        "heading_path": list(view.heading_path),
        "line_start": view.line_start,
        "line_end": view.line_end,
        "text": view.text,
        "is_current": view.is_current,
        "previous": _link_record(view.previous),
        "next": _link_record(view.next),
    }


def _link_record(link: SectionLink | None) -> dict[str, Any] | None:
    if link is None:
        return None
    return {"section_id": link.section_id, "heading_path": list(link.heading_path)}
