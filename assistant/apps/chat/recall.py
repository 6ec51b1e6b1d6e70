"""Gives an event the conversation of its page, also where the server holds it no more.

The server forgets the turns of a page that was out of reach for an hour, and those of every page
when it is started anew. The page has them still, and sends them with each event that needs them.
"""

from collections.abc import Callable

from assistant.apps.chat.browser_history import read_history
from assistant.apps.chat.events import Updates
from assistant.apps.chat.turns import Turns


def recall(turns: Turns, history: object) -> Turns:
    """Return the turns that the server holds; if it holds none, those that the page does.

    :param history: as `browser_history` writes it; untrusted.
    """
    return turns or read_history(history)


def recall_turns(function: Callable[..., Updates]) -> Callable[..., Updates]:
    """Return a function of turns as one of turns and history, which come first."""

    def call(turns: Turns, history: object, *others: object) -> Updates:
        return function(recall(turns, history), *others)

    return call
