"""Socket Mode over a real websocket: envelopes, acknowledgements, redelivery, disconnects."""

import asyncio
import json
import random
import socket
import struct
import threading
import uuid
from http import HTTPStatus
from urllib.parse import parse_qs, urlsplit

from websockets.asyncio.server import Server, ServerConnection, serve
from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request, Response

from tests.assistant.apps.slack.fake_slack.faults import Break, SocketFaults
from tests.assistant.apps.slack.fake_slack.loop_thread import LoopThread
from tests.assistant.apps.slack.fake_slack.records import APP, Delivery
from tests.assistant.apps.slack.fake_slack.timing import Timing


class SocketMode:
    """An event goes to any one of the connections; where there is none, it waits."""

    def __init__(
        self,
        loop: LoopThread,
        changed: threading.Condition,
        timing: Timing,
        faults: SocketFaults,
        seed: int,
    ) -> None:
        self._loop = loop
        self._changed = changed
        self._timing = timing
        self._faults = faults
        self._random = random.Random(seed)
        self._server: Server | None = None
        self._port = 0
        self._tickets: set[str] = set()
        self._connections: list[ServerConnection] = []
        self._proven: set[ServerConnection] = set()  # have acknowledged something
        self._waiting: list[Delivery] = []
        self._sent: dict[str, tuple[Delivery, float]] = {}

    @property
    def connections(self) -> int:
        """Return how many connections are open now."""
        with self._changed:
            return len(self._connections)

    def start(self) -> None:
        """Listen on a free port."""
        self._loop.run(self._listen())

    def stop(self) -> None:
        """Close every connection and listen no more."""
        self._loop.run(self._close())

    def issue_url(self) -> str:
        """Return an address that takes one connection."""
        ticket = uuid.uuid4().hex
        with self._changed:
            self._tickets.add(ticket)
        return f"ws://127.0.0.1:{self._port}/link/?ticket={ticket}&app_id={APP}"

    def deliver(self, delivery: Delivery, after: float = 0.0) -> None:
        """Send a payload, after some seconds, until it is acknowledged or Slack would give up."""
        self._loop.call(lambda: self._send(delivery), after)

    def break_connections(self, how: Break) -> None:
        """Break every connection without a word."""
        self._loop.run(self._break_all(how))

    def refresh_connections(self, reason: str = "refresh_requested") -> None:
        """Tell every connection that it ends soon; reason: or `warning`, or `link_disabled`."""
        self._loop.run(self._refresh_all(reason))

    async def _listen(self) -> None:
        self._server = await serve(
            self._handle,
            "127.0.0.1",
            0,
            process_request=self._admit,
            ping_interval=self._timing.ping_seconds,
            ping_timeout=None,
            close_timeout=1,
            compression=None,
        )
        self._port = next(iter(self._server.sockets)).getsockname()[1]

    async def _close(self) -> None:
        if self._server is not None:
            self._server.close()
            await self._server.wait_closed()

    def _admit(self, connection: ServerConnection, request: Request) -> Response | None:
        ticket = parse_qs(urlsplit(request.path).query).get("ticket", [""])[0]
        with self._changed:
            if ticket in self._tickets:
                self._tickets.remove(ticket)
                return None
        return connection.respond(HTTPStatus.UNAUTHORIZED, "invalid ticket\n")

    async def _handle(self, connection: ServerConnection) -> None:
        try:
            await connection.send(self._build_hello())
            self._register(connection)
            async for raw in connection:
                self._proven.add(connection)
                self._acknowledge(json.loads(raw))
        except ConnectionClosed:
            pass
        finally:
            self._forget(connection)

    def _build_hello(self) -> str:
        hello = {
            "type": "hello",
            "num_connections": len(self._connections) + 1,
            "debug_info": {"host": "applink-test", "approximate_connection_time": 18_060},
            "connection_info": {"app_id": APP},
        }
        return json.dumps(hello)

    def _register(self, connection: ServerConnection) -> None:
        with self._changed:
            self._connections.append(connection)
            self._changed.notify_all()
        waiting, self._waiting = self._waiting, []
        for delivery in waiting:
            self._send(delivery)

    def _forget(self, connection: ServerConnection) -> None:
        self._proven.discard(connection)
        with self._changed:
            if connection in self._connections:
                self._connections.remove(connection)
            self._changed.notify_all()

    def _send(self, delivery: Delivery) -> None:
        if delivery.settled:
            return
        if not self._connections:
            self._waiting.append(delivery)
            return
        connection = self._random.choice(self._connections)
        with self._changed:
            delivery.attempts += 1
        self._loop.spawn(self._write(connection, delivery))

    async def _write(self, connection: ServerConnection, delivery: Delivery) -> None:
        envelope_id = str(uuid.uuid4())
        self._sent[envelope_id] = delivery, self._loop.loop.time()
        envelope = {
            "envelope_id": envelope_id,
            "type": delivery.payload.kind,
            "payload": delivery.payload.body,
            "accepts_response_payload": delivery.payload.kind != "events_api",
        }
        if delivery.payload.kind == "events_api":
            envelope["retry_attempt"] = len(delivery.failures)
            envelope["retry_reason"] = delivery.failures[-1] if delivery.failures else ""
        self._loop.loop.call_later(self._timing.ack_seconds, self._expire, envelope_id)
        if connection.transport.is_closing():
            return  # the acknowledgement will be missing, and it is sent again
        try:
            await connection.send(json.dumps(envelope))
        except ConnectionClosed:
            return
        fault = self._faults.draw_fault()
        # Whoever still shakes hands is spared: there slack_sdk leaves its socket to the garbage
        # collector, and a warning of that is an error in the tests.
        if connection not in self._proven:
            return
        if fault == "refresh":
            self._loop.spawn(self._refresh(connection, "refresh_requested"))
        elif fault is not None:
            _break(connection, fault)

    def _expire(self, envelope_id: str) -> None:
        delivery, _ = self._sent[envelope_id]
        if delivery.settled:
            return
        gaps = self._timing.retry_gaps if delivery.payload.kind == "events_api" else ()
        with self._changed:
            delivery.failures.append("timeout")
            delivery.abandoned = delivery.attempts > len(gaps)
            self._changed.notify_all()
        if not delivery.abandoned:
            gap = gaps[delivery.attempts - 1]
            self._loop.loop.call_later(gap, self._send, delivery)

    def _acknowledge(self, answer: dict[str, object]) -> None:
        # A late acknowledgement counts too: nothing is sent again after it.
        sent = self._sent.get(str(answer.get("envelope_id")))
        if sent is None or sent[0].ack_seconds is not None:
            return
        delivery, at = sent
        with self._changed:
            delivery.ack_seconds = self._loop.loop.time() - at
            delivery.response = answer.get("payload")
            self._changed.notify_all()

    async def _break_all(self, how: Break) -> None:
        for connection in list(self._connections):
            _break(connection, how)

    async def _refresh_all(self, reason: str) -> None:
        for connection in list(self._connections):
            self._loop.spawn(self._refresh(connection, reason))

    async def _refresh(self, connection: ServerConnection, reason: str) -> None:
        notice = {"type": "disconnect", "reason": reason, "debug_info": {"host": "applink-test"}}
        try:
            await connection.send(json.dumps(notice))
        except ConnectionClosed:
            return
        await asyncio.sleep(self._timing.refresh_seconds)
        await connection.close()


def _break(connection: ServerConnection, how: Break) -> None:
    if how == "reset":
        # Not lingering makes the system send a reset instead of an orderly end.
        link = connection.transport.get_extra_info("socket")
        link.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.transport.abort()
