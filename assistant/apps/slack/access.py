"""Who is answered where, from which notes, and how often."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from assistant.apps.slack.jobs import Place
from assistant.apps.slack.texts import Refusal
from assistant.serving.datatypes import Scope
from assistant.serving.rate_limit import RateLimiter

_MINUTE = 60.0


@dataclass(frozen=True, slots=True)
class AccessRules:
    """What the settings say.

    channels: ids of those to answer in; none: all. Direct messages belong to no channel and are
        bounded by `users` alone.
    users: ids of those to answer; none: all.
    folders: folder of the notes to answer from, by channel id; elsewhere it is all notes.
    user_limit, team_limit: questions a minute of one user and of a whole workspace, at least 1.
    """

    channels: frozenset[str] = frozenset()
    users: frozenset[str] = frozenset()
    folders: Mapping[str, str] = field(default_factory=dict)
    user_limit: int = 20
    team_limit: int = 120


class Access:
    """Applies the rules. Thread-safe.

    clock: gives seconds that never go back.
    """

    def __init__(self, rules: AccessRules, clock: Callable[[], float]) -> None:
        self._rules = rules
        self._user_limiter = RateLimiter(rules.user_limit, _MINUTE, clock)
        self._team_limiter = RateLimiter(rules.team_limit, _MINUTE, clock)

    def refuse(self, place: Place, user: str) -> Refusal | None:
        """Return why nobody is answered here, or this one is not; None if they are."""
        rules = self._rules
        if rules.users and user not in rules.users:
            return Refusal.USER
        if rules.channels and not is_direct(place) and place.channel not in rules.channels:
            return Refusal.CHANNEL
        return None

    def admit(self, place: Place, user: str) -> int:
        """Count a question and return 0, or return how many whole seconds to wait before asking."""
        wait = self._user_limiter.admit(f"{place.team}:{user}")
        # Who asks too often uses up nothing of what the others have.
        if wait == 0.0:
            wait = self._team_limiter.admit(place.team)
        return math.ceil(wait)

    def choose_scope(self, place: Place) -> Scope:
        """Return which notes are answered from in a channel."""
        folder = self._rules.folders.get(place.channel)
        return Scope() if folder is None else Scope(folders=(folder,))


def is_direct(place: Place) -> bool:
    """Tell whether a place is a conversation with the bot alone."""
    return place.channel.startswith("D")
