"""What goes wrong between an app and Slack, by script or by chance from a seed."""

import random
import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, Protocol, TypeAlias


@dataclass(frozen=True, slots=True)
class RateLimited:
    """429, and nothing takes effect; retry_after: the header as written, None: without it."""

    retry_after: str | None = "1"


@dataclass(frozen=True, slots=True)
class ServerError:
    """A page of HTML instead of JSON, and nothing takes effect."""

    status: int = 500


@dataclass(frozen=True, slots=True)
class Reset:
    """The connection breaks before anything takes effect."""


@dataclass(frozen=True, slots=True)
class Lost:
    """The call takes effect, then the connection breaks before the answer is sent."""


@dataclass(frozen=True, slots=True)
class Slow:
    """The call takes effect at once, the answer comes late."""

    seconds: float


Fault: TypeAlias = RateLimited | ServerError | Reset | Lost | Slow
# A reset is noticed at once; after a drop, a bare end without a word, the client of slack_sdk is
# deaf until six of its pings have failed.
Break = Literal["reset", "drop"]
SocketFault = Literal["reset", "drop", "refresh"]


class FaultPlan(Protocol):
    """Says what happens to the next call of a method; asked from many threads."""

    def draw_fault(self, method: str) -> Fault | None:
        """Return the fault that strikes this call, None: it goes well."""
        ...


class NoFaults:
    """Everything goes well."""

    def draw_fault(self, method: str) -> Fault | None:
        """Return None."""
        return None


class ScriptedFaults:
    """faults: by method (`*`: every other), for each call in turn; when they end, all is well."""

    def __init__(self, faults: Mapping[str, Iterable[Fault | None]]) -> None:
        self._faults = {method: iter(items) for method, items in faults.items()}
        self._lock = threading.Lock()

    def draw_fault(self, method: str) -> Fault | None:
        """Return the next fault of the method's script."""
        with self._lock:
            script = self._faults.get(method, self._faults.get("*"))
            return next(script, None) if script is not None else None


class SeededFaults:
    """chances: of each fault, from 0 to 1 together; most: faults at all, so that storms end."""

    def __init__(
        self,
        seed: int,
        chances: Mapping[Fault, float],
        methods: frozenset[str] | None = None,
        most: int | None = None,
    ) -> None:
        self._random = random.Random(seed)
        self._chances = dict(chances)
        self._methods = methods
        self._left = most
        self._lock = threading.Lock()

    def draw_fault(self, method: str) -> Fault | None:
        """Return a fault by chance."""
        if self._methods is not None and method not in self._methods:
            return None
        with self._lock:
            drawn = self._random.random()
            for fault, chance in self._chances.items():
                drawn -= chance
                if drawn < 0 and self._left != 0:
                    self._left = None if self._left is None else self._left - 1
                    return fault
        return None


class SocketFaults:
    """Chances, from 0 to 1 together, of what happens to a connection after it was sent something.

    A connection that has not acknowledged anything yet is spared.
    """

    def __init__(
        self, seed: int = 0, *, reset: float = 0.0, drop: float = 0.0, refresh: float = 0.0
    ) -> None:
        self._random = random.Random(seed)
        self._chances: dict[SocketFault, float]
        self._chances = {"reset": reset, "drop": drop, "refresh": refresh}

    def draw_fault(self) -> SocketFault | None:
        """Return what strikes the connection, None: nothing."""
        drawn = self._random.random()
        for fault, chance in self._chances.items():
            drawn -= chance
            if drawn < 0:
                return fault
        return None
