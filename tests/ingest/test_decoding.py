import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.datatypes import SkipReason
from ingest.decoding import DecodedText, decode_text, score_japanese

TEXT = "# 見出し\n経路は①と②の二つ。\n"


@pytest.mark.parametrize(
    ("written_as", "encoding"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-32", "utf-32"),
        ("cp932", "cp932"),
        ("euc_jis_2004", "euc_jis_2004"),
    ],
)
def test_encodings_of_japanese_editors(written_as, encoding):
    assert decode_text(TEXT.encode(written_as)) == DecodedText(TEXT, encoding)


def test_big_endian_utf16_with_its_mark():
    assert decode_text(b"\xfe\xff" + TEXT.encode("utf-16-be")) == DecodedText(TEXT, "utf-16")


def test_mail_encoding():
    decoded = decode_text("件名と本文".encode("iso2022_jp"))
    assert decoded.text == "件名と本文"


@pytest.mark.parametrize("encoding", ["cp932", "euc_jp"])
@pytest.mark.parametrize(
    "text",
    [
        "設定",
        "経路",
        "ゲートウェイ",
        "です",
        "VPNの設定。",
        "は",
        "ー",
        "ＡＷＳ",
        "日本",
        "無料枠",
        "a\nカ\n",
    ],
)
def test_short_texts_are_told_apart(text, encoding):
    assert decode_text(text.encode(encoding)) == DecodedText(text, encoding)


def test_half_width_kana_in_shift_jis():
    assert decode_text("設定はﾃｽﾄです".encode("cp932")).text == "設定はﾃｽﾄです"


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"a\r\nb\rc\n", "a\nb\nc\n"),
        (b"a\0b", "a b"),
        (b"", ""),
        (b"\xef\xbb\xbf", ""),
        ("a\u2028b\fc\x85".encode(), "a\u2028b\fc\x85"),
        (b"\x1b[31mred\x1b[0m", "\x1b[31mred\x1b[0m"),
    ],
)
def test_line_ends_and_nul(data, text):
    assert decode_text(data).text == text


def test_a_few_bad_bytes_are_replaced_and_told():
    data = ("# 題\r\n" + "本文です。\r\n" * 50).encode() + b"\xff\xfe\r\n"
    decoded = decode_text(data)
    assert decoded.text == "# 題\n" + "本文です。\n" * 50 + "\ufffd\ufffd\n"
    assert (decoded.encoding, decoded.damaged_line) == ("utf-8", 52)


def test_a_character_cut_in_two_is_replaced():
    assert decode_text("漢字".encode()[:-1]) == DecodedText("漢\ufffd", "utf-8", 1)


def test_an_odd_byte_in_utf16_is_replaced():
    decoded = decode_text("漢\n字".encode("utf-16") + b"\x30")
    assert (decoded.text, decoded.damaged_line) == ("漢\n字\ufffd", 2)


def test_ascii_with_one_stray_byte_is_read():
    assert decode_text(b"a" * 500 + b"\n\x92" + b"b" * 500).damaged_line == 2


@pytest.mark.parametrize(
    "data",
    [
        "это текст".encode("cp1251"),
        "naïve café".encode("latin-1"),
        bytes(range(0x80, 0x100)),
    ],
)
def test_other_encodings_are_not_guessed(data):
    assert decode_text(data) is SkipReason.ENCODING


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7\n",
        b"\x89PNG\r\n\x1a\n",
        b"PK\x03\x04" + b"a" * 100,
        bytes(range(256)) * 4,
        "見出し".encode("utf-16-le") * 20 + b"a\0" * 20,
    ],
)
def test_binary_files(data):
    assert decode_text(data) is SkipReason.BINARY


def test_japanese_score():
    # Kana 2, common kanji 1, rare kanji and half-width kana 0; ASCII does not count.
    assert score_japanese("aあ") == 2
    assert score_japanese("設は") == 1.5
    assert score_japanese("齷ｱは定") == 0.75
    assert score_japanese("abc") == 0


@given(st.binary(max_size=200))
def test_any_bytes_end_in_clean_text_or_a_reason(data):
    decoded = decode_text(data)
    if isinstance(decoded, DecodedText):
        assert not {"\r", "\0"} & set(decoded.text)
        decoded.text.encode()  # no lone surrogates
    else:
        assert decoded in (SkipReason.BINARY, SkipReason.ENCODING)


@given(st.text())
def test_utf8_is_never_taken_for_something_else(text):
    # ESC $ opens ISO-2022-JP, and byte order marks and magic bytes decide by themselves.
    data = ("a" + text.replace("\x1b", "")).encode()
    decoded = decode_text(data)
    if isinstance(decoded, DecodedText):
        cleaned = text.replace("\x1b", "").replace("\r\n", "\n").replace("\r", "\n")
        assert decoded.text == "a" + cleaned.replace("\0", " ")
    else:
        assert decoded is SkipReason.BINARY
