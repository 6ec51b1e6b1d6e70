"""Finds a statement whose words its sources do not hold: one about something else."""

from collections.abc import Sequence

from assistant.checking.reading import Sentence
from assistant.checking.vocabulary import Vocabulary

# Faithful sentences lack up to .45 of the weight of their words; most of what is said of another
# section of the same note lacks more.
_MAX_MISSING_SHARE = 0.48
# Of a very short statement one missing word is a large share.
_MIN_MISSING = 1.2
# A retelling changes Japanese words more than names and loanwords.
_JAPANESE_SHARE = 0.6
# Words that lack less than this are not worth telling.
_TOLD = 0.3


class ContentChecker:
    """Weighs words."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary

    def find_missing(
        self,
        statement: Sequence[Sentence],
        words: frozenset[str],
        signs: frozenset[str],
        figures: int,
    ) -> list[str]:
        """Return the words that the sources lack, none if they hold enough of the statement.

        :param words: the content words of the sources.
        :param signs: the characters of the sources.
        :param figures: how many figures the statement has; they are checked elsewhere, and count
            as words that are there.
        """
        total, missing = float(figures), 0.0
        lost: dict[str, None] = {}
        for word in (w for s in statement for clause in s.clauses for w in sorted(clause.words)):
            weight = self._vocabulary.weigh(word) * (1.0 if word.isascii() else _JAPANESE_SHARE)
            lack = weight * (1 - self._vocabulary.support(word, words, signs))
            total += weight
            missing += lack
            if lack >= _TOLD:
                lost[word] = None
        if missing < _MIN_MISSING or missing <= _MAX_MISSING_SHARE * total:
            return []
        return list(lost)
