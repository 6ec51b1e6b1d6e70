"""Sentences come out of a stream complete, with the markers behind them, as early as is certain."""

from collections.abc import Iterable
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from assistant.generators.statement_cutter import MAX_STATEMENT_CHARACTERS, StatementCutter
from tests.time_limit import time_limit


def cut(pieces: Iterable[str]) -> list[str]:
    cutter = StatementCutter()
    sentences = [sentence for piece in pieces for sentence in cutter.feed(piece)]
    sentences += cutter.finish()
    return [s.strip() for s in sentences if s.strip()]


CASES = [
    ("甲です。[1]乙です。[2]", ["甲です。[1]", "乙です。[2]"]),
    ("甲です[1]。乙です[2]。", ["甲です[1]。", "乙です[2]。"]),
    ("甲です。 [1] [2] 乙です。", ["甲です。 [1] [2]", "乙です。"]),
    ("甲です。[1]。乙です。", ["甲です。[1]。", "乙です。"]),
    ("甲です。[RFC 1918] は乙です。[1]", ["甲です。", "[RFC 1918] は乙です。[1]"]),
    ("甲です。【1】［2］乙", ["甲です。【1】［2］", "乙"]),
    ("- 甲 [1]\n- 乙 [2]", ["- 甲 [1]", "- 乙 [2]"]),
    ("「甲。乙。」と書く。[1]", ["「甲。乙。」と書く。[1]"]),
    ("甲(乙。丙)です。丁", ["甲(乙。丙)です。", "丁"]),
    ("「甲。乙", ["「甲。乙"]),
    ("**甲です。** [1] 乙", ["**甲です。** [1]", "乙"]),
    ("It is t3.micro. [1] It costs 0.5. [2]", ["It is t3.micro. [1]", "It costs 0.5. [2]"]),
    ("It is on.[1] Next one.", ["It is on.[1]", "Next one."]),
    ("See e.g. Amazon S3, No. 5 vs. Six. End.", ["See e.g. Amazon S3, No. 5 vs. Six.", "End."]),
    ("1. 甲です。[1]", ["1. 甲です。[1]"]),
    ("本当?はい!終わり", ["本当?はい!終わり"]),
    ("本当？はい！終わり", ["本当？", "はい！", "終わり"]),
    ("<think>考え。[1]\n</think>甲です。[1]", ["甲です。[1]"]),
    ("甲です。[1]<THINKING>長い考え", ["甲です。[1]"]),
    ("考え</think>甲 < 乙です。[1]", ["考え甲 < 乙です。[1]"]),
    ("甲 <thin", ["甲 <thin"]),
    ("", []),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_text_is_cut_into_sentences(text, expected) -> None:
    assert cut([text]) == expected


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_it_does_not_matter_how_the_text_comes(text, expected) -> None:
    assert cut(text) == expected
    assert cut(text[i : i + 3] for i in range(0, len(text), 3)) == expected


def test_a_sentence_comes_as_soon_as_no_marker_can_follow() -> None:
    cutter = StatementCutter()
    assert list(cutter.feed("甲です。")) == []
    assert list(cutter.feed("[1")) == []
    assert list(cutter.feed("] ")) == []
    assert list(cutter.feed("乙")) == ["甲です。[1] "]
    assert list(cutter.feed("です。[2]\n")) == ["乙です。[2]"]


SOUP = st.text(st.sampled_from("甲乙。.！ [1]【２】「」()*<think>/\n a1"))


@given(SOUP, st.lists(st.integers(0, 50)))
@example("。。[", [1])
@example("<thin</think>k>", [3])
def test_no_cut_of_the_stream_changes_the_sentences(text, places) -> None:
    borders = [0, *sorted(min(place, len(text)) for place in places), len(text)]
    pieces = [text[a:b] for a, b in pairwise(borders)]
    assert cut(pieces) == cut([text])


@given(st.text(st.sampled_from("甲。.！ [1]「」()*\na")))
def test_nothing_is_lost_and_nothing_added(text) -> None:
    assert "".join("".join(cut(text)).split()) == "".join(text.split())


@pytest.mark.parametrize(
    "text",
    [
        "長" * 100_000,
        "." * 100_000,
        "「" * 100_000,
        "「" + "。" * 99_999,
        "。 " * 50_000,
        "a. " * 33_000,
    ],
)
def test_text_without_an_end_is_cut_and_takes_no_time(text) -> None:
    with time_limit(1):
        assert all(len(sentence) <= MAX_STATEMENT_CHARACTERS for sentence in cut([text]))


@pytest.mark.parametrize(
    "text", ["長" * 20_000, "." * 1_000 + "x" * 900, "<" * 20_000, "[1" * 10_000]
)
def test_it_takes_no_time_character_by_character_either(text) -> None:
    with time_limit(1):
        cut(text)
