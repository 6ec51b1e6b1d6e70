"""`tenkyo batch`: many questions in one process."""

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import track

from assistant.answering.questions import read_questions
from assistant.commands.options import (
    IndexOption,
    ModelOption,
    NotesOption,
    open_terminal,
    prepare,
)
from assistant.datatypes import Question
from assistant.errors import QuestionFileError
from assistant.records import answer_record, to_json
from assistant.render import print_line
from assistant.wiring import open_assistant


def batch(
    questions: Annotated[Path, typer.Argument(help="質問の JSONL / questions, one a line")],
    output: Annotated[Path, typer.Option("-o", "--output", help="回答の JSONL / answers")],
    notes: NotesOption = None,
    index: IndexOption = None,
    model: ModelOption = None,
) -> None:
    """質問ファイルにまとめて答える / Answer a file of questions."""
    terminal = open_terminal(notes, index, model)
    asked = list(read_questions(questions))  # all lines are checked before the first is answered
    if output.exists() and not output.is_file():
        raise QuestionFileError(f"{output}: is no regular file; choose another file with -o")
    if output.exists() and output.samefile(questions):
        raise QuestionFileError(f"{output}: holds the questions; choose another file with -o")
    engine, _ = prepare(terminal)
    assistant = open_assistant(terminal.settings, engine, terminal.messages)
    shown: Iterable[Question] = asked
    if terminal.err.is_terminal:
        shown = track(asked, terminal.messages.batch_progress, console=terminal.err)
    write_lines(output, (to_json(answer_record(assistant.answer(q), q.query_id)) for q in shown))
    line = terminal.messages.batch_done.format(count=len(asked), path=output)
    print_line(terminal.err, line)


def write_lines(path: Path, lines: Iterable[str]) -> None:
    """Write all lines or nothing: an old file stays until the new one is whole.

    :raises QuestionFileError: the file cannot be written.
    """
    try:
        descriptor, name = tempfile.mkstemp(dir=path.resolve().parent, prefix=f".{path.name}.")
    except OSError as error:
        raise QuestionFileError(_unwritable(path, error)) from error
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as file:
            for line in lines:
                file.write(line + "\n")
        temporary.chmod(0o666 & ~_umask())
        temporary.replace(path)
    except OSError as error:
        raise QuestionFileError(_unwritable(path, error)) from error
    finally:
        temporary.unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _unwritable(path: Path, error: OSError) -> str:
    return f"{path}: cannot be written ({error.strerror}); choose another file with -o"
