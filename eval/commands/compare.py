"""`tenkyo eval compare`: two runs of the same questions, side by side."""

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from assistant.commands.options import open_terminal
from eval.commands.options import DEFAULT_QUESTIONS, QuestionsOption
from eval.errors import RunFileError
from eval.questions import read_question_set
from eval.runs import read_run
from eval.significance import compare_paired
from eval.summary import find_slices, score_run


def compare(
    first: Annotated[Path, typer.Argument(help="基準の実行結果 / a run (JSON)")],
    second: Annotated[Path, typer.Argument(help="比べる実行結果 / another run (JSON)")],
    measure: Annotated[list[str], typer.Option("-m", "--measure", help="指標 / measure")] = [  # noqa: B006
        "R@1",
        "RR",
        "nDCG@10",
    ],
    questions: QuestionsOption = DEFAULT_QUESTIONS,
) -> None:
    """2 つの実行結果を対応つきで比べる / Compare two runs, paired by question."""
    terminal = open_terminal()
    runs = [read_run(first), read_run(second)]
    # What one of them was not asked (of the other split, say) it would seem not to have found.
    asked = set.intersection(*({result.query_id for result in run.results} for run in runs))
    labelled = [q for q in read_question_set(questions) if q.query_id in asked]
    if not labelled:
        raise RunFileError(
            f"{first} and {second}: no question of {questions} was asked in both; "
            "compare runs of the same split, and name their set with --questions"
        )
    before, after = (score_run(labelled, run).measures for run in runs)
    unknown = [name for name in measure if name not in before]
    if unknown:
        raise typer.BadParameter(f"{unknown[0]} is none of {', '.join(before)}")
    table = Table("slice", "measure", "n", "A", "B", "B - A (95 %)", "p", "effect")
    for name, members in find_slices(labelled).items():
        for one in measure:
            shared = [i for i in members if i in before[one] and i in after[one]]
            a, b = [before[one][i] for i in shared], [after[one][i] for i in shared]
            found = compare_paired(a, b)
            if found is not None:
                difference = f"{found.difference:+.3f} [{found.low:+.3f}, {found.high:+.3f}]"
                means = [f"{sum(values) / len(values):.3f}" for values in (a, b)]
                effect = f"{found.effect:+.2f}"
                table.add_row(
                    name, one, str(found.n), *means, difference, f"{found.p_value:.4f}", effect
                )
    terminal.out.print(f"A: {runs[0].system}\nB: {runs[1].system}", markup=False)
    terminal.out.print(table)
