"""Names that stand with what the lines say of another one."""

import pytest

from assistant.checking.placement import PlacementChecker
from tests.time_limit import time_limit


@pytest.fixture(scope="module")
def find(analyze, vocabulary, compare):
    placement = PlacementChecker(vocabulary, analyze)
    return lambda statement, source: compare(placement.find_misplaced, statement, source)


BEANS = "菓子\n小豆の皮むきと砂糖煮は Plus で使う。餅の蒸し器は Basic で使う。"
FLAGS = "菓子\n`WARM_POT` は鍋の数。`COLD_POT` は皿の数。\n小豆が焦げるなら `WARM_POT` を減らす。"
SIDES = "菓子\n小豆の煮釜に触れるのは利用側だけ。提供側からは餅が見える。"
PARTS = "菓子\n待機系の煮釜に小豆を移すと味が残る。"


@pytest.mark.parametrize(
    ("statement", "source", "found"),
    [
        ("小豆の皮むきと砂糖煮は Basic で使う。", BEANS, ["basic"]),
        ("小豆が焦げるなら、`COLD_POT` を減らす。", FLAGS, ["cold_pot"]),
        ("小豆の煮釜に触れるのは提供側だけ。", SIDES, ["提供側"]),
        ("主系の煮釜に小豆を移すと、味が残る。", PARTS, ["主系"]),
    ],
)
def test_another_name_at_its_place(find, statement, source, found):
    assert find(statement, source) == found


@pytest.mark.parametrize(
    ("statement", "source"),
    [
        ("小豆の皮むきと砂糖煮は Plus で使う。", BEANS),
        ("餅の蒸し器は Basic で使う。", BEANS),
        ("小豆の皮むきは Plus、餅の蒸し器は Basic で使う。", BEANS),
        ("Basic で使う。", BEANS),  # it may be said of anything
        ("小豆が焦げるなら、`WARM_POT` を減らす。", FLAGS),
        ("小豆の煮釜に触れるのは利用側だけ。", SIDES),
        ("待機系の煮釜に小豆を移すと、味が残る。", PARTS),
        # The heading is what all of it is about.
        ("Basic は小豆の皮むきと砂糖煮に使う。", BEANS.replace("菓子", "Basic")),
    ],
)
def test_names_at_their_place(find, statement, source):
    assert find(statement, source) == []


def test_a_row_is_one_place(find):
    table = "菓子\n| 型 | 道具 | SLA |\n|---|---|---|\n| 大型 | 小豆の煮釜 KMA | 九割 |"
    assert find("大型は小豆の煮釜を使い、SLA がある。", table) == []


@pytest.mark.parametrize("piece", ["主系", "a.b ", "アカサタナ、", "|あ|い"])
def test_long_texts_take_no_time(find, piece):
    text = (piece * 500)[:500]
    with time_limit(2):
        find(text, f"{piece}\n{text * 8}")
