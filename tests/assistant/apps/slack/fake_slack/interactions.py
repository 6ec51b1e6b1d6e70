"""Slash commands, shortcuts, pressed buttons and sent modals as Slack sends them."""

import time
from collections.abc import Iterator
from dataclasses import dataclass

from tests.assistant.apps.slack.fake_slack.records import (
    APP,
    TEAM,
    Channel,
    Json,
    Message,
    Payload,
    User,
    View,
)
from tests.assistant.apps.slack.fake_slack.wire_forms import build_message_json, build_view_json


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does something, where, and with what the app may answer."""

    user: User
    channel: Channel | None
    trigger_id: str
    response_url: str


def build_command(actor: Actor, command: str, text: str) -> Payload:
    """Return a slash command; all fields are text, since they come as a form."""
    channel = actor.channel
    body = {
        "token": "verification-token",
        "team_id": TEAM,
        "team_domain": "tenkyo",
        "channel_id": channel.id if channel else "",
        "channel_name": (channel.name or "directmessage") if channel else "",
        "user_id": actor.user.id,
        "user_name": actor.user.name,
        "command": command,
        "text": text,
        "api_app_id": APP,
        "is_enterprise_install": "false",
        "response_url": actor.response_url,
        "trigger_id": actor.trigger_id,
    }
    return Payload("slash_commands", body)


def build_message_shortcut(actor: Actor, callback_id: str, message: Message) -> Payload:
    """Return what tells that a shortcut was chosen from the menu of a message."""
    body = {
        **_build_base(actor, "message_action"),
        "callback_id": callback_id,
        "message_ts": message.ts,
        "message": build_message_json(message),
        "response_url": actor.response_url,
        "action_ts": _read_time(),
    }
    return Payload("interactive", body)


def build_block_actions(actor: Actor, element: Json, source: Message | View | None) -> Payload:
    """Return what tells that a button was pressed; source: None for an ephemeral message."""
    action = {**element, "action_ts": _read_time()}
    body = {**_build_base(actor, "block_actions"), "actions": [action]}
    if isinstance(source, View):
        body["view"] = build_view_json(source)
        body["container"] = {"type": "view", "view_id": source.id}
        return Payload("interactive", body)
    container = {"type": "message", "is_ephemeral": source is None}
    container["channel_id"] = actor.channel.id if actor.channel else ""
    container["message_ts"] = source.ts if source else _read_time()
    if source is not None:
        body["message"] = build_message_json(source)
        if source.thread_ts is not None:
            container["thread_ts"] = source.thread_ts
    body["container"] = container
    body["response_url"] = actor.response_url
    body["state"] = {"values": {}}
    return Payload("interactive", body)


def build_view_submission(actor: Actor, view: View, values: Json) -> Payload:
    """Return what tells that a modal was sent; values: by block id, then action id."""
    form = {**build_view_json(view), "state": {"values": values}}
    body = {**_build_base(actor, "view_submission"), "view": form, "response_urls": []}
    body.pop("channel", None)
    return Payload("interactive", body)


def find_elements(blocks: object) -> Iterator[Json]:
    """Return everything in blocks that can be pressed, with the id of its block, in order."""
    return _walk(blocks, "auto")


def _walk(value: object, block_id: str) -> Iterator[Json]:
    if isinstance(value, dict):
        block_id = value.get("block_id", block_id)
        if "action_id" in value:
            yield {**value, "block_id": block_id}
        value = list(value.values())
    if isinstance(value, list | tuple):
        for item in value:
            yield from _walk(item, block_id)


def _build_base(actor: Actor, kind: str) -> Json:
    base: Json = {
        "type": kind,
        "token": "verification-token",
        "team": {"id": TEAM, "domain": "tenkyo"},
        "user": {
            "id": actor.user.id,
            "username": actor.user.name,
            "name": actor.user.name,
            "team_id": TEAM,
        },
        "api_app_id": APP,
        "enterprise": None,
        "is_enterprise_install": False,
        "trigger_id": actor.trigger_id,
    }
    if actor.channel is not None:
        base["channel"] = {"id": actor.channel.id, "name": actor.channel.name or "directmessage"}
    return base


def _read_time() -> str:
    return f"{time.time():.6f}"
