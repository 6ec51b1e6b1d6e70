"""Reads what Slack sends, whichever way it came, into records.

Nothing is trusted to be there or to be of a type: what is not of the expected form is None, and
text is bounded.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

Body = Mapping[str, object]

# Longer than any question that is answered (`answering/questions.py`).
MAX_TEXT_CHARACTERS = 40_000
_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_TS = re.compile(r"\d{1,16}\.\d{1,9}")
# A reply that is also sent to the channel, and a message with a file, are messages all the same.
_SPOKEN = ("", "thread_broadcast", "file_share")
_SLACKBOT = "USLACKBOT"


@dataclass(frozen=True, slots=True)
class Message:
    """What a person wrote.

    text: as Slack writes it, with escapes and mentions.
    ts: when, which also names it within its channel.
    thread: `ts` of the first message of its thread; empty if it stands in none.
    """

    team: str
    channel: str
    user: str
    text: str
    ts: str
    thread: str


@dataclass(frozen=True, slots=True)
class Reaction:
    """An emoji that somebody put on a message; `name` without skin tone."""

    team: str
    channel: str
    user: str
    ts: str
    name: str


def read_message(body: Body) -> Message | None:
    """Return the message of an event `message` or `app_mention`, None if no person wrote it."""
    event = read_object(body, "event")
    team, channel = read_id(body, "team_id"), read_id(event, "channel")
    user, ts = read_id(event, "user"), read_ts(event, "ts")
    if not (team and channel and user and ts) or user == _SLACKBOT:
        return None
    if event.get("bot_id") or event.get("hidden") or read_text(event, "subtype") not in _SPOKEN:
        return None
    return Message(team, channel, user, read_text(event, "text"), ts, read_ts(event, "thread_ts"))


def read_reaction(body: Body) -> Reaction | None:
    """Return the reaction of an event `reaction_added`, None if it is on no message."""
    event = read_object(body, "event")
    item = read_object(event, "item")
    team, user = read_id(body, "team_id"), read_id(event, "user")
    channel, ts = read_id(item, "channel"), read_ts(item, "ts")
    if not (team and user and channel and ts):
        return None
    name, _, _ = read_text(event, "reaction").partition("::")
    return Reaction(team, channel, user, ts, name)


def read_object(body: Body, name: str) -> Body:
    """Return an object within another, an empty one if there is none."""
    value = body.get(name)
    return value if isinstance(value, Mapping) else {}


def read_first(body: Body, name: str) -> Body:
    """Return the first object of a list, an empty one if there is none."""
    value = body.get(name)
    first = value[0] if isinstance(value, list) and value else None
    return first if isinstance(first, Mapping) else {}


def read_text(body: Body, name: str) -> str:
    """Return a text, cut to `MAX_TEXT_CHARACTERS`; empty if there is none."""
    value = body.get(name)
    return value[:MAX_TEXT_CHARACTERS] if isinstance(value, str) else ""


def read_id(body: Body, name: str) -> str:
    """Return the id of a team, channel or user, empty if it is none."""
    value = body.get(name)
    return value if isinstance(value, str) and _ID.fullmatch(value) else ""


def read_ts(body: Body, name: str) -> str:
    """Return a time as Slack writes it, empty if it is none."""
    value = body.get(name)
    return value if isinstance(value, str) and _TS.fullmatch(value) else ""
