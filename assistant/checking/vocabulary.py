"""Knows how much a word says, and which words stand for each other."""

import re
from collections.abc import Callable, Iterable

from assistant.checking.word_lists import (
    COMMON_THINGS,
    GENERAL_WORDS,
    OPPOSITE_ACTIONS,
    OPPOSITE_STATES,
    SYNONYMS,
)

#: What a word of every day weighs, and what a common thing does; any other word weighs 1.
GENERAL_WEIGHT = 0.25
COMMON_WEIGHT = 0.5
# How well a text supports a word that stands in other words: as a synonym, or by all of its kanji
# (複写 and 複製 share one of two).
_SYNONYM_SUPPORT = 0.9
_KANJI_SUPPORT = 0.7

_KANJI = re.compile("[一-鿿]")
_ENDING = re.compile("(?<=[一-鿿々])[ぁ-ん]+$")
_NUMBER = re.compile("[0-9][0-9.,:/-]*")
_JOINED = re.compile("[._:/@+#-]")


class Vocabulary:
    """Weighs the terms that an analyzer gives.

    analyze: gives the content words of a text.
    """

    def __init__(self, analyze: Callable[[str], list[str]]) -> None:
        self._general = frozenset(term for word in GENERAL_WORDS for term in analyze(word))
        self._common = frozenset(term for word in COMMON_THINGS for term in analyze(word))
        self._synonyms: dict[str, frozenset[str]] = {}
        self._opposites: dict[str, frozenset[str]] = {}
        pairs = [
            [_read_group(side, analyze) for side in line.split(" / ")]
            for line in (*OPPOSITE_STATES, *OPPOSITE_ACTIONS)
        ]
        groups = [_read_group(line, analyze) for line in SYNONYMS]
        # What says the same side of a pair stands for each other as well.
        for group in [*groups, *(side for sides in pairs for side in sides)]:
            for term in group:
                self._synonyms[term] = self._synonyms.get(term, frozenset()) | group
        for first, second in pairs:
            for side, other in ((first, second), (second, first)):
                for term in side:
                    self._opposites[term] = self._opposites.get(term, frozenset()) | other

    def weigh(self, word: str) -> float:
        """Return how much a word says, 0 to 1; numbers are checked elsewhere and weigh nothing."""
        if _NUMBER.fullmatch(word):
            return 0.0
        if word in self._general or len(word) == 1:
            return GENERAL_WEIGHT
        return COMMON_WEIGHT if word in self._common else 1.0

    def are_alike(self, left: str, right: str) -> bool:
        """Tell whether two words are the same or stand for each other."""
        return left == right or right in self._synonyms.get(left, frozenset())

    def have_opposites(self, left: Iterable[str], right: frozenset[str]) -> bool:
        """Tell whether some word of `left` is the opposite of one of `right`."""
        return any(self._opposites.get(word, frozenset()) & right for word in left)

    def support(
        self, word: str, words: frozenset[str], signs: frozenset[str] = frozenset()
    ) -> float:
        """Return how well a text holds a word, 0 to 1.

        :param words: the content words of the text.
        :param signs: its characters, for kanji that it has in other words.
        """
        if word in words:
            return 1.0
        if self._synonyms.get(word, frozenset()) & words:
            return _SYNONYM_SUPPORT
        kanji = _KANJI.findall(word)
        if not kanji:
            return 0.0
        return _KANJI_SUPPORT * sum(sign in signs for sign in kanji) / len(kanji)

    def overlap(self, left: Iterable[str], right: frozenset[str]) -> float:
        """Return the weight of the words of `left` that `right` holds."""
        return sum(self.weigh(word) * self.support(word, right) for word in left)


def read_single_term(word: str, analyze: Callable[[str], list[str]]) -> str:
    """Return the one term of a listed word, "" if it has none or several."""
    terms = set(analyze(word))
    return terms.pop() if len(terms) == 1 else ""


def _read_group(words: str, analyze: Callable[[str], list[str]]) -> frozenset[str]:
    terms = (read_single_term(word, analyze) for word in words.split())
    return frozenset(term for term in terms if term)


def stem_words(words: Iterable[str]) -> list[str]:
    """Return terms without the kana that verbs, adjectives and nouns made of them end with.

    `付け直す` and `付け直し` become one term, and so do `出る` and `出す`, which a retelling trades
    for each other. Of a joined term (`real-time`) the words are terms as well, and are enough.
    """
    return [_ENDING.sub("~", word) for word in words if not _JOINED.search(word)]
