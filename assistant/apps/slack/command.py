"""`tenkyo slack`: the bot, and the test of what it needs.

The libraries of the bot are imported when it is run: `tenkyo --help` loads this module.
"""

from importlib.util import find_spec
from typing import Annotated

import typer

from assistant.apps.slack.errors import SlackSetupError
from assistant.commands.options import IndexOption, LlmOption, ModelOption, NotesOption

app = typer.Typer(help="Slack で質問に答える / Answer questions in Slack.")

HostOption = Annotated[
    str | None, typer.Option("--host", help="HTTP で待ち受けるアドレス / address of --http")
]
PortOption = Annotated[
    int | None,
    typer.Option("--port", min=0, max=65_535, help="そのポート / its port"),
]


@app.callback(invoke_without_command=True)
def slack(
    http: Annotated[
        bool, typer.Option("--http", help="Socket Mode でなく HTTP で受ける / be posted to")
    ] = False,
    check: Annotated[
        bool, typer.Option("--check", help="設定を検査して終わる / test the set-up and end")
    ] = False,
    notes: NotesOption = None,
    index: IndexOption = None,
    model: ModelOption = None,
    llm: LlmOption = False,
    host: HostOption = None,
    port: PortOption = None,
) -> None:
    """Slack のボットを動かす / Run the Slack bot."""
    if find_spec("slack_bolt") is None:
        raise SlackSetupError("slack-bolt is not installed; run: pip install 'tenkyo[slack]'")
    from assistant.apps.slack.running import stopping_by_signal
    from assistant.apps.slack.session import Choices, Session

    choices = Choices(notes, index, model, host, port, use_http=http, use_model=llm)
    session = Session(choices)
    if check:
        raise typer.Exit(0 if session.check() else 1)
    with session.open_bot() as (bot, face), stopping_by_signal() as stop:
        session.run(bot, face, stop)
