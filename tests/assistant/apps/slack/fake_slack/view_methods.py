"""Methods of the Web API for modals, App Home and the assistant side panel."""

from tests.assistant.apps.slack.fake_slack.records import Json, RefusedError
from tests.assistant.apps.slack.fake_slack.wire_forms import build_view_json
from tests.assistant.apps.slack.fake_slack.workspace import Workspace


def open_view(workspace: Workspace, arguments: Json) -> Json:
    """views.open"""
    _check_type(arguments["view"], "modal")
    view = workspace.surfaces.open_view(arguments["trigger_id"], arguments["view"])
    return {"view": build_view_json(view)}


def update_view(workspace: Workspace, arguments: Json) -> Json:
    """views.update"""
    _check_type(arguments["view"], "modal")
    view = workspace.surfaces.update_view(
        arguments.get("view_id"), arguments.get("hash"), arguments["view"]
    )
    return {"view": build_view_json(view)}


def publish_view(workspace: Workspace, arguments: Json) -> Json:
    """views.publish"""
    _check_type(arguments["view"], "home")
    if arguments["user_id"] not in workspace.users:
        raise RefusedError("user_not_found")
    view = workspace.surfaces.publish_home(arguments["user_id"], arguments["view"])
    return {"view": build_view_json(view)}


def set_status(workspace: Workspace, arguments: Json) -> Json:
    """assistant.threads.setStatus"""
    channel, thread_ts = _find_thread(workspace, arguments)
    workspace.surfaces.change_assistant_thread(channel, thread_ts, status=arguments["status"])
    return {}


def set_title(workspace: Workspace, arguments: Json) -> Json:
    """assistant.threads.setTitle"""
    channel, thread_ts = _find_thread(workspace, arguments)
    workspace.surfaces.change_assistant_thread(channel, thread_ts, title=arguments["title"])
    return {}


def set_prompts(workspace: Workspace, arguments: Json) -> Json:
    """assistant.threads.setSuggestedPrompts"""
    channel, thread_ts = _find_thread(workspace, arguments)
    prompts = tuple(arguments["prompts"])
    if not 1 <= len(prompts) <= 4:
        raise RefusedError("invalid_arguments")
    workspace.surfaces.change_assistant_thread(channel, thread_ts, prompts=prompts)
    return {}


def _check_type(view: Json, expected: str) -> None:
    if view.get("type") != expected:
        raise RefusedError("invalid_arguments")


def _find_thread(workspace: Workspace, arguments: Json) -> tuple[str, str]:
    try:
        message = workspace.find(arguments["channel_id"], arguments["thread_ts"])
    except RefusedError as error:
        known = error.code == "channel_not_found"
        raise RefusedError(error.code if known else "thread_not_found") from None
    return message.channel, message.ts
