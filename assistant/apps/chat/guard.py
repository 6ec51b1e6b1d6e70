"""What every request must pass before gradio sees it.

It must be meant for this server, come from its own page or from no page at all, know the password
if there is one, ask for something that the chat has (`route_list`), not come too often, be of
bearable size, and name no file that was not uploaded.
"""

import base64
import hmac
import json
import math
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import SecretStr
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.apps.chat.file_references import names_foreign_file
from assistant.apps.chat.hosts import HostRule, is_same_origin
from assistant.apps.chat.page import PageParts, mend_page
from assistant.apps.chat.page_language import choose_language
from assistant.apps.chat.route_list import Route, find_route
from assistant.apps.chat.security_headers import Headers, add_security_headers
from assistant.messages import Language
from assistant.serving.rate_limit import RateLimiter

_PAGE = "/"
# Scripts and style sheets of gradio; what they hold is part of their names.
_ASSETS = "/assets/"
_KEPT = (b"cache-control", b"private, max-age=31536000, immutable")
# A request that may read its answer only if it comes from our own page, or from no page.
_OWN_SITES = ("same-origin", "none")
# gradio would take from them where it is reached.
_FORWARDING = (b"forwarded", b"x-forwarded-host", b"x-forwarded-proto", b"x-forwarded-for")


@dataclass(frozen=True, slots=True)
class GuardRules:
    """What the guard holds requests to.

    auth: `user:password`; None if everybody may ask.
    uploads: folder of the files that were uploaded; a request may name no other.
    asking: of the questions of a client by address; `requests` of all that change something.
    failures: of wrong passwords.
    """

    host: HostRule
    auth: SecretStr | None
    uploads: Path
    asking: RateLimiter
    requests: RateLimiter
    failures: RateLimiter


class _RefusalError(Exception):
    """A request that is not let through."""

    def __init__(self, status: int, text: str, *headers: tuple[bytes, bytes]) -> None:
        super().__init__(text)
        self.status = status
        self.headers = headers


class Guard:
    """An ASGI application around another, whose page it completes."""

    def __init__(self, app: ASGIApp, rules: GuardRules, parts: PageParts) -> None:
        self._app = app
        self._rules = rules
        self._parts = parts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or answer it with a refusal."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            # The chat has no websocket; closing one before it is accepted answers 403.
            await send({"type": "websocket.close", "code": 1008})
            return
        try:
            route = self._check(scope)
            body = await _read_body(scope, receive, route.body_bytes)
            self._check_files(route, body)
        except _RefusalError as refusal:
            await _refuse(refusal, send)
            return
        is_page = scope["path"] == _PAGE
        scope = {**scope, "headers": list(_clean_headers(scope["headers"], is_page=is_page))}
        replayed = _replay(body, receive)
        if is_page and scope["method"] == "GET":
            language = choose_language(_read(scope, b"accept-language"))
            await self._app(scope, replayed, _PageSender(send, self._parts, language))
        else:
            is_asset = scope["path"].startswith(_ASSETS)
            await self._app(scope, replayed, _guarded_sender(send, is_asset=is_asset))

    def _check(self, scope: Scope) -> Route:
        host = _read(scope, b"host")
        if not self._rules.host.admits(host):
            raise _RefusalError(
                421, "this server is not known by that name; use the address it printed"
            )
        origin = _read(scope, b"origin")
        if (origin and not is_same_origin(origin, host)) or not _comes_from_own_page(scope):
            raise _RefusalError(403, "pages from elsewhere may not use this server")
        self._check_password(scope)
        route = find_route(scope["method"], scope["path"])
        if route is None:
            raise _RefusalError(404, "the chat has nothing at this address")
        self._check_rate(scope, route)
        return route

    def _check_files(self, route: Route, body: bytes) -> None:
        if not body or route.is_upload:
            return
        try:
            is_foreign = names_foreign_file(body, self._rules.uploads)
        except ValueError:
            raise _RefusalError(400, "the body is no JSON; see the documentation") from None
        if is_foreign:
            raise _RefusalError(403, "only files that were uploaded may be named")

    def _check_password(self, scope: Scope) -> None:
        if self._rules.auth is None:
            return
        given = _read(scope, b"authorization")
        expected = base64.b64encode(self._rules.auth.get_secret_value().encode())
        kind, _, credentials = given.partition(" ")
        is_right = hmac.compare_digest(credentials.strip().encode(), expected)
        if kind.lower() == "basic" and is_right:
            return
        if given:
            _demand(self._rules.failures.admit(_client(scope)))
        raise _RefusalError(
            401,
            "give the user name and the password of this chat",
            (b"www-authenticate", b'Basic realm="Tenkyo", charset="UTF-8"'),
        )

    def _check_rate(self, scope: Scope, route: Route) -> None:
        if scope["method"] in ("GET", "HEAD"):
            return
        _demand(self._rules.requests.admit(_client(scope)))
        if route.is_asking:
            _demand(self._rules.asking.admit(_client(scope)))


