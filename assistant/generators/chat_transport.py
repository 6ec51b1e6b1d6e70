"""What goes over the wire to a language model, how much comes back, and for how long.

The `openai` client adds headers that tell of the machine and, by a variable of the environment,
any others; and neither it nor its HTTP client bounds an answer's time or size as a whole.
"""

import contextlib
import socket
import threading
import time
from collections.abc import Iterator, Mapping

import httpx2

# A thousand tokens make some 300 kB of events.
MAX_RESPONSE_BYTES = 16_000_000

# Those without which HTTP does not work.
_KEPT_HEADERS = frozenset(("host", "content-length", "transfer-encoding"))


class GuardedTransport(httpx2.BaseTransport):
    """Sends requests with given headers only; cuts off what comes too late or is too much.

    inner: does the sending; closed with this one.
    headers: all that is sent beside what HTTP needs.
    deadline: when everything has to be over, in seconds of `time.monotonic`.
    """

    def __init__(
        self, inner: httpx2.BaseTransport, headers: Mapping[str, str], deadline: float
    ) -> None:
        self._inner = inner
        self._headers = headers
        self._deadline = deadline

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Return the response, its body guarded while it is read.

        :raises httpx2.TransportError: the time is up, or the request failed.
        """
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise httpx2.ReadTimeout("no time is left", request=request)
        kept = {n: v for n, v in request.headers.items() if n.lower() in _KEPT_HEADERS}
        request.headers = httpx2.Headers({**kept, **self._headers})
        timeouts: Mapping[str, float] = request.extensions["timeout"]
        request.extensions["timeout"] = {n: min(v, left) for n, v in timeouts.items()}
        response = self._inner.handle_request(request)
        body = response.stream
        if not isinstance(body, httpx2.SyncByteStream) or "content-encoding" in response.headers:
            # A few compressed bytes can stand for gigabytes.
            response.close()
            raise httpx2.RemoteProtocolError("compressed, though not asked for", request=request)
        network = response.extensions.get("network_stream")
        connection = network.get_extra_info("socket") if network is not None else None
        return httpx2.Response(
            response.status_code,
            headers=response.headers,
            stream=_GuardedStream(body, connection, self._deadline),
            extensions=response.extensions,
        )

    def close(self) -> None:
        """Close all connections."""
        self._inner.close()


class _GuardedStream(httpx2.SyncByteStream):
    """A response's body that ends with an error when it is late or too large.

    Reading blocks for as long as nothing comes, or goes on for as long as something does that is no
    answer (comments that keep a connection open). Therefore a timer shuts the connection down.
    """

    def __init__(
        self, inner: httpx2.SyncByteStream, connection: socket.socket | None, deadline: float
    ) -> None:
        self._inner = inner
        self._connection = connection
        self._is_late = False
        self._timer = threading.Timer(max(0.0, deadline - time.monotonic()), self._cut_off)
        self._timer.daemon = True
        self._timer.start()

    def __iter__(self) -> Iterator[bytes]:
        size = 0
        try:
            for chunk in self._inner:
                size += len(chunk)
                if self._is_late or size > MAX_RESPONSE_BYTES:
                    break
                yield chunk
        except httpx2.TransportError:
            if not self._is_late:
                raise
        finally:
            self._timer.cancel()
        if self._is_late:
            raise httpx2.ReadTimeout("the time is up")
        if size > MAX_RESPONSE_BYTES:
            raise httpx2.ReadError("the response is too large")

    def close(self) -> None:
        self._timer.cancel()
        self._inner.close()

    def _cut_off(self) -> None:
        self._is_late = True
        if self._connection is not None:
            # Not the method of the socket itself: that of TLS would first say goodbye, and wait.
            with contextlib.suppress(OSError):
                socket.socket.shutdown(self._connection, socket.SHUT_RDWR)
