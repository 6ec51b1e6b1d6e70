"""Scores the sentences of the found sections: which of them answer the question?

Half of a sentence's relevance is its embedding's similarity to the question's, half the share of
the question's words that it holds, rare words counting more. Rarity is taken among the candidate
sentences themselves: the words of the topic stand in nearly all of them and tell nothing.
"""

import math
from collections import Counter
from collections.abc import Callable, Sequence

from ingest.datatypes import Passage

# Equal shares; kept simple until the answer measures of `eval` choose on the dev split.
_SIMILARITY_SHARE = 0.5


def score_sentences(
    question_terms: Sequence[str],
    sentences: Sequence[Passage],
    similarities: Sequence[float],
    analyze: Callable[[str], list[str]],
) -> list[float]:
    """Return the relevance of every sentence, 0 to 1.

    :param similarities: cosine of every sentence to the question, in the order of `sentences`.
    """
    if not sentences:
        return []
    coverage = _weighted_coverage(question_terms, [set(analyze(s.text)) for s in sentences])
    low, high = min(similarities), max(similarities)
    spread = high - low
    return [
        _SIMILARITY_SHARE * ((similarity - low) / spread if spread else 1.0)
        + (1 - _SIMILARITY_SHARE) * covered
        for similarity, covered in zip(similarities, coverage, strict=True)
    ]


def cover_words(wanted: set[str], sentences: Sequence[set[str]]) -> list[float]:
    """Return for every sentence the weight of the wanted words in it over that of all of them.

    A word weighs more the fewer of the sentences hold it, most where none does. Unlike in
    `score_sentences` words that no sentence holds count as missing.
    """
    weights = {
        word: math.log1p(len(sentences) / max(1, sum(word in words for words in sentences)))
        for word in wanted
    }
    total = sum(weights.values()) or 1.0
    return [sum(weights[word] for word in wanted & words) / total for words in sentences]


def _weighted_coverage(terms: Sequence[str], sentences: Sequence[set[str]]) -> list[float]:
    """Return, per sentence, the weight of the question's words in it over the weight of all."""
    wanted = set(terms)
    frequency = Counter(term for words in sentences for term in words & wanted)
    weights = {term: math.log1p(len(sentences) / count) for term, count in frequency.items()}
    total = sum(weights.values())
    if not total:
        return [0.0] * len(sentences)
    return [sum(weights[term] for term in words & weights.keys()) / total for words in sentences]
