"""Sentences and clauses, cut as the checks compare them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.checking.reading import MAX_SENTENCE_CHARS, mask_figures, read_sentences
from tests.time_limit import time_limit


def split(text: str) -> list[str]:
    return text.split()


def read(text: str) -> list[str]:
    return [sentence.text for sentence in read_sentences(text, split)]


def read_clauses(text: str) -> list[str]:
    (sentence,) = read_sentences(text, split)
    return [clause.text for clause in sentence.clauses]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("棚は木だ。机は鉄だ。", ["棚は木だ。", "机は鉄だ。"]),
        ("One holds. Two does not, e.g. here.", ["one holds. two does not, e.g. here."]),
        ("- **棚**は`木`だ\n2. 机は[鉄](a.md)だ", ["棚は木だ", "机は鉄だ"]),
        ("/api/* に送る", ["/api/* に送る"]),
        (
            "| 家具 | 材 | 色 |\n|---|---|---|\n| 棚 | 木 | 白 |",
            ["家具 棚 材: 木", "家具 棚 色: 白"],
        ),
        ("| 棚 | 木 |", ["棚: 木"]),
        ("家具: 棚 / 材: 木 / 色: 白", ["家具 棚 材: 木", "家具 棚 色: 白"]),
        ("", []),
        (" \n\n", []),
    ],
)
def test_sentences(text, sentences):
    assert read(text) == sentences


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("棚を動かすと、机が見える。", ["棚を動かすと", "机が見える"]),
        ("棚は、木と鉄でできている", ["棚は、木と鉄でできている"]),
        ("重いので動かせない", ["重いので", "動かせない"]),
        ("棚は動かせるが机は動かせない", ["棚は動かせるが", "机は動かせない"]),
        ("棚（木の物）は動かせる", ["棚は動かせる", "木の物"]),
        ("棚: 白 / 机: 黒", ["棚", "白", "机: 黒"]),
    ],
)
def test_clauses(text, clauses):
    if " / " in text:
        assert read(text) == ["棚 白 机: 黒"]
    else:
        assert [clause.rstrip("。") for clause in read_clauses(text)] == clauses


def test_brackets_explain_the_clause_around_them():
    (sentence,) = read_sentences("棚 を 置く、 机 ( 木 の 物 ) を 置く", split)
    assert sentence.clauses[-1].explained >= {"机"}
    assert "棚" not in sentence.clauses[-1].scope


def test_the_first_of_several_lines_holds_the_headings():
    lines = "家具 > 棚\n木でできている。"
    assert [s.is_heading for s in read_sentences(lines, split, has_headings=True)] == [True, False]
    assert [s.is_heading for s in read_sentences("棚は木。", split, has_headings=True)] == [False]
    assert [s.is_heading for s in read_sentences(lines, split)] == [False, False]


def test_figures_are_no_words():
    (sentence,) = read_sentences("棚 は 5 gb まで 10.0.0.1 に", split)
    assert sentence.words == {"棚", "は", "まで", "に"}
    assert mask_figures("a 5 gb b") == "a      b"


def test_long_lines_are_cut():
    sentences = read_sentences("棚" * (2 * MAX_SENTENCE_CHARS + 1), split)
    lengths = [len(sentence.text) for sentence in sentences]
    assert lengths == [MAX_SENTENCE_CHARS, MAX_SENTENCE_CHARS, 1]


@given(st.text(alphabet="棚木。、(（)）|/:-#*`[]1 gb\n\ud800\x00", max_size=80))
def test_every_clause_has_text(text):
    for sentence in read_sentences(text, split, has_headings=True):
        assert sentence.clauses
        assert all(clause.text for clause in sentence.clauses)


@pytest.mark.parametrize("piece", ["(", "（）", "|", "a: ", " / b: ", "[a](", "、", "。"])
def test_hostile_lines_take_no_time(piece):
    text = (piece * 4_000)[:4_000]
    with time_limit(1):
        read_sentences(text, split)
