"""`tenkyo eval new`: drafts of questions. `tenkyo eval split`: finish a set."""

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from assistant.commands.options import NotesOption, open_terminal
from assistant.settings import Settings
from eval.commands.options import DEFAULT_QUESTIONS, QuestionsOption
from eval.errors import QuestionSetError
from eval.questions import (
    list_question_files,
    read_question_file,
    read_question_set,
    write_question_set,
)
from eval.runs import write_text
from eval.scaffold import propose_questions
from eval.splits import assign_splits
from ingest.datatypes import Section
from ingest.markdown import parse_sections
from ingest.reader import ReadLimits, read_notes


def new(
    output: Annotated[Path, typer.Option("-o", "--output", help="書き出し先 / file to write")],
    count: Annotated[int, typer.Option("-n", min=1, max=500, help="件数 / how many")] = 10,
    questions: QuestionsOption = DEFAULT_QUESTIONS,
    notes: NotesOption = None,
) -> None:
    """まだ質問のない節から、質問の下書きを作る / Draft questions for sections without one."""
    terminal = open_terminal(notes)
    if output.exists():
        raise QuestionSetError(f"{output}: exists already; name a new file")
    existing = read_question_set(questions) if questions.exists() else []
    lines = propose_questions(_read_sections(terminal.settings), existing, count)
    write_text(output, "".join(f"{line}\n" for line in lines))
    typer.echo(f"{output}: {len(lines)}")


def split(
    source: Annotated[
        Path, typer.Argument(help="質問の JSONL またはそのフォルダー / labelled questions")
    ] = DEFAULT_QUESTIONS,
    notes: NotesOption = None,
) -> None:
    """Dev と test に分け、節の指紋を記す / Assign dev and test, and note the sections' digests."""
    terminal = open_terminal(notes)
    sections = _read_sections(terminal.settings)
    halves = {q.query_id: q.split for q in assign_splits(read_question_set(source))}
    for file in list_question_files(source):
        finished = [
            replace(
                labelled,
                split=halves[labelled.query_id],
                gold=tuple(
                    replace(gold, digest=sections[gold.section_id].digest)
                    if gold.section_id in sections
                    else gold
                    for gold in labelled.gold
                ),
            )
            for labelled in read_question_file(file)
        ]
        write_question_set(file, finished)
        typer.echo(f"{file}: {len(finished)}")


def _read_sections(settings: Settings) -> dict[str, Section]:
    limits = ReadLimits(settings.max_file_bytes, settings.max_depth)
    found = read_notes(settings.notes, limits).notes
    return {s.section_id: s for note in found for s in parse_sections(note)}
