"""Requests as Slack signs and sends them to an app's address."""

import asyncio
import hashlib
import hmac
import json
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

from tests.assistant.apps.slack.fake_slack.records import Json, Payload

SIGNING_SECRET = "0123456789abcdef0123456789abcdef"


@dataclass(frozen=True, slots=True)
class SignedRequest:
    url: str
    body: bytes
    headers: dict[str, str]


@dataclass(frozen=True, slots=True)
class HttpAnswer:
    status: int
    headers: dict[str, str]  # names in lower case
    body: bytes


def sign(secret: str, timestamp: int, body: bytes) -> str:
    """Return the signature of a body, version 0."""
    digest = hmac.new(secret.encode(), b"v0:%d:" % timestamp + body, hashlib.sha256)
    return f"v0={digest.hexdigest()}"


def build_request(
    url: str,
    payload: Payload,
    timestamp: int,
    retry: tuple[int, str] | None = None,
    secret: str = SIGNING_SECRET,
) -> SignedRequest:
    """Return the request that carries a payload; retry: which one it is, and its reason."""
    if payload.kind == "events_api":
        kind, body = "application/json", json.dumps(payload.body)
    else:
        is_command = payload.kind == "slash_commands"
        fields = payload.body if is_command else {"payload": json.dumps(payload.body)}
        kind, body = "application/x-www-form-urlencoded", urlencode(fields)
    headers = {
        "Content-Type": kind,
        "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
        "Accept": "*/*",
        "X-Slack-Request-Timestamp": str(timestamp),
        "X-Slack-Signature": sign(secret, timestamp, body.encode()),
    }
    if retry is not None:
        headers["X-Slack-Retry-Num"] = str(retry[0])
        headers["X-Slack-Retry-Reason"] = retry[1]
    return SignedRequest(url, body.encode(), headers)


def build_url_verification(challenge: str) -> Payload:
    """Return what Slack asks an address before it sends events there."""
    body: Json = {"token": "", "challenge": challenge, "type": "url_verification"}
    return Payload("events_api", body)


async def post(request: SignedRequest) -> HttpAnswer:
    """Send a request over a new connection and read the whole answer.

    :raises OSError: It does not come through.
    """
    url = urlsplit(request.url)
    reader, writer = await asyncio.open_connection(url.hostname, url.port)
    try:
        head = {
            **request.headers,
            "Host": url.netloc,
            "Content-Length": str(len(request.body)),
            "Connection": "close",
        }
        lines = [f"POST {url.path} HTTP/1.1", *(f"{name}: {value}" for name, value in head.items())]
        writer.write("\r\n".join(lines).encode() + b"\r\n\r\n" + request.body)
        await writer.drain()
        return _read_answer(await reader.read())
    finally:
        # Both when everything is read and when nobody waits any longer.
        writer.transport.abort()


def _read_answer(data: bytes) -> HttpAnswer:
    head, separator, body = data.partition(b"\r\n\r\n")
    if not separator:
        raise ConnectionError("the answer has no head")
    status, *lines = head.decode("latin-1").split("\r\n")
    pairs = (line.partition(":") for line in lines)
    headers = {name.strip().lower(): value.strip() for name, _, value in pairs}
    return HttpAnswer(int(status.split(" ")[1]), headers, body)
