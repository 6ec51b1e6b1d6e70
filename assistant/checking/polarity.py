"""Finds words that a statement affirms and its sources deny, or the reverse."""

from collections.abc import Callable, Sequence

from assistant.checking.denials import DenialReader
from assistant.checking.hedges import (
    ends_negatively,
    has_bound,
    has_concession,
    is_condition,
    is_subordinate,
)
from assistant.checking.reading import Sentence
from assistant.checking.signs import SignedWord, SignReader
from assistant.checking.vocabulary import COMMON_WEIGHT, Vocabulary

# An occurrence counts when its surroundings fit the statement nearly as well as the best do.
_SLACK = 0.9
# The weight of one content word.
_ONE_WORD = 1.0


class PolarityChecker:
    """Compares the signs of words.

    A sign alone does not contradict: `キャッシュを持たない` and `キャッシュもしない` deny different
    words and say the same. Where the end of a clause is denied in both, or in neither, only a word
    that ends both clauses counts.

    analyze: gives the content words of a text.
    """

    def __init__(
        self, vocabulary: Vocabulary, denials: DenialReader, analyze: Callable[[str], list[str]]
    ) -> None:
        self._vocabulary = vocabulary
        self._reader = SignReader(denials, analyze)

    def find_turned(
        self, statement: Sequence[Sentence], sources: Sequence[Sentence], *, only_pairs: bool
    ) -> list[str]:
        """Return the words whose sign the sources turn round.

        :param only_pairs: look at opposites alone: for texts in two languages.
        """
        claims = self._reader.read(statement)
        given = self._reader.read([s for s in sources if not s.is_heading])
        topic = frozenset(word for s in sources if s.is_heading for word in s.words)
        # `A しないと B できない` says `A すれば B できる`: what stands in such a condition is left
        # out, unless the statement speaks of it in such words itself.
        if not any(word.is_open or has_concession(word.sentence.text) for word in claims):
            given = [word for word in given if not word.is_open]
        turned = (
            claim.word
            for claim in claims
            if (claim.pair or not only_pairs) and self._is_turned(claim, claims, given, topic)
        )
        return list(dict.fromkeys(turned))

    def _is_turned(
        self,
        claim: SignedWord,
        claims: Sequence[SignedWord],
        given: Sequence[SignedWord],
        topic: frozenset[str],
    ) -> bool:
        alike = [word for word in given if self._are_alike(claim, word)]
        if not alike or claim.is_open or claim.is_contrast or len(claim.sentence.words) < 2:
            return False
        if self._is_contrasted(claim, alike):
            return True
        says_more = claim.is_denied or claim.is_predicate or claim.pair
        if not says_more and not any(word.is_noun_denied for word in alike):
            return False
        if any(self._are_alike(claim, w) and not self._agree(claim, w) for w in claims):
            return False  # it says both
        against = [word for word in alike if self._contradict(claim, word)]
        if self._is_denied_otherwise(claim, against, given):
            return False
        if all(word in against for word in self._find_nearest(claim, alike)):
            return True
        others = topic.union(*(word.scope for word in alike if word not in against))
        return self._stands_out(claim, against, others)

    def _are_alike(self, left: SignedWord, right: SignedWord) -> bool:
        is_pair = left.pair == right.pair != ""
        if is_pair and left.is_action and left.word != right.word:
            return left.is_predicate and right.is_predicate
        return is_pair or self._vocabulary.are_alike(left.word, right.word)

    def _agree(self, left: SignedWord, right: SignedWord) -> bool:
        are_opposite = left.is_second != right.is_second and not self._vocabulary.are_alike(
            left.word, right.word
        )
        return are_opposite == (left.is_denied != right.is_denied)

    def _is_contrasted(self, claim: SignedWord, alike: Sequence[SignedWord]) -> bool:
        """Tell whether the sources only say that something is not this (B ではなく A)."""
        if claim.is_denied or self._vocabulary.weigh(claim.word) < COMMON_WEIGHT:
            return False
        same = [word for word in alike if word.word == claim.word]
        return bool(same) and all(word.is_contrast for word in same)

    def _contradict(self, claim: SignedWord, given: SignedWord) -> bool:
        if self._agree(claim, given):
            return False
        if given.is_denied == claim.is_denied:
            return True  # opposites
        if is_condition(claim.clause.text) or self._oppose_around(claim, given):
            return False
        if has_bound(claim.clause.text) and has_bound(given.clause.text):
            return False  # `5 個まで作れる` and `5 個以上作れない` draw the same line
        if claim.is_predicate and given.is_predicate:
            return True
        if given.is_final == claim.is_final:
            return False  # the negation stands with another word
        return not (given.is_noun_denied and claim.is_unsure)

    def _oppose_around(self, left: SignedWord, right: SignedWord) -> bool:
        """Tell whether opposites make up for the negation (手動で足す, 自動では足されない)."""
        mine, other = left.clause.words - {left.word}, right.clause.words - {right.word}
        return self._vocabulary.have_opposites(mine - other, other - mine)

    def _is_denied_otherwise(
        self, claim: SignedWord, against: Sequence[SignedWord], given: Sequence[SignedWord]
    ) -> bool:
        """Tell whether a clause without the word fits a denied one better, and denies as well."""
        if not claim.is_denied or not against or any(word.is_denied for word in against):
            return False
        around = claim.clause.words - {claim.word}
        best = max(self._vocabulary.overlap(around, word.scope) for word in against)
        return any(
            word.is_predicate
            and (word.is_final or ends_negatively(word.clause.text))
            and not is_subordinate(word.clause.text)
            and not self._vocabulary.support(claim.word, word.clause.words)
            and self._vocabulary.overlap(around, word.scope) >= max(_ONE_WORD, best)
            for word in given
        )

    def _find_nearest(self, claim: SignedWord, alike: Sequence[SignedWord]) -> list[SignedWord]:
        own = claim.clause.words - {claim.word}
        around = claim.sentence.words - {claim.word}
        scores = [
            (word.word == claim.word and not claim.pair)
            + self._vocabulary.overlap(own, word.scope)
            + 0.5 * self._vocabulary.overlap(around, word.sentence.words)
            for word in alike
        ]
        least = max(scores) - _SLACK
        return [word for word, score in zip(alike, scores, strict=True) if score >= least]

    def _stands_out(
        self, claim: SignedWord, against: Sequence[SignedWord], others: frozenset[str]
    ) -> bool:
        """Tell whether the claim names what only an occurrence against it is said of."""
        around = claim.clause.words
        return any(
            self._vocabulary.overlap(word.scope - others, around) >= _ONE_WORD for word in against
        )
