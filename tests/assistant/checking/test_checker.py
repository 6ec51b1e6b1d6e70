"""Whole statements held against their lines; all of them were made up for these tests."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.checking.checker import MAX_SOURCE_CHARS, MAX_STATEMENT_CHARS, SourceChecker
from assistant.protocols import Flaw, StatementChecker, Verdict
from ingest.aliases import AliasTable
from tests.time_limit import time_limit

GARDEN = (
    "庭 > 水やり\n"
    "庭の水は毎朝 6:30 に 15 分間まく。弁は Raindrop で開き、冬季は自動では開かない。"
    "最大 3 区画まで同時にまける。"
)
LOADS = (
    "負荷分散 > 種類\nNLB は固定 IP を持てる。仮想プライベートゲートウェイは 10.0.0.0/16 へ送る。"
)


def test_it_is_a_statement_checker(checker):
    assert isinstance(checker, StatementChecker)


@pytest.mark.parametrize(
    ("statement", "source"),
    [
        ("庭の水は毎朝 15 分間まく。", GARDEN),
        ("水やりは朝の 6:30 に始まり、15 分かかる。", GARDEN),
        ("弁を開くのは Raindrop である。", GARDEN),
        ("冬季は弁が自動で開かない。", GARDEN),
        ("同時にまけるのは 3 区画まで。", GARDEN),
        ("VGW は 10.0.0.0/16 へ送る。", LOADS),
        ("Network Load Balancer は固定 IP を持てる。", LOADS),
    ],
)
def test_sound_statements_pass(checker, statement, source):
    assert checker.check(statement, [source]) == Verdict()


@pytest.mark.parametrize(
    ("statement", "source", "flaw", "told"),
    [
        ("庭の水は毎朝 20 分間まく。", GARDEN, Flaw.NUMBER, "20 分"),
        ("庭の水は毎朝 15 秒間まく。", GARDEN, Flaw.NUMBER, "15 秒"),
        ("同時にまけるのは最小 3 区画である。", GARDEN, Flaw.NUMBER, "3"),
        ("弁は Snowflake で開く。", GARDEN, Flaw.NAME, "snowflake"),
        ("庭の水はスプリンクラーでまく。", GARDEN, Flaw.NAME, "スプリンクラー"),
        ("VGW は 10.1.0.0/16 へ送る。", LOADS, Flaw.ADDRESS, "10.1.0.0/16"),
        ("仮想プライベートゲートウェイは 10.0.0.0/8 へ送る。", LOADS, Flaw.ADDRESS, "10.0.0.0/8"),
        ("冬季は弁が自動で開く。", GARDEN, Flaw.POLARITY, "自動"),
        ("固定 IP は持てない。", LOADS, Flaw.POLARITY, "持"),
        ("収穫した野菜は市場の朝市に並べる。", GARDEN, Flaw.CONTENT, "野菜"),
    ],
)
def test_each_flaw_is_told_with_its_words(checker, statement, source, flaw, told):
    verdict = checker.check(statement, [source])
    assert flaw in verdict.flaws
    assert not verdict.is_supported
    assert told in verdict.detail


def test_all_flaws_are_told(checker):
    verdict = checker.check("弁は Snowflake で 20 分間開く。", [GARDEN])
    assert verdict.flaws == (Flaw.NUMBER, Flaw.NAME)
    assert verdict.detail == "number: 20 分; name: snowflake"


def test_each_source_may_hold_a_part(checker):
    statement = "庭の水は 15 分間まき、NLB は固定 IP を持てる。"
    assert checker.check(statement, [GARDEN, LOADS]).is_supported
    assert not checker.check(statement, [GARDEN]).is_supported
    assert not checker.check(statement, [LOADS]).is_supported


def test_headings_hold_names_and_words(checker):
    lines = "Raindrop > 水やり\n15 分間まく。"
    assert checker.check("Raindrop は 15 分間の水やりをする。", [lines]).is_supported


@pytest.mark.parametrize(
    ("statement", "sources"),
    [("", [GARDEN]), (" \n", [GARDEN]), ("水をまく。", []), ("水をまく。", ["", " "])],
)
def test_nothing_to_compare(checker, statement, sources):
    assert checker.check(statement, sources) == Verdict((Flaw.CONTENT,), "nothing to compare")


def test_a_long_statement_is_no_sentence(checker):
    statement = "水" * (MAX_STATEMENT_CHARS + 1)
    assert checker.check(statement, [statement]).flaws == (Flaw.CONTENT,)


def test_sources_are_read_up_to_their_bound(checker):
    padding = "水をまく。" * (MAX_SOURCE_CHARS // 5)
    statement = "庭の水は 15 分間まく。"
    assert checker.check(statement, [GARDEN, padding]).is_supported
    assert not checker.check(statement, [padding, GARDEN]).is_supported


@pytest.mark.parametrize(
    ("statement", "flaws"),
    [
        ("Raindrop waters the garden for 15 minutes.", ()),
        ("Snowflake waters the garden for 15 minutes.", ()),  # it may be any first word
        # Nothing of it can be held against the lines.
        ("The garden is watered by Snowflake.", (Flaw.NAME, Flaw.CONTENT)),
        ("Ahoy matey, the sea chest answers ye.", (Flaw.CONTENT,)),
        ("Raindrop waters the garden for 20 minutes.", (Flaw.NUMBER,)),
        ("Up to 3 beds are watered at 10.0.0.1.", (Flaw.ADDRESS,)),
    ],
)
def test_english_on_japanese_lines(checker, statement, flaws):
    assert checker.check(statement, [GARDEN]).flaws == flaws


@pytest.mark.parametrize(
    ("statement", "flaws"),
    [
        ("Raindrop は 15 分間の水やりを許可する。", ()),
        ("Raindrop は 15 分間の水やりを拒否する。", (Flaw.POLARITY,)),
        ("Raindrop は 20 分間の水やりを許可する。", (Flaw.NUMBER,)),
        ("Snowflake は水やりを許可する。", (Flaw.NAME,)),
    ],
)
def test_japanese_on_code(checker, statement, flaws):
    code = 'Garden\n{"tool": "Raindrop",\n"minutes": 15,\n"effect": "allow"}'
    assert checker.check(statement, [code]).flaws == flaws


HOSTILE = [
    "\ud800\udfff",
    "\x00\x07\x1b[31m\u202e",
    "((((（（[[[[「「「「",
    "|",
    "| a |\n|---|\n",
    "1 個、",
    "できないので、",
    "a.b/c:",
    "棚: 白 / 机: 黒 / ",
    "A なら X、",
    "一分の一",
    "10.0.0.1/",
    "\u3099\u0301",
    "非未不",
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_hostile_texts_take_no_time(checker, piece):
    source = (piece * 100_000)[:100_000]
    with time_limit(2):
        verdict = checker.check(source[: MAX_STATEMENT_CHARS - 10], [source, GARDEN])
        checker.check(source, [source])
        checker.check("庭の水は 15 分間まく。", [source])
    assert isinstance(verdict, Verdict)


@settings(max_examples=150)
@given(
    st.text(max_size=120)
    | st.text("棚木は、。（)|/:-#*`1 個gbないので\n\ud800\x00最大以上料金が", max_size=80),
    st.lists(
        st.text(max_size=120) | st.text("棚木は、。|/:-\n1 個のみない→=", max_size=80), max_size=3
    ),
)
def test_nothing_raises(checker, statement, sources):
    verdict = checker.check(statement, sources)
    assert bool(verdict.flaws) == bool(verdict.detail)


@pytest.mark.parametrize("statement", [line for line in GARDEN.split("\n")[1].split("。") if line])
def test_a_sentence_of_the_lines_is_supported_by_them(checker, statement):
    assert checker.check(f"{statement}。", [GARDEN]).is_supported


def test_building_it_takes_little_time(words):
    with time_limit(1):
        SourceChecker(words, AliasTable([]))


@pytest.mark.parametrize("statement", ["何も問題ありません。", "はい、できます。", "庭の話です。"])
def test_words_of_every_day_or_of_the_heading_alone_rest_on_nothing(checker, statement):
    source = "庭の話\nRaindrop は 15 分間、花壇に水をまく。"
    assert Flaw.CONTENT in checker.check(statement, [source]).flaws
