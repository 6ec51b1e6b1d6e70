"""Shows long work as progress bars on standard error, one bar a stage."""

from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
)

from assistant.messages import Messages


class StageProgress:
    """A context manager whose methods fit the progress callbacks of the index.

    Nothing is shown before there is work, nor where nobody watches: in a file or a pipe.
    """

    def __init__(self, console: Console, messages: Messages) -> None:
        self._messages = messages
        self._is_watched = console.is_terminal
        self._tasks: dict[str, TaskID] = {}
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=console,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._tasks:
            self._progress.stop()

    def show_stage(self, stage: str, done: int, total: int) -> None:
        """Show that `done` of `total` things of a stage of indexing are done."""
        self._update(self._messages.stages.get(stage, stage), done, total)

    def show_model(self, step: str, fraction: float) -> None:  # noqa: ARG002
        """Show how far the preparation of the bundled model is, 0 to 1."""
        self._update(self._messages.preparing_model, round(100 * fraction), 100)

    def _update(self, description: str, done: int, total: int) -> None:
        if not self._is_watched:
            return
        if not self._tasks:
            self._progress.start()
        if description not in self._tasks:
            self._tasks[description] = self._progress.add_task(description, total=total)
        self._progress.update(self._tasks[description], completed=done, total=total)
