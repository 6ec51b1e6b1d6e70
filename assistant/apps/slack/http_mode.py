"""HTTP mode: Slack posts to an address of this program, and signs what it posts."""

import logging
import socket
import threading
import time

import uvicorn
from slack_bolt import App
from slack_bolt.adapter.starlette.handler import to_bolt_request, to_starlette_response
from slack_sdk.signature import SignatureVerifier
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from assistant.apps.slack.errors import SlackSetupError
from assistant.apps.slack.replays import ReplayGuard

_LOG = logging.getLogger(__name__)
PATH = "/slack/events"
# Slack's own payloads are far below.
_MAX_BYTES = 1_000_000
_UNAUTHORIZED, _TOO_LARGE, _BAD_REQUEST, _OK = 401, 413, 400, 200
_START_SECONDS = 10.0
_STOP_SECONDS = 5


class SignedRequests:
    """Hands signed requests to an app, and refuses all others before anything reads them.

    guard: a request that was taken is not taken again.
    """

    def __init__(self, app: App, signing_secret: str, guard: ReplayGuard) -> None:
        self._app = app
        self._verifier = SignatureVerifier(signing_secret)
        self._guard = guard

    async def take(self, request: Request) -> Response:
        """Answer one request."""
        body = await _read_body(request)
        if body is None:
            return _refuse(_TOO_LARGE, "too large")
        signature = request.headers.get("x-slack-signature", "")
        timestamp = request.headers.get("x-slack-request-timestamp", "")
        if not self._is_signed(body, timestamp, signature) or not self._guard.admit(signature):
            return _refuse(_UNAUTHORIZED, "not signed by Slack")
        # The app writes to the disk before it answers.
        response = await run_in_threadpool(self._dispatch, request, body)
        if response.status_code != _OK:
            self._guard.forget(signature)
        return response

    def _is_signed(self, body: bytes, timestamp: str, signature: str) -> bool:
        try:
            return self._verifier.is_valid(body, timestamp, signature)
        except (ValueError, TypeError, OverflowError):  # no time, or signs that are not ASCII
            return False

    def _dispatch(self, request: Request, body: bytes) -> Response:
        try:
            bolt_request = to_bolt_request(request, body)
        except Exception as error:  # noqa: BLE001  (Bolt raises all kinds over odd bodies)
            _LOG.warning("a signed request could not be read: %s", type(error).__name__)
            return _refuse(_BAD_REQUEST, "not readable")
        return to_starlette_response(self._app.dispatch(bolt_request))


class HttpFace:
    """Listens at an address, in a thread of its own.

    port: 0 for a free one.
    """

    def __init__(self, app: App, signing_secret: str, host: str, port: int) -> None:
        self._host = host
        self._port = port
        requests = SignedRequests(app, signing_secret, ReplayGuard(time.monotonic))
        config = uvicorn.Config(
            Starlette(routes=[Route(PATH, requests.take, methods=["POST"])]),
            loop="asyncio",
            lifespan="off",
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=False,
            timeout_graceful_shutdown=_STOP_SECONDS,
        )
        self._server = uvicorn.Server(config)
        self._thread: threading.Thread | None = None

    @property
    def url(self) -> str:
        """Where Slack, or the proxy before this, posts to."""
        return f"http://{self._host}:{self._port}{PATH}"

    def start(self) -> None:
        """Listen.

        :raises SlackSetupError: the address cannot be listened on.
        """
        try:
            listening = socket.create_server((self._host, self._port))
        except OSError as error:
            raise SlackSetupError(
                f"cannot listen on {self._host} port {self._port} ({error.strerror}); "
                "choose another one with --host and --port"
            ) from error
        self._port = listening.getsockname()[1]
        self._thread = threading.Thread(
            target=self._serve, args=(listening,), name="slack-http", daemon=True
        )
        self._thread.start()
        deadline = time.monotonic() + _START_SECONDS
        while not self._server.started:
            if not self._thread.is_alive() or time.monotonic() > deadline:
                raise SlackSetupError(f"the server on {self.url} did not start; see the log")
            time.sleep(0.01)
        _LOG.info("listening on %s", self.url)

    def stop(self) -> None:
        """Take nothing more; what came is written down before this returns."""
        self._server.should_exit = True
        if self._thread is not None:
            self._thread.join()

    def _serve(self, listening: socket.socket) -> None:
        with listening:
            self._server.run(sockets=[listening])


async def _read_body(request: Request) -> bytes | None:
    """Return the body, None if it is larger than any that is taken."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > _MAX_BYTES:
            return None
    return bytes(body)


def _refuse(status: int, why: str) -> Response:
    return PlainTextResponse(f"{why}\n", status)
