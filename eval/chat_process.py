"""Runs `tenkyo chat` in a process of its own, to measure and test it from outside."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from eval.errors import ChatProcessError

_COMMAND = "from assistant.cli import main; main()"
_ADDRESS = re.compile(r"http://\S+?/")
_SECONDS_TO_STOP = 15.0


@contextmanager
def run_chat_process(notes: Path, folder: Path, settings: Mapping[str, str]) -> Iterator[str]:
    """Yield the URL of a chat on a free port of this machine, which ends with the context.

    :param notes: folder of the notes.
    :param folder: takes the chat's index and feedback, and what it says of failures.
    :param settings: further settings, by their name in capital letters; those of the user's own
        environment are left out.
    :raises ChatProcessError: the chat did not start.
    """
    log = folder / "chat.log"
    with log.open("wb") as errors, _start(notes, folder, settings, errors.fileno()) as process:
        try:
            yield _read_address(process, log)
        finally:
            _stop(process)


def build_environment(notes: Path, folder: Path, settings: Mapping[str, str]) -> dict[str, str]:
    """Return the environment of a command on the notes; parameters as of `run_chat_process`."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("TENKYO_")}
    chosen = {
        "NOTES": str(notes),
        "INDEX": str(folder / "index"),
        "FEEDBACK": str(folder / "feedback"),
        **settings,
    }
    return own | {f"TENKYO_{name}": value for name, value in chosen.items()}


def _start(
    notes: Path, folder: Path, settings: Mapping[str, str], errors: int
) -> subprocess.Popen[str]:
    return subprocess.Popen(  # noqa: S603  # our own command
        [sys.executable, "-u", "-c", _COMMAND, "chat", "--port", "0"],
        cwd=folder,  # where no tenkyo.toml stands
        env=build_environment(notes, folder, settings),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=errors,
        text=True,
        encoding="utf-8",
    )


def _read_address(process: subprocess.Popen[str], log: Path) -> str:
    assert process.stdout is not None  # noqa: S101  # it was asked for
    found = _ADDRESS.search(process.stdout.readline())
    if found is None:
        told = log.read_text(encoding="utf-8", errors="replace").strip() or "nothing"
        raise ChatProcessError(f"the chat did not start and said {told!r}; mend that first")
    return found[0]


def _stop(process: subprocess.Popen[str]) -> None:
    process.send_signal(signal.SIGINT)
    try:
        process.wait(_SECONDS_TO_STOP)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
