"""What happens when something is posted to a response URL."""

from tests.assistant.apps.slack.fake_slack.gate import Gate
from tests.assistant.apps.slack.fake_slack.records import Ephemeral, Json, RefusedError
from tests.assistant.apps.slack.fake_slack.workspace import Workspace


def answer_response_url(workspace: Workspace, gate: Gate, response: str, arguments: Json) -> None:
    """Post, replace or delete, as the arguments say.

    :raises RefusedError: The URL is unknown or used up, or a block breaks a limit.
    """
    gate.check_content(arguments)
    with workspace.changed:
        target = workspace.surfaces.take_response(response)
        workspace.surfaces.response_posts.append(arguments)
        text, blocks = arguments.get("text", ""), tuple(arguments.get("blocks") or ())
        if arguments.get("delete_original"):
            if target.message_ts is not None:
                workspace.delete(target.channel, target.message_ts)
        elif arguments.get("replace_original"):
            if target.message_ts is not None:
                workspace.edit(target.channel, target.message_ts, text, blocks, None)
        elif not text and not blocks:
            raise RefusedError("no_text")
        elif arguments.get("response_type") == "in_channel":
            thread_ts = arguments.get("thread_ts", target.thread_ts)
            workspace.post(target.channel, text, blocks, thread_ts)
        else:
            workspace.ephemerals.append(
                Ephemeral(target.channel, target.user, text, blocks, target.thread_ts)
            )
        workspace.changed.notify_all()
