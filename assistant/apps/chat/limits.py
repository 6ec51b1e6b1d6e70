"""How much the chat does at once, and how often for one client."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ChatLimits:
    """The bounds of a chat on one machine.

    questions: of one page, or of one program by its address, a minute.
    requests: of one address that change something, a minute; a press on the page is one or two.
    failures: wrong passwords from one address, a minute.
    running: answers that are made at once; more would only wait for the same two or four cores.
    waiting: questions that wait for their turn, beyond which there is no place.
    """

    questions: int = 60
    requests: int = 1_200
    failures: int = 10
    running: int = 2
    waiting: int = 64
