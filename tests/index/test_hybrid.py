"""Four legs fused, on small real legs."""

from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import pytest

from index.bm25 import BM25Searcher, build_bm25
from index.datatypes import EmbeddedQuery, Hit
from index.dense import DenseSearcher, build_dense
from index.hybrid import HybridSearcher, LegWeights
from index.lexical_share import LexicalShare
from ingest.content_words import BigramAnalyzer
from ingest.datatypes import Passage, PassageKind
from tests.fake_embedder import FakeEmbedder
from tests.index.conftest import FakeWordAnalyzer

TEXTS = {
    "acl.md#acl": ["acl checks rules by number", "acl is stateless"],
    "sg.md#sg": ["group is stateful", "group allows only"],
    "nat.md#nat": ["nat sends traffic out"],
    "vgw.md#vgw": ["virtual private gateway joins a vpc"],
}
NO_LEGS = LegWeights(0.0, 0.0, 0.0, 0.0)
LEGS = [field.name for field in fields(LegWeights)]


class RecordingSearcher:
    """A leg that notes what it is asked for and hands it on."""

    def __init__(self, leg: BM25Searcher | DenseSearcher) -> None:
        self.leg = leg
        self.asked: list[tuple[object, int]] = []

    def search(self, query: str, k: int) -> list[Hit]:
        self.asked.append((query, k))
        return self.leg.search(query, k)

    def search_vector(self, vector, k: int) -> list[Hit]:
        self.asked.append((vector, k))
        assert isinstance(self.leg, DenseSearcher)
        return self.leg.search_vector(vector, k)


class Setting:
    """A hybrid searcher with its legs at hand."""

    def __init__(self, folder: Path) -> None:
        self.embedder = FakeEmbedder()
        self.legs: dict[str, RecordingSearcher] = {}
        whole = {section: [". ".join(texts)] for section, texts in TEXTS.items()}
        passages = cut(whole, PassageKind.PASSAGE)
        sentences = cut(TEXTS, PassageKind.SENTENCE)
        for name, analyzer in (("words", FakeWordAnalyzer()), ("bigrams", BigramAnalyzer())):
            build_bm25(folder / name, [analyzer.analyze(p.text) for p in passages])
            self.add(name, BM25Searcher.open(folder / name, passages, analyzer))
        for name, rows in (("passages", passages), ("sentences", sentences)):
            build_dense(folder / name, self.embedder.embed_passages([p.text for p in rows]))
            self.add(name, DenseSearcher.open(folder / name, rows, self.embedder))
        self.embedder.calls.clear()

    def add(self, name: str, leg: BM25Searcher | DenseSearcher) -> None:
        self.legs[name] = RecordingSearcher(leg)

    def build(
        self,
        weights: LegWeights = LegWeights(),
        expand=str,
        share: LexicalShare = LexicalShare(),
        depth: int = 50,
    ) -> HybridSearcher:
        return HybridSearcher(
            self.legs["words"],
            self.legs["bigrams"],
            self.legs["passages"],
            self.legs["sentences"],
            self.embedder,
            expand,
            weights,
            share,
            depth,
        )

    def embed(self, text: str, share: float = 1.0) -> EmbeddedQuery:
        return EmbeddedQuery(text, self.embedder.embed_queries([text])[0], share)


def cut(texts: dict[str, list[str]], kind: PassageKind) -> list[Passage]:
    return [
        Passage(f"{section}:{kind[0]}{n}", section, n, kind, text, 1, 1, 0, len(text))
        for section, rows in texts.items()
        for n, text in enumerate(rows)
    ]


@pytest.fixture
def setting(tmp_path: Path) -> Setting:
    return Setting(tmp_path)


def test_what_all_legs_rank_first_scores_one(setting) -> None:
    best = setting.build().search("acl is stateless", 4)[0]
    assert (best.section_id, best.rank) == ("acl.md#acl", 1)
    assert best.score == pytest.approx(1.0)
    assert {leg.leg: leg.rank for leg in best.legs} == dict.fromkeys(LEGS, 1)


def test_scores_are_the_weighted_sum_of_the_scaled_legs(setting) -> None:
    weights = LegWeights(words=0.1, bigrams=0.2, passages=0.3, sentences=0.4)
    constant = LexicalShare(0.0, 0.3, 0.3)
    for hit in setting.build(weights, share=constant).search("nat is stateful", 4):
        expected = sum(getattr(weights, leg.leg) * leg.scaled for leg in hit.legs)
        assert hit.score == pytest.approx(expected)


def test_the_lexical_legs_share_what_the_lead_of_the_words_gives_them(setting) -> None:
    weights = LegWeights(words=0.1, bigrams=0.2, passages=0.1, sentences=0.3)
    # Fewer than ten sections hold a word: the first leads by all its score.
    share = LexicalShare(slope=0.6, least=0.0, most=1.0)
    balanced = LegWeights(words=0.2, bigrams=0.4, passages=0.1, sentences=0.3)
    for hit in setting.build(weights, share=share).search("nat is stateful", 4):
        expected = sum(getattr(balanced, leg.leg) * leg.scaled for leg in hit.legs)
        assert hit.score == pytest.approx(expected)


