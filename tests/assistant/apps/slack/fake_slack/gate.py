"""Decides on every call of the Web API: token, scope, arguments, limits, then the method."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from tests.assistant.apps.slack.fake_slack import chat_methods, reading_methods, view_methods
from tests.assistant.apps.slack.fake_slack.records import Json, RefusedError
from tests.assistant.apps.slack.fake_slack.workspace import Workspace

BOT_TOKEN = "xoxb-test-bot"
APP_TOKEN = "xapp-test-app"
OPEN_CONNECTION = "apps.connections.open"

# Returns what breaks a limit of Slack in a list of blocks or in a view; nothing: it is valid.
Validator = Callable[[Any], list[str]]


@dataclass(frozen=True, slots=True)
class Method:
    """scopes: one of them is enough; required: arguments that must not be missing."""

    act: Callable[[Workspace, Json], Json]
    scopes: tuple[str, ...]
    required: tuple[str, ...] = ()
    takes_json: bool = True  # methods that read only take forms


_HISTORY = ("channels:history", "groups:history", "im:history", "mpim:history")
_READ = ("channels:read", "groups:read", "im:read", "mpim:read")
_PANEL = ("assistant:write", "chat:write")
METHODS: Mapping[str, Method] = {
    "auth.test": Method(reading_methods.tell_identity, ()),
    "chat.postMessage": Method(chat_methods.post_message, ("chat:write",), ("channel",)),
    "chat.update": Method(chat_methods.update_message, ("chat:write",), ("channel", "ts")),
    "chat.delete": Method(chat_methods.delete_message, ("chat:write",), ("channel", "ts")),
    "chat.postEphemeral": Method(chat_methods.post_ephemeral, ("chat:write",), ("channel", "user")),
    "chat.getPermalink": Method(
        chat_methods.get_permalink, (), ("channel", "message_ts"), takes_json=False
    ),
    "reactions.add": Method(
        chat_methods.add_reaction, ("reactions:write",), ("channel", "name", "timestamp")
    ),
    "conversations.replies": Method(
        reading_methods.read_replies, _HISTORY, ("channel", "ts"), takes_json=False
    ),
    "conversations.history": Method(
        reading_methods.read_history, _HISTORY, ("channel",), takes_json=False
    ),
    "conversations.info": Method(
        reading_methods.read_channel, _READ, ("channel",), takes_json=False
    ),
    "conversations.open": Method(reading_methods.open_conversation, ("im:write",), ("users",)),
    "users.info": Method(reading_methods.read_user, ("users:read",), ("user",), takes_json=False),
    "views.open": Method(view_methods.open_view, (), ("trigger_id", "view")),
    "views.update": Method(view_methods.update_view, (), ("view",)),
    "views.publish": Method(view_methods.publish_view, (), ("user_id", "view")),
    "assistant.threads.setStatus": Method(
        view_methods.set_status, _PANEL, ("channel_id", "thread_ts", "status")
    ),
    "assistant.threads.setTitle": Method(
        view_methods.set_title, _PANEL, ("channel_id", "thread_ts", "title")
    ),
    "assistant.threads.setSuggestedPrompts": Method(
        view_methods.set_prompts, _PANEL, ("channel_id", "thread_ts", "prompts")
    ),
}
ALL_SCOPES = tuple(sorted({scope for method in METHODS.values() for scope in method.scopes}))


class Gate:
    """scopes: what the bot's token may; violations: what was refused, for tests to look at."""

    def __init__(
        self,
        workspace: Workspace,
        scopes: tuple[str, ...],
        find_violations: Validator,
        issue_socket_url: Callable[[], str],
    ) -> None:
        self.scopes = scopes
        self.violations: list[str] = []
        self._workspace = workspace
        self._find_violations = find_violations
        self._issue_socket_url = issue_socket_url

    def answer(self, name: str, token: str | None, arguments: Json, *, is_json: bool) -> Json:
        """Return what the method answers.

        :raises RefusedError: It does not take effect.
        """
        if name == OPEN_CONNECTION:
            _check_token(token, APP_TOKEN)
            return {"url": self._issue_socket_url()}
        method = METHODS.get(name)
        if method is None:
            raise RefusedError("unknown_method", req_method=name)
        _check_token(token, BOT_TOKEN)
        if method.scopes and not set(method.scopes) & set(self.scopes):
            needed, provided = ",".join(method.scopes), ",".join(self.scopes)
            raise RefusedError("missing_scope", needed=needed, provided=provided)
        # Slack ignores a JSON body of these, and then finds every argument missing.
        arguments = {} if is_json and not method.takes_json else arguments
        for required in method.required:
            if arguments.get(required) in (None, ""):
                raise RefusedError(
                    "invalid_arguments",
                    response_metadata={"messages": [f"[ERROR] missing required field: {required}"]},
                )
        self.check_content(arguments)
        return method.act(self._workspace, arguments)

    def check_content(self, arguments: Json) -> None:
        """Refuse blocks and views that break a limit.

        :raises RefusedError: invalid_blocks; for a view, invalid_arguments.
        """
        for field, error in (("blocks", "invalid_blocks"), ("view", "invalid_arguments")):
            if field in arguments:
                found = self._find_violations(arguments[field])
                if found:
                    self.violations.extend(found)
                    raise RefusedError(error, response_metadata={"messages": found})


def _check_token(token: str | None, expected: str) -> None:
    if token is None:
        raise RefusedError("not_authed")
    if token != expected:
        known = token in (BOT_TOKEN, APP_TOKEN)
        raise RefusedError("not_allowed_token_type" if known else "invalid_auth")
