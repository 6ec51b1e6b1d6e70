"""Options that several commands share, and what a command needs before it can start."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from assistant.language_model import load_language_model
from assistant.messages import Messages, choose_messages
from assistant.progress import StageProgress
from assistant.render import print_error, print_line
from assistant.settings import Settings, read_settings
from assistant.wiring import Engine, LanguageModel, load_engine, refresh_notes
from index.refresh import RefreshReport

NotesOption = Annotated[
    Path | None, typer.Option("--notes", help="ノートのフォルダー / folder of Markdown notes")
]
IndexOption = Annotated[
    Path | None, typer.Option("--index", help="索引のフォルダー / folder of the index")
]
ModelOption = Annotated[
    str | None,
    typer.Option("--model", help="bundled または sentence-transformers のモデル / model"),
]
JsonOption = Annotated[bool, typer.Option("--json", help="JSON で出力 / print JSON")]
ExplainOption = Annotated[
    bool, typer.Option("--explain", help="順位の根拠を表示 / show how it was ranked")
]
LlmOption = Annotated[
    bool,
    typer.Option("--llm", help="設定した言語モデルに文を書かせる / let the language model write"),
]


@dataclass(frozen=True, slots=True)
class Terminal:
    """Where a command prints: results to `out`, everything else to `err`."""

    out: Console
    err: Console
    messages: Messages
    settings: Settings


def open_terminal(
    notes: Path | None = None, index: Path | None = None, model: str | None = None
) -> Terminal:
    """Read the settings and open the terminal in the user's language.

    :raises SettingsError: a setting is unknown or out of bounds.
    """
    settings = read_settings({"notes": notes, "index": index, "model": model})
    messages = choose_messages(settings.language)
    return Terminal(Console(highlight=False), Console(stderr=True), messages, settings)


def prepare(terminal: Terminal, *, rebuild: bool = False) -> tuple[Engine, RefreshReport]:
    """Load the engine and refresh the index, with progress bars; say what was skipped and why.

    :param rebuild: take nothing from the index that is there.
    :raises typer.Exit: the notes hold no section; the user was told.
    """
    with StageProgress(terminal.err, terminal.messages) as progress:
        engine = load_engine(terminal.settings, progress.show_model)
        report = refresh_notes(terminal.settings, engine, progress.show_stage, rebuild=rebuild)
    for skipped in report.skipped:
        if skipped.reason.is_failure:
            reason = terminal.messages.skip_reasons[skipped.reason]
            line = terminal.messages.skipped.format(path=skipped.path, reason=reason)
            _print_warning(terminal, f"{line}: {skipped.detail}")
    if report.cache_problem is not None:
        _print_warning(terminal, report.cache_problem)
    for warning in report.warnings:
        _print_warning(terminal, f"{warning.path}:{warning.line}: {warning.detail}")
    if not report.sections:
        line = terminal.messages.no_sections.format(folder=terminal.settings.notes)
        print_error(terminal.err, f"{terminal.messages.error}: {line}")
        raise typer.Exit(1)
    return engine, report


def open_language_model(terminal: Terminal) -> LanguageModel:
    """Open the language model of the settings; its failures are told as warnings.

    :raises SettingsError: none is set, or it cannot be used as it is set.
    """
    name = terminal.messages.model_failure
    return LanguageModel(
        load_language_model(terminal.settings),
        lambda error: _print_warning(terminal, f"{name}: {error}"),
    )


def _print_warning(terminal: Terminal, text: str) -> None:
    print_line(terminal.err, f"{terminal.messages.warning}: {text}", "yellow")
