"""What statements say to be needed and the lines do not, or the reverse."""

import pytest

from assistant.checking.denials import DenialReader
from assistant.checking.necessity import NecessityChecker, is_unneeded


@pytest.fixture(scope="module")
def is_turned(analyze, vocabulary, compare):
    checker = NecessityChecker(vocabulary, DenialReader(analyze).find_plain)
    return lambda statement, source: bool(compare(checker.find_turned, statement, source))


@pytest.mark.parametrize(
    ("statement", "source"),
    [
        ("入館には名札が欠かせない。", "入館に名札は不要である。"),
        ("入館に名札を付ける必要はありません。", "入館には名札が必須である。"),
        ("入館は名札なしで済む。", "入館には名札が要る。"),
        ("炉は弁を交換しない限り動かない。", "炉に弁の交換は不要である。"),
        ("柵がないと羊を置けません。", "羊を置くのに柵は要らない。"),
        ("柵がなくても羊を置ける。", "羊を置くには柵が必要である。"),
        ("名札を付けるかどうかは選べる。", "名札は必須である。"),
    ],
)
def test_needs_that_are_turned_round(is_turned, statement, source):
    assert is_turned(statement, source)


@pytest.mark.parametrize(
    ("statement", "source"),
    [
        ("入館には名札が欠かせない。", "入館には名札が必要である。"),
        ("入館に名札は必要ありません。", "入館に名札は不要である。"),
        ("炉は弁を交換しないと動かない。", "炉には弁の交換が要る。"),
        ("入館には鍵が必要である。", "入館に名札は不要である。"),  # another thing
        ("倉庫には名札が必要である。", "倉庫には名札が必要で、納屋には名札は不要である。"),
        ("入館に名札を付ける。", "入館に名札は不要である。"),  # says nothing of a need
    ],
)
def test_needs_that_are_kept(is_turned, statement, source):
    assert not is_turned(statement, source)


def test_what_says_that_nothing_is_needed():
    assert is_unneeded("名札は付けなくてよい")
    assert not is_unneeded("名札を付けなければならない")
