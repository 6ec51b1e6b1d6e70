"""Opens the bundled notes for a measurement, as a user's command would."""

from pathlib import Path

from assistant.answering.answer import Assistant
from assistant.messages import JAPANESE
from assistant.settings import Settings
from assistant.wiring import (
    Engine,
    OpenIndex,
    build_assistant,
    build_searcher,
    load_engine,
    open_index,
    refresh_notes,
)


def open_bundled_notes() -> tuple[Engine, OpenIndex, Assistant]:
    """Bring the index of `notes/` up to date, open it, and build the assistant on it."""
    settings = Settings(notes=Path("notes"))
    engine = load_engine(settings)
    refresh_notes(settings, engine)
    index = open_index(settings, engine)
    searcher = build_searcher(index, engine)
    return engine, index, build_assistant(settings, engine, index, searcher, JAPANESE)
