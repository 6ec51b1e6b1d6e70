"""From a question to evidence, step by step, with a fixed ranking."""

import numpy as np
import pytest

from assistant.answering.history import SearchText
from assistant.answering.retrieve import EmbeddedSearcher, Retriever, SentenceVectors
from assistant.datatypes import SectionHit
from tests.assistant.evidence import build_evidence
from tests.assistant.fakes import FakeEmbeddedSearcher, FakeSentenceVectors
from tests.fake_embedder import FakeEmbedder

ITEMS = [
    build_evidence("a", 1.0, [("甲 は 一", 0.0), ("乙 は 二", 0.0)]),
    build_evidence("b", 1.0, [("甲 も 三", 0.0)]),
    build_evidence("c", 1.0, [("丙", 0.0)]),
    build_evidence("d", 1.0, [("丁", 0.0)]),
]
RANKING = [(item.section.section_id, 1.0 - n / 10, 0.9) for n, item in enumerate(ITEMS)]


class Setting:
    """A retriever with its fakes at hand."""

    def __init__(self, ranking=RANKING, cosines=None) -> None:
        self.searcher: EmbeddedSearcher = FakeEmbeddedSearcher(ranking)
        self.vectors: SentenceVectors = FakeSentenceVectors(cosines or {})
        self.embedder = FakeEmbedder()
        self.retriever = Retriever(
            self.searcher,
            self.vectors,
            self.embedder,
            {item.section.section_id: item.section for item in ITEMS},
            {item.section.section_id: item.sentences for item in ITEMS},
            str.split,
            lambda word: any(word in item.section.text for item in ITEMS),
        )


def test_search_embeds_all_texts_at_once_and_hands_on_their_shares() -> None:
    setting = Setting()
    texts = [SearchText("甲 は", 0.75), SearchText("前 甲 は", 0.25)]
    hits = setting.retriever.search(texts, 2)
    assert [hit.section_id for hit in hits] == ["a.md#a", "b.md#b"]
    assert setting.embedder.calls == [["甲 は", "前 甲 は"]]
    [queries] = setting.searcher.asked
    assert [(q.text, q.share) for q in queries] == [("甲 は", 0.75), ("前 甲 は", 0.25)]
    for query in queries:
        assert query.vector == pytest.approx(FakeEmbedder().embed_queries([query.text])[0])


def test_the_first_sections_become_evidence_with_all_their_sentences() -> None:
    found = Setting().retriever.retrieve([SearchText("甲 は")], 4, evidence_count=2)
    assert [hit.section_id for hit in found.hits] == ["a.md#a", "b.md#b", "c.md#c", "d.md#d"]
    assert [item.section for item in found.evidence] == [ITEMS[0].section, ITEMS[1].section]
    assert [item.score for item in found.evidence] == [1.0, 0.9]
    assert [item.sentences for item in found.evidence] == [i.sentences for i in ITEMS[:2]]


def test_three_sections_are_evidence_unless_told_otherwise() -> None:
    assert len(Setting().retriever.retrieve([SearchText("甲")], 4).evidence) == 3


def test_sentences_of_all_sections_are_scored_together() -> None:
    cosines = {"a.md#a:s0": 0.8, "a.md#a:s1": 0.6, "b.md#b:s0": 0.7}
    setting = Setting(cosines=cosines)
    first, second = setting.retriever.retrieve([SearchText("乙")], 4, 2).evidence
    # Stretched over all three, the cosines give 1, 0 and .5; only `乙 は 二` has the word.
    assert first.relevance == pytest.approx((0.5, 0.5))
    assert second.relevance == pytest.approx((0.25,))
    [(_, ids)] = setting.vectors.asked
    assert ids == ["a.md#a:s0", "a.md#a:s1", "b.md#b:s0"]


def test_sentences_are_compared_with_the_mean_of_the_texts_by_their_shares() -> None:
    setting = Setting()
    setting.retriever.retrieve([SearchText("甲", 0.75), SearchText("乙", 0.25)], 1)
    [(vector, _)] = setting.vectors.asked
    one, other = FakeEmbedder().embed_queries(["甲", "乙"])
    mean = 0.75 * one + 0.25 * other
    assert vector == pytest.approx(mean / np.linalg.norm(mean))
    assert vector.dtype == np.float32


def test_terms_are_those_of_all_texts_each_once() -> None:
    found = Setting().retriever.retrieve([SearchText("甲 は"), SearchText("乙 甲 は")], 1)
    assert found.terms == ("甲", "は", "乙")


def test_nothing_found_is_no_evidence() -> None:
    found = Setting(ranking=[]).retriever.retrieve([SearchText("甲")], 4)
    assert (found.hits, found.evidence) == ((), ())


def test_a_hit_is_located() -> None:
    retriever = Setting().retriever
    [hit] = retriever.search([SearchText("甲")], 1)
    assert retriever.locate(hit) == SectionHit("a.md#a", "a.md", ("a",), 1, 3, 1.0)


def test_only_notes_without_any_section_are_empty() -> None:
    embedder = FakeEmbedder()
    empty = Retriever(
        FakeEmbeddedSearcher([]), FakeSentenceVectors({}), embedder, {}, {}, str.split, bool
    )
    assert empty.is_empty
    assert not Setting(ranking=[]).retriever.is_empty


def test_known_is_the_share_of_words_that_some_note_holds() -> None:
    retriever = Setting().retriever
    word = ITEMS[0].section.text.split()[-1]
    assert retriever.measure_known([word, "どこにもない語"]) == 0.5
    assert retriever.measure_known([]) == 1.0
