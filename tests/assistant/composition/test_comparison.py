"""The sides of a comparison, and which text names which."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.composition.comparison import differs_in_row, find_sides, names_side
from tests.time_limit import time_limit


@pytest.mark.parametrize(
    ("question", "sides"),
    [
        ("ALB と NLB の違いは?", ("alb", "nlb")),
        ("ＡＬＢとＮＬＢの違いを教えて", ("alb", "nlb")),
        ("書き込みロールと実行ロールはどう違う?", ("書き込みロール", "実行ロール")),
        ("「共有」と「占有」って何が違うの", ("共有", "占有")),
        ("同期と非同期、どっちが速い?", ("同期", "非同期")),
        ("甲、乙、丙の違いは", ("甲", "乙", "丙")),
        ("標準キューと FIFO キュー、重複や順序の面でどう違う?", ("標準キュー", "fifo キュー")),
        ("gp2 と gp3 ならどちらが安いですか", ("gp2", "gp3")),
        ("手動か自動か、どっちを選ぶ?", ("手動", "自動")),
        ("SQS vs SNS", ("sqs", "sns")),
        ("SQS vs. SNS どっち", ("sqs", "sns")),
        ("IPv4 に比べて IPv6 は何がいい?", ("ipv4", "ipv6")),
        ("標準キューではなく FIFO を選ぶと何が変わる?", ("標準キュー", "fifo")),
        ("HDD より SSD が速いのはなぜ", ("hdd", "ssd")),
        ("What is the difference between a role and a user?", ("role", "user")),
        (
            "differences between NAT gateway and NAT instance for cost",
            ("nat gateway", "nat instance"),
        ),
        ("How does TCP differ from UDP?", ("tcp", "udp")),
        ("Compare Standard and Express workflows.", ("standard", "express workflows")),
        ("Should I use SQS or SNS?", ("sqs", "sns")),
        ("Which is cheaper, gp2 or gp3?", ("gp2", "gp3")),
    ],
)
def test_the_sides_of_a_comparison(question: str, sides: tuple[str, ...]) -> None:
    assert find_sides(question) == sides


@pytest.mark.parametrize(
    "question",
    [
        "ALB の違いは?",
        "VPC とつなぐとき、どちらのアカウントに請求される?",
        "設定を変えると、どちらが得?",
        "甲と乙と丙と丁の違いは?",  # four are no comparison that a short answer can give
        "鍵はどこに置く?",
        "",
    ],
)
def test_a_question_without_sides(question: str) -> None:
    assert find_sides(question) == ()


@pytest.mark.parametrize(
    ("text", "side", "sides", "named"),
    [
        ("NLB は L4。", "nlb", ("alb", "nlb"), True),
        ("NLB は L4。", "alb", ("alb", "nlb"), False),
        ("クラスターは 35 秒。", "多重クラスタ", ("多重インスタンス", "多重クラスタ"), True),
        ("多重構成。", "多重クラスタ", ("多重インスタンス", "多重クラスタ"), False),
        ("非同期で送る。", "同期", ("同期", "非同期"), False),
        ("同期は待ち、非同期は待たない。", "同期", ("同期", "非同期"), True),
        ("3 を使う。", "gp3", ("gp2", "gp3"), False),  # one sign is no name
        ("", "alb", ("alb", "nlb"), False),
    ],
)
def test_which_side_a_text_names(text: str, side: str, sides: tuple[str, ...], named: bool) -> None:
    assert names_side(text, side, sides) is named


@pytest.mark.parametrize(
    ("row", "differs"),
    [
        ("項目: 階層 / ALB: L7 / NLB: L4", True),
        ("項目: 料金 / ALB: 有料 / NLB: 有料", False),
        ("項目: 階層 / ALB: L7", False),
        ("項目: 料金 / ALB 旧: 有料 / ALB 新: 無料", False),
        ("ALB と NLB は違う。", False),
        ("項目: 時間 / ALB（推奨）: 可 / 要 / NLB: 可", True),
        ("", False),
    ],
)
def test_the_rows_that_tell_the_sides_apart(row: str, differs: bool) -> None:
    assert differs_in_row(row, ("alb", "nlb")) is differs


@given(st.text(max_size=200))
def test_any_text_gives_no_side_or_two_or_three(text: str) -> None:
    sides = find_sides(text)
    assert len(sides) in (0, 2, 3)
    assert len(set(sides)) == len(sides)
    assert all(sides)


@pytest.mark.parametrize(
    "piece", ["甲と", "違い", "a or ", "between ", "[(", "に比べて", "A", "甲み"]
)
def test_long_text_takes_no_long_time(piece: str) -> None:
    text = piece * (100_000 // len(piece)) + "の違い"
    with time_limit(1):
        find_sides(text)
        names_side(text, "甲", ("甲", "乙"))
        differs_in_row(text, ("甲", "乙"))
