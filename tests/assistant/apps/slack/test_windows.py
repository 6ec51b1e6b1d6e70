"""Windows are opened beside the acknowledgement, and hold up no stop."""

import threading
import time
from collections.abc import Callable, Mapping

from assistant.apps.slack.actions import Action
from assistant.apps.slack.texts import ENGLISH
from assistant.apps.slack.windows import Windows

PRESSED = Action(
    team="T1",
    channel="C1",
    message_ts="1.1",
    thread="1.1",
    is_private=False,
    user="U1",
    user_name="asker",
    value="T1:C1:1.1",
    block_id="closing|T1:C1:1.1",
    at="1.2",
    trigger="1.abc",
    response_url="",
)


class HangingApi:
    """Implements what is used of `SlackApi`: no window opens before it is released."""

    def __init__(self) -> None:
        self.released = threading.Event()
        self.asked = 0

    def open_view(self, trigger: str, view: Mapping[str, object]) -> None:
        self.asked += 1
        assert self.released.wait(60)


def wait_until(predicate: Callable[[], bool], seconds: float = 60.0) -> None:
    deadline = time.monotonic() + seconds
    while not predicate():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_a_stop_waits_for_the_windows_that_are_being_opened_alone() -> None:
    api = HangingApi()
    windows = Windows(None, api, None, ENGLISH)  # type: ignore[arg-type]
    for _ in range(20):
        windows.ask_reason(PRESSED)
    wait_until(lambda: api.asked == 4)
    closing = threading.Thread(target=windows.close)
    closing.start()
    try:
        # Only the word to end is left for the threads.
        wait_until(lambda: windows._executor._work_queue.qsize() == 1)
        assert closing.is_alive()
    finally:
        api.released.set()
        closing.join()
    assert api.asked == 4
