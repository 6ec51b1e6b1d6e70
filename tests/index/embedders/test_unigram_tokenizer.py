import pytest

from index.embedders.unigram_tokenizer import build_tokenizer
from tests.index.embedders.tiny_weights import read_tiny_weights


@pytest.mark.parametrize(
    ("text", "normalised"),
    [
        ("ＶＰＣ", "VPC"),
        ("ｶﾞ", "ガ"),
        ("か\u3099", "が"),
        ("①", "1"),
        ("10～20", "10～20"),
        ("a\x01b", "ab"),
        ("a\tb", "a b"),
        ("a \u3000 b", "a b"),
    ],
)
def test_text_is_normalised(text: str, normalised: str) -> None:
    normalizer = build_tokenizer(read_tiny_weights().vocabulary).normalizer
    assert normalizer.normalize_str(text) == normalised


def test_pieces_stand_between_the_end_marks() -> None:
    tokenizer = build_tokenizer(read_tiny_weights().vocabulary)
    assert tokenizer.encode("passage: VPCあ").tokens == [
        "<s>",
        "▁passage:",
        "▁",
        "VPC",
        "あ",
        "</s>",
    ]
    assert tokenizer.encode("").tokens == ["<s>", "</s>"]


def test_what_no_piece_covers_is_unknown() -> None:
    tokenizer = build_tokenizer(read_tiny_weights().vocabulary)
    assert tokenizer.encode("漢").ids == [0, 4, 3, 2]
