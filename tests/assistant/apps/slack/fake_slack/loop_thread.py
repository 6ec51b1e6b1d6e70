"""An asyncio loop in a thread of its own."""

import asyncio
import threading
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


class LoopThread:
    """errors: what tasks and timers failed with; `stop` raises the first."""

    def __init__(self) -> None:
        self.errors: list[BaseException] = []
        self.loop = asyncio.new_event_loop()
        self.loop.set_exception_handler(self._note_failure)
        self._tasks: set[asyncio.Task[None]] = set()
        self._thread = threading.Thread(target=self.loop.run_forever, name="fake-slack-loop")

    def start(self) -> None:
        """Run the loop until it is stopped."""
        self._thread.start()

    def run(self, coroutine: Coroutine[object, object, T], seconds: float = 10) -> T:
        """Return what a coroutine returns; called from another thread."""
        return asyncio.run_coroutine_threadsafe(coroutine, self.loop).result(seconds)

    def call(self, act: Callable[[], object], after: float = 0.0) -> None:
        """Let the loop do something soon, or after some seconds; called from any thread."""
        self.loop.call_soon_threadsafe(lambda: self.loop.call_later(after, act))

    def spawn(self, coroutine: Coroutine[object, object, None]) -> None:
        """Start a task; called from the loop's own thread."""
        task = self.loop.create_task(coroutine)
        self._tasks.add(task)
        task.add_done_callback(self._finish)

    def stop(self) -> None:
        """Cancel what is left, end the thread and close the loop."""
        self.run(self._cancel_all())
        self.loop.call_soon_threadsafe(self.loop.stop)
        self._thread.join()
        self.loop.close()
        if self.errors:
            raise self.errors[0]

    async def _cancel_all(self) -> None:
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await asyncio.sleep(0)  # connections that were just given up are closed in the next round

    def _note_failure(self, loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        self.errors.append(context.get("exception") or RuntimeError(context["message"]))

    def _finish(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled():
            error = task.exception()
            if error is not None:
                self.errors.append(error)
