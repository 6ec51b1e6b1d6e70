"""Markers are told from numbers that belong to the text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.generators.markers import find_subscripts, split_markers
from tests.time_limit import time_limit

SUBSCRIPTS = find_subscripts(["配列[0] と配列[1] を使う。", "注記です[2]。", "x［3］"])


@pytest.mark.parametrize(
    ("sentence", "text", "numbers"),
    [
        ("5 個です [1]。", "5 個です。", (1,)),
        ("5 個です。[1][2]", "5 個です。", (1, 2)),
        ("5 個です[2]", "5 個です", (2,)),
        ("It is 5. [1] [3]", "It is 5.", (1, 3)),
        ("5 個です。[1, 3]", "5 個です。", (1, 3)),
        ("5 個です。[1、2]", "5 個です。", (1, 2)),
        ("5 個です。[1-3]", "5 個です。", (1, 2, 3)),
        ("5 個です。【2】", "5 個です。", (2,)),
        ("5 個です。［１］", "5 個です。", (1,)),
        ("5 個です。[^1]", "5 個です。", (1,)),
        ("5 個です。[1][1]", "5 個です。", (1,)),
        ("甲は 5 分[1]、乙は 9 分です[2]。", "甲は 5 分、乙は 9 分です。", (1, 2)),
        ("A is 5 [1] and B is 9 [2].", "A is 5 and B is 9.", (1, 2)),
        ("無印です。", "無印です。", ()),
        ("[RFC 1918] は私有です [1]", "[RFC 1918] は私有です", (1,)),
        # One that no source bears: at the end it is a marker, inside it is text.
        ("5 個です [9]。", "5 個です。", (9,)),
        ("5 個です [0]。", "5 個です。", (0,)),
        ("[2024] 年に [99] 個です [1]。", "[2024] 年に [99] 個です。", (1,)),
        # What a source has behind the same word is text.
        ("配列[0] を読む [1]。", "配列[0] を読む。", (1,)),
        ("配列[1] を読む [1]。", "配列[1] を読む。", (1,)),
        ("読むのは配列[1]。[2]", "読むのは配列[1]。", (2,)),
        ("読むのは配列[1][2]", "読むのは配列[1]", (2,)),
        ("読むのは X[3] [2]", "読むのは X[3]", (2,)),
        # Alone at the end it has to be a marker; and a footnote of the notes is no subscript.
        ("読むのは配列[1]。", "読むのは配列。", (1,)),
        ("注記です[2]。[1]", "注記です。", (2, 1)),
        # The answer reached its length within a marker.
        ("5 個です。[1][2", "5 個です。", (1,)),
        ("5 個です。[", "5 個です。", ()),
        ("[1]", "", (1,)),
        ("", "", ()),
    ],
)
def test_a_sentence_is_split_into_text_and_numbers(sentence, text, numbers) -> None:
    marked = split_markers(sentence, 3, SUBSCRIPTS)
    assert (marked.text, marked.numbers) == (text, numbers)


def test_a_range_that_names_too_much_is_none() -> None:
    assert split_markers("です[1-9999]", 3).numbers == (1, 9999)
    assert split_markers("です[3-1]", 3).numbers == (3, 1)


@given(st.text(st.sampled_from("[]［］【】123 ,、-^です。配列a")), st.integers(0, 3))
def test_text_is_made_of_the_sentence_alone(sentence, count) -> None:
    marked = split_markers(sentence, count, SUBSCRIPTS)
    left = iter(sentence)
    assert all(character in left for character in "".join(marked.text.split()))
    assert len(set(marked.numbers)) == len(marked.numbers)


@pytest.mark.parametrize(
    "sentence",
    ["[1]" * 33_000, "[" * 100_000, "[1,1" * 25_000, " " * 100_000 + "[1]", "a[1] " * 20_000],
)
def test_a_hostile_sentence_takes_no_time(sentence) -> None:
    with time_limit(1):
        split_markers(sentence, 3, find_subscripts([sentence]))
