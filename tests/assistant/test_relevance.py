"""A sentence's relevance: half similarity, half the question's words, rare ones counting more."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.relevance import cover_words, score_sentences
from tests.assistant.evidence import build_evidence


def score(terms: list[str], sentences: list[str], similarities: list[float]) -> list[float]:
    item = build_evidence("a", 1.0, [(text, 0.0) for text in sentences])
    return score_sentences(terms, item.sentences, similarities, str.split)


def test_without_words_in_common_similarity_decides() -> None:
    # Similarities are stretched to 0..1 and count half: (.7 - .6) / (.8 - .6) / 2 = .25.
    assert score(["甲"], ["乙", "丙", "丁"], [0.6, 0.7, 0.8]) == pytest.approx([0.0, 0.25, 0.5])


def test_with_equal_similarities_the_words_decide() -> None:
    # `甲` is in all three sentences and weighs ln(1 + 3/3), `乙` in one: ln(1 + 3/1) = 2 ln 2.
    # Equal similarities count 1/2 each; the words 1/3 of one half, or all of it.
    found = score(["甲", "乙"], ["甲", "甲 乙", "甲 丙"], [0.7, 0.7, 0.7])
    assert found == pytest.approx([0.5 + 1 / 6, 1.0, 0.5 + 1 / 6])


def test_rare_words_weigh_more() -> None:
    # `稀` is in one of four: ln 5; `常` in three of four: ln(1 + 4/3).
    rare, common = math.log(5), math.log(1 + 4 / 3)
    found = score(["稀", "常"], ["稀", "常", "常", "常"], [0.1] * 4)
    assert found[0] == pytest.approx(0.5 + 0.5 * rare / (rare + common))
    assert found[1] == pytest.approx(0.5 + 0.5 * common / (rare + common))


def test_a_word_that_no_sentence_has_lowers_nothing() -> None:
    assert score(["甲", "不在"], ["甲", "乙"], [0.5, 0.5]) == pytest.approx([1.0, 0.5])


def test_repeated_words_count_once() -> None:
    once, twice = (score(["甲", "乙"], [s, "乙"], [0.5, 0.5]) for s in ("甲", "甲 甲"))
    assert once == twice


def test_no_sentences() -> None:
    assert score(["甲"], [], []) == []


WORDS = st.lists(st.sampled_from("甲乙丙丁"), max_size=6)


@given(
    terms=WORDS,
    rows=st.lists(st.tuples(WORDS, st.floats(-1, 1, width=32)), min_size=1, max_size=8),
)
def test_relevance_lies_within_zero_and_one(terms, rows) -> None:
    found = score(terms, [" ".join(words) for words, _ in rows], [value for _, value in rows])
    assert len(found) == len(rows)
    assert all(-1e-9 <= value <= 1 + 1e-9 for value in found)


def test_words_that_few_sentences_hold_cover_more() -> None:
    sentences = [{"s3", "kms"}, {"s3"}, {"s3", "sns"}]
    # s3 stands in all three sentences: ln(1 + 3/3); kms in one, ec2 in none: ln(1 + 3/1) each.
    low, high = math.log(2), math.log(4)
    total = low + 2 * high
    found = cover_words({"s3", "kms", "ec2"}, sentences)
    assert found == pytest.approx([(low + high) / total, low / total, low / total])


def test_nothing_wanted_and_nothing_to_cover_it() -> None:
    assert cover_words(set(), [{"s3"}]) == [0.0]
    assert cover_words({"s3"}, []) == []
