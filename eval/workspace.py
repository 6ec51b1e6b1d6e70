"""Opens notes and questions for the evaluation commands, through the assistant's own wiring."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from assistant.answering.answer import Assistant
from assistant.answering.retrieve import EmbeddedSearcher
from assistant.commands.options import Terminal, prepare
from assistant.wiring import Engine, OpenIndex, build_assistant, open_index
from eval.datatypes import LabelledQuestion, Split
from eval.errors import QuestionSetError
from eval.lineup import line_up
from eval.query_memo import QueryMemo
from eval.questions import read_question_set
from eval.systems import System
from ingest.datatypes import Note
from ingest.reader import ReadLimits, read_notes

QUESTIONS = Path("eval/data/questions")
# Over the AWS network note that Tenkyo was first made for; it is not part of the project.
USER_NOTE_QUESTIONS = Path("eval/data/user-note-questions.jsonl")
# Long, messy memos and questions over them (docs/evaluation.md).
MEMO_NOTES = Path("eval/data/memos/notes")
MEMO_QUESTIONS = Path("eval/data/memos/questions.jsonl")


@dataclass(frozen=True, slots=True)
class Workspace:
    """What an evaluation needs.

    build: builds the assistant of these settings on a searcher.
    notes: by path, as they were indexed.
    """

    engine: Engine
    index: OpenIndex
    build: Callable[[EmbeddedSearcher], Assistant]
    notes: dict[str, Note]

    def line_up(self) -> list[System]:
        """Return the assistant and all systems that it is compared with."""
        return line_up(self.build, self.index, self.engine, list(self.notes.values()))


def open_workspace(terminal: Terminal) -> Workspace:
    """Refresh the index and build the assistant on it.

    :raises IndexingError: the index cannot be built or read.
    """
    settings = terminal.settings
    engine, _ = prepare(terminal)
    engine = replace(engine, embedder=QueryMemo(engine.embedder))
    index = open_index(settings, engine)

    def build(searcher: EmbeddedSearcher) -> Assistant:
        return build_assistant(settings, engine, index, searcher, terminal.messages)

    limits = ReadLimits(settings.max_file_bytes, settings.max_depth)
    notes = {note.path: note for note in read_notes(settings.notes, limits).notes}
    return Workspace(engine, index, build, notes)


def read_split(source: Path, split: Split | None) -> list[LabelledQuestion]:
    """Read the questions of one split; of both for None.

    :raises QuestionSetError: there are none.
    """
    questions: Sequence[LabelledQuestion] = read_question_set(source)
    chosen = [question for question in questions if split in (None, question.split)]
    if not chosen:
        raise QuestionSetError(f"{source}: holds no questions of the split {split}; choose another")
    return chosen
