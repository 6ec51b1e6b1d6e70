import pytest

from ingest.abbreviations import abbreviates_english, abbreviates_japanese, transliterates


@pytest.mark.parametrize(
    ("short", "name", "expected"),
    [
        ("ENI", "Elastic Network Interface", True),
        ("VGW", "virtual private gateway", True),  # GateWay gives two letters
        ("DLM", "Data Lifecycle Manager", True),
        ("ELB", "Elastic Load Balancing", True),
        ("CLB", "SurgeQueueLength", False),
        ("VGW", "Transit Gateway", False),
        ("ENI", "Elastic Network", False),  # no I
        ("ELB", "Elastic Load Balancing Target", False),  # the last word gives nothing
        ("EC", "Elastic", False),
        ("eni", "elastic network interface", False),
    ],
)
def test_initials(short: str, name: str, expected: bool) -> None:
    assert abbreviates_english(short, name) is expected


@pytest.mark.parametrize(
    ("short", "name", "expected"),
    [
        ("VGW", "仮想プライベートゲートウェイ", True),
        ("CGW", "カスタマーゲートウェイ", True),
        ("VIF", "仮想インターフェイス", True),
        ("IPS", "侵入防止システム", True),
        ("VPG", "VPNゲートウェイ", True),
        ("DLQ", "デッドレターキュー", True),
        ("NGW", "ゲートウェイ", False),  # begins with G
        ("VPC", "東京リージョン", False),
        ("VPC", "サブネット", False),
        ("KMS", "鍵管理", False),  # kanji alone prove nothing
        ("VGW", "仮想のゲートウェイ", False),  # no name: hiragana
        ("VGW", "", False),
    ],
)
def test_sounds(short: str, name: str, expected: bool) -> None:
    assert abbreviates_japanese(short, name) is expected


@pytest.mark.parametrize(
    ("kana", "english", "expected"),
    [
        ("トランジットゲートウェイ", "Transit Gateway", True),
        ("ダイレクトコネクト", "Direct Connect", True),
        ("プライベートリンク", "PrivateLink", True),
        ("クラウドフロント", "CloudFront", True),
        ("サージキュー", "SurgeQueueLength", False),
        ("ゲートウェイ", "Transit Gateway", False),
        ("サブネット", "VPC", False),
        ("地域制限", "Geo Restriction", False),
        ("リモート", "", False),
    ],
)
def test_katakana_for_english(kana: str, english: str, expected: bool) -> None:
    assert transliterates(kana, english) is expected
