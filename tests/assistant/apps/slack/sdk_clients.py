"""Real clients and apps of slack_sdk and slack_bolt, connected to the local Slack."""

import contextlib
import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from slack_bolt import App, BoltRequest
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient
from slack_sdk.http_retry.handler import RetryHandler
from slack_sdk.socket_mode import SocketModeClient
from slack_sdk.socket_mode.client import BaseSocketModeClient

from tests.assistant.apps.slack.fake_slack.echo_bot import build_app
from tests.assistant.apps.slack.fake_slack.fake_slack import FakeSlack
from tests.assistant.apps.slack.fake_slack.records import Json


def connect(slack: FakeSlack, *handlers: RetryHandler) -> WebClient:
    """Return a client that only tries again where a handler says so."""
    return WebClient(slack.bot_token, base_url=slack.base_url, retry_handlers=list(handlers))


@contextlib.contextmanager
def run_bot(slack: FakeSlack, receive_buffer_size: int = 1_024) -> Iterator[None]:
    """Run the echo bot in this process, over Socket Mode."""
    handler = SocketModeHandler(
        build_app(slack.base_url, slack.bot_token),
        slack.app_token,
        ping_interval=0.2,
        receive_buffer_size=receive_buffer_size,
    )
    handler.connect()  # type: ignore[no-untyped-call]
    try:
        slack.wait_until(lambda: slack.socket.connections > 0)
        yield
    finally:
        close_client(handler.client)


class NotingClient:
    """A connected Socket Mode client that acknowledges only what it is told to."""

    def __init__(self, slack: FakeSlack) -> None:
        self.messages: list[Json] = []  # in the order in which they were sent
        self._changed = slack.workspace.changed
        web = WebClient(slack.bot_token, base_url=slack.base_url)
        # More than one worker would note messages in any order.
        self.client = SocketModeClient(
            slack.app_token, web_client=web, ping_interval=0.2, concurrency=1
        )
        self.client.message_listeners.append(self._note)
        self.client.connect()
        slack.wait_until(lambda: bool(self.messages))

    @property
    def envelopes(self) -> list[Json]:
        """Return the messages that ask for an acknowledgement."""
        return [message for message in self.messages if "envelope_id" in message]

    def acknowledge(self, envelope: Json, payload: Json | None = None) -> None:
        """Acknowledge an envelope; payload: what is answered at once."""
        answer: Json = {"envelope_id": envelope["envelope_id"]}
        self.client.send_message(json.dumps({**answer, "payload": payload} if payload else answer))

    def _note(self, _: BaseSocketModeClient, message: Json, __: str | None) -> None:
        with self._changed:
            self.messages.append(message)
            self._changed.notify_all()


@contextlib.contextmanager
def listen(slack: FakeSlack) -> Iterator[NotingClient]:
    """Connect a client that notes what it is sent."""
    noting = NotingClient(slack)
    try:
        yield noting
    finally:
        close_client(noting.client)


def close_client(client: BaseSocketModeClient) -> None:
    """End a client; its queue is woken, or else it would sleep for up to a second first."""
    client.enqueue_message("{}")
    client.close()
    # What a thread of the client was just connecting when it was closed is still open.
    client.disconnect()


@contextlib.contextmanager
def serve_app(slack: FakeSlack, app: App, delays: list[float] | None = None) -> Iterator[None]:
    """Serve a Bolt app over HTTP; delays: seconds before each answer in turn."""
    waits = iter(delays or [])

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            answer = app.dispatch(BoltRequest(body=body, headers=dict(self.headers.items())))
            time.sleep(next(waits, 0.0))
            with contextlib.suppress(ConnectionError):
                self.send_response(answer.status)
                for name, values in answer.headers.items():
                    self.send_header(name, values[0])
                self.end_headers()
                self.wfile.write((answer.body or "").encode())

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = False
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        slack.request_url = f"http://127.0.0.1:{server.server_address[1]}/slack/events"
        try:
            yield
        finally:
            server.shutdown()
            thread.join()
