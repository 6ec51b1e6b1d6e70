import pytest

from assistant.answering.quantities import QuantityKind, find_asked_quantity, gives_quantity
from tests.time_limit import time_limit

MONEY, RATE, SHARE = QuantityKind.MONEY, QuantityKind.RATE, QuantityKind.SHARE
SIZE, TIME, COUNT = QuantityKind.SIZE, QuantityKind.TIME, QuantityKind.COUNT


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("1 か月いくらかかる?", MONEY),
        ("シークレット 1 件は何ドル?", MONEY),
        ("どれくらいの料金になりますか", MONEY),
        ("How much does one cost?", MONEY),
        ("毎秒何件まで書き込める?", RATE),
        ("最大何 Gbps 出ますか", RATE),
        ("何％引きになる？", SHARE),
        ("１つ最大何ＴｉＢ？", SIZE),
        ("鍵は何ビット", SIZE),
        ("何分で切れますか", TIME),
        ("どのくらいの期間残る?", TIME),
        ("何か月先まで出せる?", TIME),
        ("How long is it kept?", TIME),
        ("いくつまで作れる?", COUNT),
        ("ルールは何個書ける", COUNT),
        ("同時に接続できる人数の上限は?", COUNT),
        ("How many rules can I write?", COUNT),
    ],
)
def test_the_kind_of_figure_that_is_asked_for(question: str, kind: QuantityKind) -> None:
    assert find_asked_quantity(question) is kind


@pytest.mark.parametrize(
    "question",
    [
        "どうすれば安くなる?",
        "なぜ何年も残すのか",  # some years, not how many
        "何台かの複製に分けたい",
        "いくらか遅れてもよい",
        "何のために使う?",
        "違いは何?",
        "",
    ],
)
def test_other_questions_ask_for_no_figure(question: str) -> None:
    assert find_asked_quantity(question) is None


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("月 $0.40", MONEY),
        ("1 件 50 円", MONEY),
        ("追加は無料", MONEY),
        ("3,000 メッセージ/秒 まで", RATE),
        ("5 Gbps", RATE),
        ("最大 72 %", SHARE),
        ("64 TiB まで", SIZE),
        ("サイズは無制限", SIZE),
        ("既定 30 秒", TIME),
        ("七日間残る", TIME),
        ("毎日消える", TIME),
        ("5 つまで", COUNT),
        ("二台", COUNT),
        ("上限はない", COUNT),
    ],
)
def test_a_text_that_gives_the_figure(text: str, kind: QuantityKind) -> None:
    assert gives_quantity(text, kind)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("月ごとに課金される", MONEY),
        ("64 TiB まで", MONEY),
        ("30 秒", RATE),
        ("3 個", SHARE),
        ("5 Gbps", SIZE),
        ("3 分割する", TIME),  # into three, not for three minutes
        ("時間がかかる", TIME),
        ("多くの台を束ねる", COUNT),
        ("", COUNT),
    ],
)
def test_a_text_that_does_not(text: str, kind: QuantityKind) -> None:
    assert not gives_quantity(text, kind)


@pytest.mark.parametrize("text", ["1" * 20_000, "千" * 20_000, "毎秒" * 10_000, "1, " * 7_000])
def test_long_rows_take_no_long_time(text: str) -> None:
    with time_limit(3):  # 8,000 digits took 19 s once
        find_asked_quantity(text[:8_000])  # longer questions are refused before
        for kind in QuantityKind:
            gives_quantity(text, kind)
