"""Steps, directions and comparisons that statements turn round."""

import pytest

from assistant.checking.orders import OrderChecker
from tests.time_limit import time_limit


@pytest.fixture(scope="module")
def is_turned(analyze, vocabulary, compare):
    checker = OrderChecker(vocabulary, analyze)
    return lambda statement, source: bool(compare(checker.find_turned, statement, source))


@pytest.mark.parametrize(
    ("statement", "source"),
    [
        ("まず窓を閉め、それから炉に点火する。", "先に炉に点火してから窓を閉める。"),
        ("窓を閉める前に炉に点火する。", "窓を閉めてから、炉に点火する。"),
        ("荷は納屋から倉庫へ運ぶ。", "荷は倉庫から納屋へ運ぶ。"),
        ("荷は納屋から倉庫へ運ぶ。", "荷の道筋: 倉庫 → 納屋"),
        ("馬車は荷車より速い。", "荷車は馬車より速い。"),
        (
            "西門の荷は納屋から倉庫へ運ぶ。",
            "| 門 | 西門 | 東門 |\n|---|---|---|\n| 荷 | 倉庫 → 納屋 | 納屋 → 倉庫 |",
        ),
    ],
)
def test_orders_that_are_turned_round(is_turned, statement, source):
    assert is_turned(statement, source)


@pytest.mark.parametrize(
    ("statement", "source"),
    [
        ("まず炉に点火し、それから窓を閉める。", "先に炉に点火してから窓を閉める。"),
        ("荷は倉庫から納屋へ運ぶ。", "荷の道筋: 倉庫 → 納屋"),
        ("荷は納屋から市場へ運ぶ。", "荷は倉庫から納屋へ運ぶ。"),  # other things
        ("荷は納屋から倉庫へ運ぶ。", "荷は倉庫から納屋へ、また納屋から倉庫へ運ぶ。"),  # both
        ("馬車は荷車より速い。", "馬車は荷車より速い。"),
    ],
)
def test_orders_that_are_kept(is_turned, statement, source):
    assert not is_turned(statement, source)


@pytest.mark.parametrize("piece", ["から", "→", "より", "まず、それから", "てから", "たあとに、"])
def test_many_borders_take_no_time(is_turned, piece):
    text = piece * 150
    with time_limit(2):
        is_turned(text, text)
