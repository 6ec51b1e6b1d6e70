"""Finds a statement, or a clause of it, whose words its sources do not hold."""

import re
from collections.abc import Iterable, Sequence

from assistant.checking.addresses import mask_addresses
from assistant.checking.figures import find_figures
from assistant.checking.reading import Sentence
from assistant.checking.vocabulary import Vocabulary

# Faithful sentences lack up to .45 of the weight of their words; most of what is said of another
# section of the same note lacks more.
_MAX_MISSING_SHARE = 0.48
# Of a very short statement one missing word is a large share.
_MIN_MISSING = 1.2
# One clause among others: what was added to a sound sentence lacks more than half, and more than
# one retold word.
_MAX_CLAUSE_SHARE = 0.5
_MIN_CLAUSE_MISSING = 0.85
# What something is not may stand nowhere.
_CONTRAST = re.compile("ではなく$|のではない|わけで")
# A retelling changes Japanese words more than names and loanwords.
_JAPANESE_SHARE = 0.6
# Words that lack less than this are not worth telling.
_TOLD = 0.3


class ContentChecker:
    """Weighs words."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary

    def find_missing(
        self, statement: Sequence[Sentence], words: frozenset[str], signs: frozenset[str]
    ) -> list[str]:
        """Return the words that the sources lack, none if they hold enough of the statement.

        Enough of all of it, and of each of its clauses. Figures are checked elsewhere, and count
        as words that are there.

        :param words: the content words of the sources.
        :param signs: the characters of the sources.
        """
        total = all_missing = 0.0
        lost: dict[str, None] = {}
        invented: dict[str, None] = {}
        clauses = [clause for sentence in statement for clause in sentence.clauses]
        for clause in clauses:
            lacks = self._weigh_lacks(clause.words, words, signs)
            missing = sum(lacks.values())
            weight = sum(map(self._weigh, clause.words)) + _count_figures(clause.text)
            told = dict.fromkeys(word for word, lack in lacks.items() if lack >= _TOLD)
            is_foreign = missing >= _MIN_CLAUSE_MISSING and missing > _MAX_CLAUSE_SHARE * weight
            if is_foreign and not _CONTRAST.search(clause.text):
                invented |= told
            total += weight
            all_missing += missing
            lost |= told
        if all_missing >= _MIN_MISSING and all_missing > _MAX_MISSING_SHARE * total:
            return list(lost)
        return list(invented) if len(clauses) > 1 else []

    def _weigh_lacks(
        self, said: Iterable[str], words: frozenset[str], signs: frozenset[str]
    ) -> dict[str, float]:
        return {
            word: self._weigh(word) * (1 - self._vocabulary.support(word, words, signs))
            for word in sorted(said)
        }

    def _weigh(self, word: str) -> float:
        return self._vocabulary.weigh(word) * (1.0 if word.isascii() else _JAPANESE_SHARE)


def _count_figures(text: str) -> int:
    return len(find_figures(mask_addresses(text)))
