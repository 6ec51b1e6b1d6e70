"""Holds a piece of work to a time, whatever else the process has in hand."""

import gc
import time
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Fail if the work takes this thread more processor time.

    Other threads do not count, nor does the garbage collector: in a long run it has all that the
    tests before left to look through.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    begin = time.thread_time()
    try:
        yield
        taken = time.thread_time() - begin
    finally:
        if was_enabled:
            gc.enable()
    assert taken < seconds
