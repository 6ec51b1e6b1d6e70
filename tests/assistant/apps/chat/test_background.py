"""Following a generator in a thread of its own, and stopping it."""

import threading
from collections.abc import Generator, Sequence
from contextlib import closing

import pytest

from assistant.apps.chat.background import follow_in_background, is_stopped
from assistant.apps.chat.stoppable_chat import StoppableChat
from assistant.generators.text_stream import ChatMessage, TextStream


def count_to_three() -> Generator[int, None, None]:
    yield from (1, 2, 3)


def test_what_is_made_comes_in_order_and_ends() -> None:
    assert [item for item in follow_in_background(count_to_three) if item is not None] == [1, 2, 3]


def test_a_failure_is_raised_where_it_is_followed_after_what_came_before_it() -> None:
    def fail() -> Generator[int, None, None]:
        yield 1
        raise ValueError("broken")

    followed = follow_in_background(fail)
    assert next(followed) == 1
    with pytest.raises(ValueError, match="broken"):
        next(followed)


def test_none_comes_while_nothing_does_and_a_stop_waits_for_nothing() -> None:
    gate, closed = threading.Event(), threading.Event()

    def wait() -> Generator[int, None, None]:
        try:
            yield 1
            assert gate.wait(60)
            assert is_stopped()
            yield 2
            raise AssertionError("it was stopped")
        finally:
            closed.set()

    followed = follow_in_background(wait)
    assert (next(followed), next(followed), next(followed)) == (1, None, None)
    followed.close()  # although it is still waiting
    assert not closed.is_set()
    gate.set()
    assert closed.wait(60)


def test_outside_of_it_nothing_is_stopped() -> None:
    assert not is_stopped()


class FakeEndlessChat:
    """A `TextStream` that writes the same for ever; tells when it was closed."""

    def __init__(self) -> None:
        self.closed = threading.Event()

    def stream(self, messages: Sequence[ChatMessage]) -> Generator[str, None, None]:
        try:
            while True:
                yield messages[0].content
        finally:
            self.closed.set()


def test_a_language_model_falls_silent_once_its_answer_was_stopped() -> None:
    chat = FakeEndlessChat()
    stoppable = StoppableChat(chat)
    assert isinstance(stoppable, TextStream)
    read, is_read = [], threading.Event()

    def answer() -> Generator[int, None, None]:
        yield 1
        # It reads for as long as the model writes, and gives nothing.
        for piece in stoppable.stream([ChatMessage("user", "あ")]):
            read.append(piece)
            is_read.set()

    with closing(follow_in_background(answer)) as followed:
        assert next(followed) == 1
        assert is_read.wait(60)
    assert chat.closed.wait(60)
    assert set(read) == {"あ"}
