"""Messages and views as Slack writes them in JSON."""

from tests.assistant.apps.slack.fake_slack.records import (
    APP,
    BOT,
    BOT_USER,
    TEAM,
    Channel,
    Json,
    Message,
    User,
    View,
)


def build_message_json(message: Message, *, with_metadata: bool = False) -> Json:
    """Return a message; metadata only comes when it is asked for."""
    form: Json = {
        "type": "message",
        "user": message.user,
        "ts": message.ts,
        "text": message.text,
        "team": TEAM,
    }
    if message.bot_id is not None:
        form["bot_id"] = message.bot_id
        form["app_id"] = APP
        form["bot_profile"] = {"id": BOT, "app_id": APP, "name": "tenkyo", "team_id": TEAM}
    else:
        form["client_msg_id"] = f"00000000-0000-4000-8000-{message.ts.replace('.', '')[-12:]}"
    form["blocks"] = list(message.blocks) or [_build_rich_text(message.text)]
    if message.thread_ts is not None:
        form["thread_ts"] = message.thread_ts
    if message.edited_ts is not None:
        form["edited"] = {"user": message.user, "ts": message.edited_ts}
    if message.reactions:
        form["reactions"] = [
            {
                "name": name,
                "users": [user for other, user in message.reactions if other == name],
                "count": sum(other == name for other, _ in message.reactions),
            }
            for name in dict.fromkeys(name for name, _ in message.reactions)
        ]
    if with_metadata and message.metadata is not None:
        form["metadata"] = message.metadata
    return form


def build_thread_json(messages: tuple[Message, ...], *, with_metadata: bool = False) -> list[Json]:
    """Return the messages of a thread, the first one with the facts of the thread."""
    forms = [build_message_json(message, with_metadata=with_metadata) for message in messages]
    if len(messages) > 1:
        forms[0]["thread_ts"] = messages[0].ts
        forms[0]["reply_count"] = len(messages) - 1
        forms[0]["reply_users"] = list(dict.fromkeys(m.user for m in messages[1:]))
        forms[0]["latest_reply"] = messages[-1].ts
        for form in forms[1:]:
            form["parent_user_id"] = messages[0].user
    return forms


def build_view_json(view: View) -> Json:
    """Return a view with the fields that Slack adds."""
    return {
        "private_metadata": "",
        "callback_id": "",
        "state": {"values": {}},
        "external_id": "",
        **view.content,
        "id": view.id,
        "team_id": TEAM,
        "app_id": APP,
        "bot_id": BOT,
        "app_installed_team_id": TEAM,
        "hash": view.hash,
        "root_view_id": view.id,
        "previous_view_id": None,
    }


def build_channel_json(channel: Channel) -> Json:
    """Return a channel as conversations.info does."""
    form: Json = {
        "id": channel.id,
        "is_channel": channel.type == "channel",
        "is_group": channel.type == "group",
        "is_im": channel.type == "im",
        "is_mpim": False,
        "is_private": channel.type != "channel",
        "is_archived": False,
        "context_team_id": TEAM,
    }
    if channel.type == "im":
        form["user"] = next(iter(channel.members - {BOT_USER}), BOT_USER)
    else:
        form["name"] = channel.name
        form["is_member"] = BOT_USER in channel.members
    return form


def build_user_json(user: User) -> Json:
    """Return a person as users.info does, with the locale."""
    return {
        "id": user.id,
        "team_id": TEAM,
        "name": user.name,
        "real_name": user.name,
        "deleted": False,
        "is_bot": user.is_bot,
        "tz": "Asia/Tokyo",
        "locale": user.locale,
        "profile": {"real_name": user.name, "display_name": user.name, "team": TEAM},
    }


def _build_rich_text(text: str) -> Json:
    elements = [{"type": "text", "text": text}]
    section = {"type": "rich_text_section", "elements": elements}
    return {"type": "rich_text", "block_id": "text", "elements": [section]}
