"""`tenkyo eval check-training`: was the model trained on anything that it is measured with?"""

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from assistant.answering.questions import read_questions
from assistant.commands.options import open_terminal
from eval.questions import read_question_set
from eval.training_check import find_leaks_into_training
from eval.workspace import MEMO_NOTES, MEMO_QUESTIONS, QUESTIONS, USER_NOTE_QUESTIONS
from index.training.examples import count_kinds, data_folder, read_training_sections
from ingest.markdown import parse_sections
from ingest.reader import ReadLimits, read_notes


def check_training(
    data: Annotated[
        Path | None, typer.Option("--data", help="学習データのフォルダー / training data")
    ] = None,
    notes: Annotated[
        list[Path], typer.Option("--notes", help="評価に使うノート / notes of the evaluation")
    ] = [Path("notes"), MEMO_NOTES],  # noqa: B006
) -> None:
    """学習データに評価の質問や節が混ざっていないか調べる / Check the training data for leaks."""
    terminal = open_terminal()
    settings = terminal.settings
    trained = read_training_sections(data or data_folder())
    limits = ReadLimits(settings.max_file_bytes, settings.max_depth)
    sections = [
        section
        for folder in notes
        for note in read_notes(folder, limits).notes
        for section in parse_sections(note)
    ]
    questions = [q.question for s in (QUESTIONS, MEMO_QUESTIONS) for q in read_question_set(s)]
    questions += read_questions(USER_NOTE_QUESTIONS)
    table = Table("kind", "n")
    for kind, count in count_kinds(trained).items():
        table.add_row(kind, str(count))
    terminal.out.print(table)
    leaks = sorted(set(find_leaks_into_training(trained, questions, sections)))
    for leak in leaks:
        typer.echo(leak, err=True)
    typer.echo(
        f"{len(trained)} training sections against {len(questions)} questions and "
        f"{len(sections)} sections of the evaluation: {len(leaks)} leaks"
    )
    if leaks:
        raise typer.Exit(1)
