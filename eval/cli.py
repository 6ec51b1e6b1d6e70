"""`tenkyo eval`: gathers the evaluation's commands for the entry-point group `tenkyo.commands`."""

import typer

from eval.commands.check import check
from eval.commands.check_training import check_training
from eval.commands.compare import compare
from eval.commands.convert import import_squad, import_trec
from eval.commands.explain import explain
from eval.commands.gate import accept, gate
from eval.commands.new import new, split
from eval.commands.run import run

app = typer.Typer(
    help="検索と回答を測る / Measure retrieval and answers.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
for _command in (
    check,
    check_training,
    run,
    gate,
    accept,
    compare,
    explain,
    new,
    split,
    import_squad,
    import_trec,
):
    app.command()(_command)
