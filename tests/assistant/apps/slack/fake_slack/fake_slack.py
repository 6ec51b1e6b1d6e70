"""A whole Slack on loopback: Web API, Socket Mode, signed HTTP, and people who use it.

Close every client before the context ends: a client that is still connected tries again.
"""

import math
import random
import time
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Literal, Self

from tests.assistant.apps.slack.fake_slack import events
from tests.assistant.apps.slack.fake_slack.faults import FaultPlan, NoFaults, SocketFaults
from tests.assistant.apps.slack.fake_slack.gate import (
    ALL_SCOPES,
    APP_TOKEN,
    BOT_TOKEN,
    Gate,
    Validator,
)
from tests.assistant.apps.slack.fake_slack.http_events import HttpEvents
from tests.assistant.apps.slack.fake_slack.loop_thread import LoopThread
from tests.assistant.apps.slack.fake_slack.people import ASKER, CHANNEL, COLLEAGUE, People
from tests.assistant.apps.slack.fake_slack.records import (
    BOT,
    BOT_USER,
    Call,
    Delivery,
    Message,
    Payload,
)
from tests.assistant.apps.slack.fake_slack.signed_requests import (
    SIGNING_SECRET,
    HttpAnswer,
    SignedRequest,
)
from tests.assistant.apps.slack.fake_slack.socket_mode import SocketMode
from tests.assistant.apps.slack.fake_slack.timing import FAST, Timing
from tests.assistant.apps.slack.fake_slack.web_api import WebApi
from tests.assistant.apps.slack.fake_slack.workspace import Workspace

Via = Literal["socket", "http", "both"]
# Between two looks at a condition, so that a costly one does not slow the server down.
_LOOK_SECONDS = 0.02
# The same where nothing changed.
_SELDOM_SECONDS = 0.2


class FakeSlack:
    """Implements what the app sees of Slack; use it as a context.

    find_violations: finds what breaks a limit in blocks and views; echoes: whether the app is
    told of its own messages and edits, as Slack does; request_url: the app's address for HTTP.
    """

    bot_token = BOT_TOKEN
    app_token = APP_TOKEN
    signing_secret = SIGNING_SECRET

    def __init__(
        self,
        *,
        timing: Timing = FAST,
        faults: FaultPlan | None = None,
        socket_faults: SocketFaults | None = None,
        find_violations: Validator = lambda _: [],
        scopes: tuple[str, ...] = ALL_SCOPES,
        echoes: bool = False,
        seed: int = 0,
    ) -> None:
        self.workspace = Workspace(timing.trigger_seconds)
        self.workspace.add_user(ASKER, "asker")
        self.workspace.add_user(COLLEAGUE, "colleague", "en-US")
        self.workspace.add_channel(CHANNEL, "notes", (BOT_USER, ASKER, COLLEAGUE))
        self.deliveries: list[Delivery] = []
        changed = self.workspace.changed
        self._loop = LoopThread()
        chance = socket_faults or SocketFaults()
        self.socket = SocketMode(self._loop, changed, timing, chance, seed)
        self._http = HttpEvents(self._loop, changed, timing)
        self._gate = Gate(self.workspace, scopes, find_violations, self.socket.issue_url)
        self.web_api = WebApi(self.workspace, self._gate, faults or NoFaults())
        self.people = People(self.workspace, self.web_api.root)
        if echoes:
            self.workspace.observers.append(self._echo)

    def __enter__(self) -> Self:
        self._loop.start()
        self.socket.start()
        self.web_api.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            self.web_api.stop()
            self.socket.stop()
        finally:
            self._loop.stop()

    @property
    def base_url(self) -> str:
        """Return the address for WebClient."""
        return f"{self.web_api.root}/api/"

    @property
    def request_url(self) -> str:
        """Return the app's address for events over HTTP."""
        return self._http.url

    @request_url.setter
    def request_url(self, url: str) -> None:
        self._http.url = url

    @property
    def violations(self) -> list[str]:
        """Return what broke Slack's limits so far."""
        return self._gate.violations

    @property
    def calls(self) -> list[Call]:
        """Return every call of a method so far, in order."""
        with self.workspace.changed:
            return list(self.web_api.calls)

    def deliver(
        self,
        payloads: Payload | Sequence[Payload],
        via: Via = "socket",
        times: int = 1,
        shuffle: random.Random | None = None,
        per_second: float = math.inf,
    ) -> list[Delivery]:
        """Send payloads, each of them `times` over each way, and return at once.

        per_second: how dense. The websocket client of slack_sdk reads frames by recursion: some
        thousand in one burst are more than it can take, and it loses all of them.
        """
        wanted = [payloads] if isinstance(payloads, Payload) else list(payloads)
        ways: tuple[Literal["socket", "http"], ...]
        ways = ("socket", "http") if via == "both" else (via,)
        started = [Delivery(p, way) for _ in range(times) for p in wanted for way in ways]
        if shuffle is not None:
            shuffle.shuffle(started)
        with self.workspace.changed:
            self.deliveries.extend(started)
        for position, delivery in enumerate(started):
            sender = self.socket if delivery.transport == "socket" else self._http
            sender.deliver(delivery, position / per_second)
        return started

    def send(self, request: SignedRequest) -> HttpAnswer:
        """Send one HTTP request as it is, and return the app's answer."""
        return self._http.send(request)

    def answers_to(self, message_ts: str, channel: str = CHANNEL) -> list[Message]:
        """Return what the bot wrote in the thread of a message, after it."""
        message = self.workspace.find(channel, message_ts)
        thread = self.workspace.read_thread(channel, message.thread_ts or message.ts)
        return [item for item in thread if item.bot_id == BOT and item.ts > message_ts]

    def wait_until(self, predicate: Callable[[], bool], seconds: float = 60.0) -> None:
        """Wait for something to become true, which is looked at whenever something changed here.

        Files and stand-ins change without a word, so that it is also looked at now and then.

        The lock is held meanwhile, so that the predicate sees one state.

        :raises AssertionError: It did not in time.
        """
        deadline = time.monotonic() + seconds
        while True:
            with self.workspace.changed:
                if predicate():
                    return
                left = deadline - time.monotonic()
                if left <= 0:
                    raise AssertionError(f"not true after {seconds} s: {self.describe()}")
                self.workspace.changed.wait(min(left, _SELDOM_SECONDS))
            time.sleep(_LOOK_SECONDS)

    def is_settled(self) -> bool:
        """Return whether nothing that was delivered will be sent again."""
        with self.workspace.changed:
            return all(delivery.settled for delivery in self.deliveries)

    def describe(self) -> str:
        """Return how far things have come, on one line."""
        with self.workspace.changed:
            settled = sum(delivery.settled for delivery in self.deliveries)
            errors = sorted({call.error for call in self.web_api.calls if call.error})
            return (
                f"{settled} of {len(self.deliveries)} deliveries settled, "
                f"{self.socket.connections} connections, {len(self.web_api.calls)} calls, "
                f"refused with {errors}"
            )

    def _echo(self, message: Message, before: Message | None) -> None:
        payload = (
            events.build_message(message)
            if before is None
            else events.build_message_changed(before, message)
        )
        self.deliver(payload)
