"""Listens, and runs the chat until it is stopped."""

import asyncio
import socket
from collections.abc import Callable

import uvicorn
from starlette.types import ASGIApp

from assistant.apps.chat.errors import ChatServerError

# A page keeps connections open for as long as it is shown; they are cut after this.
_SECONDS_TO_STOP = 1
# Far more than the pages and programs of one person; beyond, a connection is answered 503.
_MAX_CONNECTIONS = 1_000


class ChatServer:
    """The server of the chat: it listens from when it is made, and answers while it runs.

    url: where it is reached.

    :raises ChatServerError: the port is taken, or the host is none of this machine.
    """

    def __init__(self, host: str, port: int) -> None:
        self._socket = _listen(host, port)
        name = "127.0.0.1" if host == "0.0.0.0" else "::1" if host == "::" else host  # noqa: S104
        shown = f"[{name}]" if ":" in name else name
        self.url = f"http://{shown}:{self._socket.getsockname()[1]}/"
        self._server: uvicorn.Server | None = None
        self._is_stopped = False

    def run(self, build: Callable[[], ASGIApp], on_started: Callable[[], None]) -> None:
        """Answer requests until the process is interrupted or `stop` is called.

        :param build: makes the application. gradio wants a running event loop for that; outside of
            one it makes its own, and leaves them open.
        """
        asyncio.run(self._serve(build, on_started))

    def stop(self) -> None:
        """Let `run` end soon; may be called from any thread."""
        self._is_stopped = True
        if self._server is not None:
            self._server.should_exit = True

    def close(self) -> None:
        """Give the port back; for a server that never ran."""
        self._socket.close()

    async def _serve(self, build: Callable[[], ASGIApp], on_started: Callable[[], None]) -> None:
        config = uvicorn.Config(
            build(),
            loop="asyncio",
            http="h11",
            ws="none",
            # Requests are not logged, since questions are nobody's business; what goes wrong with
            # one is told by who answers it.
            log_level="critical",
            access_log=False,
            proxy_headers=False,
            server_header=False,
            limit_concurrency=_MAX_CONNECTIONS,
            timeout_graceful_shutdown=_SECONDS_TO_STOP,
        )
        self._server = _AnnouncingServer(config, on_started)
        self._server.should_exit = self._is_stopped
        await self._server.serve([self._socket])


class _AnnouncingServer(uvicorn.Server):
    """Tells when it answers."""

    def __init__(self, config: uvicorn.Config, on_started: Callable[[], None]) -> None:
        super().__init__(config)
        self._on_started = on_started

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._on_started()


def _listen(host: str, port: int) -> socket.socket:
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except (socket.gaierror, UnicodeError) as error:
        raise ChatServerError(
            f"host '{host}' is not known to this machine; set --host to one of its addresses"
        ) from error
    listener = socket.socket(family, kind, protocol)
    try:
        # A chat that was stopped a moment ago does not keep the port.
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen()
    except OSError as error:
        listener.close()
        raise ChatServerError(
            f"cannot listen on {host}:{port} ({error.strerror}); "
            "choose another port with --port, or stop what uses this one"
        ) from error
    return listener
