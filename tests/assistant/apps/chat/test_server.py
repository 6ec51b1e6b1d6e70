"""The server as a whole: what it serves, with whom it speaks, and how it ends."""

import re
import socket
import threading

import httpx
import pytest

from assistant.apps.chat.errors import ChatServerError
from assistant.apps.chat.server import ChatServer
from assistant.apps.chat.texts import ENGLISH
from tests.assistant.apps.chat.chat_process import RunningChat, run_chat_in_thread
from tests.assistant.apps.chat.conftest import write_notes

pytestmark = pytest.mark.allow_hosts(["127.0.0.1", "::1"])

_ADDRESS = re.compile(r"https?://([^/\"'\\ :]+)")


def test_its_health_says_how_the_notes_stand(shared_chat: RunningChat) -> None:
    reply = shared_chat.connect().get("/healthz")
    record = reply.json()
    assert reply.headers["content-type"] == "application/json"
    assert record["refreshed_at"].endswith("+00:00")
    del record["refreshed_at"]
    # The notes have 13 headings.
    assert record == {"status": "ok", "notes": 5, "sections": 13, "version": "0.1.0"}


def test_its_health_is_degraded_when_the_notes_cannot_be_read(chat: RunningChat) -> None:
    chat.notes.rename(chat.notes.with_name("gone"))
    page = chat.open_page()
    page.click("refresh")
    assert ENGLISH.refresh_failed.partition("{")[0] in page.value("notes-status")
    assert chat.connect().get("/healthz").json()["status"] == "degraded"
    assert chat.unexpected == []
    # What was read before still answers.
    assert "pHは2.1です" in page.ask("草津の湯のpHは?")


def test_the_page_names_no_other_host(shared_chat: RunningChat) -> None:
    client = shared_chat.connect(accept_language="en")
    page = client.get("/").text
    assert set(_ADDRESS.findall(page)) == {"127.0.0.1"}
    theme = client.get("/theme.css").text
    # It has images of its own, which name the kind of XML that they are, but fetches nothing.
    assert set(_ADDRESS.findall(theme)) <= {"www.w3.org"}
    assert "@import" not in theme
    assert all(url.startswith("data:") for url in re.findall(r"url\(['\"]?([^)]+)", theme))


def test_the_parts_of_the_page_are_there(shared_chat: RunningChat) -> None:
    client = shared_chat.connect()
    page = client.get("/").text
    parts = re.findall(r'(?:src|href)="(\.?/[^"]+)"', page)
    assert parts
    for part in parts:
        assert client.get(part.removeprefix(".")).status_code == 200, part
    icon = client.get("/favicon.ico")
    assert icon.headers["content-type"] == "image/svg+xml"


def test_the_page_is_in_the_language_of_the_browser(shared_chat: RunningChat) -> None:
    client = shared_chat.connect()
    for language, title in (("ja", "典拠"), ("en", "Tenkyo")):
        page = client.get("/", headers={"accept-language": language}).text
        assert f'lang="{language}"' in page
        assert f"<title>{title}" in page


def test_nothing_is_kept_in_a_cache_but_what_is_the_same_for_all(shared_chat: RunningChat) -> None:
    client = shared_chat.connect()
    for path in ("/", "/config", "/healthz", "/assets/none.js"):
        assert client.get(path).headers["cache-control"] == "no-store"
    (script,) = re.findall(r'src="\.(/assets/[^"]+)"', client.get("/").text)
    kept = client.get(script).headers
    assert kept["cache-control"] == "private, max-age=31536000, immutable"
    assert kept["content-security-policy"].startswith("default-src 'none'")


def test_a_password_guards_everything(tmp_path) -> None:
    with run_chat_in_thread(write_notes(tmp_path / "notes"), auth="hana:秘密") as chat:
        for path in ("/", "/config", "/healthz", "/gradio_api/info", "/theme.css"):
            assert chat.connect().get(path).status_code == 401
        known = httpx.BasicAuth("hana", "秘密")
        client = chat.connect()
        client.auth = known
        assert client.get("/").status_code == 200
        reply = client.post("/gradio_api/run/search", json={"data": ["草津", 1]})
        assert reply.json()["data"][0][0]["path"] == "onsen.md"


def test_it_opens_no_connection_to_anywhere_else(tmp_path, monkeypatch) -> None:
    """Whatever connects or asks for an address goes through these two."""
    reached: list[object] = []
    connect, look_up = socket.socket.connect, socket.getaddrinfo

    def record_connect(self: socket.socket, address: object) -> None:
        reached.append(address[0] if isinstance(address, tuple) else address)
        connect(self, address)

    def record_look_up(host: object, *rest: object, **more: object) -> object:
        reached.append(host)
        return look_up(host, *rest, **more)

    monkeypatch.setattr(socket.socket, "connect", record_connect)
    monkeypatch.setattr(socket, "getaddrinfo", record_look_up)
    with run_chat_in_thread(write_notes(tmp_path / "notes")) as chat:
        page = chat.open_page("ja")
        page.ask("草津の湯のpHは?")
        page.act(kind="cite", turn=0, marker=1)
        page.click("refresh")
        page.trigger("tab-explain", "select")
    assert "127.0.0.1" in reached
    assert {str(host) for host in reached} == {"127.0.0.1"}


def test_a_port_that_is_taken_is_told_in_one_line() -> None:
    taken = ChatServer("127.0.0.1", 0)
    port = int(taken.url.rstrip("/").rpartition(":")[2])
    try:
        with pytest.raises(ChatServerError, match=rf"127\.0\.0\.1:{port} .*--port"):
            ChatServer("127.0.0.1", port)
    finally:
        taken.close()


def test_a_host_of_another_machine_is_told_in_one_line() -> None:
    with pytest.raises(ChatServerError, match=r"cannot listen on 192\.0\.2\.1:0"):
        ChatServer("192.0.2.1", 0)
    with pytest.raises(ChatServerError, match="'no such host'"):
        ChatServer("no such host", 0)


@pytest.mark.parametrize(
    ("host", "url"), [("127.0.0.1", "http://127.0.0.1:"), ("::1", "http://[::1]:")]
)
def test_the_address_is_one_that_a_browser_takes(host, url) -> None:
    server = ChatServer(host, 0)
    server.close()
    assert re.fullmatch(rf"{re.escape(url)}[1-9]\d*/", server.url)


def test_it_stops_soon_though_a_page_is_open(chat: RunningChat) -> None:
    client = chat.connect()
    ended = threading.Event()

    def stay() -> None:
        with client.stream("GET", "/gradio_api/heartbeat/abc123") as stream:
            try:
                for _ in stream.iter_lines():
                    is_open.set()
            except httpx.HTTPError:
                pass
        ended.set()

    is_open = threading.Event()
    thread = threading.Thread(target=stay)
    thread.start()
    assert is_open.wait(10)
    # Leaving the fixture stops the server; here is what must not hold it up.
    chat.stop()
    assert ended.wait(10)
    thread.join(10)