@pytest.mark.parametrize(
    "weights", [LegWeights(0.6, 0.4, 0.0, 0.0), LegWeights(0.0, 0.0, 0.2, 0.8), NO_LEGS]
)
def test_legs_of_one_kind_need_no_balance(weights: LegWeights) -> None:
    assert weights.balance(0.3) == weights


def test_the_default_weights_sum_to_one() -> None:
    assert sum(getattr(LegWeights(), leg) for leg in LEGS) == pytest.approx(1.0)


@pytest.mark.parametrize("leg", LEGS)
def test_a_leg_of_weight_zero_is_not_asked(setting, leg: str) -> None:
    hits = setting.build(replace(LegWeights(), **{leg: 0.0})).search("acl is stateless", 4)
    assert setting.legs[leg].asked == []
    assert all(setting.legs[other].asked for other in LEGS if other != leg)
    assert hits[0].section_id == "acl.md#acl"
    assert leg not in {score.leg for hit in hits for score in hit.legs}


@pytest.mark.parametrize("leg", LEGS)
def test_a_single_leg_decides_alone(setting, leg: str) -> None:
    hits = setting.build(replace(NO_LEGS, **{leg: 1.0})).search("acl is stateless", 4)
    assert hits[0].section_id == "acl.md#acl"
    assert {score.leg for hit in hits for score in hit.legs} == {leg}


def test_without_any_leg_nothing_is_found(setting) -> None:
    assert setting.build(NO_LEGS).search("acl is stateless", 4) == []


def test_a_query_is_embedded_once_and_as_it_was_asked(setting) -> None:
    def expand(query: str) -> str:
        return f"{query} virtual private gateway"

    hits = setting.build(expand=expand).search("vgw", 4)
    assert setting.embedder.calls == [["vgw"]]
    for leg in ("words", "bigrams"):
        assert [query for query, _ in setting.legs[leg].asked] == ["vgw virtual private gateway"]
    assert hits[0].section_id == "vgw.md#vgw"


def test_legs_are_asked_for_enough_to_fill_the_depth(setting) -> None:
    setting.build(depth=2).search("acl", 1)
    counts = {leg: setting.legs[leg].asked[0][1] for leg in LEGS}
    assert counts == {"words": 4, "bigrams": 4, "passages": 4, "sentences": 16}


def test_beyond_the_depth_a_leg_contributes_nothing(setting) -> None:
    weights = replace(NO_LEGS, passages=1.0)
    assert len(setting.build(weights, depth=2).search("acl is stateless", 4)) == 2


def test_one_text_searched_by_its_embedding_is_the_same_search(setting) -> None:
    searcher = setting.build()
    query = "group allows"
    assert searcher.search_embedded([setting.embed(query)], 4) == searcher.search(query, 4)


def test_several_texts_count_by_their_shares(setting) -> None:
    searcher = setting.build()
    acl, nat = "acl is stateless", "nat sends traffic out"

    def score(share: float) -> dict[str, float]:
        queries = [setting.embed(acl, share), setting.embed(nat, 1 - share)]
        return {hit.section_id: hit.score for hit in searcher.search_embedded(queries, 4)}

    alone = [score(1.0), score(0.0)]
    mixed = score(0.75)
    for section in TEXTS:
        expected = 0.75 * alone[0].get(section, 0) + 0.25 * alone[1].get(section, 0)
        assert mixed.get(section, 0) == pytest.approx(expected)
    assert max(mixed, key=mixed.__getitem__) == "acl.md#acl"
    assert max(score(0.25).items(), key=lambda entry: entry[1])[0] == "nat.md#nat"


def test_shares_need_not_sum_to_one(setting) -> None:
    searcher = setting.build()
    one = searcher.search_embedded([setting.embed("acl", 3.0), setting.embed("nat", 1.0)], 4)
    other = searcher.search_embedded([setting.embed("acl", 0.75), setting.embed("nat", 0.25)], 4)
    assert [(hit.section_id, hit.rank) for hit in one] == [(h.section_id, h.rank) for h in other]
    assert [hit.score for hit in one] == pytest.approx([hit.score for hit in other])


def test_no_text_finds_nothing(setting) -> None:
    assert setting.build().search_embedded([], 4) == []
    assert setting.build().search(" \u3000", 4) == []
    assert setting.embedder.calls == []


def test_a_vector_of_another_length_is_refused(setting) -> None:
    query = EmbeddedQuery("acl", np.ones(3, np.float32))
    with pytest.raises(ValueError, match="shape"):
        setting.build().search_embedded([query], 4)
