"""`tenkyo search`: ranked sections."""

from typing import Annotated

import typer

from assistant.answering.questions import check_question
from assistant.commands.options import (
    ExplainOption,
    IndexOption,
    JsonOption,
    ModelOption,
    NotesOption,
    open_terminal,
    prepare,
)
from assistant.datatypes import Question
from assistant.records import hit_record, to_json
from assistant.render import render_explanation, render_hits
from assistant.wiring import open_assistant


def search(
    query: Annotated[str, typer.Argument(help="検索語または質問 / words or a question")],
    k: Annotated[int, typer.Option("-k", min=1, max=100, help="件数 / how many")] = 10,
    as_json: JsonOption = False,
    explain: ExplainOption = False,
    notes: NotesOption = None,
    index: IndexOption = None,
    model: ModelOption = None,
) -> None:
    """節を順位づけて示す / Rank the sections of the notes."""
    terminal = open_terminal(notes, index, model)
    check_question(query)  # before any slow work
    engine, _ = prepare(terminal)
    assistant = open_assistant(terminal.settings, engine, terminal.messages)
    hits = assistant.search(query, k)
    if as_json:
        for hit in hits:
            typer.echo(to_json(hit_record(hit)))
    else:
        terminal.out.print(render_hits(hits, terminal.messages), soft_wrap=True)
    if explain:
        explanation = assistant.explain(Question(query))
        terminal.err.print(render_explanation(explanation, terminal.messages))
