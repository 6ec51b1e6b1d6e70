"""Events as the Events API sends them."""

import time
import uuid

from tests.assistant.apps.slack.fake_slack.records import (
    APP,
    BOT_USER,
    TEAM,
    Json,
    Message,
    Payload,
    read_channel_type,
)
from tests.assistant.apps.slack.fake_slack.wire_forms import build_message_json


def build_callback(event: Json) -> Payload:
    """Return an event in its envelope, with an id of its own."""
    authorization = {
        "enterprise_id": None,
        "team_id": TEAM,
        "user_id": BOT_USER,
        "is_bot": True,
        "is_enterprise_install": False,
    }
    body: Json = {
        "token": "verification-token",
        "team_id": TEAM,
        "context_team_id": TEAM,
        "context_enterprise_id": None,
        "api_app_id": APP,
        "event": event,
        "type": "event_callback",
        "event_id": f"Ev{uuid.uuid4().hex[:12].upper()}",
        "event_time": int(time.time()),
        "authorizations": [authorization],
        "is_ext_shared_channel": False,
        "event_context": f"4-{uuid.uuid4().hex}",
    }
    return Payload("events_api", body)


def build_app_mention(message: Message) -> Payload:
    """Return what tells that a message names the bot; it carries no channel_type."""
    event = {**build_message_json(message), "type": "app_mention"}
    return build_callback({**event, "channel": message.channel, "event_ts": message.ts})


def build_message(message: Message, parent: Message | None = None) -> Payload:
    """Return what tells of a new message; parent: the first one of its thread."""
    event = build_message_json(message)
    if parent is not None:
        event["parent_user_id"] = parent.user
    return build_callback({**event, **_place(message.channel, message.ts)})


def build_bot_message(channel: str, ts: str, text: str, bot_id: str = "B0OTHER") -> Payload:
    """Return what tells of a message of an old kind of bot: a subtype, and no user."""
    event = {"type": "message", "subtype": "bot_message", "bot_id": bot_id, "ts": ts, "text": text}
    return build_callback({**event, **_place(channel, ts)})


def build_message_changed(before: Message, after: Message) -> Payload:
    """Return what tells of an edit."""
    event_ts = after.edited_ts or after.ts
    event = {
        "type": "message",
        "subtype": "message_changed",
        "message": build_message_json(after),
        "previous_message": build_message_json(before),
        "hidden": True,
        "ts": event_ts,
    }
    return build_callback({**event, **_place(after.channel, event_ts)})


def build_message_deleted(message: Message, event_ts: str) -> Payload:
    """Return what tells that a message was taken away."""
    event = {
        "type": "message",
        "subtype": "message_deleted",
        "previous_message": build_message_json(message),
        "deleted_ts": message.ts,
        "hidden": True,
        "ts": event_ts,
    }
    return build_callback({**event, **_place(message.channel, event_ts)})


def build_reaction(message: Message, user: str, name: str, *, added: bool = True) -> Payload:
    """Return what tells that a reaction was put on a message or taken off."""
    item = {"type": "message", "channel": message.channel, "ts": message.ts}
    event = {
        "type": "reaction_added" if added else "reaction_removed",
        "user": user,
        "reaction": name,
        "item_user": message.user,
        "item": item,
        "event_ts": f"{int(time.time())}.000100",
    }
    return build_callback(event)


def build_app_home_opened(user: str, channel: str, tab: str = "home") -> Payload:
    """Return what tells that a person opened App Home."""
    event_ts = f"{int(time.time())}.000200"
    event = {"type": "app_home_opened", "user": user, "channel": channel, "tab": tab}
    return build_callback({**event, "event_ts": event_ts})


def build_assistant_thread_started(
    user: str, channel: str, thread_ts: str, seen_channel: str
) -> Payload:
    """Return what tells that a person opened the side panel beside a channel."""
    return _build_assistant_thread("started", user, channel, thread_ts, seen_channel)


def build_assistant_context_changed(
    user: str, channel: str, thread_ts: str, seen_channel: str
) -> Payload:
    """Return what tells that the person now looks at another channel."""
    return _build_assistant_thread("context_changed", user, channel, thread_ts, seen_channel)


def _build_assistant_thread(
    what: str, user: str, channel: str, thread_ts: str, seen_channel: str
) -> Payload:
    thread = {
        "user_id": user,
        "context": {"channel_id": seen_channel, "team_id": TEAM, "enterprise_id": None},
        "channel_id": channel,
        "thread_ts": thread_ts,
    }
    event = {"type": f"assistant_thread_{what}", "assistant_thread": thread, "event_ts": thread_ts}
    return build_callback(event)


def _place(channel: str, event_ts: str) -> Json:
    kind = read_channel_type(channel)
    return {"channel": channel, "event_ts": event_ts, "channel_type": kind}
