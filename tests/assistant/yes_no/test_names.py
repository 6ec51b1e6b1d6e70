"""One spelling for names that are provably the same, and for no others."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.answering.yes_no.names import NameFolder
from ingest.aliases import AliasGroup, AliasTable
from ingest.content_words import WordAnalyzer
from ingest.tokenizer import MecabTokenizer
from tests.time_limit import time_limit

GROUPS = (
    AliasGroup(("SG", "セキュリティグループ", "Security Group"), "list"),
    AliasGroup(("IGW", "インターネットゲートウェイ", "Internet Gateway"), "list"),
    AliasGroup(
        ("EIGW", "Egress-Only インターネットゲートウェイ", "Egress-Only Internet Gateway"), "list"
    ),
    AliasGroup(("Shield", "シールド", "Shield Advanced"), "list"),
    AliasGroup(("EB", "Elastic Beanstalk"), "list"),
    AliasGroup(("EB", "EventBridge"), "list"),
    AliasGroup(("IP", "全ポート"), "notes"),
    AliasGroup(("CRL", "クライアント証明書失効リスト"), "notes"),
    AliasGroup(("社内網", "corp-net"), "user"),
)


@pytest.fixture(scope="module")
def folder() -> NameFolder:
    analyze = WordAnalyzer(MecabTokenizer()).analyze
    return NameFolder(AliasTable(GROUPS), analyze)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("SG は必須", "securitygroup は必須"),
        ("ＳＧは必須", "securitygroupは必須"),
        ("セキュリティグループは必須", "securitygroupは必須"),
        ("two security groups", "two securitygroup"),
        # inner names and outer ones
        ("Egress-Only IGW", "egressonlyinternetgateway"),
        ("Egress-Only インターネットゲートウェイ", "egressonlyinternetgateway"),
        ("EIGW と IGW", "egressonlyinternetgateway と internetgateway"),
        # what the user says is taken as it is
        ("社内網に出る", "corp-netに出る"),
        # declared by the notes, and borne out by the letters
        ("CRL を配る", "crl を配る"),
        ("クライアント証明書失効リストを配る", "crlを配る"),
    ],
)
def test_the_same_names_become_one(text: str, folded: str, folder: NameFolder) -> None:
    assert folder.fold(text) == folded
    assert folder.fold(folded) == folded


def test_katakana_for_part_of_a_name_is_told_by_its_words() -> None:
    group = AliasGroup(("NATゲートウェイ", "NAT Gateway"), "list")
    folder = NameFolder(AliasTable([group]), lambda text: ["nat", "gateway"])
    assert folder.fold("NAT ゲートウェイを置く") == "nat gatewayを置く"


@pytest.mark.parametrize(
    "text",
    [
        "shield advanced は有料",  # more than shield
        "eb は無料",  # either of two
        "ip は全ポート",  # guessed from the notes
        "msg と sgx",  # other words
        "",
        "   ",
    ],
)
def test_other_names_stay(text: str, folder: NameFolder) -> None:
    assert folder.fold(text) == text.strip()


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=80))
def test_any_text_is_folded_once(text: str) -> None:
    folder = NameFolder(AliasTable(GROUPS), str.split)
    folded = folder.fold(text)
    assert folder.fold(folded) == folded


@pytest.mark.parametrize(
    "piece", ["SG", "SG ", "ゲートウェイ", "NAT", "Internet ", "・", "\ud800", "- "]
)
def test_long_text_takes_no_long_time(piece: str, folder: NameFolder) -> None:
    with time_limit(1.0):
        folder.fold(piece * (10_000 // len(piece)))
