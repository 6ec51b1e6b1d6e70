"""The Web API over HTTP on loopback, well or badly."""

import contextlib
import json
import socket
import struct
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

from tests.assistant.apps.slack.fake_slack.faults import (
    FaultPlan,
    Lost,
    RateLimited,
    Reset,
    ServerError,
    Slow,
)
from tests.assistant.apps.slack.fake_slack.gate import Gate
from tests.assistant.apps.slack.fake_slack.records import Call, Json, RefusedError
from tests.assistant.apps.slack.fake_slack.response_urls import answer_response_url
from tests.assistant.apps.slack.fake_slack.workspace import Workspace

# Forms carry these arguments as JSON text.
_JSON_ARGUMENTS = ("blocks", "view", "metadata", "prompts", "attachments", "loading_messages")
_HTML = "text/html; charset=utf-8"
_JSON = "application/json; charset=utf-8"


class WebApi:
    """calls: every call of a method as it came, with the fault that struck it."""

    def __init__(self, workspace: Workspace, gate: Gate, faults: FaultPlan) -> None:
        self.calls: list[Call] = []
        self.extra: dict[str, Callable[[Json], Json]] = {}  # further paths, for another process
        self._workspace = workspace
        self._gate = gate
        self._faults = faults
        self._stopping = threading.Event()
        self._server = _Server(("127.0.0.1", 0), self._build_handler())
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.02,), name="fake-slack-web"
        )
        self.root = f"http://127.0.0.1:{self._server.server_address[1]}"

    def start(self) -> None:
        """Answer calls until it is stopped."""
        self._thread.start()

    def stop(self) -> None:
        """Cut slow answers short, wait for every call that is under way, and close."""
        self._stopping.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def handle_call(self, request: "_Handler", method: str) -> None:
        """Answer one call of a method."""
        arguments, is_json = request.read_arguments()
        token = request.read_token(arguments)
        at = time.monotonic()
        fault = self._faults.draw_fault(method)
        if isinstance(fault, RateLimited | ServerError | Reset):
            self._record(Call(method, arguments, at, fault=fault))
            _fail(request, fault)
            return
        error = None
        try:
            answer = {"ok": True, **self._gate.answer(method, token, arguments, is_json=is_json)}
        except RefusedError as refused:
            error = refused.code
            answer = {"ok": False, "error": error, **refused.extra}
        self._record(Call(method, arguments, at, error, fault))
        if isinstance(fault, Lost):
            request.break_connection()
            return
        if isinstance(fault, Slow):
            self._stopping.wait(fault.seconds)
        request.reply(200, json.dumps(answer), {"x-oauth-scopes": ",".join(self._gate.scopes)})

    def handle_response(self, request: "_Handler", response: str) -> None:
        """Take what is posted to a response URL."""
        arguments, _ = request.read_arguments()
        try:
            answer_response_url(self._workspace, self._gate, response, arguments)
        except RefusedError as refused:
            request.reply(404, json.dumps({"ok": False, "error": refused.code}))
        else:
            request.reply(200, "ok", kind=_HTML)

    def _record(self, call: Call) -> None:
        with self._workspace.changed:
            self.calls.append(call)
            self._workspace.changed.notify_all()

    def _build_handler(self) -> type["_Handler"]:
        api = self

        class Handler(_Handler):
            def do_POST(self) -> None:
                path = urlsplit(self.path).path
                with contextlib.suppress(ConnectionError):
                    if path.startswith("/api/"):
                        api.handle_call(self, path.removeprefix("/api/"))
                    elif path.startswith("/response/"):
                        api.handle_response(self, path.removeprefix("/response/"))
                    elif path in api.extra:
                        arguments, _ = self.read_arguments()
                        self.reply(200, json.dumps(api.extra[path](arguments)))
                    else:
                        self.reply(404, "no such page", kind=_HTML)

        return Handler


def _fail(request: "_Handler", fault: RateLimited | ServerError | Reset) -> None:
    if isinstance(fault, Reset):
        request.break_connection()
    elif isinstance(fault, ServerError):
        request.reply(fault.status, "<html><body>Server Error</body></html>", kind=_HTML)
    else:
        headers = {} if fault.retry_after is None else {"Retry-After": fault.retry_after}
        request.reply(429, json.dumps({"ok": False, "error": "ratelimited"}), headers)


class _Server(ThreadingHTTPServer):
    daemon_threads = False  # closing waits for every thread, so that none outlives a test
    request_queue_size = 256  # with the usual 5, a burst of calls waits a second to connect


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 10

    def read_arguments(self) -> tuple[Json, bool]:
        """Return what was sent, and whether it was JSON; what is not readable counts as nothing."""
        body = self.rfile.read(int(self.headers.get("Content-Length", "0"))).decode()
        if self.headers.get_content_type() == "application/json":
            try:
                arguments = json.loads(body)
            except ValueError:
                arguments = {}
            return arguments, True
        arguments = dict(parse_qsl(body, keep_blank_values=True))
        for name in _JSON_ARGUMENTS:
            if name in arguments:
                arguments[name] = json.loads(arguments[name])
        return arguments, False

    def read_token(self, arguments: Json) -> str | None:
        """Return the token of the header, or else of the arguments."""
        header = self.headers.get("Authorization", "")
        if header.startswith("Bearer "):
            return header.removeprefix("Bearer ")
        token: str | None = arguments.pop("token", None)
        return token

    def reply(
        self, status: int, body: str, headers: dict[str, str] | None = None, kind: str = _JSON
    ) -> None:
        """Send an answer and close the connection."""
        data = body.encode()
        self.close_connection = True
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Connection", "close")
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def break_connection(self) -> None:
        """Close the connection so that the other side sees a reset."""
        self.close_connection = True
        # Not lingering makes the system send a reset instead of an orderly end.
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.rfile.close()
        self.connection.close()

    def log_message(self, *_: object) -> None:
        pass
