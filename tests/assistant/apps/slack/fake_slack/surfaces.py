"""Views, the triggers that open them, response URLs and assistant threads."""

import threading
import time
import uuid
from dataclasses import dataclass, replace

from tests.assistant.apps.slack.fake_slack.records import Json, RefusedError, View

# What Slack allows for a response URL.
RESPONSE_USES = 5


@dataclass(frozen=True, slots=True)
class ResponseTarget:
    """Where what is posted to a response URL goes."""

    channel: str
    user: str
    message_ts: str | None  # the message whose button was pressed
    thread_ts: str | None
    uses: int = 0


@dataclass(frozen=True, slots=True)
class AssistantThread:
    """What the side panel shows beside the messages."""

    statuses: tuple[str, ...] = ()
    title: str = ""
    prompts: tuple[Json, ...] = ()


class Surfaces:
    """changed: the lock of the workspace."""

    def __init__(self, changed: threading.Condition, trigger_seconds: float) -> None:
        self._changed = changed
        self._trigger_seconds = trigger_seconds
        self._triggers: dict[str, float] = {}
        self._used_triggers: set[str] = set()
        self.views: dict[str, View] = {}
        self.homes: dict[str, View] = {}
        self.responses: dict[str, ResponseTarget] = {}
        self.response_posts: list[Json] = []
        self.assistant_threads: dict[tuple[str, str], AssistantThread] = {}

    def issue_trigger(self) -> str:
        """Return an id that opens one modal, for a short while."""
        with self._changed:
            trigger = f"{len(self._triggers) + 1}.{uuid.uuid4().hex}"
            self._triggers[trigger] = time.monotonic()
            return trigger

    def issue_response(self, target: ResponseTarget) -> str:
        """Return the id of a response URL."""
        with self._changed:
            response = uuid.uuid4().hex
            self.responses[response] = target
            return response

    def open_view(self, trigger: str, content: Json) -> View:
        """Open a modal.

        :raises RefusedError: The trigger is unknown, old or used.
        """
        with self._changed:
            if trigger not in self._triggers:
                raise RefusedError("invalid_trigger_id")
            if trigger in self._used_triggers:
                raise RefusedError("exchanged_trigger_id")
            if time.monotonic() - self._triggers[trigger] > self._trigger_seconds:
                raise RefusedError("expired_trigger_id")
            self._used_triggers.add(trigger)
            view = View(f"V{uuid.uuid4().hex[:10].upper()}", None, uuid.uuid4().hex, content)
            self.views[view.id] = view
            self._changed.notify_all()
            return view

    def update_view(self, view_id: str | None, expected: str | None, content: Json) -> View:
        """Change an open modal; expected: the hash that it must still have.

        :raises RefusedError: There is none, or it has changed.
        """
        with self._changed:
            before = self.views.get(view_id or "")
            if before is None:
                raise RefusedError("not_found")
            if expected not in (None, before.hash):
                raise RefusedError("hash_conflict")
            earlier = (*before.earlier, before.content)
            after = replace(before, hash=uuid.uuid4().hex, content=content, earlier=earlier)
            self.views[after.id] = after
            self._changed.notify_all()
            return after

    def publish_home(self, user: str, content: Json) -> View:
        """Show a person their App Home."""
        with self._changed:
            before = self.homes.get(user)
            earlier = (*before.earlier, before.content) if before else ()
            view_id = before.id if before else f"V{uuid.uuid4().hex[:10].upper()}"
            view = View(view_id, user, uuid.uuid4().hex, content, earlier)
            self.homes[user] = view
            self._changed.notify_all()
            return view

    def take_response(self, response: str) -> ResponseTarget:
        """Return where a post to a response URL goes, and count it.

        :raises RefusedError: It is unknown, or was used too often.
        """
        with self._changed:
            target = self.responses.get(response)
            if target is None:
                raise RefusedError("expired_url")
            if target.uses >= RESPONSE_USES:
                raise RefusedError("used_url")
            self.responses[response] = replace(target, uses=target.uses + 1)
            return target

    def change_assistant_thread(
        self,
        channel: str,
        thread_ts: str,
        status: str | None = None,
        title: str | None = None,
        prompts: tuple[Json, ...] | None = None,
    ) -> None:
        """Change what the side panel shows of a thread; None leaves a part as it is."""
        with self._changed:
            before = self.assistant_threads.get((channel, thread_ts), AssistantThread())
            self.assistant_threads[channel, thread_ts] = AssistantThread(
                before.statuses if status is None else (*before.statuses, status),
                before.title if title is None else title,
                before.prompts if prompts is None else prompts,
            )
            self._changed.notify_all()
