"""A server on loopback that speaks the protocol of OpenAI-compatible APIs, well or badly."""

import contextlib
import json
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


def event(
    text: str | None = None,
    finish: str | None = None,
    usage: tuple[int, int] | None = None,
) -> bytes:
    """Return one server-sent event of a streamed completion."""
    data: dict[str, Any] = {
        "id": "c",
        "object": "chat.completion.chunk",
        "created": 1,
        "model": "m",
    }
    choice = {"index": 0, "delta": {} if text is None else {"content": text}}
    data["choices"] = [] if usage else [{**choice, "finish_reason": finish}]
    if usage:
        data["usage"] = {
            "prompt_tokens": usage[0],
            "completion_tokens": usage[1],
            "total_tokens": sum(usage),
        }
    return b"data: " + json.dumps(data, ensure_ascii=False).encode() + b"\n\n"


DONE = b"data: [DONE]\n\n"


class Reply:
    """What a behaviour answers a request with."""

    def __init__(self, handler: BaseHTTPRequestHandler, server: "ChatServer") -> None:
        self._handler = handler
        self._server = server

    def start(self, status: int = 200, kind: str = "text/event-stream", **headers: str) -> None:
        """Send the head; the body is chunked."""
        self._handler.send_response(status)
        self._handler.send_header("Content-Type", kind)
        self._handler.send_header("Transfer-Encoding", "chunked")
        for name, value in headers.items():
            self._handler.send_header(name.replace("_", "-"), value)
        self._handler.end_headers()

    def write(self, body: bytes) -> None:
        """Send a piece of the body."""
        self._handler.wfile.write(b"%x\r\n%s\r\n" % (len(body), body))

    def end(self) -> None:
        """Send what tells that the body is complete."""
        self._handler.wfile.write(b"0\r\n\r\n")

    def wait(self, seconds: float) -> None:
        """Do nothing for a while, less if the server is stopped."""
        self._server.stopping.wait(seconds)

    def wait_until_client_left(self) -> None:
        """Wait for the client to close the connection, and note that it did."""
        self._handler.connection.settimeout(1)
        with contextlib.suppress(TimeoutError):
            if self._handler.connection.recv(1) == b"":
                self._server.client_left.set()


Behaviour = Callable[[Reply], None]


def say(*events: bytes) -> Behaviour:
    """Return a behaviour that sends events at once, with a proper end."""

    def answer(reply: Reply) -> None:
        reply.start()
        for body in (*events, DONE):
            reply.write(body)
        reply.end()

    return answer


def refuse(status: int, body: object, **headers: str) -> Behaviour:
    """Return a behaviour that refuses the request with a JSON body."""

    def answer(reply: Reply) -> None:
        reply.start(status, "application/json", **headers)
        reply.write(json.dumps(body).encode())
        reply.end()

    return answer


@dataclass(frozen=True, slots=True)
class Received:
    """A request as it came; names of headers in lower case."""

    path: str
    headers: dict[str, str]
    body: dict[str, Any]


@dataclass
class ChatServer:
    """behaviours: one for every request in turn, the last one for all further."""

    behaviours: Sequence[Behaviour]
    url: str = ""
    received: list[Received] = field(default_factory=list)
    stopping: threading.Event = field(default_factory=threading.Event)
    client_left: threading.Event = field(default_factory=threading.Event)

    def next_behaviour(self) -> Behaviour:
        return self.behaviours[min(len(self.received), len(self.behaviours)) - 1]


@contextlib.contextmanager
def serve(*behaviours: Behaviour) -> Iterator[ChatServer]:
    """Run a server while the context is open."""
    state = ChatServer(behaviours)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            headers = {name.lower(): value for name, value in self.headers.items()}
            state.received.append(Received(self.path, headers, body))
            self.close_connection = True
            with contextlib.suppress(ConnectionError):
                state.next_behaviour()(Reply(self, state))

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = False
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        state.url = f"http://127.0.0.1:{server.server_address[1]}/v1"
        try:
            yield state
        finally:
            state.stopping.set()
            server.shutdown()
            thread.join()
