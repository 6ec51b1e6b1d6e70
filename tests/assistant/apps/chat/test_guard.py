"""What the guard lets through, and how."""

import asyncio
import base64
import json

import pytest
from starlette.types import Message

from assistant.apps.chat.route_list import NOTE_BYTES, SMALL_BODY, UPLOAD_BODY
from tests.assistant.apps.chat.guarded_app import build_app

ASK = "/gradio_api/call/ask"


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1:7860", "127.0.0.1", "localhost:7860", "LOCALHOST", "[::1]:7860", "127.1.2.3"],
)
def test_the_names_of_this_machine_are_let_through(host) -> None:
    assert build_app().call(host=host).status == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:7860",
        "127.0.0.1.evil.example",
        "127.0.0.1@evil.example",
        "localhost.evil.example",
        "192.168.1.5:7860",
        "0.0.0.0:7860",
        "127.0.0.1:7860, evil.example",
        "127.0.0.1:",
        "[::1",
        "",
        None,
    ],
)
def test_any_other_name_is_refused_since_it_may_have_been_made_to_point_here(host) -> None:
    app = build_app()
    assert app.call(host=host).status == 421
    assert app.gradio.scopes == []


def test_a_host_that_is_given_twice_is_refused() -> None:
    app = build_app()
    assert app.call(host="127.0.0.1:7860", more=[("host", "evil.example")]).status == 421


@pytest.mark.parametrize(
    ("bound", "host", "status"),
    [
        ("192.168.1.5", "192.168.1.5:7860", 200),
        ("192.168.1.5", "192.168.1.6:7860", 421),
        ("notes.local", "Notes.local:7860", 200),
        ("notes.local", "evil.example", 421),
        # Where it listens on all addresses, any address may be this machine's, no name is.
        ("0.0.0.0", "192.168.1.5:7860", 200),
        ("::", "[fe80::1]:7860", 200),
        ("0.0.0.0", "notes.local:7860", 421),
    ],
)
def test_the_name_that_is_listened_on_is_let_through(bound, host, status) -> None:
    assert build_app(bound).call(host=host).status == status


@pytest.mark.parametrize("path", ["/config", "/gradio_api/queue/data"])
@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize(
    "origin",
    [
        "http://evil.example",
        "http://127.0.0.1:8000",
        "http://127.0.0.1",
        "http://localhost:7860",
        "null",
        "file://",
        "http://[",
    ],
)
def test_a_request_of_a_page_from_elsewhere_is_refused(method, path, origin) -> None:
    app = build_app()
    assert app.call(method, path, origin=origin).status == 403
    assert app.gradio.scopes == []


@pytest.mark.parametrize("origin", ["http://127.0.0.1:7860", "https://127.0.0.1:7860"])
def test_a_request_of_our_own_page_is_let_through(origin) -> None:
    assert build_app().call("POST", ASK, origin=origin, sec_fetch_site="same-origin").status == 200


@pytest.mark.parametrize(
    ("method", "site", "mode", "status"),
    [
        ("GET", "none", "navigate", 200),
        ("GET", "same-origin", "cors", 200),
        ("GET", "cross-site", "navigate", 200),  # a link to the page
        ("GET", "cross-site", "no-cors", 403),  # an image or a script of another page
        ("GET", "same-site", "cors", 403),  # another port of this machine
        ("POST", "cross-site", "navigate", 403),  # a form of another page
    ],
)
def test_browsers_tell_where_a_request_comes_from(method, site, mode, status) -> None:
    path = "/" if method == "GET" else ASK
    reply = build_app().call(method, path, sec_fetch_site=site, sec_fetch_mode=mode)
    assert reply.status == status


def test_what_the_chat_does_not_need_is_not_there() -> None:
    app = build_app()
    assert app.call("GET", "/gradio_api/file=/etc/passwd").status == 404
    assert app.gradio.scopes == []


def test_a_body_comes_through_whole() -> None:
    app = build_app()
    assert app.call("POST", ASK, [b"{", b'"data"', b": []}"]).status == 200
    assert app.gradio.bodies == [b'{"data": []}']


@pytest.mark.parametrize(
    ("path", "limit"), [(ASK, SMALL_BODY), ("/gradio_api/upload", UPLOAD_BODY), ("/config", 0)]
)
def test_a_body_has_its_bound_whether_it_says_its_length_or_not(path, limit) -> None:
    method = "POST" if limit else "GET"
    app = build_app()
    largest = b" " * (limit - 2) + b"[]" if limit else b""
    assert app.call(method, path, [largest]).status == 200
    assert app.call(method, path, [largest, b" "]).status == 413
    assert app.call(method, path, content_length=str(limit + 1)).status == 413
    assert app.call(method, path, content_length="-1").status == 413
    assert len(app.gradio.bodies) == 1


def test_a_note_of_the_greatest_size_can_be_uploaded() -> None:
    assert NOTE_BYTES + 10_000 < UPLOAD_BODY


