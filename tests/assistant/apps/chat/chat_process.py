"""Runs the chat in a thread, on a fake engine unless another is given."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
from pydantic import SecretStr

from assistant.apps.chat.launch import build_services, run_chat
from assistant.apps.chat.limits import ChatLimits
from assistant.apps.chat.server import ChatServer
from assistant.serving.live_assistant import LiveAssistant, open_live_assistant
from assistant.settings import Settings, read_settings
from assistant.wiring import Engine, LanguageModel
from tests.assistant.apps.chat.page_client import PageClient
from tests.assistant.serving.live import FakeClock, build_engine

LIMITS = ChatLimits()


@dataclass
class RunningChat:
    """A chat that answers at `url`.

    unexpected: the failures that it told the terminal of.
    """

    url: str
    notes: Path
    settings: Settings
    live: LiveAssistant
    server: ChatServer
    unexpected: list[Exception] = field(default_factory=list)
    clients: list[httpx.Client] = field(default_factory=list)

    def connect(self, **headers: str) -> httpx.Client:
        """Return a client of its own, as another browser or program has one."""
        client = httpx.Client(base_url=self.url, headers=headers, timeout=30, trust_env=False)
        self.clients.append(client)
        return client

    def stop(self) -> None:
        self.server.stop()

    def open_page(self, language: str = "en", **kept: dict[str, str]) -> PageClient:
        return PageClient(self.connect(), **kept).load(language)


@contextmanager
def run_chat_in_thread(
    notes: Path,
    *,
    limits: ChatLimits = LIMITS,
    auth: str | None = None,
    language_model: LanguageModel | None = None,
    step: float = 10.0,
    engine: Engine | None = None,
) -> Iterator[RunningChat]:
    """Yield a chat on a folder of notes.

    :param step: how many seconds pass between two questions; after ten, the second looks whether
        the notes have changed.
    """
    folder = notes.parent
    chosen = read_settings(
        {"notes": notes, "index": folder / "index", "feedback": folder / "feedback"}
    )
    engine = engine or build_engine()
    live = open_live_assistant(chosen, engine, language_model, clock=FakeClock(step=step))
    server = ChatServer("127.0.0.1", 0)
    chat = RunningChat(server.url, notes, chosen, live, server)
    services = build_services(
        chosen, engine, live, limits, chat.unexpected.append, uses_model=language_model is not None
    )
    started = threading.Event()
    secret = None if auth is None else SecretStr(auth)
    thread = threading.Thread(
        target=run_chat,
        args=(server, services, limits, "127.0.0.1", secret, started.set),
    )
    thread.start()
    try:
        assert started.wait(60)
        yield chat
    finally:
        for client in chat.clients:
            client.close()
        server.stop()
        thread.join(60)
        assert not thread.is_alive()
