"""Lets a language model fall silent once nobody waits for what it writes."""

from collections.abc import Generator, Sequence
from contextlib import closing

from assistant.apps.chat.background import is_stopped
from assistant.generators.text_stream import ChatMessage, TextStream


class StoppableChat:
    """A language model (`TextStream`) that ends with the piece after its answer was stopped."""

    def __init__(self, chat: TextStream) -> None:
        self._chat = chat

    def stream(self, messages: Sequence[ChatMessage]) -> Generator[str, None, None]:
        """Yield what the model writes, until it ends or `background.is_stopped`."""
        with closing(self._chat.stream(messages)) as pieces:
            for piece in pieces:
                if is_stopped():
                    return
                yield piece