def test_a_request_that_breaks_off_is_no_request() -> None:
    app = build_app()
    assert app.call("POST", ASK, []).status == 400
    assert app.gradio.scopes == []


def test_a_request_names_no_file_but_an_uploaded_one() -> None:
    app = build_app()
    meta = {"_type": "gradio.FileData"}
    for path, status in (("/uploads/ab/note.md", 200), ("/etc/passwd", 403)):
        body = json.dumps({"data": [{"path": path, "meta": meta}]}).encode()
        for route in ("/gradio_api/queue/join", "/gradio_api/run/predict", ASK, "/gradio_api/mcp"):
            assert app.call("POST", route, [body]).status == status
    assert app.call("POST", ASK, [b"{"]).status == 400


def test_questions_of_programs_are_bounded_by_address() -> None:
    app = build_app(asking=2)
    for path in (ASK, "/gradio_api/mcp/"):
        assert app.call("POST", path).status == 200
    refused = app.call("POST", ASK)
    assert (refused.status, refused.headers["retry-after"]) == (429, "60")
    assert refused.error == "too many requests; wait 60 seconds"
    assert app.call("POST", ASK, client="127.0.0.2").status == 200
    assert app.call("POST", "/gradio_api/queue/join").status == 200


def test_requests_that_change_something_are_bounded() -> None:
    app = build_app(requests=1)
    assert app.call("POST", "/gradio_api/queue/join").status == 200
    assert app.call("POST", "/gradio_api/queue/join").status == 429
    assert app.call("GET", "/config").status == 200


def basic(text: str) -> str:
    return f"Basic {base64.b64encode(text.encode()).decode()}"


def test_with_a_password_nobody_comes_in_without_it() -> None:
    app = build_app(auth="hana:秘密")
    for path in ("/", "/healthz", "/config"):
        refused = app.call(path=path)
        assert refused.status == 401
        assert refused.headers["www-authenticate"].startswith("Basic ")
    assert app.call("POST", "/gradio_api/mcp").status == 401
    assert app.gradio.scopes == []
    assert app.call(authorization=basic("hana:秘密")).status == 200


@pytest.mark.parametrize(
    "given",
    [
        basic("hana:wrong"),
        basic("hana:秘密 "),
        basic(""),
        "Basic",
        "Bearer " + basic("hana:秘密").removeprefix("Basic "),
        "秘密",
    ],
)
def test_a_wrong_password_is_refused(given) -> None:
    assert build_app(auth="hana:秘密").call(authorization=given).status == 401


def test_passwords_cannot_be_tried_without_end() -> None:
    app = build_app(auth="hana:秘密")
    tried = [app.call(authorization=basic(f"hana:{n}")).status for n in range(4)]
    assert tried == [401, 401, 401, 429]


def test_gradio_is_not_told_by_a_client_where_it_is_reached() -> None:
    app = build_app()
    app.call(x_forwarded_host="evil.example", x_forwarded_proto="https", x_other="kept")
    names = {name for name, _ in app.gradio.scopes[0]["headers"]}
    assert names == {b"host", b"x-other"}


def test_every_answer_carries_what_guards_it() -> None:
    app = build_app()
    for reply in (app.call(), app.call(host="evil.example"), app.call("GET", "/nothing")):
        assert reply.headers["content-security-policy"] == (
            "default-src 'none'; frame-ancestors 'none'"
        )
        assert reply.headers["x-content-type-options"] == "nosniff"
        assert reply.headers["referrer-policy"] == "no-referrer"
        assert reply.headers["cache-control"] == "no-store"


def test_the_page_is_completed() -> None:
    app = build_app()
    page = app.call("GET", "/", accept_language="ja", accept_encoding="br")
    assert b"accept-encoding" not in dict(app.gradio.scopes[0]["headers"])
    policy = page.headers["content-security-policy"]
    nonce = policy.partition("'nonce-")[2].partition("'")[0]
    assert len(nonce) >= 22  # 128 bits
    assert "frame-ancestors 'none'" in policy
    assert int(page.headers["content-length"]) == len(page.body)
    text = page.body.decode()
    assert 'lang="ja"' in text
    assert f'<script nonce="{nonce}">let a = 1 < 2;</script>' in text
    assert f'<script nonce="{nonce}">1</script>' in text
    assert text.count("<script") == 2


def test_no_two_pages_have_the_same_nonce() -> None:
    app = build_app()
    policies = {app.call("GET", "/").headers["content-security-policy"] for _ in range(2)}
    assert len(policies) == 2


def test_a_websocket_is_closed() -> None:
    app = build_app()
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "websocket.connect"}

    async def send(message: Message) -> None:
        sent.append(message)

    asyncio.run(app.guard({"type": "websocket", "path": "/", "headers": []}, receive, send))
    assert [message["type"] for message in sent] == ["websocket.close"]
    assert app.gradio.scopes == []
