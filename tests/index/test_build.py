import numpy as np
import pytest

from index.build import Contents, Source, build_generation, remove_leftovers
from index.layout import IndexLayout
from index.load import load_generation, open_legs
from index.locks import lock_for_reading
from index.manifest import SCHEMA, Counts, Recipe
from index.terms import PassageTerms
from ingest.content_words import BigramAnalyzer
from ingest.datatypes import Passage, PassageKind, Section
from tests.fake_embedder import FakeEmbedder

EMPTY = Section("a.md#x", "a.md", ("甲",), 1, "x", 1, 1, "# 甲", "0")
FULL = Section("a.md#y", "a.md", ("甲", "乙"), 2, "y", 2, 3, "## 乙\n文。", "1")
SENTENCE = Passage("a.md#y:s0", "a.md#y", 0, PassageKind.SENTENCE, "文。", 3, 3, 5, 7)
PASSAGE = Passage("a.md#y:p0", "a.md#y", 0, PassageKind.PASSAGE, "文。", 3, 3, 5, 7)
SOURCE = Source(Recipe(SCHEMA, "digest", "m@1", 2, ""), "/notes", {"a.md": "0"})
# Row by row as the passages stand: the sentence looks up, the passage to the right.
CONTENTS = Contents(
    sections=[EMPTY, FULL],
    passages=[SENTENCE, PASSAGE],
    vectors=np.array([[0, 1], [1, 0]], np.float32),
    terms=[PassageTerms("a.md#y:p0", ("文",), ("乙文",))],
    aliases=[],
)


@pytest.fixture
def layout(tmp_path) -> IndexLayout:
    return IndexLayout(tmp_path)


def test_sections_without_passages_are_counted_as_empty() -> None:
    assert CONTENTS.count() == Counts(sections=2, empty_sections=1, passages=1, sentences=1)


def test_rows_go_to_the_index_of_their_kind(layout) -> None:
    name = build_generation(layout, SOURCE, CONTENTS)
    analyzer = BigramAnalyzer()
    with load_generation(layout.root, "m@1") as generation:
        assert generation.name == name
        assert generation.manifest.notes == {"a.md": "0"}
        legs = open_legs(generation, analyzer, analyzer, FakeEmbedder(dim=2))
        up = np.array([0, 1], np.float32)
        assert [(hit.passage_id, hit.score) for hit in legs.sentences.search_vector(up, 2)] == [
            ("a.md#y:s0", 1.0)
        ]
        assert [(hit.passage_id, hit.score) for hit in legs.passages.search_vector(up, 2)] == [
            ("a.md#y:p0", 0.0)
        ]
        assert [hit.passage_id for hit in legs.words.search("文", 2)] == ["a.md#y:p0"]
        assert legs.bigrams.search("文", 2) == []


def test_a_writer_removes_what_nobody_needs(layout) -> None:
    first = build_generation(layout, SOURCE, CONTENTS)
    second = build_generation(layout, SOURCE, CONTENTS)
    third = build_generation(layout, SOURCE, CONTENTS)
    (layout.unfinished(first).folder / "words").mkdir(parents=True)
    layout.removed(first).mkdir()
    (layout.generations / "someone else's").mkdir()
    reader = lock_for_reading(layout.generation(second).in_use)
    assert reader is not None
    remove_leftovers(layout)
    left = {folder.name for folder in layout.generations.iterdir()}
    assert left == {second, third, "someone else's"}
    reader.close()
    remove_leftovers(layout)
    assert not layout.generation(second).folder.exists()


def test_a_generation_whose_lock_file_is_gone_is_removed(layout) -> None:
    first = build_generation(layout, SOURCE, CONTENTS)
    second = build_generation(layout, SOURCE, CONTENTS)
    layout.generation(second).manifest.unlink()  # the current one stays, damaged or not
    layout.generation(first).in_use.unlink()
    remove_leftovers(layout)
    assert [folder.name for folder in layout.generations.iterdir()] == [second]


def test_removing_from_a_folder_without_generations_does_nothing(layout) -> None:
    remove_leftovers(layout)
    assert list(layout.root.iterdir()) == []
