"""Runs a generator in a thread of its own, so that who follows it need not wait for it.

Gradio stops a generator between two of its values, and until then holds up every other page.
"""

import queue
import threading
from collections.abc import Callable, Generator
from contextlib import closing
from typing import Generic, TypeVar

_Item = TypeVar("_Item")

# How long a follower waits at once, in seconds: a stop takes no longer than this.
_PATIENCE = 0.2


def follow_in_background(
    make: Callable[[], Generator[_Item, None, None]],
) -> Generator[_Item | None, None, None]:
    """Yield what a generator gives as it comes, and None whenever nothing came for a while.

    What it raises is raised here. Closing this asks the thread to stop, and does not wait for it.

    :param make: starts the generator, in the thread.
    """
    thread = _Thread(make)
    thread.start()
    try:
        while True:
            item = thread.take(_PATIENCE)
            if thread.is_finished:
                return
            yield item
    finally:
        thread.stop()


def is_stopped() -> bool:
    """Tell whether nobody waits any more for what this thread works on."""
    thread = threading.current_thread()
    return isinstance(thread, _Thread) and thread.is_stopped


class _Thread(threading.Thread, Generic[_Item]):
    """Runs a generator until it ends, or for one more value after it was stopped."""

    def __init__(self, make: Callable[[], Generator[_Item, None, None]]) -> None:
        # It may wait for a language model, which is no reason not to end the program.
        super().__init__(name="answer", daemon=True)
        self._make = make
        self._stopping = threading.Event()
        self._items: queue.SimpleQueue[_Item | _End] = queue.SimpleQueue()
        self.is_finished = False

    @property
    def is_stopped(self) -> bool:
        return self._stopping.is_set()

    def stop(self) -> None:
        self._stopping.set()

    def run(self) -> None:
        try:
            with closing(self._make()) as items:
                for item in items:
                    self._items.put(item)
                    if self.is_stopped:
                        break
        except Exception as error:  # noqa: BLE001  # raised where it is followed
            self._items.put(_End(error))
        else:
            self._items.put(_End(None))

    def take(self, seconds: float) -> _Item | None:
        """Return the next value, None if none comes in time or no more come."""
        try:
            item = self._items.get(timeout=seconds)
        except queue.Empty:
            return None
        if not isinstance(item, _End):
            return item
        self.is_finished = True
        if item.error is not None:
            raise item.error
        return None


class _End:
    """That a generator gives no more, and why if it failed."""

    def __init__(self, error: Exception | None) -> None:
        self.error = error
