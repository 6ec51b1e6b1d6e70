"""`tenkyo chat`: answers in the browser.

Nothing of gradio is imported before the command runs: it takes seconds.
"""

import os
import traceback
import webbrowser
from contextlib import closing, suppress
from dataclasses import replace
from functools import partial
from typing import Annotated

import typer
from pydantic import SecretStr

from assistant.apps.chat.errors import ChatServerError
from assistant.apps.chat.hosts import is_loopback
from assistant.apps.chat.limits import ChatLimits
from assistant.apps.chat.server import ChatServer
from assistant.apps.chat.stoppable_chat import StoppableChat
from assistant.commands.options import (
    IndexOption,
    LlmOption,
    ModelOption,
    NotesOption,
    Terminal,
    open_language_model,
    open_terminal,
)
from assistant.errors import SettingsError
from assistant.progress import StageProgress
from assistant.render import print_error, print_line
from assistant.serving.live_assistant import open_live_assistant
from assistant.wiring import load_engine

_ADDRESS = {
    "ja": "チャットのアドレス: {url}(終了するには Ctrl-C)",
    "en": "Chat: {url} (Ctrl-C stops it)",
}

app = typer.Typer(invoke_without_command=True, help="ブラウザーで質問する / Ask in the browser.")


@app.callback()
def chat(
    notes: NotesOption = None,
    index: IndexOption = None,
    model: ModelOption = None,
    llm: LlmOption = False,
    host: Annotated[
        str | None, typer.Option(help="待ち受けるアドレス / address to listen on")
    ] = None,
    port: Annotated[
        int | None,
        typer.Option(min=0, max=65_535, help="ポート(0 は空きポート)/ port; 0: a free one"),
    ] = None,
    open_to_all: Annotated[
        bool,
        typer.Option(
            "--open",
            help="ほかのコンピューターからもパスワードなしで使えるようにする / "
            "let other machines in without a password",
        ),
    ] = False,
    browser: Annotated[
        bool, typer.Option("--browser", help="ブラウザーを開く / open the browser")
    ] = False,
) -> None:
    """ブラウザーで質問し、出典と並べて答えを読む / Ask in the browser, beside the sources."""
    terminal = open_terminal(notes, index, model)
    settings = terminal.settings
    address = settings.chat_host if host is None else host
    _check_address(address, settings.chat_auth, open_to_all=open_to_all)

    # What cannot work is told before any slow work.
    language_model = None
    if llm or settings.llm_url is not None:
        opened = open_language_model(terminal)
        language_model = replace(opened, chat=StoppableChat(opened.chat))
    with closing(ChatServer(address, settings.chat_port if port is None else port)) as server:
        with StageProgress(terminal.err, terminal.messages) as progress:
            engine = load_engine(settings, progress.show_model)
            live = open_live_assistant(settings, engine, language_model, progress.show_stage)
        # gradio and what comes with it take seconds to import, which no other command shall.
        from assistant.apps.chat.launch import build_services, run_chat

        tell_unexpected = partial(_tell_unexpected, terminal)
        limits = ChatLimits()
        services = build_services(settings, engine, live, limits, tell_unexpected, uses_model=llm)
        # Who stops the chat has nothing to be told.
        with suppress(KeyboardInterrupt):
            run_chat(
                server,
                services,
                limits,
                address,
                settings.chat_auth,
                lambda: _tell_address(terminal, server.url, opens_browser=browser),
            )


def _check_address(address: str, auth: SecretStr | None, *, open_to_all: bool) -> None:
    """Refuse to let other machines in unless somebody said so.

    :raises ChatServerError: nobody did.
    :raises SettingsError: the password is not of the form that is asked for.
    """
    if auth is not None and not all(auth.get_secret_value().partition(":")):
        raise SettingsError(
            "variable TENKYO_CHAT_AUTH: is not of the form user:password; set both, with a colon"
        )
    if not is_loopback(address) and auth is None and not open_to_all:
        raise ChatServerError(
            f"other machines can reach host '{address}'; set TENKYO_CHAT_AUTH to user:password, "
            "or add --open to let in whoever asks"
        )


def _tell_address(terminal: Terminal, url: str, *, opens_browser: bool) -> None:
    print_line(terminal.out, _ADDRESS[terminal.messages.language].format(url=url))
    if opens_browser:
        webbrowser.open(url)


def _tell_unexpected(terminal: Terminal, error: Exception) -> None:
    """Tell of a mistake of the program in one line; in full where the user looks for mistakes."""
    messages = terminal.messages
    told = messages.unexpected.format(kind=type(error).__name__, detail=error)
    print_error(terminal.err, f"{messages.error}: {told}")
    if os.environ.get("TENKYO_DEBUG"):
        traceback.print_exception(error)
