"""What tests of live notes are made of: a fake engine, clocks, and the parts that they need."""

import threading
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

from assistant.serving.live_assistant import LiveAssistant, open_live_assistant
from assistant.settings import Settings, read_settings
from assistant.wiring import Engine
from index.errors import ModelError
from index.protocols import Vectors
from ingest.content_words import BigramAnalyzer, WordAnalyzer
from ingest.tokenizer import MecabTokenizer
from tests.fake_embedder import FakeEmbedder


class FakeClock:
    """A clock that is set by hand; it adds `step` seconds whenever it is read."""

    def __init__(self, step: float = 0.0) -> None:
        self.now = 0.0
        self.step = step

    def __call__(self) -> float:
        self.now += self.step
        return self.now


class FakeTroubledEmbedder(FakeEmbedder):
    """A `FakeEmbedder` that can fail, and that can be held up, whenever it embeds passages.

    problem: what it fails with.
    gate: it waits for this; `reached` tells that it does.
    passage_calls: how often it was asked.
    """

    def __init__(self) -> None:
        super().__init__()
        self.problem: Exception | None = None
        self.gate = threading.Event()
        self.gate.set()
        self.reached = threading.Event()
        self.passage_calls = 0

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        self.passage_calls += 1
        self.reached.set()
        assert self.gate.wait(60)
        if self.problem is not None:
            raise self.problem
        return super().embed_passages(texts)


def fail_to_embed() -> ModelError:
    return ModelError("the model is broken; mend it")


def build_engine(embedder: FakeEmbedder | None = None) -> Engine:
    """Return an engine with real analyzers and without a model."""
    return Engine(embedder or FakeEmbedder(), _load_words(), BigramAnalyzer(), "tests")


@cache
def _load_words() -> WordAnalyzer:
    return WordAnalyzer(MecabTokenizer())


def write_note(folder: Path, path: str, text: str) -> None:
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def open_live(
    notes: Path,
    index: Path,
    embedder: FakeEmbedder | None = None,
    clock: Callable[[], float] | None = None,
    **options: float,
) -> LiveAssistant:
    """Open notes for a clock that makes every question look at them."""
    settings: Settings = read_settings({"notes": notes, "index": index})
    return open_live_assistant(
        settings, build_engine(embedder), clock=clock or FakeClock(step=10.0), **options
    )
