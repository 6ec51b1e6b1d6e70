"""What the local Slack keeps: frozen records, replaced as a whole when something changes."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

Json: TypeAlias = dict[str, Any]
Kind = Literal["events_api", "slash_commands", "interactive"]
Transport = Literal["socket", "http"]

TEAM = "T0TENKYO"
APP = "A0TENKYO"
BOT_USER = "U0TENKYO"
BOT = "B0TENKYO"


class RefusedError(Exception):
    """What the Web API answers with `ok: false`; extra: further fields of that answer."""

    def __init__(self, code: str, **extra: object) -> None:
        super().__init__(code)
        self.code = code
        self.extra = extra


@dataclass(frozen=True, slots=True)
class Channel:
    id: str  # C...: public, G...: private, D...: direct message
    name: str
    members: frozenset[str]

    @property
    def type(self) -> str:
        """Return the channel_type that message events carry."""
        return read_channel_type(self.id)


@dataclass(frozen=True, slots=True)
class User:
    id: str
    name: str
    locale: str = "ja-JP"
    is_bot: bool = False


@dataclass(frozen=True, slots=True)
class Message:
    channel: str
    ts: str
    user: str
    text: str
    blocks: tuple[Json, ...] = ()
    thread_ts: str | None = None  # ts of the thread's first message; None: in no thread
    bot_id: str | None = None
    metadata: Json | None = None
    edited_ts: str | None = None
    reactions: tuple[tuple[str, str], ...] = ()  # name, user
    earlier: tuple["Message", ...] = ()  # what stood here before the edits, oldest first

    def read_text(self) -> str:
        """Return all text that a person sees, one piece a line."""
        return "\n".join(dict.fromkeys([self.text, *_find_texts(list(self.blocks))]))


@dataclass(frozen=True, slots=True)
class Ephemeral:
    """A message that only one person sees."""

    channel: str
    user: str
    text: str
    blocks: tuple[Json, ...] = ()
    thread_ts: str | None = None

    def read_text(self) -> str:
        """Return all text that the person sees, one piece a line."""
        return "\n".join(dict.fromkeys([self.text, *_find_texts(list(self.blocks))]))


@dataclass(frozen=True, slots=True)
class View:
    id: str
    user: str | None  # whose home it is; None: a modal
    hash: str
    content: Json  # as the app sent it
    earlier: tuple[Json, ...] = ()  # contents before updates, oldest first

    def read_text(self) -> str:
        """Return all text that a person sees, one piece a line."""
        return "\n".join(_find_texts(self.content))


@dataclass(frozen=True, slots=True)
class Payload:
    """What Slack sends an app, the same over both ways."""

    kind: Kind
    body: Json

    @property
    def key(self) -> str:
        """Return what stays the same when it is sent again."""
        return str(self.body.get("event_id") or self.body["trigger_id"])

    @property
    def ts(self) -> str:
        """Return the ts of the message that an event tells of."""
        return str(self.body["event"]["ts"])


@dataclass(frozen=True, slots=True)
class Call:
    """A call of a Web API method as it came."""

    method: str
    arguments: Json
    at: float  # seconds of the monotonic clock
    error: str | None = None  # what it was refused with; None: it took effect
    fault: object = None  # the fault that struck it


@dataclass(slots=True)
class Delivery:
    """A payload under way; changed only under the lock of the workspace."""

    payload: Payload
    transport: Transport
    attempts: int = 0  # times it was sent
    ack_seconds: float | None = None  # from sending to the acknowledgement; None: none yet
    failures: list[str] = field(default_factory=list)  # why attempts failed, as in retry_reason
    abandoned: bool = False  # the last attempt failed too
    response: object = None  # what came with the acknowledgement

    @property
    def settled(self) -> bool:
        """Return whether it will not be sent again."""
        return self.abandoned or self.ack_seconds is not None


def read_channel_type(channel_id: str) -> str:
    """Return the channel_type that message events carry, by a channel's id."""
    return {"C": "channel", "G": "group", "D": "im"}[channel_id[0]]


def _find_texts(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for name, item in value.items():
            if name == "text" and isinstance(item, str):
                yield item
            else:
                yield from _find_texts(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _find_texts(item)
