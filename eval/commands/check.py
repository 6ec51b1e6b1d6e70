"""`tenkyo eval check`: is the question set sound?"""

from typing import Annotated

import typer
from rich.table import Table

from assistant.commands.options import NotesOption, open_terminal
from assistant.wiring import load_words
from eval.check import check_questions, count_slices
from eval.commands.options import DEFAULT_QUESTIONS, QuestionsOption
from eval.datatypes import Split
from eval.questions import read_question_set
from ingest.markdown import parse_sections
from ingest.reader import ReadLimits, read_notes


def check(
    questions: QuestionsOption = DEFAULT_QUESTIONS,
    notes: NotesOption = None,
    quiet: Annotated[bool, typer.Option("--quiet", help="表を省く / problems only")] = False,
) -> None:
    """質問集を検査する / Check the question set against the notes."""
    terminal = open_terminal(notes)
    settings = terminal.settings
    labelled = read_question_set(questions)
    limits = ReadLimits(settings.max_file_bytes, settings.max_depth)
    found = {note.path: note for note in read_notes(settings.notes, limits).notes}
    sections = {s.section_id: s for note in found.values() for s in parse_sections(note)}
    problems = check_questions(labelled, sections, found, load_words(settings).analyze)
    if not quiet:
        table = Table("slice", "n", *(split.value for split in Split))
        for name, counts in count_slices(labelled).items():
            table.add_row(name, str(sum(counts.values())), *(str(counts[s]) for s in Split))
        terminal.out.print(table)
        touched = {gold.section_id for question in labelled for gold in question.gold}
        typer.echo(f"{len(touched)} of {len(sections)} sections have a question")
    for problem in problems:
        typer.echo(f"{problem.query_id or 'set'}: {problem.text}", err=True)
    typer.echo(f"{len(labelled)} questions, {len(problems)} problems")
    if problems:
        raise typer.Exit(1)
