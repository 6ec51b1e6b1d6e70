"""`tenkyo eval run`: ask every question, compare with the baselines, write the report."""

import datetime
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markdown import Markdown
from rich.progress import Progress

from assistant.commands.options import IndexOption, ModelOption, NotesOption, open_terminal
from eval.commands.options import DEFAULT_QUESTIONS, QuestionsOption
from eval.datatypes import LabelledQuestion, Run, Split
from eval.exporters import write_trec
from eval.report import build_report
from eval.report_html import format_html
from eval.report_json import write_report_json
from eval.report_markdown import format_markdown
from eval.runs import run_system, write_run, write_text
from eval.summary import score_run
from eval.systems import System
from eval.workspace import open_workspace, read_split

REPORTS = Path("build/eval")


def run(
    split: Annotated[
        Split | None, typer.Option("--split", help="dev または test。省略時は両方 / one split")
    ] = None,
    baselines: Annotated[
        bool, typer.Option(help="比較対象も測る / run the baselines as well")
    ] = True,
    output: Annotated[Path, typer.Option("-o", "--output", help="報告先 / folder")] = REPORTS,
    questions: QuestionsOption = DEFAULT_QUESTIONS,
    notes: NotesOption = None,
    index: IndexOption = None,
    model: ModelOption = None,
) -> None:
    """質問集を解かせて報告を書く / Ask the question set and write the report."""
    terminal = open_terminal(notes, index, model)
    labelled = read_split(questions, split)
    workspace = open_workspace(terminal)
    systems = workspace.line_up()
    runs = run_all(systems if baselines else systems[:1], labelled, terminal.err)
    scores = [score_run(labelled, run) for run in runs]
    for number, result in enumerate(runs):
        write_run(output / "runs" / f"{number}.json", result)
        write_trec(output / "trec" / str(number), labelled, result)
    report = build_report(
        labelled,
        runs,
        scores,
        created=datetime.datetime.now(datetime.UTC).date().isoformat(),
        model=workspace.engine.embedder.name,
        notes=len(workspace.notes),
        sections=len(workspace.index.generation.sections),
        split=split,
    )
    write_report_json(output / "report.json", report)
    markdown = format_markdown(report)
    write_text(output / "report.md", markdown)
    write_text(output / "report.html", format_html(report))
    terminal.out.print(Markdown(markdown))
    typer.echo(f"{output / 'report.html'}", err=True)


def run_all(
    systems: Sequence[System], questions: Sequence[LabelledQuestion], console: Console
) -> list[Run]:
    """Run every system over the questions with a progress bar each."""
    runs = []
    with Progress(console=console) as progress:
        for system in systems:
            task = progress.add_task(system.name, total=len(questions))
            runs.append(
                run_system(
                    system,
                    questions,
                    lambda done, total, task=task: progress.update(  # type: ignore[misc]
                        task, completed=done, total=total
                    ),
                )
            )
    return runs
