"""Methods of the Web API that write messages."""

from tests.assistant.apps.slack.fake_slack.records import BOT_USER, Ephemeral, Json, RefusedError
from tests.assistant.apps.slack.fake_slack.wire_forms import build_message_json
from tests.assistant.apps.slack.fake_slack.workspace import Workspace

# Slack cuts or refuses what is longer.
MOST_CHARACTERS = 40_000


def post_message(workspace: Workspace, arguments: Json) -> Json:
    """chat.postMessage"""
    _check_content(arguments)
    message = workspace.post(
        arguments["channel"],
        arguments.get("text", ""),
        arguments.get("blocks") or (),
        arguments.get("thread_ts"),
        _read_metadata(arguments),
    )
    form = build_message_json(message, with_metadata=True)
    return {"channel": message.channel, "ts": message.ts, "message": form}


def update_message(workspace: Workspace, arguments: Json) -> Json:
    """chat.update"""
    _check_content(arguments)
    message = workspace.edit(
        arguments["channel"],
        arguments["ts"],
        arguments.get("text"),
        arguments.get("blocks"),
        _read_metadata(arguments),
    )
    form = build_message_json(message, with_metadata=True)
    return {
        "channel": message.channel,
        "ts": message.ts,
        "text": message.text,
        "message": form,
    }


def post_ephemeral(workspace: Workspace, arguments: Json) -> Json:
    """chat.postEphemeral"""
    _check_content(arguments)
    ephemeral = Ephemeral(
        arguments["channel"],
        arguments["user"],
        arguments.get("text", ""),
        tuple(arguments.get("blocks") or ()),
        arguments.get("thread_ts"),
    )
    workspace.whisper(ephemeral)
    return {"message_ts": workspace.next_ts()}


def delete_message(workspace: Workspace, arguments: Json) -> Json:
    """chat.delete"""
    workspace.delete(arguments["channel"], arguments["ts"])
    return {"channel": arguments["channel"], "ts": arguments["ts"]}


def get_permalink(workspace: Workspace, arguments: Json) -> Json:
    """chat.getPermalink"""
    message = workspace.find(arguments["channel"], arguments["message_ts"])
    link = f"https://tenkyo.slack.com/archives/{message.channel}/p{message.ts.replace('.', '')}"
    if message.thread_ts not in (None, message.ts):
        link += f"?thread_ts={message.thread_ts}&cid={message.channel}"
    return {"channel": message.channel, "permalink": link}


def add_reaction(workspace: Workspace, arguments: Json) -> Json:
    """reactions.add"""
    workspace.react(arguments["channel"], arguments["timestamp"], arguments["name"], BOT_USER)
    return {}


def _check_content(arguments: Json) -> None:
    if not arguments.get("text") and not arguments.get("blocks"):
        raise RefusedError("no_text")
    if len(arguments.get("text") or "") > MOST_CHARACTERS:
        raise RefusedError("msg_too_long")


def _read_metadata(arguments: Json) -> Json | None:
    metadata: Json | None = arguments.get("metadata")
    if metadata and not (
        isinstance(metadata.get("event_type"), str)
        and isinstance(metadata.get("event_payload"), dict)
    ):
        raise RefusedError("invalid_metadata_format")
    return metadata
