"""What every `Searcher` promises, checked on every one."""

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from index.bm25 import Analyzer, BM25Searcher, build_bm25
from index.dense import DenseSearcher, build_dense
from index.hybrid import HybridSearcher
from index.protocols import Searcher
from ingest.content_words import BigramAnalyzer, WordAnalyzer
from ingest.datatypes import Passage, PassageKind
from ingest.tokenizer import MecabTokenizer
from tests.fake_embedder import FakeEmbedder

Build = Callable[[Path, list[Passage]], Searcher]

# Two pairs of twins, so that there are ties.
TEXTS = {
    "nat.md#nat": "NATゲートウェイはプライベートサブネットから外へ出る通信を中継する。",
    "acl.md#acl": "ネットワークACLはステートレスで、番号の順に規則を調べる。",
    "sg.md#sg": "セキュリティグループはステートフルで、戻りの通信は許可される。",
    "copy.md#sg": "セキュリティグループはステートフルで、戻りの通信は許可される。",
    "tgw.md#tgw": "トランジットゲートウェイは多数のVPCをつなぐ。",
    "copy.md#tgw": "トランジットゲートウェイは多数のVPCをつなぐ。",
}


def build_lexical(analyzer: Analyzer) -> Build:
    def build(folder: Path, passages: list[Passage]) -> Searcher:
        build_bm25(folder / "index", [analyzer.analyze(passage.text) for passage in passages])
        return BM25Searcher.open(folder / "index", passages, analyzer)

    return build


def build_vectors(folder: Path, passages: list[Passage]) -> Searcher:
    embedder = FakeEmbedder()
    build_dense(folder / "index", embedder.embed_passages([passage.text for passage in passages]))
    return DenseSearcher.open(folder / "index", passages, embedder)


def build_hybrid(folder: Path, passages: list[Passage]) -> Searcher:
    analyzers = (WordAnalyzer(MecabTokenizer()), BigramAnalyzer())
    lexical = []
    for number, analyzer in enumerate(analyzers):
        place = folder / f"lexical{number}"
        place.mkdir()
        lexical.append(build_lexical(analyzer)(place, passages))
    vectors = build_vectors(folder, passages)
    assert isinstance(vectors, DenseSearcher)
    return HybridSearcher(*lexical, vectors, vectors, FakeEmbedder(), str)


@pytest.fixture(params=["words", "bigrams", "passages", "sentences", "hybrid"])
def make(request, tmp_path) -> Callable[[Mapping[str, str]], Searcher]:
    """Return a function that builds the searcher under test from texts by section id."""
    builds: dict[str, tuple[PassageKind, Callable[[], Build]]] = {
        "words": (PassageKind.PASSAGE, lambda: build_lexical(WordAnalyzer(MecabTokenizer()))),
        "bigrams": (PassageKind.PASSAGE, lambda: build_lexical(BigramAnalyzer())),
        "passages": (PassageKind.PASSAGE, lambda: build_vectors),
        "sentences": (PassageKind.SENTENCE, lambda: build_vectors),
        "hybrid": (PassageKind.PASSAGE, lambda: build_hybrid),
    }
    kind, pick = builds[request.param]

    def build(texts: Mapping[str, str]) -> Searcher:
        passages = [
            Passage(f"{section_id}:{kind[0]}0", section_id, 0, kind, text, 1, 1, 0, len(text))
            for section_id, text in texts.items()
        ]
        return pick()(tmp_path, passages)

    return build


@pytest.fixture
def searcher(make) -> Searcher:
    return make(TEXTS)


def test_it_implements_the_protocol(searcher) -> None:
    assert isinstance(searcher, Searcher)


@pytest.mark.parametrize("section_id", ["nat.md#nat", "acl.md#acl"])
def test_a_text_finds_itself_first(searcher, section_id) -> None:
    hits = searcher.search(TEXTS[section_id], 3)
    assert hits[0].section_id == section_id
    assert hits[0].passage_id.startswith(f"{section_id}:")


@pytest.mark.parametrize("k", [1, 2, 3, 4, 100])
def test_hits_are_ordered_by_score_then_id_and_ranked_from_one(searcher, k) -> None:
    hits = searcher.search("ステートフルなセキュリティグループとゲートウェイの通信", k)
    assert 1 <= len(hits) <= min(k, len(TEXTS))
    assert [hit.rank for hit in hits] == list(range(1, len(hits) + 1))
    assert hits == sorted(hits, key=lambda hit: (-hit.score, hit.passage_id))
    assert len({hit.passage_id for hit in hits}) == len(hits)


def test_equal_texts_tie_and_go_by_id(searcher) -> None:
    first, second = searcher.search("戻りの通信は許可", 2)
    assert (first.section_id, second.section_id) == ("copy.md#sg", "sg.md#sg")
    assert first.score == second.score
    [only] = searcher.search("戻りの通信は許可", 1)
    assert only == first


def test_fewer_hits_are_the_head_of_more(searcher) -> None:
    many = searcher.search("ゲートウェイの通信", 6)
    for k in range(len(many) + 1):
        assert searcher.search("ゲートウェイの通信", k) == many[:k]


@pytest.mark.parametrize("k", [0, -1])
def test_no_hits_are_none(searcher, k) -> None:
    assert searcher.search("ゲートウェイ", k) == []


@pytest.mark.parametrize("query", ["", " ", "\n\t", "\u3000"])
def test_a_blank_query_finds_nothing(searcher, query) -> None:
    assert searcher.search(query, 5) == []


def test_an_empty_index_finds_nothing(make) -> None:
    assert make({}).search("ゲートウェイ", 5) == []


@pytest.mark.parametrize(
    "query",
    [
        'AND OR NOT "title:(x* [a TO b] ^2 ~1 \\',
        '+-!(){}[]^"~*?:\\/',
        "terms:ゲートウェイ",
        "\0\x1b[31m",
        "\ud800ゲートウェイ\udfff",
        "👩‍👩‍👧‍👦🇯🇵",
        "\ufdfa" * 20,
        "ゲ" * 20_000,
        " ".join(f"word{number}" for number in range(3_000)),
    ],
    ids=range(9),
)
def test_odd_queries_do_no_harm(searcher, query) -> None:
    hits = searcher.search(query, 3)
    assert {hit.section_id for hit in hits} <= set(TEXTS)
    assert len(hits) <= 3


def test_threads_get_what_one_caller_gets(searcher) -> None:
    queries = list(TEXTS.values()) * 5
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda query: searcher.search(query, 4), queries))
    assert together == [searcher.search(query, 4) for query in queries]
