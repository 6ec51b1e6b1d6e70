"""`tenkyo eval explain`: why one question found what it found."""

from typing import Annotated

import typer
from rich.text import Text

from assistant.commands.options import IndexOption, ModelOption, NotesOption, open_terminal
from assistant.render import printable, render_explanation
from eval.commands.options import DEFAULT_QUESTIONS, QuestionsOption
from eval.errors import QuestionSetError
from eval.questions import read_question_set
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
    explanation = workspace.assistant.explain(labelled.question)
    engine, out = workspace.engine, terminal.out
    for name, value in (
        ("question", labelled.question.text),
        ("gold", ", ".join(gold.section_id for gold in labelled.gold) or "-"),
        ("words", " ".join(engine.words.analyze(explanation.searched))),
        ("bigrams", " ".join(engine.bigrams.analyze(explanation.searched))),
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
        for hit in searcher.search(explanation.searched, 5):
            out.print(Text(f"  {hit.rank}. {hit.score:.3f} {printable(hit.passage_id)}"))
