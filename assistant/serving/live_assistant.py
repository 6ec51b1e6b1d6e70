"""What a face that stays up talks to: answers from the notes as they are when it is asked."""

import time
from collections.abc import Callable, Generator
from functools import partial

from assistant.answering.answer import Assistant
from assistant.answering.note_reader import NoteReader
from assistant.datatypes import Answer, Explanation, Question, SectionHit
from assistant.messages import Language, choose_messages
from assistant.serving.datatypes import AnswerOptions, NotesOverview, Scope, SourceView
from assistant.serving.live_notes import PATIENCE_SECONDS, LiveNotes
from assistant.serving.overview import describe_notes
from assistant.serving.snapshot import Snapshot
from assistant.serving.sources import view_source
from assistant.settings import Settings
from assistant.wiring import (
    Engine,
    LanguageModel,
    OpenIndex,
    build_assistant,
    build_searcher,
    read_limits,
)
from index.refresh import OnProgress, RefreshReport


class LiveAssistant:
    """Answers from the notes as they are now, as long as the process lives. Safe between threads.

    Before an answer it looks whether the notes have changed, and if so waits some seconds for the
    index to follow. If that takes longer or fails, it answers from the notes as they were, and
    `overview` tells why. An answer that was begun keeps to the notes that it was begun with.
    Every answer may raise `IndexingError` where someone has deleted the index meanwhile.

    read_note: gives a note's text as it is now.
    """

    def __init__(
        self, notes: LiveNotes, read_note: Callable[[str], str | None], *, has_model: bool
    ) -> None:
        self._notes = notes
        self._read_note = read_note
        self._has_model = has_model

    @property
    def has_model(self) -> bool:
        """Whether there is a language model to word answers."""
        return self._has_model

    def answer(self, question: Question, options: AnswerOptions = AnswerOptions()) -> Answer:
        """Return a cited answer, or an abstention with the nearest sections.

        :raises QuestionError: the question cannot be asked.
        :raises GeneratorError: the generator failed.
        """
        return self._pick(options).answer(question)

    def stream(
        self, question: Question, options: AnswerOptions = AnswerOptions()
    ) -> Generator[Answer, None, None]:
        """Yield the answer as its text grows; the last one is whole. Closing it stops the work.

        :raises QuestionError: the question cannot be asked.
        :raises GeneratorError: the generator failed.
        """
        yield from self._pick(options).stream(question)

    def search(
        self, query: str, k: int, options: AnswerOptions = AnswerOptions()
    ) -> tuple[SectionHit, ...]:
        """Return at most `k` sections, best first.

        :raises QuestionError: the query cannot be asked.
        """
        return self._pick(options).search(query, k)

    def explain(self, question: Question, options: AnswerOptions = AnswerOptions()) -> Explanation:
        """Return how the sections for a question were found.

        :raises QuestionError: the question cannot be asked.
        """
        return self._pick(options).explain(question)

    def read_source(
        self, section_id: str, cited: tuple[int, int] | None = None, quote: str = ""
    ) -> SourceView | None:
        """Return a section as it stands in its note now; None for an unknown id.

        :param cited: first and last line that an answer cited.
        :param quote: what it quoted; with it the lines are right even for an old answer.
        """
        snapshot = self._notes.current.snapshot
        section = snapshot.index.sections.get(section_id)
        if section is None:
            return None
        text = self._read_note(section.path)
        return view_source(section, snapshot.notes[section.path], text, cited, quote)

    def overview(self) -> NotesOverview:
        """Return which notes are answered from; a change of them is followed, not waited for."""
        self._notes.nudge()
        return describe_notes(self._notes.current, is_refreshing=self._notes.is_refreshing)

    def suggest_examples(
        self, count: int, language: Language, scope: Scope = Scope()
    ) -> tuple[str, ...]:
        """Return at most `count` questions that the notes answer, from as many notes as possible.

        The same notes give the same questions. The first call for a state of the notes takes as
        long as a few answers.
        """
        return self._notes.current.snapshot.suggest_examples(count, language, scope)

    def refresh(self, on_progress: OnProgress | None = None) -> RefreshReport:
        """Bring the index up to date now, and answer from that; answers go on meanwhile.

        :param on_progress: called in this thread.
        :raises ServingError: this was closed.
        :raises NotesFolderError, IndexingError, AliasFileError: the notes cannot be indexed.
        """
        return self._notes.refresh(on_progress)

    def close(self) -> None:
        """Follow the notes no more, and stop a refresh; running answers end as they would."""
        self._notes.close()

    def _pick(self, options: AnswerOptions) -> Assistant:
        return self._notes.follow().pick_assistant(options)


def open_live_assistant(
    settings: Settings,
    engine: Engine,
    language_model: LanguageModel | None = None,
    on_progress: OnProgress | None = None,
    clock: Callable[[], float] = time.monotonic,
    patience: float = PATIENCE_SECONDS,
) -> LiveAssistant:
    """Bring the index up to date and open it; notes without any text are no failure.

    :param clock: seconds that only ever grow.
    :param patience: how many seconds an answer waits for the index at most.
    :raises NotesFolderError, IndexingError, AliasFileError: the notes cannot be indexed.
    """
    build = partial(_build_assistant, settings, engine, language_model)
    notes = LiveNotes(
        settings,
        engine,
        lambda index: Snapshot(index, build),
        on_progress,
        clock,
        patience,
    )
    read_note = NoteReader(settings.notes, read_limits(settings)).read
    return LiveAssistant(notes, read_note, has_model=language_model is not None)


def _build_assistant(
    settings: Settings,
    engine: Engine,
    language_model: LanguageModel | None,
    index: OpenIndex,
    options: AnswerOptions,
) -> Assistant:
    return build_assistant(
        settings,
        engine,
        index,
        build_searcher(index, engine),
        choose_messages(options.language),
        language_model if options.use_model else None,
        options.characters,
    )
