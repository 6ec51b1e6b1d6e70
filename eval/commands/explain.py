"""`tenkyo eval explain`: why one question found what it found."""

from typing import Annotated

import typer
from rich.text import Text

from assistant.commands.options import IndexOption, ModelOption, NotesOption, open_terminal
from assistant.render import printable, render_explanation
from assistant.wiring import build_searcher
from eval.commands.options import DEFAULT_QUESTIONS, QuestionsOption
from eval.errors import QuestionSetError
from eval.questions import read_question_set
from eval.systems import flatten_question
from eval.workspace import open_workspace


def explain(
    question_id: Annotated[str, typer.Argument(help="質問の id / id of a question")],
    questions: QuestionsOption = DEFAULT_QUESTIONS,
    notes: NotesOption = None,
    index: IndexOption = None,
    model: ModelOption = None,
) -> None:
    """1 問の検索過程を示す / Show tokens, aliases and every leg's ranking of one question."""
    terminal = open_terminal(notes, index, model)
    labelled = {q.query_id: q for q in read_question_set(questions)}.get(question_id)
    if labelled is None:
        raise QuestionSetError(f"{questions}: has no question '{question_id}'; check the id")
    workspace = open_workspace(terminal)
    engine, out = workspace.engine, terminal.out
    assistant = workspace.build(build_searcher(workspace.index, engine))
    explanation = assistant.explain(labelled.question)
    asked = flatten_question(labelled.question)
    for name, value in (
        ("question", labelled.question.text),
        ("gold", ", ".join(gold.section_id for gold in labelled.gold) or "-"),
        ("words", " ".join(engine.words.analyze(asked))),
        ("bigrams", " ".join(engine.bigrams.analyze(asked))),
    ):
        out.print(Text(f"{name}: ", style="bold").append(printable(value), style="default"))
    out.print(render_explanation(explanation, terminal.messages))
    legs = workspace.index.legs
    for name, searcher in (
        ("words", legs.words),
        ("bigrams", legs.bigrams),
        ("passages", legs.passages),
        ("sentences", legs.sentences),
    ):
        out.print(Text(f"\n{name}", style="bold"))
        for hit in searcher.search(asked, 5):
            out.print(Text(f"  {hit.rank}. {hit.score:.3f} {printable(hit.passage_id)}"))
