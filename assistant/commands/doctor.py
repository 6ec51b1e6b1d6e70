"""`tenkyo doctor`: what is wrong with the index, and mending it."""

from typing import Annotated

import typer

from assistant.commands.options import (
    IndexOption,
    ModelOption,
    NotesOption,
    open_terminal,
    prepare,
)
from assistant.render import print_line
from index.verify import verify_generation


def doctor(
    repair: Annotated[
        bool, typer.Option("--repair", help="索引を作り直す / build the index anew")
    ] = False,
    notes: NotesOption = None,
    index: IndexOption = None,
    model: ModelOption = None,
) -> None:
    """索引を検査し、直す / Check the index, and mend it."""
    terminal = open_terminal(notes, index, model)
    messages = terminal.messages
    problems = verify_generation(terminal.settings.index_folder)
    for problem in problems:
        print_line(terminal.out, f"{messages.warning}: {problem}", "yellow")
    if not problems:
        terminal.out.print(messages.doctor_ok)
    elif repair:
        prepare(terminal, rebuild=True)
        terminal.out.print(messages.doctor_repaired)
    else:
        terminal.out.print(messages.doctor_hint)
        raise typer.Exit(1)
