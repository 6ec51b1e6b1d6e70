"""`tenkyo index`: build or refresh the index."""

from pathlib import Path
from typing import Annotated

import typer

from assistant.commands.options import IndexOption, ModelOption, open_terminal, prepare
from assistant.render import print_line


def index(
    notes: Annotated[
        Path | None, typer.Argument(help="ノートのフォルダー / folder of Markdown notes")
    ] = None,
    notes_option: Annotated[Path | None, typer.Option("--notes", hidden=True)] = None,
    index: IndexOption = None,
    model: ModelOption = None,
) -> None:
    """ノートの索引を作る・更新する / Build or refresh the index."""
    terminal = open_terminal(notes or notes_option, index, model)
    messages = terminal.messages
    _, report = prepare(terminal)
    summary = messages.indexed if report.changed else messages.unchanged
    terminal.out.print(
        summary.format(notes=report.notes_read, sections=report.sections, seconds=report.seconds)
    )
    if report.embedded:
        terminal.out.print(messages.embedded.format(count=report.embedded))
    if report.empty_sections:
        terminal.out.print(messages.empty_sections.format(count=report.empty_sections))
    for skipped in report.skipped:
        if not skipped.reason.is_failure:
            reason = messages.skip_reasons[skipped.reason]
            line = messages.skipped.format(path=skipped.path, reason=reason)
            print_line(terminal.out, line)
    # A note with a warning was read, but something in it has to be mended all the same.
    if report.warnings or any(skipped.reason.is_failure for skipped in report.skipped):
        raise typer.Exit(1)
