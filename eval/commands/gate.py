"""`tenkyo eval gate`: may this change land? `tenkyo eval accept`: a new reference."""

import datetime
from pathlib import Path
from typing import Annotated

import typer

from assistant.commands.options import (
    IndexOption,
    ModelOption,
    NotesOption,
    Terminal,
    open_terminal,
)
from eval.commands.options import (
    DEFAULT_QUESTIONS,
    DEFAULT_REFERENCE,
    QuestionsOption,
    ReferenceOption,
)
from eval.commands.run import run_all
from eval.gate import judge_run
from eval.gate_report import format_gate
from eval.lineup import ASSISTANT
from eval.questions import read_question_set
from eval.reference import make_reference, read_reference, write_reference
from eval.report import ABLATION
from eval.runs import write_text
from eval.summary import score_run
from eval.workspace import open_workspace


def gate(
    reference: ReferenceOption = DEFAULT_REFERENCE,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="Markdown の書き出し先 / file")
    ] = None,
    questions: QuestionsOption = DEFAULT_QUESTIONS,
    notes: NotesOption = None,
    index: IndexOption = None,
    model: ModelOption = None,
) -> None:
    """基準と比べ、悪化していれば失敗する / Fail if retrieval got worse than the reference."""
    terminal = open_terminal(notes, index, model)
    accepted = read_reference(reference)  # before any slow work
    labelled = read_question_set(questions)
    workspace = open_workspace(terminal)
    systems = workspace.line_up()
    run = run_all(systems[:1], labelled, terminal.err)[0]
    result = judge_run(labelled, run, score_run(labelled, run), accepted)
    text = format_gate(result)
    typer.echo(text)
    if output is not None:
        write_text(output, text)
    if not result.passes:
        raise typer.Exit(1)


def accept(
    reason: Annotated[str, typer.Option("--reason", help="理由 / why", prompt="理由 / why")],
    reference: ReferenceOption = DEFAULT_REFERENCE,
    questions: QuestionsOption = DEFAULT_QUESTIONS,
    notes: NotesOption = None,
    index: IndexOption = None,
    model: ModelOption = None,
) -> None:
    """今の結果を新しい基準にする / Make the present result the reference."""
    if not reason.strip():
        raise typer.BadParameter("a reason is needed: it goes into the reference file")
    terminal: Terminal = open_terminal(notes, index, model)
    labelled = read_question_set(questions)
    workspace = open_workspace(terminal)
    systems = workspace.line_up()
    wanted = [system for system in systems if system.name in (ASSISTANT, ABLATION)]
    run, changed = run_all(wanted, labelled, terminal.err)
    accepted = make_reference(
        labelled,
        run,
        score_run(labelled, run),
        score_run(labelled, changed),
        reason.strip(),
        workspace.engine.embedder.name,
        datetime.datetime.now(datetime.UTC).date().isoformat(),
    )
    write_reference(reference, accepted)
    typer.echo(f"{reference}: {len(accepted.scores['RR'])} questions")
