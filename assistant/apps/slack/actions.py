"""Reads what a button sends."""

from dataclasses import dataclass

from assistant.apps.slack.payloads import (
    Body,
    read_first,
    read_id,
    read_object,
    read_text,
    read_ts,
)
from assistant.apps.slack.plain_text import read_entities

_USER_CHARACTERS = 80


@dataclass(frozen=True, slots=True)
class Action:
    """A button that was pressed.

    channel, message_ts, thread: where its message stands; empty in the App Home, and `thread`
        outside of threads.
    is_private: whether only this user sees the message.
    value, block_id: as the button and its block carry them.
    at: when it was pressed, as Slack writes times.
    trigger: opens one window, within three seconds.
    """

    team: str
    channel: str
    message_ts: str
    thread: str
    is_private: bool
    user: str
    user_name: str
    value: str
    block_id: str
    at: str
    trigger: str
    response_url: str


def read_action(body: Body) -> Action | None:
    """Return the button that was pressed, None if that cannot be told."""
    container, action = read_object(body, "container"), read_first(body, "actions")
    team = read_id(read_object(body, "team"), "id")
    person = read_object(body, "user")
    user, trigger = read_id(person, "id"), read_text(body, "trigger_id")
    if not (team and user and trigger and action):
        return None
    channel = read_id(read_object(body, "channel"), "id")
    thread = read_ts(read_object(body, "message"), "thread_ts")
    return Action(
        team=team,
        channel=channel or read_id(container, "channel_id"),
        message_ts=read_ts(container, "message_ts"),
        thread=read_ts(container, "thread_ts") or thread,
        is_private=container.get("is_ephemeral") is True,
        user=user,
        user_name=(read_text(person, "name") or user)[:_USER_CHARACTERS],
        # Slack may give it back with `&`, `<` and `>` as entities.
        value=read_entities(read_text(action, "value")),
        block_id=read_text(action, "block_id"),
        at=read_ts(action, "action_ts"),
        trigger=trigger,
        response_url=read_text(body, "response_url"),
    )
