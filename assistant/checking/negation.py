"""Finds clauses of a statement that affirm what their sources deny as a whole, or the reverse.

Complements `polarity` where the word that is denied is not in both.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.checking.denials import DenialReader
from assistant.checking.hedges import (
    ends_negatively,
    ends_with_refusal,
    has_comparison,
    has_limit,
    is_condition,
    says_wrong,
    widens_limit,
)
from assistant.checking.necessity import is_unneeded
from assistant.checking.reading import Clause, Sentence
from assistant.checking.vocabulary import Vocabulary

# A clause of less weight is found anywhere.
_MIN_WEIGHT = 1.0
# The share of its weight that a clause of the sources must hold to speak of the same, the same
# with its conditions and with the headings, and how much less another one may hold that says
# otherwise.
_MIN_SHARE = 0.55
_MIN_TOPIC_SHARE = 0.7
_MIN_OWN = 0.35
_MIN_HELD = 1.25
_MIN_DENIED_SHARE = 0.8
_SLACK = 0.2
# A clause whose words are nearly all in the claim is spoken of as well.
_MIN_WHOLE = 1.5
_WHOLE_LESS = 0.1


@dataclass(frozen=True, slots=True)
class _Stance:
    """An asserted clause.

    words: its content words, and those of the conditions in front of it.
    is_denied: None if it may be meant either way.
    denied: the words that it denies.
    """

    clause: Clause
    words: frozenset[str]
    is_denied: bool | None
    denied: frozenset[str]


class NegationChecker:
    """Compares whether clauses are denied."""

    def __init__(self, vocabulary: Vocabulary, denials: DenialReader) -> None:
        self._vocabulary = vocabulary
        self._denials = denials

    def find_turned(self, statement: Sequence[Sentence], sources: Sequence[Sentence]) -> list[str]:
        """Return the clauses of the statement that say the reverse."""
        body = [sentence for sentence in sources if not sentence.is_heading]
        topic = frozenset(word for s in sources if s.is_heading for word in s.words)
        if widens_limit(_join(statement), _join(body)):
            return [sentence.text for sentence in statement]
        given = [stance for sentence in body for stance in self._read_given(sentence)]
        claims = [stance for sentence in statement for stance in self._read_claims(sentence)]
        return [s.clause.text for s in claims if self._is_turned(s, given, topic)]

    def _read_claims(self, sentence: Sentence) -> Iterator[_Stance]:
        """Yield what a statement asserts; a limit or a word may stand for a negation."""
        for stance in self._read_given(sentence):
            text = stance.clause.text
            is_hedged = has_limit(text) or ends_negatively(text) or ends_with_refusal(text)
            asserts = "ぁ" <= text[-1] <= "ん" and not says_wrong(sentence.text)
            asserts = asserts and not has_comparison(text)
            denials = self._denials.read(text, text)
            if asserts and not is_hedged and not any(denial.is_condition for denial in denials):
                yield stance

    def _read_given(self, sentence: Sentence) -> Iterator[_Stance]:
        """Yield the clauses up to a denied condition: `A しないと B できない` allows B."""
        conditions: frozenset[str] = frozenset()
        for clause in sentence.clauses:
            if is_condition(clause.text):
                conditions |= clause.words
            else:
                sign, denied = self._read_sign(clause), self._read_denied(clause)
                yield _Stance(clause, clause.words | conditions, sign, denied)
                conditions = frozenset()
            if any(d.is_condition for d in self._denials.read(clause.text, clause.text)):
                return

    def _read_sign(self, clause: Clause) -> bool | None:
        """Tell whether a clause ends with a negation, and nothing in front of it denies as well."""
        denials = [d for d in self._denials.read(clause.text, clause.text) if not d.is_condition]
        refusals = int(ends_with_refusal(clause.text))
        final = [denial for denial in denials if denial.is_final]
        if not final and not refusals:
            return None if any(denial.is_joined for denial in denials) else False
        if ends_negatively(clause.text) and not refusals:
            return None
        return True if (len(denials) + refusals) % 2 == 1 else None

    def _is_turned(self, claim: _Stance, given: Sequence[_Stance], topic: frozenset[str]) -> bool:
        """Tell whether every clause that fits nearly as well as the best says the reverse."""
        if claim.is_denied is None or not given:
            return False
        if claim.is_denied and (len(claim.clause.words) < 2 or is_unneeded(claim.clause.text)):
            return False
        own = claim.clause.words
        return self._is_against(claim, own, given, frozenset()) or (
            not claim.is_denied and self._is_against(claim, claim.words, given, topic)
        )

    def _is_against(
        self,
        claim: _Stance,
        words: frozenset[str],
        given: Sequence[_Stance],
        topic: frozenset[str],
    ) -> bool:
        weight = sum(map(self._vocabulary.weigh, words))
        if weight < _MIN_WEIGHT:
            return False
        shares = [self._find_share(words, weight, stance.words) for stance in given]
        best = max(shares)
        if topic:
            around = max(
                self._vocabulary.overlap(words, s.words | topic) / weight
                for s, share in zip(given, shares, strict=True)
                if share == best
            )
            is_near = best >= _MIN_OWN and around >= _MIN_TOPIC_SHARE
            is_same = best >= _MIN_SHARE or (is_near and best * weight >= _MIN_HELD)
        else:
            is_same = best >= (_MIN_DENIED_SHARE if claim.is_denied else _MIN_SHARE)
        near = [s for s, share in zip(given, shares, strict=True) if share >= best - _SLACK]
        return is_same and all(self._oppose(claim, stance) for stance in near)

    def _find_share(self, words: frozenset[str], weight: float, given: frozenset[str]) -> float:
        """Return the share of a claim that a clause holds, or of a clause that the claim holds."""
        share = self._vocabulary.overlap(words, given) / weight
        whole = sum(map(self._vocabulary.weigh, given))
        if share < _MIN_OWN or whole < _MIN_WHOLE:
            return share
        return max(share, self._vocabulary.overlap(given, words) / whole - _WHOLE_LESS)

    def _oppose(self, claim: _Stance, given: _Stance) -> bool:
        if given.is_denied is None or given.is_denied == claim.is_denied:
            return False
        if claim.denied & given.denied:
            return False
        if claim.is_denied:
            is_unsure = has_limit(given.clause.text) or ends_negatively(given.clause.text)
            if is_unsure or not all(self._vocabulary.support(w, given.words) for w in claim.denied):
                return False
        left, right = claim.clause.words, given.clause.words
        mine, other = left - right, right - left
        return not self._vocabulary.have_opposites(mine, other)

    def _read_denied(self, clause: Clause) -> frozenset[str]:
        denials = self._denials.read(clause.text, "")
        return frozenset(word for denial in denials for word in denial.words)


def _join(sentences: Sequence[Sentence]) -> str:
    return "\n".join(sentence.text for sentence in sentences)
