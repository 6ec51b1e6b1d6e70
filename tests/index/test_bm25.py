import math
import os

import pytest

from index.bm25 import BM25Searcher, build_bm25
from index.errors import IndexDamagedError, IndexFolderError
from ingest.datatypes import Passage, PassageKind
from tests.damage import put_in_place


class FakeListAnalyzer:
    """Implements `Analyzer` by cutting at "|", so that a test picks its words freely."""

    def analyze(self, text: str) -> list[str]:
        return text.split("|")


def passages(count: int) -> list[Passage]:
    return [
        Passage(f"s{row}:p0", f"s{row}", 0, PassageKind.PASSAGE, "", 1, 1, 0, 0)
        for row in range(count)
    ]


def open_searcher(folder, rows: list[list[str]]) -> BM25Searcher:
    build_bm25(folder / "words", rows)
    return BM25Searcher.open(folder / "words", passages(len(rows)), FakeListAnalyzer())


def test_scores_are_those_of_the_formula(tmp_path) -> None:
    searcher = open_searcher(tmp_path, [["a", "b"], ["a", "a"]])
    # "b" is in 1 of 2 passages: idf = ln(1 + (2 - 1 + .5) / (1 + .5)) = ln 2. Both have the mean
    # length, so that tf = 1 * 2.2 / (1 + 1.2) = 1.
    [hit] = searcher.search("b", 5)
    assert (hit.section_id, hit.rank) == ("s0", 1)
    assert hit.score == pytest.approx(math.log(2), abs=1e-5)
    # "a" is in both: idf = ln(1 + .5 / 2.5) = ln 1.2; twice in s1: tf = 2 * 2.2 / (2 + 1.2) = 1.375
    hits = searcher.search("a", 5)
    assert [hit.section_id for hit in hits] == ["s1", "s0"]
    assert [hit.score for hit in hits] == pytest.approx(
        [1.375 * math.log(1.2), math.log(1.2)], abs=1e-5
    )


def test_it_knows_the_terms_that_stand_in_any_passage(tmp_path) -> None:
    searcher = open_searcher(tmp_path, [["a", "b c"], ["長" * 30_000]])
    assert all(searcher.contains(term) for term in ("a", "b c", "長" * 30_000))
    assert not any(searcher.contains(term) for term in ("b", "長", "", " "))


def test_any_word_of_the_query_may_match_and_repeating_it_changes_nothing(tmp_path) -> None:
    searcher = open_searcher(tmp_path, [["a", "b"], ["c", "d"], ["e", "f"]])
    assert [hit.section_id for hit in searcher.search("a|c|x", 5)] == ["s0", "s1"]
    assert searcher.search("a|a|a|c", 5) == searcher.search("a|c", 5)


def test_words_that_tantivy_would_drop_or_cut_are_found(tmp_path) -> None:
    long, other = "い" * 30_000, "い" * 30_001  # 90,000 bytes; tantivy takes 65,530
    searcher = open_searcher(
        tmp_path, [[long], [other], ["two words"], ["two"], ["全角\u3000空白"]]
    )
    assert [hit.section_id for hit in searcher.search(long, 5)] == ["s0"]
    assert [hit.section_id for hit in searcher.search("two words", 5)] == ["s2"]
    assert [hit.section_id for hit in searcher.search("全角\u3000空白", 5)] == ["s4"]


def test_a_passage_without_words_keeps_its_row(tmp_path) -> None:
    searcher = open_searcher(tmp_path, [[], ["", ""], ["a"]])
    assert [hit.section_id for hit in searcher.search("a", 5)] == ["s2"]
    assert searcher.search("", 5) == []


def test_opening_what_is_missing_or_altered_is_told(tmp_path) -> None:
    with pytest.raises(IndexDamagedError, match=r"cannot be opened.*doctor --repair"):
        BM25Searcher.open(tmp_path / "nothing", [], FakeListAnalyzer())
    build_bm25(tmp_path / "words", [["a"]])
    with pytest.raises(IndexDamagedError, match="has 1 passages where 2 belong"):
        BM25Searcher.open(tmp_path / "words", passages(2), FakeListAnalyzer())
    for path in (tmp_path / "words").iterdir():
        put_in_place(path, b"")
    with pytest.raises(IndexDamagedError) as raised:
        BM25Searcher.open(tmp_path / "words", passages(1), FakeListAnalyzer())
    assert "\n" not in str(raised.value)


def test_a_folder_that_cannot_be_made_is_told(tmp_path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(IndexFolderError, match="--index"):
        build_bm25(tmp_path / "file" / "words", [["a"]])


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root writes anywhere")
def test_a_write_protected_folder_is_told(tmp_path) -> None:
    build_bm25(tmp_path / "words", [["a"]])
    (tmp_path / "words").chmod(0o555)
    with pytest.raises(IndexFolderError, match="write permission"):
        BM25Searcher.open(tmp_path / "words", passages(1), FakeListAnalyzer())
    (tmp_path / "words").chmod(0o755)
