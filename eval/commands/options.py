"""Options that several evaluation commands share."""

from pathlib import Path
from typing import Annotated

import typer

from eval.workspace import QUESTIONS

QuestionsOption = Annotated[
    Path,
    typer.Option("--questions", help="質問の JSONL またはそのフォルダー / labelled questions"),
]
ReferenceOption = Annotated[
    Path, typer.Option("--reference", help="基準の記録 / the accepted reference")
]

DEFAULT_QUESTIONS = QUESTIONS
DEFAULT_REFERENCE = Path("eval/data/reference.json")
