import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ingest.normalize import clean_text, normalize

# Where the rules meet: katakana, their marks and dashes, small kana, signs without width.
KANA_SOUP = st.text(
    st.sampled_from(
        "サーバユザルタヴァィェォウエイインフクオレヤヶヵケ3月-―ー‐ｰ゛゜ﾞ\u3099\u200bAß①〜"
    )
)
ANY_TEXT = st.text() | st.text(st.characters(codec=None)) | KANA_SOUP


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("サーバー", "サーバ"),
        ("サーバーレス", "サーバレス"),
        ("コンピューター", "コンピュータ"),
        ("ロードバランサー", "ロードバランサ"),
        ("アベイラビリティーゾーン", "アベイラビリティゾーン"),
        ("セキュリテイ", "セキュリティー"),
        ("ﾕｰｻﾞｰ", "ユーザ"),
        ("サ-バ", "サーバ"),
        ("サ―バ", "サーバ"),
        ("サ—バ", "サーバ"),
        ("サ‐バ", "サーバ"),
        ("サーーバ", "サーバ"),
        ("ヴァイオリン ヴィ ヴェ ヴォ ヴ", "バイオリン ビ ベ ボ ブ"),
        ("ゲートウエイ", "ゲートウェイ"),
        ("ゲートウェー", "ゲートウェイ"),
        ("インターフェイス", "インターフェース"),
        ("インタフェース", "インタフェイス"),
        ("フェールオーバー", "フェイルオーバー"),
        ("ファイヤーウォール", "ファイアウォール"),
        ("クオータ", "クォータ"),
        ("チヂミ", "チジミ"),
        ("アイヅ", "アイズ"),
        ("3ヶ月", "3カ月"),
        ("3ヵ所", "3箇所"),
        ("ガ", "カ゛"),
        ("ＶＰＣ　ピアリング", "vpc ピアリング"),
        ("10〜20", "10～20"),
        ("x‑amzn−id", "x-amzn-id"),
        ("VPC\u200bエンド\u00adポイント\u202e", "vpcエンドポイント"),
        ("a\r\n\t b\u2028c", "a b c"),
        ("ルート･テーブル", "ルート・テーブル"),
    ],
)
def test_spellings_of_one_word_become_equal(left: str, right: str) -> None:
    assert normalize(left) == normalize(right)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("カー", "カ"),
        ("エラー", "エラ"),
        ("アンカー", "アンカ"),
        ("アクセスキー", "アクセスキ"),
        ("ワーカード", "ワーカド"),
        ("フェーズ", "フェイズ"),
        ("テイスト", "ティスト"),
        ("クォーター", "クォータ"),
        ("オンプレミス―接続", "オンプレミスー接続"),
        ("バッチ", "バッジ"),
        ("ルート・テーブル", "ルートテーブル"),
        ("関ヶ原", "関か原"),
    ],
)
def test_different_words_stay_different(left: str, right: str) -> None:
    assert normalize(left) != normalize(right)


def test_normalized_form_is_spelled_out() -> None:
    # NFKC: full width and half-width kana; lower case; spaces; ー of サーバー.
    assert normalize("　ＡＷＳ  ｻｰﾊﾞｰ\nのIPv６ ") == "aws サーバ のipv6"


@given(ANY_TEXT)
@example("サーバー-バ")
@example("カウンター゛")
@example("ヵ゛")
@example("\ud800")
def test_normalize_of_its_result_changes_nothing(text: str) -> None:
    once = normalize(text)
    assert normalize(once) == once


@given(ANY_TEXT)
def test_normalized_text_is_clean(text: str) -> None:
    normalized = normalize(text)
    assert normalized == " ".join(normalized.split())
    normalized.encode("utf-8")


def test_clean_text_replaces_what_breaks_other_programs() -> None:
    assert clean_text("a\ud800b\x00c\x1bd\r\x7fe\n\tf") == "a\ufffdb c d  e\n\tf"


@given(st.text(st.characters(codec=None)))
def test_clean_text_keeps_the_length_and_can_be_encoded(text: str) -> None:
    cleaned = clean_text(text)
    assert len(cleaned) == len(text)
    assert b"\x00" not in cleaned.encode("utf-8")


def test_clean_text_keeps_what_a_note_shows() -> None:
    text = "家族👨‍👩‍👧 ﬁ Ａ ㍻\n\u200f"
    assert clean_text(text) == text
