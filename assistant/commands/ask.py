"""`tenkyo ask`: one cited answer."""

from typing import Annotated

import typer

from assistant.answering.questions import take_apart
from assistant.commands.options import (
    ExplainOption,
    IndexOption,
    JsonOption,
    LlmOption,
    ModelOption,
    NotesOption,
    open_language_model,
    open_terminal,
    prepare,
)
from assistant.datatypes import Question
from assistant.records import answer_record, to_json
from assistant.render import render_answer, render_explanation
from assistant.wiring import open_assistant


def ask(
    question: Annotated[str, typer.Argument(help="質問 / the question")],
    as_json: JsonOption = False,
    llm: LlmOption = False,
    explain: ExplainOption = False,
    notes: NotesOption = None,
    index: IndexOption = None,
    model: ModelOption = None,
) -> None:
    """ノートから出典つきで答える / Answer from the notes, with citations."""
    terminal = open_terminal(notes, index, model)
    # What cannot work is told before any slow work.
    take_apart(Question(question))
    language_model = open_language_model(terminal) if llm else None
    engine, _ = prepare(terminal)
    assistant = open_assistant(terminal.settings, engine, terminal.messages, language_model)
    asked = Question(question, query_id="1")
    answer = assistant.answer(asked)
    if as_json:
        typer.echo(to_json(answer_record(answer, asked.query_id)))
    else:
        terminal.out.print(render_answer(answer, terminal.messages), soft_wrap=True)
    if explain:
        explanation = assistant.explain(asked)
        terminal.err.print(render_explanation(explanation, terminal.messages))
