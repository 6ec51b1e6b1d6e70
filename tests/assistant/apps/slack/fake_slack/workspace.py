"""The state of a Slack workspace: channels, people, messages; safe in any thread."""

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import replace

from tests.assistant.apps.slack.fake_slack.records import (
    BOT,
    BOT_USER,
    Channel,
    Ephemeral,
    Json,
    Message,
    RefusedError,
    User,
)
from tests.assistant.apps.slack.fake_slack.surfaces import Surfaces

# Called after the bot posted (before: None) or edited a message.
Observer = Callable[[Message, Message | None], None]


class Workspace:
    """changed: guards everything, and is notified of every change."""

    def __init__(self, trigger_seconds: float = 3.0) -> None:
        self.changed = threading.Condition()
        self.surfaces = Surfaces(self.changed, trigger_seconds)
        self.channels: dict[str, Channel] = {}
        self.users = {BOT_USER: User(BOT_USER, "tenkyo", is_bot=True)}
        self.ephemerals: list[Ephemeral] = []
        self.deleted: list[Message] = []
        self.observers: list[Observer] = []
        self._messages: dict[tuple[str, str], Message] = {}
        self._threads: dict[tuple[str, str], list[str]] = {}
        self._last_ts = 0

    def add_user(self, user_id: str, name: str, locale: str = "ja-JP") -> None:
        """Let a person in."""
        with self.changed:
            self.users[user_id] = User(user_id, name, locale)

    def add_channel(self, channel_id: str, name: str, members: Sequence[str]) -> None:
        """Open a channel; the bot is in it only if it is named."""
        with self.changed:
            self.channels[channel_id] = Channel(channel_id, name, frozenset(members))

    def find_channel(self, channel_id: str) -> Channel:
        """Return a channel that the bot sees; a user's id stands for the direct messages.

        :raises RefusedError: There is none.
        """
        with self.changed:
            if channel_id in self.users:
                channel_id = f"D{channel_id[1:]}"
                self.channels.setdefault(
                    channel_id, Channel(channel_id, "", frozenset({f"U{channel_id[1:]}", BOT_USER}))
                )
            channel = self.channels.get(channel_id)
            if channel is None or (channel.type != "channel" and BOT_USER not in channel.members):
                raise RefusedError("channel_not_found")
            return channel

    def next_ts(self) -> str:
        """Return the time now as Slack writes it; no two are the same, and they increase."""
        with self.changed:
            self._last_ts = max(self._last_ts + 1, time.time_ns() // 1000)
            return f"{self._last_ts // 1_000_000}.{self._last_ts % 1_000_000:06d}"

    def say(self, channel: str, user: str, text: str, thread_ts: str | None = None) -> Message:
        """Let a person write a message."""
        return self._add(Message(channel, self.next_ts(), user, text, thread_ts=thread_ts))

    def post(
        self,
        channel_id: str,
        text: str,
        blocks: Sequence[Json] = (),
        thread_ts: str | None = None,
        metadata: Json | None = None,
    ) -> Message:
        """Let the bot write a message.

        :raises RefusedError: It is not in the channel, or there is no such thread.
        """
        with self.changed:
            channel = self.find_channel(channel_id)
            if BOT_USER not in channel.members:
                raise RefusedError("not_in_channel")
            if thread_ts is not None:
                try:
                    parent = self.find(channel.id, thread_ts)
                except RefusedError:
                    raise RefusedError("thread_not_found") from None
                # A reply to a reply goes to the thread that the reply stands in.
                thread_ts = parent.thread_ts or parent.ts
            message = Message(
                channel.id,
                self.next_ts(),
                BOT_USER,
                text,
                tuple(blocks),
                thread_ts,
                BOT,
                metadata,
            )
            return self._add(message)

    def edit(
        self,
        channel: str,
        ts: str,
        text: str | None,
        blocks: Sequence[Json] | None,
        metadata: Json | None,
    ) -> Message:
        """Change a message of the bot; None leaves a part as it is.

        :raises RefusedError: There is no such message, or it is not the bot's.
        """
        with self.changed:
            before = self.find(channel, ts)
            if before.bot_id != BOT:
                raise RefusedError("cant_update_message")
            # A new text without blocks takes the old blocks away: the documentation says so.
            kept = before.blocks if text is None else ()
            after = replace(
                before,
                text=before.text if text is None else text,
                blocks=kept if blocks is None else tuple(blocks),
                metadata=before.metadata if metadata is None else metadata,
                edited_ts=self.next_ts(),
                earlier=(*before.earlier, replace(before, earlier=())),
            )
            self._put(after, before)
            return after

    def delete(self, channel: str, ts: str) -> None:
        """Take a message of the bot away.

        :raises RefusedError: There is no such message, or it is not the bot's.
        """
        with self.changed:
            message = self.find(channel, ts)
            if message.bot_id != BOT:
                raise RefusedError("cant_delete_message")
            del self._messages[channel, ts]
            self._threads[channel, message.thread_ts or ts].remove(ts)
            self.deleted.append(message)
            self.changed.notify_all()

    def whisper(self, ephemeral: Ephemeral) -> None:
        """Show a message to one person.

        :raises RefusedError: The person or the bot is not in the channel.
        """
        with self.changed:
            members = self.find_channel(ephemeral.channel).members
            if BOT_USER not in members:
                raise RefusedError("not_in_channel")
            if ephemeral.user not in members:
                raise RefusedError("user_not_in_channel")
            self.ephemerals.append(ephemeral)
            self.changed.notify_all()

    def react(self, channel: str, ts: str, name: str, user: str) -> Message:
        """Put a reaction on a message.

        :raises RefusedError: There is no such message, or it has this reaction already.
        """
        with self.changed:
            message = self.find(channel, ts)
            if (name, user) in message.reactions:
                raise RefusedError("already_reacted")
            after = replace(message, reactions=(*message.reactions, (name, user)))
            self._messages[channel, ts] = after
            self.changed.notify_all()
            return after

    def find(self, channel: str, ts: str) -> Message:
        """Return a message.

        :raises RefusedError: There is none.
        """
        with self.changed:
            self.find_channel(channel)
            if (channel, ts) not in self._messages:
                raise RefusedError("message_not_found")
            return self._messages[channel, ts]

    def read_thread(self, channel: str, ts: str) -> tuple[Message, ...]:
        """Return the messages of a thread, oldest first; the first one is what it hangs on."""
        with self.changed:
            return tuple(self._messages[channel, item] for item in self._threads[channel, ts])

    def read_channel(self, channel: str) -> tuple[Message, ...]:
        """Return what stands in a channel outside threads, oldest first."""
        with self.changed:
            return tuple(
                message
                for message in self._messages.values()
                if message.channel == channel and message.thread_ts in (None, message.ts)
            )

    def read_all(self) -> tuple[Message, ...]:
        """Return every message, oldest first."""
        with self.changed:
            return tuple(self._messages.values())

    def _add(self, message: Message) -> Message:
        with self.changed:
            key = (message.channel, message.thread_ts or message.ts)
            self._threads.setdefault(key, []).append(message.ts)
            self._put(message, None)
            return message

    def _put(self, message: Message, before: Message | None) -> None:
        self._messages[message.channel, message.ts] = message
        self.changed.notify_all()
        if message.bot_id == BOT:
            for observe in self.observers:
                observe(message, before)
