"""Sends payloads to an app's address, and again when no answer comes in time."""

import asyncio
import threading
import time

from tests.assistant.apps.slack.fake_slack.loop_thread import LoopThread
from tests.assistant.apps.slack.fake_slack.records import Delivery
from tests.assistant.apps.slack.fake_slack.signed_requests import (
    HttpAnswer,
    SignedRequest,
    build_request,
    post,
)
from tests.assistant.apps.slack.fake_slack.timing import Timing

# Requests that are under way at once.
MOST_REQUESTS = 16


class HttpEvents:
    """url: the app's address; must be set before anything is delivered."""

    def __init__(self, loop: LoopThread, changed: threading.Condition, timing: Timing) -> None:
        self.url = ""
        self._loop = loop
        self._changed = changed
        self._timing = timing
        self._slots = asyncio.Semaphore(MOST_REQUESTS)

    def deliver(self, delivery: Delivery, after: float = 0.0) -> None:
        """Send a payload, after some seconds, until it is acknowledged or Slack would give up."""
        if not self.url:
            raise ValueError("deliver over HTTP: set FakeSlack.request_url first")
        self._loop.call(lambda: self._loop.spawn(self._deliver(delivery)), after)

    def send(self, request: SignedRequest) -> HttpAnswer:
        """Send one request as it is, and return the answer."""
        return self._loop.run(post(request))

    async def _deliver(self, delivery: Delivery) -> None:
        gaps = self._timing.retry_gaps if delivery.payload.kind == "events_api" else ()
        for gap in (*gaps, None):
            answer = await self._attempt(delivery)
            if delivery.settled:
                return
            if gap is None or (answer and answer.headers.get("x-slack-no-retry") == "1"):
                break
            await asyncio.sleep(gap)
        with self._changed:
            delivery.abandoned = True
            self._changed.notify_all()

    async def _attempt(self, delivery: Delivery) -> HttpAnswer | None:
        """Send once; return the answer, None: there was none in time."""
        retry = (delivery.attempts, delivery.failures[-1]) if delivery.failures else None
        async with self._slots:
            request = build_request(self.url, delivery.payload, int(time.time()), retry)
            delivery.attempts += 1
            sent_at = time.monotonic()
            answer, failure = await self._exchange(request)
        with self._changed:
            if answer is not None and not failure:
                delivery.ack_seconds = time.monotonic() - sent_at
                delivery.response = answer.body.decode()
            else:
                delivery.failures.append(failure)
            self._changed.notify_all()
        return answer

    async def _exchange(self, request: SignedRequest) -> tuple[HttpAnswer | None, str]:
        """Return the answer, and why it is a failure in Slack's words; empty: it is none."""
        try:
            answer = await asyncio.wait_for(post(request), self._timing.ack_seconds)
        except TimeoutError:
            return None, "http_timeout"
        except OSError:
            return None, "connection_failed"
        return answer, "" if 200 <= answer.status < 300 else "http_error"
