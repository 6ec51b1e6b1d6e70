import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.name_finder import NameFinder, name_key


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("VGW", "VGWとは", True),
        ("VGW", "ｖｇｗとは", True),
        ("SG", "msgを送る", False),
        ("SG", "sg2", False),
        ("SG", "SGs", True),
        ("SG", "SGsx", False),
        ("SG", "my-sg", True),
        ("EC2", "EC2の料金", True),
        ("ラムダ", "ラムダエッジ", False),
        ("ラムダ", "ラムダの料金", True),
        ("リンク", "プライベートリンク", False),
        ("専用線接続", "専用線接続の冗長化", True),
        ("Direct Connect", "DirectConnect", True),
        ("Direct Connect", "direct-connect", True),
        ("PrivateLink", "private link", True),
        ("NATゲートウェイ", "NAT ゲートウェイ", True),
        ("ルートテーブル", "ルート・テーブル", True),
        ("AMI", "am i in it", False),
        ("仮想ゲート", "仮 想ゲート", False),
        ("サーバー", "サーバの数", True),
    ],
)
def test_find(name: str, text: str, found: bool) -> None:
    assert NameFinder([name]).find(text) == ([name_key(name)] if found else [])


def test_longest_name_wins_and_is_not_searched_again() -> None:
    finder = NameFinder(["Direct Connect", "Direct Connect Gateway", "Gateway"])
    assert finder.find("Direct Connect GatewayとDirect Connect") == [
        "directconnectgateway",
        "directconnect",
    ]


@pytest.mark.parametrize("names", [[], [""], [" - "]])
def test_no_name_is_found_nowhere(names: list[str]) -> None:
    assert NameFinder(names).find("何か text") == []


@given(st.text(st.sampled_from("AbS1仮ゲー -・"), min_size=1))
def test_a_name_alone_is_found_and_nothing_else_ever(name: str) -> None:
    key = name_key(name)
    assert NameFinder([name]).find(f"。{name}。") == ([key] if key else [])
    assert set(NameFinder([name]).find(f"A仮{name}ゲb")) <= {key}
