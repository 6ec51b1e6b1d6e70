"""Finds clauses of a statement that affirm what their sources deny as a whole.

Complements `polarity` where the word that the sources deny is not in the statement.
"""

from collections.abc import Iterator, Sequence

from assistant.checking.denials import DenialReader
from assistant.checking.hedges import (
    ends_negatively,
    has_limit,
    is_condition,
    is_subordinate,
    widens_limit,
)
from assistant.checking.reading import Clause, Sentence
from assistant.checking.vocabulary import Vocabulary

# A clause of less weight is found anywhere.
_MIN_WEIGHT = 1.0
# The share of its weight that a clause of the sources must hold to speak of the same, and how much
# less another one may hold that says otherwise.
_MIN_SHARE = 0.6
_SLACK = 0.2


class NegationChecker:
    """Compares whether clauses are denied."""

    def __init__(self, vocabulary: Vocabulary, denials: DenialReader) -> None:
        self._vocabulary = vocabulary
        self._denials = denials

    def find_turned(self, statement: Sequence[Sentence], sources: Sequence[Sentence]) -> list[str]:
        """Return the clauses of the statement that say the reverse."""
        body = [sentence for sentence in sources if not sentence.is_heading]
        if widens_limit(_join(statement), _join(body)):
            return [sentence.text for sentence in statement]
        given = [clause for sentence in body for clause in self._read_clauses(sentence)]
        clauses = (clause for sentence in statement for clause in sentence.clauses)
        return [
            clause.text
            for clause in clauses
            if self._is_affirmed(clause) and self._is_turned(clause, given)
        ]

    def _read_clauses(self, sentence: Sentence) -> Iterator[Clause]:
        """Yield the clauses up to a denied condition: `A しないと B できない` allows B."""
        for clause in sentence.clauses:
            yield clause
            if any(denial.is_condition for denial in self._denials.read(clause.text, "")):
                return

    def _is_turned(self, claim: Clause, given: Sequence[Clause]) -> bool:
        """Tell whether every clause that fits nearly as well as the best is denied."""
        weight = sum(map(self._vocabulary.weigh, claim.words))
        shares = [self._vocabulary.overlap(claim.words, c.words) / max(weight, 0.01) for c in given]
        best = max(shares, default=0.0)
        if weight < _MIN_WEIGHT or best < _MIN_SHARE:
            return False
        near = [c for c, share in zip(given, shares, strict=True) if share >= best - _SLACK]
        return all(self._is_denied(clause, claim) for clause in near)

    def _is_affirmed(self, clause: Clause) -> bool:
        """Tell whether a clause asserts something, and nothing in it may stand for a negation."""
        text = clause.text
        asserts = "ぁ" <= text[-1] <= "ん" and not is_condition(text) and not is_subordinate(text)
        is_hedged = ends_negatively(text) or has_limit(text)
        return asserts and not is_hedged and not self._denials.read(text, text)

    def _is_denied(self, clause: Clause, claim: Clause) -> bool:
        """Tell whether a clause ends with a negation that nothing else makes up for."""
        denials = [d for d in self._denials.read(clause.text, clause.text) if not d.is_condition]
        is_negative = len(denials) % 2 == 1 and any(denial.is_final for denial in denials)
        if not is_negative or ends_negatively(clause.text):
            return False
        mine, other = claim.words - clause.words, clause.words - claim.words
        return not self._vocabulary.have_opposites(mine, other)


def _join(sentences: Sequence[Sentence]) -> str:
    return "\n".join(sentence.text for sentence in sentences)
