"""Finds words that a statement affirms and its sources deny, or the reverse."""

import re
from collections.abc import Callable, Sequence

from assistant.checking.denials import DenialReader
from assistant.checking.exclusives import LimitReader
from assistant.checking.hedges import (
    ends_negatively,
    has_bound,
    has_concession,
    has_condition,
    has_denial,
    is_condition,
    is_default,
    is_subordinate,
)
from assistant.checking.reading import Sentence
from assistant.checking.signs import SignedWord, SignReader
from assistant.checking.vocabulary import COMMON_WEIGHT, Vocabulary

# An occurrence counts when its surroundings fit the statement nearly as well as the best do.
_SLACK = 0.9
# The same for one of two opposites where the sources have it themselves as well.
_WIDE_SLACK = 1.5
# The weight of one content word.
_ONE_WORD = 1.0
_KANA = re.compile("[ぁ-ん]")
_CONTRAST = re.compile("では?な[くい]|では?ありません")


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
        self._limits = LimitReader(analyze)

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
        alike = self._find_alike(claim, given)
        if not alike or claim.is_open or claim.is_contrast or len(claim.sentence.words) < 2:
            return False
        if self._is_contrasted(claim, alike):
            return True
        if not claim.is_denied and not _KANA.search(claim.sentence.text):
            return False  # a label
        says_more = claim.is_denied or claim.is_predicate or claim.pair
        if not says_more and not any(word.is_noun_denied for word in alike):
            return False
        if any(self._says_both(claim, word) for word in claims):
            return False
        against = [word for word in alike if self._contradict(claim, word)]
        if self._is_same_case(claim, alike):
            return False
        if self._is_denied_otherwise(claim, against, given):
            return False
        if all(word in against for word in self._find_nearest(claim, alike)):
            return True
        others = [word for word in alike if word not in against]
        return self._stands_out(claim, against, others, topic)

    def _says_both(self, claim: SignedWord, other: SignedWord) -> bool:
        """Tell whether the statement affirms and denies the same, of one thing or of two."""
        if not self._are_alike(claim, other) or self._agree(claim, other):
            return False
        return claim.word == other.word or bool(claim.pair) or other.is_predicate

    def _find_alike(self, claim: SignedWord, given: Sequence[SignedWord]) -> list[SignedWord]:
        alike = [word for word in given if self._are_alike(claim, word)]
        # `拡大・縮小はできない` has the word itself besides its opposite.
        same = {
            id(w.clause) for w in alike if w.pair == claim.pair and w.is_second == claim.is_second
        }
        if claim.pair:
            alike = [w for w in alike if w.is_second == claim.is_second or id(w.clause) not in same]
        # `消すと自動で消える`: what is asserted is held against what is.
        asserted = [word for word in alike if not is_condition(word.clause.text)]
        is_assertion = claim.is_predicate and not claim.pair and not is_condition(claim.clause.text)
        return asserted if is_assertion and asserted else alike

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
        if _CONTRAST.search(claim.clause.text):
            return False
        same = [word for word in alike if word.word == claim.word]
        return bool(same) and all(word.is_contrast for word in same)

    def _contradict(self, claim: SignedWord, given: SignedWord) -> bool:
        if self._agree(claim, given):
            return False
        if given.is_denied == claim.is_denied:
            # `無効なら作れない` and `有効であること` say the same.
            return claim.is_predicate or has_denial(claim.clause.text) == has_denial(
                given.clause.text
            )
        if claim.word != given.word and not self._speak_of_same(claim, given):
            return False
        if self._is_excepted(claim, given):
            return False
        if is_condition(claim.clause.text) or self._oppose_around(claim, given):
            return False
        if has_bound(claim.clause.text) and has_bound(given.clause.text):
            return False  # `5 個まで作れる` and `5 個以上作れない` draw the same line
        if claim.is_predicate and given.is_predicate:
            return True
        if given.is_final == claim.is_final:
            return False  # the negation stands with another word
        return not (given.is_noun_denied and claim.is_unsure)

    def _speak_of_same(self, claim: SignedWord, given: SignedWord) -> bool:
        """Tell whether a word that only stands for another does so of the same thing."""
        around = claim.sentence.words - {claim.word}
        return given.is_predicate and self._vocabulary.overlap(around, given.sentence.words) > 0

    def _is_excepted(self, claim: SignedWord, given: SignedWord) -> bool:
        """Tell whether the claim speaks of what the sources except, or except all that they do not.

        `A を除いて届く` and `A には届かない`; `届かないのは A だけ` and `B には届く`.
        """
        excepted = self._limits.read_excepted(given.sentence.text)
        if self._names_any(excepted, claim.sentence.words):
            return True
        sole = self._limits.read_sole(given.clause.text)
        if sole and claim.is_denied and not self._names_all(sole, claim.sentence.words):
            return True
        kept = self._limits.read_cleft(claim.sentence.text)
        return bool(kept) and not self._names_any(kept, given.clause.words)

    def _names_all(self, names: frozenset[str], words: frozenset[str]) -> bool:
        return all(
            self._vocabulary.weigh(w) < COMMON_WEIGHT or self._vocabulary.support(w, words)
            for w in names
        )

    def _names_any(self, names: frozenset[str], words: frozenset[str]) -> bool:
        return any(
            self._vocabulary.weigh(w) >= COMMON_WEIGHT and self._vocabulary.support(w, words) == 1
            for w in names
        )

    def _is_same_case(self, claim: SignedWord, alike: Sequence[SignedWord]) -> bool:
        """Tell whether an opposite stands in a condition that the sources make as well."""
        around = claim.clause.words - {claim.word}
        is_case = is_condition(claim.clause.text)
        return bool(claim.pair) and any(
            w.word == claim.word
            and self._agree(claim, w)
            and has_condition(w.clause.text)
            and (is_case or self._vocabulary.overlap(around, w.clause.words) >= _ONE_WORD)
            for w in alike
        )

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
            + 2 * (is_default(claim.clause.text) and is_default(word.clause.text))
            + 0.5 * self._vocabulary.overlap(around, word.sentence.words)
            for word in alike
        ]
        has_same = claim.pair and any(w.word == claim.word and self._agree(claim, w) for w in alike)
        least = max(scores) - (_WIDE_SLACK if has_same else _SLACK)
        return [word for word, score in zip(alike, scores, strict=True) if score >= least]

    def _stands_out(
        self,
        claim: SignedWord,
        against: Sequence[SignedWord],
        others: Sequence[SignedWord],
        topic: frozenset[str],
    ) -> bool:
        """Tell whether the claim names more of what only an occurrence against it is said of."""
        around = claim.clause.words
        theirs = topic.union(*(word.scope for word in others))
        mine = frozenset[str]().union(*(word.scope for word in against))
        best = max(
            (self._vocabulary.overlap(word.scope - theirs, around) for word in against), default=0.0
        )
        rival = max(
            (self._vocabulary.overlap(word.scope - mine, around) for word in others), default=0.0
        )
        return best >= _ONE_WORD and not (claim.is_denied and rival >= best)
