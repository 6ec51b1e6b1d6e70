"""A narrowed index is that of some notes alone, whatever is built on it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.answering.answer import Assistant
from assistant.datatypes import AbstentionReason, Question
from assistant.messages import JAPANESE
from assistant.serving.datatypes import Scope
from assistant.serving.narrowing import narrow_to_scope
from assistant.settings import Settings, read_settings
from assistant.wiring import (
    Engine,
    OpenIndex,
    build_assistant,
    build_retriever,
    build_searcher,
    open_index,
    refresh_notes,
)
from index.errors import IndexDamagedError
from tests.assistant.serving.live import build_engine, write_note

TAGS = {
    "bicycle.md": ("乗り物",),
    "camera.md": (),
    "garden.md": ("外",),
    "kitchen/bread.md": (),
    "onsen.md": ("外", "湯"),
}

Narrow = Callable[[Scope], OpenIndex]


@pytest.fixture
def engine() -> Engine:
    return build_engine()


@pytest.fixture
def settings(notes: Path, index: Path) -> Settings:
    return read_settings({"notes": notes, "index": index})


@pytest.fixture
def narrow(settings: Settings, engine: Engine) -> Narrow:
    refresh_notes(settings, engine)
    whole = open_index(settings, engine)
    return lambda scope: narrow_to_scope(whole, scope, TAGS)


def answer_from(settings: Settings, engine: Engine, index: OpenIndex) -> Assistant:
    return build_assistant(settings, engine, index, build_searcher(index, engine), JAPANESE)


def test_everything_is_the_index_as_it_is(narrow: Narrow) -> None:
    whole = narrow(Scope())
    assert not whole.is_narrowed
    assert whole.sections is whole.generation.sections


@pytest.mark.parametrize(
    ("scope", "paths"),
    [
        (Scope(folders=("kitchen",)), {"kitchen/bread.md"}),
        (Scope(tags=("外",)), {"garden.md", "onsen.md"}),
        (Scope(folders=("kitchen",), tags=("乗り物",)), {"kitchen/bread.md", "bicycle.md"}),
        (Scope(folders=("cellar",)), set()),
    ],
)
def test_only_notes_of_the_scope_are_found(
    narrow: Narrow, engine: Engine, scope: Scope, paths: set[str]
) -> None:
    index = narrow(scope)
    assert index.is_narrowed
    assert {section.path for section in index.sections.values()} == paths
    hits = build_searcher(index, engine).search("湯と空気と発酵とトマトと星空", 50)
    assert {index.sections[hit.section_id].path for hit in hits} == paths


def test_fused_hits_are_scaled_over_the_scope(narrow: Narrow, engine: Engine) -> None:
    query = "草津の湯は強い酸性で、pHはいくつ?"
    hits = build_searcher(narrow(Scope(folders=("kitchen",))), engine).search(query, 9)
    # Of two sections, both in the scope, the better one in each leg has 1 there, the other 0.
    assert [len(hit.legs) for hit in hits] == [len(hits[0].legs)] * len(hits)
    assert {leg.scaled for hit in hits for leg in hit.legs} <= {0.0, 1.0}


def test_a_word_is_known_if_the_scope_has_it(narrow: Narrow) -> None:
    whole, kitchen = narrow(Scope()), narrow(Scope(folders=("kitchen",)))
    for word, is_known in (("酸性", False), ("発酵", True), ("開放", False)):
        assert whole.contains(word)
        assert kitchen.contains(word) is is_known
    assert not whole.contains("明後日")
    assert not kitchen.contains("明後日")


def test_what_is_known_is_measured_over_the_scope(narrow: Narrow, engine: Engine) -> None:
    for scope, known in ((Scope(), 1.0), (Scope(folders=("kitchen",)), 0.0)):
        index = narrow(scope)
        retriever = build_retriever(engine, index, build_searcher(index, engine))
        assert retriever.measure_known(["酸性"]) == known


def test_other_names_are_added_as_the_scope_uses_them(
    settings: Settings, engine: Engine, notes: Path
) -> None:
    # Over all notes `湯治` is the commoner name, so that nothing is added to it.
    write_note(notes, "a/1.md", "# 甲\n湯治の話。\n\n# 乙\n湯治の続き。\n")
    write_note(notes, "b/2.md", "# 丙\n温泉療法の話。\n")
    write_note(notes, "aliases.toml", '[[group]]\nforms = ["湯治", "温泉療法"]\n')
    refresh_notes(settings, engine)
    whole = open_index(settings, engine)
    tags: dict[str, tuple[str, ...]] = {"a/1.md": (), "b/2.md": ()}
    narrowed = narrow_to_scope(whole, Scope(folders=("b",)), tags)
    assert whole.aliases.expand("湯治とは").text == "湯治とは"
    assert narrowed.aliases.expand("湯治とは").text == "湯治とは 温泉療法"


def test_empty_sections_are_those_of_the_scope(
    settings: Settings, engine: Engine, notes: Path
) -> None:
    write_note(notes, "a/1.md", "# ファイアホース\n")
    write_note(notes, "b/2.md", "# 別\n別の話。\n")
    refresh_notes(settings, engine)
    whole = open_index(settings, engine)
    tags: dict[str, tuple[str, ...]] = {"a/1.md": (), "b/2.md": ()}
    question = Question("ファイアホースとは?")
    answer = answer_from(settings, engine, whole).answer(question)
    assert answer.abstained is AbstentionReason.EMPTY_SECTION
    narrowed = narrow_to_scope(whole, Scope(folders=("b",)), tags)
    answer = answer_from(settings, engine, narrowed).answer(question)
    assert answer.abstained is AbstentionReason.LOW_CONFIDENCE


def test_nothing_is_suggested_from_beyond_the_scope(
    narrow: Narrow, settings: Settings, engine: Engine
) -> None:
    scope = Scope(tags=("外",))
    assistant = answer_from(settings, engine, narrow(scope))
    answer = assistant.answer(Question("草津の湯は強い酸性で、pHはいくつ?"))
    assert answer.citations
    assert {hit.path for hit in answer.hits} == {"garden.md", "onsen.md"}
    assert not any("星空" in text or "発酵" in text for text in answer.follow_ups)


def test_an_index_that_is_gone_is_told(narrow: Narrow) -> None:
    layout = narrow(Scope()).generation.layout
    layout.words.rename(layout.folder / "gone")
    with pytest.raises(IndexDamagedError, match="doctor"):
        narrow(Scope(folders=("kitchen",)))
