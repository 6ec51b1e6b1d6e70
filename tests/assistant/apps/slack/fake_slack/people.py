"""What people do in the workspace; each act returns what Slack then sends the app."""

from collections.abc import Sequence

from tests.assistant.apps.slack.fake_slack import events, interactions
from tests.assistant.apps.slack.fake_slack.records import (
    BOT_USER,
    Ephemeral,
    Json,
    Message,
    Payload,
    View,
)
from tests.assistant.apps.slack.fake_slack.surfaces import ResponseTarget
from tests.assistant.apps.slack.fake_slack.workspace import Workspace

ASKER = "U0ASKER"
COLLEAGUE = "U0COLLEAGUE"
CHANNEL = "C0NOTES"


class People:
    """root: where response URLs stand. Nothing is delivered: that is for the test to do."""

    def __init__(self, workspace: Workspace, root: str) -> None:
        self._workspace = workspace
        self._root = root

    def mention(
        self,
        text: str,
        user: str = ASKER,
        channel: str = CHANNEL,
        thread_ts: str | None = None,
    ) -> tuple[Payload, Payload]:
        """Ask with a mention.

        An app that also reads the channel is told twice: as a mention and as a message, with two
        event ids and one ts.
        """
        message = self._workspace.say(channel, user, f"<@{BOT_USER}> {text}", thread_ts)
        as_message = events.build_message(message, self._find_parent(channel, thread_ts))
        return events.build_app_mention(message), as_message

    def write(
        self,
        text: str,
        user: str = ASKER,
        channel: str = CHANNEL,
        thread_ts: str | None = None,
    ) -> Payload:
        """Write without a mention."""
        message = self._workspace.say(channel, user, text, thread_ts)
        return events.build_message(message, self._find_parent(channel, thread_ts))

    def write_directly(self, text: str, user: str = ASKER, thread_ts: str | None = None) -> Payload:
        """Write to the bot in direct messages."""
        return self.write(text, user, self._workspace.find_channel(user).id, thread_ts)

    def run_command(
        self, text: str, user: str = ASKER, channel: str = CHANNEL, command: str = "/tenkyo"
    ) -> Payload:
        """Send a slash command."""
        return interactions.build_command(self._act(user, channel), command, text)

    def choose_shortcut(self, callback_id: str, message: Message, user: str = ASKER) -> Payload:
        """Choose a shortcut in the menu of a message."""
        actor = self._act(user, message.channel, message)
        return interactions.build_message_shortcut(actor, callback_id, message)

    def press(
        self,
        source: Message | Ephemeral | View,
        action_id: str,
        user: str = ASKER,
        position: int = 0,
    ) -> Payload:
        """Press a button; position: which one, of those whose id starts with `action_id`.

        :raises LookupError: There is none.
        """
        shown: Sequence[Json] | Json
        shown = source.content if isinstance(source, View) else source.blocks
        elements = list(interactions.find_elements(shown))
        found = [item for item in elements if item["action_id"].startswith(action_id)]
        if position >= len(found):
            raise LookupError(f"{action_id}: not among {[e['action_id'] for e in elements]}")
        channel = None if isinstance(source, View) else source.channel
        message = source if isinstance(source, Message) else None
        thread_ts = None if isinstance(source, View) else source.thread_ts
        actor = self._act(user, channel, message, thread_ts)
        origin = None if isinstance(source, Ephemeral) else source
        return interactions.build_block_actions(actor, found[position], origin)

    def submit(self, view: View, values: Json, user: str = ASKER) -> Payload:
        """Send a modal off; values: by block id, then action id."""
        return interactions.build_view_submission(self._act(user, None), view, values)

    def react(self, message: Message, name: str, user: str = ASKER) -> Payload:
        """Put a reaction on a message."""
        self._workspace.react(message.channel, message.ts, name, user)
        return events.build_reaction(message, user, name)

    def open_home(self, user: str = ASKER) -> Payload:
        """Open App Home."""
        return events.build_app_home_opened(user, self._workspace.find_channel(user).id)

    def open_panel(self, user: str = ASKER, seen_channel: str = CHANNEL) -> Payload:
        """Open the assistant side panel beside a channel."""
        channel = self._workspace.find_channel(user).id
        # The thread hangs on a message that Slack writes itself.
        root = self._workspace.say(channel, user, "New chat")
        return events.build_assistant_thread_started(user, channel, root.ts, seen_channel)

    def _act(
        self,
        user: str,
        channel: str | None,
        message: Message | None = None,
        thread_ts: str | None = None,
    ) -> interactions.Actor:
        surfaces = self._workspace.surfaces
        url = ""
        if channel is not None:
            ts = message.ts if message is not None and message.bot_id is not None else None
            response = surfaces.issue_response(ResponseTarget(channel, user, ts, thread_ts))
            url = f"{self._root}/response/{response}"
        # A command also comes from channels that the bot is not in.
        place = self._workspace.channels[channel] if channel is not None else None
        return interactions.Actor(self._workspace.users[user], place, surfaces.issue_trigger(), url)

    def _find_parent(self, channel: str, thread_ts: str | None) -> Message | None:
        return self._workspace.find(channel, thread_ts) if thread_ts is not None else None
