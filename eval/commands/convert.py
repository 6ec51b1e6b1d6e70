"""`tenkyo eval import-squad`, `import-trec`: question sets of other tools become ours."""

from pathlib import Path
from typing import Annotated

import typer

from assistant.commands.options import NotesOption, open_terminal
from eval.importers import import_squad as read_squad
from eval.importers import import_trec as read_trec
from eval.importers import resolve_gold
from eval.questions import write_question_set
from ingest.markdown import parse_sections
from ingest.reader import read_notes


def import_squad(
    squad: Annotated[Path, typer.Argument(help="SQuAD 形式の JSON / file in SQuAD's format")],
    notes_folder: Annotated[Path, typer.Option("--notes", help="段落を書く先 / new notes folder")],
    output: Annotated[Path, typer.Option("-o", "--output", help="質問の JSONL / questions")],
) -> None:
    """SQuAD 形式を、ノートと質問集に直す / Turn a SQuAD-format file into notes and questions."""
    questions = read_squad(squad, notes_folder)
    sections = {s.section_id: s for n in read_notes(notes_folder).notes for s in parse_sections(n)}
    write_question_set(output, resolve_gold(questions, sections))
    typer.echo(f"{output}: {len(questions)} questions over {len(sections)} sections")


def import_trec(
    topics: Annotated[Path, typer.Argument(help="id と質問のタブ区切り / topics")],
    qrels: Annotated[Path, typer.Argument(help="TREC の qrels")],
    output: Annotated[Path, typer.Option("-o", "--output", help="質問の JSONL / questions")],
    notes: NotesOption = None,
) -> None:
    """TREC の qrels を質問集に直す / Turn TREC topics and qrels into a question set."""
    terminal = open_terminal(notes)
    found = read_notes(terminal.settings.notes).notes
    sections = {s.section_id: s for note in found for s in parse_sections(note)}
    questions = read_trec(topics, qrels, sections)
    write_question_set(output, questions)
    typer.echo(f"{output}: {len(questions)} questions")
