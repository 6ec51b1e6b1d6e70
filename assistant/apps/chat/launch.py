"""Opens everything that the chat works with, and runs it until the user stops it."""

import datetime
import os
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from pydantic import SecretStr

from assistant.apps.chat.limits import ChatLimits
from assistant.apps.chat.server import ChatServer
from assistant.apps.chat.services import ChatServices
from assistant.apps.chat.site import build_site
from assistant.serving.feedback import FeedbackStore
from assistant.serving.live_assistant import LiveAssistant
from assistant.serving.rate_limit import RateLimiter
from assistant.settings import Settings
from assistant.wiring import Engine, read_limits


def build_services(
    settings: Settings,
    engine: Engine,
    live: LiveAssistant,
    limits: ChatLimits,
    tell_unexpected: Callable[[Exception], None],
    *,
    uses_model: bool,
) -> ChatServices:
    """Return what the page works with, as the settings say."""
    return ChatServices(
        live=live,
        feedback=FeedbackStore(settings.feedback_folder),
        analyze=engine.words.analyze,
        notes_folder=settings.notes,
        read_limits=read_limits(settings),
        permalink_base=settings.permalink_base,
        characters=settings.answer_characters,
        uses_model=uses_model,
        asking=RateLimiter(limits.questions, 60.0, time.monotonic),
        tell_unexpected=tell_unexpected,
        now=lambda: datetime.datetime.now(datetime.UTC),
    )


def run_chat(
    server: ChatServer,
    services: ChatServices,
    limits: ChatLimits,
    host: str,
    auth: SecretStr | None,
    on_started: Callable[[], None],
) -> None:
    """Answer until the process is interrupted or the server is stopped.

    :param host: the address or name that the server listens on.
    :param auth: `user:password` that every request must carry.
    """
    with TemporaryDirectory(prefix="tenkyo-chat-") as uploads, closing(services.live):
        # A folder of its own, which only this user may look into; gradio would share one.
        os.environ["GRADIO_TEMP_DIR"] = uploads
        server.run(lambda: build_site(services, limits, host, auth, Path(uploads)), on_started)
