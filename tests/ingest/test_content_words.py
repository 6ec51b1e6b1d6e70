from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.content_words import BigramAnalyzer, WordAnalyzer
from ingest.tokenizer import MecabTokenizer
from ingest.user_dictionary import build_user_dictionary, bundled_terms_file

ANY_TEXT = st.text() | st.text(st.characters(codec=None))


@pytest.fixture(scope="module")
def words(tmp_path_factory: pytest.TempPathFactory) -> WordAnalyzer:
    cache: Path = tmp_path_factory.mktemp("cache")
    return WordAnalyzer(MecabTokenizer(build_user_dictionary(bundled_terms_file(), cache)))


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("VPCピアリングで推移的な通信はできない", ["vpc", "peering", "推移", "的", "通信"]),
        # The same dictionary form, whatever the ending.
        ("使わなかった", ["使う"]),
        ("使います", ["使う"]),
        # UniDic's origin is `fan（熱狂者）`.
        ("ファン", ["fan"]),
        ("オンプレミス", ["on-premises", "premise"]),
        ("t3.micro", ["t3.micro", "t3", "micro"]),
        ("s3:GetObject", ["get", "object", "s3:getobject", "s3", "getobject"]),
        ("--dry-run", ["dry-run", "dry", "run"]),
        ("EC2とIPv6", ["ec2", "ipv6"]),
        ("enableDnsHostnames", ["enable", "dns", "hostname", "enablednshostname"]),
        ("802.1Q", ["802.1q", "802", "1q"]),
        ("/aws/lambda", ["aws/lambda", "aws", "lambda"]),
        ("10.0.0.0/16", ["10.0.0.0/16", "10", "0", "0", "0", "16"]),
        ("X-Amzn-Trace-Id", ["x-amzn-trace-id", "x", "amzn", "trace", "id"]),
        ("VPCs", ["vpc"]),
        ("policies of the class status analysis https", [
            "policy", "class", "status", "analysis", "https"]),
        ("AレコードとIT", ["a", "it", "record"]),
        ("한국어 привет", ["한국어", "привет"]),
    ],
)  # fmt: skip
def test_words(words: WordAnalyzer, text: str, terms: list[str]) -> None:
    assert words.analyze(text) == terms


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("インターフェイス", "interface"),
        ("インタフェース", "インターフェース"),
        ("ゲートウエイ", "gateways"),
        ("ロードバランサー", "load balancer"),
        ("サーバーレス", "serverless"),
        ("スナップショット", "snapshots"),
        ("キャッシュ", "cache"),
        ("レイテンシ", "レイテンシー"),
    ],
)
def test_spellings_and_languages_meet(words: WordAnalyzer, left: str, right: str) -> None:
    assert words.analyze(left) == words.analyze(right)


@pytest.mark.parametrize(
    "text", ["", "　\n", "。、！？…「」※→", "これは何ですか？", "what is this?"]
)
def test_text_without_content_has_no_words(words: WordAnalyzer, text: str) -> None:
    assert words.analyze(text) == []


@settings(deadline=None)
@given(text=ANY_TEXT)
def test_words_hold_no_white_space(words: WordAnalyzer, text: str) -> None:
    for term in words.analyze(text):
        assert term
        assert term == "".join(term.split())


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        # Across kanji and kana, not across Latin words.
        ("VPC間の通信", ["vpc", "間の", "の通", "通信"]),
        ("t3.micro型", ["t3.micro", "t3", "micro", "型"]),
        ("鍵。接続", ["鍵", "接続"]),
        ("サーバー", ["サー", "ーバ"]),
        ("", []),
        ("。、！？", []),
    ],
)
def test_bigrams(text: str, terms: list[str]) -> None:
    assert BigramAnalyzer().analyze(text) == terms


@given(ANY_TEXT)
def test_bigrams_hold_no_white_space(text: str) -> None:
    for term in BigramAnalyzer().analyze(text):
        assert term
        assert term == "".join(term.split())
