"""What is built on a generation is kept while it is asked for, and goes with it."""

import gc
import weakref
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from assistant.answering.answer import Assistant
from assistant.messages import JAPANESE
from assistant.serving.datatypes import AnswerOptions, Scope
from assistant.serving.snapshot import Snapshot
from assistant.settings import Settings, read_settings
from assistant.wiring import OpenIndex, build_assistant, build_searcher, open_index, refresh_notes
from tests.assistant.serving.live import build_engine, write_note


class Builder:
    """Builds assistants, and records for which options."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self.built: list[AnswerOptions] = []
        self.indexes: list[OpenIndex] = []

    def __call__(self, index: OpenIndex, options: AnswerOptions) -> Assistant:
        self.built.append(options)
        self.indexes.append(index)
        engine = build_engine()
        searcher = build_searcher(index, engine)
        return build_assistant(self._settings, engine, index, searcher, JAPANESE)


@pytest.fixture
def settings(notes: Path, index: Path) -> Settings:
    return read_settings({"notes": notes, "index": index})


@pytest.fixture
def builder(settings: Settings) -> Builder:
    return Builder(settings)


@pytest.fixture
def snapshot(settings: Settings, notes: Path, builder: Builder) -> Snapshot:
    write_note(notes, "blank.md", "")
    write_note(notes, "toml.md", '+++\ntags = ["湯", "外"]\n+++\n前書き。\n\n# 湯\n本文。\n')
    write_note(notes, "kitchen/yaml.md", "---\ntags: 台所, 道具\n# 注\n---\n\n# 鍋\n本文。\n")
    write_note(notes, "broken.md", "---\ntags: [\n---\n# 壊れた\n本文。\n")
    write_note(notes, "late.md", "\n---\ntags: 遅い\n---\n# 遅い\n本文。\n")
    refresh_notes(settings, build_engine())
    return Snapshot(open_index(settings, build_engine()), builder)


def test_notes_are_sorted_with_their_sections_and_tags(snapshot: Snapshot) -> None:
    assert list(snapshot.notes) == sorted(snapshot.notes)
    assert snapshot.notes["blank.md"] == []
    assert [s.heading_path[-1] for s in snapshot.notes["kitchen/bread.md"]] == [
        "パン作り",
        "発酵",
        "焼成",
    ]
    tagged = {path: tags for path, tags in snapshot.tags.items() if tags}
    assert tagged == {"toml.md": ("湯", "外"), "kitchen/yaml.md": ("台所", "道具")}
    assert set(snapshot.tags) == set(snapshot.notes)


def test_an_assistant_is_built_once_for_equal_options(snapshot: Snapshot, builder: Builder) -> None:
    first = snapshot.pick_assistant(AnswerOptions(scope=Scope(folders=("kitchen",))))
    assert snapshot.pick_assistant(AnswerOptions(scope=Scope(folders=("kitchen",)))) is first
    assert snapshot.pick_assistant(AnswerOptions()) is not first
    assert len(builder.built) == 2


def test_threads_share_what_one_builds(snapshot: Snapshot, builder: Builder) -> None:
    with ThreadPoolExecutor(8) as pool:
        assistants = set(pool.map(lambda _: snapshot.pick_assistant(AnswerOptions()), range(32)))
    assert len(assistants) == len(builder.built) == 1


def test_options_of_one_scope_share_the_narrowed_index(
    snapshot: Snapshot, builder: Builder
) -> None:
    scope = Scope(tags=("台所",))
    snapshot.pick_assistant(AnswerOptions("ja", scope=scope))
    snapshot.pick_assistant(AnswerOptions("en", scope=scope))
    first, second = builder.indexes
    assert first is second
    assert {section.path for section in first.sections.values()} == {"kitchen/yaml.md"}


def test_only_so_many_assistants_are_kept(snapshot: Snapshot, builder: Builder) -> None:
    kept = weakref.ref(snapshot.pick_assistant(AnswerOptions(characters=100)))
    for characters in range(101, 118):
        snapshot.pick_assistant(AnswerOptions(characters=characters))
    assert kept() is None
    assert len(builder.built) == 18


@pytest.fixture
def _no_collector() -> Iterator[None]:
    gc.disable()
    yield
    gc.enable()


@pytest.mark.usefixtures("_no_collector")
def test_a_generation_is_let_go_with_the_last_that_was_built_on_it(
    settings: Settings, notes: Path
) -> None:
    refresh_notes(settings, build_engine())
    snapshot = Snapshot(open_index(settings, build_engine()), Builder(settings))
    folder = snapshot.index.generation.layout.folder
    kitchen = AnswerOptions(scope=Scope(folders=("kitchen",)))
    assistants = [snapshot.pick_assistant(options) for options in (AnswerOptions(), kitchen)]
    snapshot.suggest_examples(1, "ja", Scope())
    del snapshot
    write_note(notes, "new.md", "# 新しい\n本文。\n")
    refresh_notes(settings, build_engine())
    assert folder.is_dir()
    assistants.clear()
    write_note(notes, "newer.md", "# もっと新しい\n本文。\n")
    refresh_notes(settings, build_engine())
    assert not folder.exists()
