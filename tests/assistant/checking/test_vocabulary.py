"""What words weigh, and which stand for each other."""

import pytest

from assistant.checking.vocabulary import (
    COMMON_WEIGHT,
    GENERAL_WEIGHT,
    read_single_term,
    stem_words,
)
from assistant.checking.word_lists import (
    COMMON_THINGS,
    GENERAL_WORDS,
    OPPOSITE_ACTIONS,
    OPPOSITE_STATES,
    SYNONYMS,
)


def test_stems_are_one_for_forms_of_a_verb():
    assert stem_words(["付け直す", "付け直し", "出る", "出す", "real-time", "できる"]) == [
        "付け直~",
        "付け直~",
        "出~",
        "出~",
        "できる",
    ]


@pytest.mark.parametrize(
    ("word", "weight"),
    [
        ("使~", GENERAL_WEIGHT),
        ("設定", GENERAL_WEIGHT),
        ("串", GENERAL_WEIGHT),  # a single sign says little
        ("message", COMMON_WEIGHT),  # the term of メッセージ
        ("盆栽", 1.0),
        ("1,500", 0.0),
    ],
)
def test_weights(vocabulary, word, weight):
    assert vocabulary.weigh(word) == weight


def test_support(vocabulary):
    assert vocabulary.support("盆栽", frozenset(["盆栽"])) == 1.0
    assert vocabulary.support("盆栽", frozenset(["鉢"])) == 0.0
    assert vocabulary.support("盆栽", frozenset(["盆踊り"]), frozenset("盆踊り")) == 0.35
    assert vocabulary.support("パンジー", frozenset(["パン"]), frozenset("パン")) == 0.0
    assert vocabulary.support("削除", frozenset(["消~"])) == 0.9


def test_overlap_counts_weights(vocabulary):
    assert vocabulary.overlap(["盆栽", "設定", "鉢植え"], frozenset(["盆栽", "設定"])) == 1.25


def test_opposites(vocabulary):
    assert vocabulary.have_opposites(["自動"], frozenset(["手動"]))
    assert vocabulary.have_opposites(["手動"], frozenset(["自動"]))
    assert not vocabulary.have_opposites(["自動"], frozenset(["自動", "盆栽"]))


def test_no_word_is_on_both_sides_of_a_pair(analyze):
    for line in (*OPPOSITE_STATES, *OPPOSITE_ACTIONS):
        first, second = (
            {term for word in side.split() if (term := read_single_term(word, analyze))}
            for side in line.split(" / ")
        )
        assert first, line
        assert second, line
        assert not first & second, line


def test_the_lists_repeat_nothing():
    assert len(set(GENERAL_WORDS)) == len(GENERAL_WORDS)
    assert len(set(COMMON_THINGS)) == len(COMMON_THINGS)
    assert not set(GENERAL_WORDS) & set(COMMON_THINGS)
    assert len(set(SYNONYMS)) == len(SYNONYMS)