def _demand(seconds: float) -> None:
    if seconds:
        wait = str(math.ceil(seconds))
        refusal = f"too many requests; wait {wait} seconds"
        raise _RefusalError(429, refusal, (b"retry-after", wait.encode()))


def _comes_from_own_page(scope: Scope) -> bool:
    site = _read(scope, b"sec-fetch-site")
    if not site or site in _OWN_SITES:  # older browsers and programs do not tell
        return True
    # A link to the page may stand anywhere.
    return scope["method"] == "GET" and _read(scope, b"sec-fetch-mode") == "navigate"


def _read(scope: Scope, name: bytes) -> str:
    """Return a header, "" if it is missing or given more than once."""
    values = [value for key, value in scope["headers"] if key == name]
    return values[0].decode("latin-1").strip() if len(values) == 1 else ""


def _client(scope: Scope) -> str:
    client = scope.get("client")
    return str(client[0]) if client else ""


def _clean_headers(headers: Headers, *, is_page: bool) -> Iterator[tuple[bytes, bytes]]:
    for name, value in headers:
        # The page is mended, which a packed one could not be.
        if name not in _FORWARDING and not (is_page and name == b"accept-encoding"):
            yield name, value


async def _read_body(scope: Scope, receive: Receive, limit: int) -> bytes:
    """Return the whole body, so that no more than `limit` bytes ever come in."""
    too_large = _RefusalError(413, f"the body has more than {limit:,} bytes; send less")
    length = _read(scope, b"content-length")
    if length and (not length.isdecimal() or int(length) > limit):
        raise too_large
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] != "http.request":
            raise _RefusalError(400, "the request broke off")
        body += message.get("body", b"")
        if len(body) > limit:
            raise too_large
        if not message.get("more_body", False):
            return bytes(body)


def _replay(body: bytes, receive: Receive) -> Receive:
    """Give a body that was read already, and then what comes after it."""
    pending = [{"type": "http.request", "body": body, "more_body": False}]

    async def give() -> Message:
        return pending.pop() if pending else await receive()

    return give


def _guarded_sender(send: Send, *, is_asset: bool) -> Send:
    async def forward(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = list(message["headers"])
            if is_asset and message["status"] == 200:
                headers.append(_KEPT)
            message = {**message, "headers": add_security_headers(headers)}
        await send(message)

    return forward


class _PageSender:
    """Holds the page back until it is whole, and sends it mended."""

    def __init__(self, send: Send, parts: PageParts, language: Language) -> None:
        self._send = send
        self._parts = parts
        self._language = language
        self._start: Message = {}
        self._body = bytearray()

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._start = message
            return
        self._body += message.get("body", b"")
        if message.get("more_body", False):
            return
        nonce = secrets.token_urlsafe(18)
        page = mend_page(bytes(self._body), self._parts, self._language, nonce)
        headers = [(k, v) for k, v in self._start["headers"] if k.lower() != b"content-length"]
        headers.append((b"content-length", str(len(page)).encode()))
        guarded = add_security_headers(headers, nonce)
        await self._send({**self._start, "headers": guarded})
        await self._send({"type": "http.response.body", "body": page})


async def _refuse(refusal: _RefusalError, send: Send) -> None:
    body = json.dumps({"error": str(refusal)}).encode()
    headers = [
        (b"content-type", b"application/json"),
        (b"content-length", str(len(body)).encode()),
        *refusal.headers,
    ]
    start = {"type": "http.response.start", "status": refusal.status}
    await send({**start, "headers": add_security_headers(headers)})
    await send({"type": "http.response.body", "body": body})
