import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.alias_mining import find_pairs


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("# VGW(仮想プライベートゲートウェイ)", ("VGW", "仮想プライベートゲートウェイ")),
        ("# CGW（カスタマーゲートウェイ）", ("CGW", "カスタマーゲートウェイ")),
        ("複数のENI（Elastic Network Interface）を使う", ("ENI", "Elastic Network Interface")),
        ("**Elastic Network Interface** (`ENI`)", ("ENI", "Elastic Network Interface")),
        ("Amazon Simple Queue Service (SQS)", ("SQS", "Simple Queue Service")),
        ("カスタマーゲートウェイ (CGW)", ("CGW", "カスタマーゲートウェイ")),
        ("プライベートリンク(PrivateLink)", ("プライベートリンク", "PrivateLink")),
        ("Direct Connect（ダイレクトコネクト）", ("ダイレクトコネクト", "Direct Connect")),
        ("終端に仮想インターフェース(以下VIF)を置く", ("VIF", "仮想インターフェース")),
        ("専用線接続（以下、「DX」）", ("DX", "専用線接続")),
        ("Virtual Private Gateway、略称VGW", ("VGW", "Virtual Private Gateway")),
        ("- 論理ボリューム（LV）", ("LV", "論理ボリューム")),
    ],
)  # fmt: skip
def test_declared_pair_is_found(text: str, pair: tuple[str, str]) -> None:
    assert list(find_pairs(text)) == [pair]


@pytest.mark.parametrize(
    "text",
    [
        "SurgeQueueLength(CLB)",
        "料金(月額)",
        "フェイルオーバー (アクティブ/パッシブ)",
        "地域制限 (地理的ブロッキング)",
        "顧客独自の (リモート) ネットワーク",
        "リクエスト (HTTP リスナー)",
        "ドメイン (acme.example.com や zenith.example.com)",
        "VPC(東京リージョン)",
        "インスタンス(EC2)",
        "ゲートウェイ(NGW)",
        "ENI (elastic network interface は後述",
        "以下VIFを使う",
        "次の表(以下)",
        "",
    ],
)
def test_remark_is_no_pair(text: str) -> None:
    assert list(find_pairs(text)) == []


def test_pairs_come_in_reading_order() -> None:
    text = "仮想インターフェース(以下VIF)と\nENI (Elastic Network Interface)"
    assert [short for short, _ in find_pairs(text)] == ["VIF", "ENI"]


@given(st.text(st.sampled_from("AEN仮想ゲート、。以下 ()（）-ー\n")))
def test_no_text_breaks_it(text: str) -> None:
    for short, name in find_pairs(text):
        assert short
        assert name


@pytest.mark.parametrize(
    "text",
    [
        "仮想" * 50_000,
        "A-" * 50_000,
        "A " * 50_000 + "(AAA",
        "仮(" * 50_000,
        "A " * 29 + "(AAAAAAAB)",
        "a " * 29 + "ア (AAAAAAAB)",
    ],
)
def test_time_grows_with_the_length_only(text: str) -> None:
    # Quadratic work would take minutes; linear work takes about a second at worst.
    start = time.perf_counter()
    list(find_pairs(text))
    assert time.perf_counter() - start < 10
