"""Near copies are found by the share of trigrams that two texts have in common."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval import near_copies
from eval.near_copies import find_near_copies, split_grams


def find(texts: list[str], others: list[str], similarity: float) -> list[tuple[int, int, float]]:
    return list(find_near_copies(texts, others, similarity))


@pytest.mark.parametrize(
    ("text", "grams"),
    [
        ("abcd", {"abc", "bcd"}),
        ("aaaaa", {"aaa"}),
        # Case, width and white space do not count.
        ("ＶＰＣ の\n数", {"vpc", "pcの", "cの数"}),
        ("ab", {"ab"}),
        ("", {""}),
    ],
)
def test_grams_are_three_characters_of_the_squeezed_text(text: str, grams: set[str]) -> None:
    assert split_grams(text) == grams


# abcdefgh and abcdefxy have 6 trigrams each, abc to def in common: 4 of 8.
@pytest.mark.parametrize(("similarity", "found"), [(0.5, [(0, 0, 0.5)]), (0.51, [])])
def test_the_similarity_asked_for_is_reached_or_not(similarity: float, found: list) -> None:
    assert find(["abcdefgh"], ["abcdefxy"], similarity) == found


@pytest.mark.parametrize(
    ("text", "other"),
    [("ab", "ab"), ("", " "), ("VPC の数", "ｖｐｃの 数"), ("aaaa", "aaaaaaaa")],
)
def test_texts_of_the_same_grams_are_wholly_alike(text: str, other: str) -> None:
    assert find([text], [other], 1.0) == [(0, 0, 1.0)]


def test_texts_without_a_common_gram_are_never_near() -> None:
    assert find(["ab", "", "abc"], ["abd", "xyz"], 0.001) == []


def test_without_texts_nothing_is_found() -> None:
    assert find([], ["abc"], 0.5) == []
    assert find(["abc"], [], 0.5) == []


def test_pairs_come_in_the_order_of_the_texts() -> None:
    # abcde and abcdefg share 3 of 5 trigrams.
    found = find(["abcde", "xyz", "abcdefg"], ["abcdefg", "xyz", "abcde"], 0.6)
    assert found == [(0, 0, 0.6), (0, 2, 1.0), (1, 1, 1.0), (2, 0, 1.0), (2, 2, 0.6)]


def test_positions_hold_beyond_the_texts_that_are_compared_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(near_copies, "ROWS", 2)
    texts = ["abc", "def", "ghi", "jkl", "mno"]
    found = find(texts, ["mno", "ghi", "def"], 1.0)
    assert found == [(1, 2, 1.0), (2, 1, 1.0), (4, 0, 1.0)]


SHORT_TEXTS = st.lists(st.text("abあ", max_size=8), max_size=6)


@given(SHORT_TEXTS, SHORT_TEXTS)
def test_it_is_the_jaccard_similarity_of_the_grams(texts: list[str], others: list[str]) -> None:
    expected = [
        (i, j)
        for i, text in enumerate(texts)
        for j, other in enumerate(others)
        # At least a third in common, without division.
        if 3 * len(split_grams(text) & split_grams(other))
        >= len(split_grams(text) | split_grams(other))
    ]
    assert [(i, j) for i, j, _ in find(texts, others, 1 / 3)] == expected
