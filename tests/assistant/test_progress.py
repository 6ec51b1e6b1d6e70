"""Progress is shown where somebody watches, and only there."""

from io import StringIO

import pytest
from rich.console import Console

from assistant.messages import ENGLISH
from assistant.progress import StageProgress


def test_a_terminal_shows_every_stage_in_words() -> None:
    console = Console(file=StringIO(), force_terminal=True, width=100)
    with StageProgress(console, ENGLISH) as progress:
        progress.show_model("quantize", 0.5)
        progress.show_stage("split", 1, 2)
        progress.show_stage("a new one", 1, 1)
    shown = console.file.getvalue()
    assert ENGLISH.preparing_model in shown
    assert "50/100" in shown
    assert ENGLISH.stages["split"] in shown
    assert "1/2" in shown
    assert "a new one" in shown


@pytest.mark.parametrize("is_terminal", [True, False])
def test_without_work_nothing_is_printed(is_terminal: bool) -> None:
    console = Console(file=StringIO(), force_terminal=is_terminal)
    with StageProgress(console, ENGLISH):
        pass
    assert console.file.getvalue() == ""


def test_a_pipe_gets_nothing() -> None:
    console = Console(file=StringIO(), force_terminal=False)
    with StageProgress(console, ENGLISH) as progress:
        progress.show_stage("split", 1, 2)
    assert console.file.getvalue() == ""


def test_the_cursor_is_back_when_the_work_fails() -> None:
    console = Console(file=StringIO(), force_terminal=True)

    def fail() -> None:
        with StageProgress(console, ENGLISH) as progress:
            progress.show_stage("write", 0, 1)
            raise OSError("disk")

    with pytest.raises(OSError, match="disk"):
        fail()
    shown = console.file.getvalue()
    hidden, back = shown.rfind("\x1b[?25l"), shown.rfind("\x1b[?25h")
    assert 0 <= hidden < back
