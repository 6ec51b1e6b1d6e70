"""The guard around an application that says yes to everything, called without a server."""

import asyncio
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import SecretStr
from starlette.types import Message, Receive, Scope, Send

from assistant.apps.chat.guard import Guard, GuardRules
from assistant.apps.chat.hosts import HostRule
from assistant.apps.chat.page import PageParts
from assistant.serving.rate_limit import RateLimiter

PAGE = b'<!doctype html><html\n\tlang="en"\n><head></head><body><script>1</script></body></html>'


@dataclass
class FakeGradio:
    """Stands in for gradio: answers every request and records what it got."""

    scopes: list[Scope] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.scopes.append(scope)
        message = await receive()
        self.bodies.append(message["body"])
        assert message["more_body"] is False
        assert (await receive())["type"] == "http.disconnect"
        headers = [(b"content-type", b"text/html"), (b"content-length", b"%d" % len(PAGE))]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": PAGE[:40], "more_body": True})
        await send({"type": "http.response.body", "body": PAGE[40:]})


@dataclass(frozen=True)
class Reply:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def error(self) -> str:
        return json.loads(self.body)["error"]


@dataclass
class GuardedApp:
    gradio: FakeGradio
    guard: Guard

    def call(
        self,
        method: str = "GET",
        path: str = "/config",
        body: Sequence[bytes] = (b"",),
        client: str = "127.0.0.1",
        host: str | None = "127.0.0.1:7860",
        more: Sequence[tuple[str, str]] = (),
        **headers: str,
    ) -> Reply:
        """Send a request; `_` in the name of a header stands for `-`."""
        given = [(name.replace("_", "-"), value) for name, value in headers.items()]
        named = [(name.encode(), value.encode()) for name, value in [*given, *more]]
        if host is not None:
            named.append((b"host", host.encode()))
        scope: Scope = {
            "type": "http",
            "method": method,
            "path": path,
            "headers": named,
            "client": (client, 50_000),
        }
        parts: list[Message] = [
            {"type": "http.request", "body": part, "more_body": number < len(body)}
            for number, part in enumerate(body, start=1)
        ]
        sent: list[Message] = []

        async def receive() -> Message:
            return parts.pop(0) if parts else {"type": "http.disconnect"}

        async def send(message: Message) -> None:
            sent.append(message)

        asyncio.run(self.guard(scope, receive, send))
        received = {k.decode(): v.decode() for k, v in sent[0]["headers"]}
        return Reply(sent[0]["status"], received, b"".join(m.get("body", b"") for m in sent))


def build_app(
    bound: str = "127.0.0.1", auth: str | None = None, asking: int = 100, requests: int = 100
) -> GuardedApp:
    def limit(count: int) -> RateLimiter:
        return RateLimiter(count, 60.0, lambda: 1_000.0)

    rules = GuardRules(
        HostRule(bound),
        None if auth is None else SecretStr(auth),
        Path("/uploads"),
        limit(asking),
        limit(requests),
        failures=limit(3),
    )
    gradio = FakeGradio()
    return GuardedApp(
        gradio, Guard(gradio, rules, PageParts("let a = 1 < 2;", "p > a { color: red }"))
    )
