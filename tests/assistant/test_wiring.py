"""The classes fit together: on the real engine and a small index."""

from pathlib import Path

import pytest

from assistant.answering.retrieve import EmbeddedSearcher, SentenceVectors
from assistant.datatypes import Question
from assistant.messages import ENGLISH
from assistant.settings import Settings, read_settings
from assistant.wiring import (
    Engine,
    build_searcher,
    load_aliases,
    load_engine,
    load_words,
    open_assistant,
    open_index,
    refresh_notes,
)
from index.errors import IndexMismatchError, IndexNotFoundError
from index.protocols import Embedder, Searcher
from ingest.errors import AliasFileError
from tests.fake_embedder import FakeEmbedder

ALIASES = '[[group]]\nforms = ["露天", "砂むし風呂"]\n'


@pytest.fixture
def settings(notes: Path, index: Path) -> Settings:
    return read_settings({"notes": notes, "index": index})


def test_the_parts_implement_what_the_others_expect(settings: Settings, engine: Engine) -> None:
    refresh_notes(settings, engine)
    opened = open_index(settings, engine)
    searcher = build_searcher(opened, engine)
    assert isinstance(engine.embedder, Embedder)
    assert isinstance(searcher, Searcher)
    expected: tuple[EmbeddedSearcher, SentenceVectors] = (searcher, opened.legs.sentences)
    assert all(expected)


def test_an_assistant_answers_from_the_index(settings: Settings, engine: Engine) -> None:
    refresh_notes(settings, engine)
    answer = open_assistant(settings, engine, ENGLISH).answer(Question("草津の湯のpHは?"))
    assert answer.citations[0].path == "onsen.md"


def test_without_an_index_the_error_says_so(settings: Settings, engine: Engine) -> None:
    with pytest.raises(IndexNotFoundError, match="tenkyo index"):
        open_index(settings, engine)


def test_an_index_of_another_model_is_not_opened(settings: Settings, engine: Engine) -> None:
    refresh_notes(settings, engine)
    other = Engine(FakeEmbedder(), engine.words, engine.bigrams, engine.analyzers)
    with pytest.raises(IndexMismatchError, match="fake-bigrams"):
        open_index(settings, other)


def test_another_dictionary_makes_a_new_index(settings: Settings, engine: Engine) -> None:
    assert refresh_notes(settings, engine).changed
    assert not refresh_notes(settings, engine).changed
    other = Engine(engine.embedder, engine.words, engine.bigrams, "another.dic")
    assert refresh_notes(settings, other).changed
    assert refresh_notes(settings, other, rebuild=True).changed


def test_the_users_aliases_are_read_from_the_notes_folder_if_they_are_there(
    settings: Settings, engine: Engine, notes: Path
) -> None:
    refresh_notes(settings, engine)
    opened = open_index(settings, engine)
    assert "砂むし風呂" not in opened.aliases.expand("露天に入りたい").text
    (notes / "aliases.toml").write_text(ALIASES, encoding="utf-8")
    found = load_aliases(settings, opened.generation)
    assert "砂むし風呂" in found.expand("露天に入りたい").text


def test_a_file_of_aliases_that_was_named_must_exist(
    settings: Settings, engine: Engine, tmp_path: Path
) -> None:
    refresh_notes(settings, engine)
    named = settings.model_copy(update={"aliases": tmp_path / "none.toml"})
    with pytest.raises(AliasFileError, match=r"none\.toml"):
        open_index(named, engine)


def test_words_load_without_a_model(settings: Settings, engine: Engine) -> None:
    text = "NATゲートウェイの料金"
    assert load_words(settings).analyze(text) == engine.words.analyze(text)


def test_the_base_model_can_be_asked_for() -> None:
    assert load_engine(read_settings({"model": "base"})).embedder.name.startswith(
        "multilingual-e5-small-int8@"
    )
