"""Methods of the Web API that read: who I am, conversations, people."""

from tests.assistant.apps.slack.fake_slack.records import (
    BOT,
    BOT_USER,
    TEAM,
    Json,
    Message,
    RefusedError,
)
from tests.assistant.apps.slack.fake_slack.wire_forms import (
    build_channel_json,
    build_message_json,
    build_thread_json,
    build_user_json,
)
from tests.assistant.apps.slack.fake_slack.workspace import Workspace

_TRUE = ("1", "true", True)


def tell_identity(workspace: Workspace, arguments: Json) -> Json:
    """auth.test"""
    return {
        "url": "https://tenkyo.slack.com/",
        "team": "Tenkyo",
        "user": workspace.users[BOT_USER].name,
        "team_id": TEAM,
        "user_id": BOT_USER,
        "bot_id": BOT,
        "is_enterprise_install": False,
    }


def read_replies(workspace: Workspace, arguments: Json) -> Json:
    """conversations.replies: oldest first."""
    try:
        message = workspace.find(arguments["channel"], arguments["ts"])
    except RefusedError as error:
        known = error.code == "channel_not_found"
        raise RefusedError(error.code if known else "thread_not_found") from None
    messages = workspace.read_thread(message.channel, message.thread_ts or message.ts)
    forms = build_thread_json(
        messages, with_metadata=arguments.get("include_all_metadata") in _TRUE
    )
    return _cut_page([form for form in forms if _is_wanted(form["ts"], arguments)], arguments)


def read_history(workspace: Workspace, arguments: Json) -> Json:
    """conversations.history: newest first, without replies."""
    channel = workspace.find_channel(arguments["channel"])
    if BOT_USER not in channel.members:
        raise RefusedError("not_in_channel")
    with_metadata = arguments.get("include_all_metadata") in _TRUE
    messages: list[Message] = [
        message
        for message in reversed(workspace.read_channel(channel.id))
        if _is_wanted(message.ts, arguments)
    ]
    forms = [build_message_json(message, with_metadata=with_metadata) for message in messages]
    return _cut_page(forms, arguments)


def read_channel(workspace: Workspace, arguments: Json) -> Json:
    """conversations.info"""
    return {"channel": build_channel_json(workspace.find_channel(arguments["channel"]))}


def open_conversation(workspace: Workspace, arguments: Json) -> Json:
    """conversations.open"""
    return {"channel": {"id": workspace.find_channel(arguments["users"]).id}}


def read_user(workspace: Workspace, arguments: Json) -> Json:
    """users.info"""
    user = workspace.users.get(arguments["user"])
    if user is None:
        raise RefusedError("user_not_found")
    form = build_user_json(user)
    if arguments.get("include_locale") not in _TRUE:
        del form["locale"]
    return {"user": form}


def _is_wanted(ts: str, arguments: Json) -> bool:
    oldest, latest = str(arguments.get("oldest", "0")), str(arguments.get("latest", "9" * 10))
    if float(oldest) < float(ts) < float(latest):
        return True
    return arguments.get("inclusive") in _TRUE and ts in (oldest, latest)


def _cut_page(forms: list[Json], arguments: Json) -> Json:
    start = int(arguments.get("cursor") or 0)
    end = start + min(int(arguments.get("limit") or 100), 999)
    page: Json = {"messages": forms[start:end], "has_more": end < len(forms)}
    if page["has_more"]:
        page["response_metadata"] = {"next_cursor": str(end)}
    return page
