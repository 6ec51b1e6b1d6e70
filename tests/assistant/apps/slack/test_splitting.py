"""An answer is cut between sentences, never through a mark or a sign, and nothing is lost."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.apps.slack.limits import measure_packed
from assistant.apps.slack.splitting import split_text
from tests.assistant.apps.slack.answers import odd_texts

MARK = re.compile(r"\[\d{1,9}\]")


@given(odd_texts, st.integers(100, 3_000))
def test_nothing_is_lost_no_piece_is_too_long_and_no_mark_is_broken(text: str, limit: int) -> None:
    pieces = split_text(text, limit)
    assert "".join(pieces) == text
    assert all(piece and measure_packed(piece) <= limit for piece in pieces)
    assert [mark for piece in pieces for mark in MARK.findall(piece)] == MARK.findall(text)


def test_an_empty_text_has_no_piece() -> None:
    assert split_text("", 100) == []


def test_what_fits_is_not_cut() -> None:
    assert split_text("あ" * 100, 100) == ["あ" * 100]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        # At the end of a line, rather than at that of a sentence.
        ("あ" * 60 + "。い\n" + "う" * 60, "あ" * 60 + "。い\n"),
        # At the end of a sentence, with all its marks.
        ("あ" * 80 + "。 [1][2] " + "い" * 50, "あ" * 80 + "。 [1][2] "),
        ("a" * 80 + ". [1] " + "b" * 50, "a" * 80 + ". [1] "),
        ("あ" * 80 + "。」い" + "う" * 50, "あ" * 80 + "。」"),
        # The marks of the second sentence would come behind the cut.
        ("あ" * 60 + "。 [1]" + "い" * 33 + "。 [2]う", "あ" * 60 + "。 [1]"),
        # At a word's end, but never between a word and its mark.
        ("a" * 60 + " b" + "c" * 60, "a" * 60 + " "),
        ("a" * 55 + " " + "b" * 42 + " [12] c", "a" * 55 + " "),
        # A dot within a word ends no sentence.
        ("a" * 90 + ".md " + "b" * 50, "a" * 90 + ".md "),
        # Nowhere well, but never through a mark.
        ("あ" * 98 + "[12]" + "い" * 9, "あ" * 98),
        ("あ" * 97 + "[1]い", "あ" * 97 + "[1]"),
        # What belongs to one sign stays together.
        ("か\u3099" * 60, "か\u3099" * 50),
        ("あ" * 99 + "か\u3099い", "あ" * 99),
        # What takes several characters when it is sent, counts so.
        ("<" * 30, "<" * 25),
        ("😀" * 60, "😀" * 50),
        ("\n" * 60, "\n" * 50),
    ],
)
def test_a_text_is_cut_at_the_best_place(text: str, first: str) -> None:
    assert split_text(text, 100)[0] == first


def test_a_sign_longer_than_a_piece_is_cut_all_the_same() -> None:
    pieces = split_text("a" + "\u0301" * 400, 100)
    assert "".join(pieces) == "a" + "\u0301" * 400
    assert len(pieces) == 5


def test_a_long_text_is_cut_within_seconds() -> None:
    text = "文。 [1]\n" * 50_000
    started = time.monotonic()
    assert "".join(split_text(text, 3_000)) == text
    assert time.monotonic() - started < 10
