"""The seam to a language model: messages in, pieces of text out."""

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, runtime_checkable


@dataclass(frozen=True, slots=True)
class ChatMessage:
    """One message to a language model.

    role: who speaks: the program that sets the rules, or the user.
    """

    role: Literal["system", "user"]
    content: str


@runtime_checkable
class TextStream(Protocol):
    """A language model that writes piece by piece."""

    def stream(self, messages: Sequence[ChatMessage]) -> Generator[str, None, None]:
        """Yield what the model writes, as it comes; pieces may end anywhere.

        Closing the generator stops the work and frees what it holds.

        :raises GeneratorError: the model could not be asked, or broke off.
        """
