"""The command `tenkyo`: gathers the subcommands, and turns failures into one line and exit code 1.

Other packages add subcommands through the entry-point group `tenkyo.commands`; each entry point is
a `typer.Typer` object. It is loaded only when its command is called, to keep the others quick.
"""

import os
import sys
from collections.abc import Sequence
from importlib.metadata import entry_points

import typer
from rich.console import Console

from assistant.commands.ask import ask
from assistant.commands.batch import batch
from assistant.commands.doctor import doctor
from assistant.commands.index_notes import index
from assistant.commands.search import search
from assistant.commands.status import status
from assistant.errors import AssistantError, SettingsError
from assistant.messages import Messages, choose_messages
from assistant.render import print_error
from assistant.settings import read_settings
from index.errors import IndexingError
from ingest.errors import IngestError

COMMAND_GROUP = "tenkyo.commands"

# What Typer returns when the user interrupts a command.
_INTERRUPTED = 130


def build_app(arguments: Sequence[str]) -> typer.Typer:
    """Return the command line interface with the extensions that `arguments` can reach."""
    app = typer.Typer(
        name="tenkyo",
        help="ノートに質問し、出典つきで答えを得る / Ask your own notes, with citations.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
    )
    for command in (index, ask, search, batch, status, doctor):
        app.command()(command)
    called = next((argument for argument in arguments if not argument.startswith("-")), None)
    for extension in entry_points(group=COMMAND_GROUP):
        if called is None or called == extension.name:
            app.add_typer(extension.load(), name=extension.name)
    return app


def main() -> None:
    """Run the command line; exit 0 when done, 1 on a known failure, 2 on wrong usage."""
    messages = _read_messages()
    console = Console(stderr=True)
    try:
        # Not standalone: Typer would tell wrong usage in a box of several lines.
        code = build_app(sys.argv[1:])(prog_name="tenkyo", standalone_mode=False) or 0
        if code == _INTERRUPTED:
            raise KeyboardInterrupt
        sys.exit(code)
    except typer.TyperException as error:
        # Without any argument the help has been printed, and nothing is left to say.
        if detail := error.format_message():
            context = getattr(error, "ctx", None)
            command = "tenkyo" if context is None else context.command_path
            usage = messages.usage.format(detail=detail, command=command)
            print_error(console, f"{messages.error}: {usage}")
        sys.exit(error.exit_code)
    except (AssistantError, IndexingError, IngestError) as error:
        print_error(console, f"{messages.error}: {error}")
    except KeyboardInterrupt:
        print_error(console, f"{messages.error}: {messages.interrupted}")
    except BrokenPipeError:
        # The reader of our output went away (`tenkyo search ... | head`): no failure to report.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except Exception as error:
        if os.environ.get("TENKYO_DEBUG"):
            raise
        detail = messages.unexpected.format(kind=type(error).__name__, detail=error)
        print_error(console, f"{messages.error}: {detail}")
    sys.exit(1)


def _read_messages() -> Messages:
    try:
        return choose_messages(read_settings({}).language)
    except SettingsError:  # the command itself will tell
        return choose_messages("auto")
