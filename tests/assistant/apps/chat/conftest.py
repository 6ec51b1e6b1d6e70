"""A chat that runs: the real server on a free port of this machine, without a model."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.assistant.apps.chat.chat_process import RunningChat, run_chat_in_thread
from tests.assistant.conftest import NOTES
from tests.assistant.serving.live import write_note


def write_notes(folder: Path) -> Path:
    for name, text in NOTES.items():
        write_note(folder, name, text)
    return folder


@pytest.fixture(scope="module")
def shared_chat(tmp_path_factory) -> Iterator[RunningChat]:
    """One for the tests of a module that change nothing of the notes."""
    with run_chat_in_thread(write_notes(tmp_path_factory.mktemp("shared") / "notes")) as chat:
        yield chat


@pytest.fixture
def chat(tmp_path: Path) -> Iterator[RunningChat]:
    """One for a test alone."""
    with run_chat_in_thread(write_notes(tmp_path / "own" / "notes")) as chat:
        yield chat
