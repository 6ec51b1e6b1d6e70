"""Compares what statements and sources limit to one thing, or except: A だけ, A を除く."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import islice

from assistant.checking.denials import DenialReader
from assistant.checking.reading import Clause, Sentence
from assistant.checking.vocabulary import COMMON_WEIGHT, Vocabulary


class Kind(StrEnum):
    """How a thing is set apart from all others."""

    SOLE = "sole"
    EXCEPTED = "excepted"


@dataclass(frozen=True, slots=True)
class Limit:
    """A thing that is set apart.

    words: those of the thing.
    """

    kind: Kind
    words: frozenset[str]


_LATER = re.compile("あとから|後から|途中から")
_LIMITS = {
    Kind.EXCEPTED: re.compile("(?:は|だけ)?を?除[くいき外]|以外|(?:だけ|のみ)は(?:別|例外)"),
    Kind.SOLE: re.compile(
        "(?<!同じ)(?<!それ)(?<!できる)(?:から|へ|に|で|まで)?(?:だけ|のみ)(?!では?な|の[^はがみ])|しか(?!な[いく]|ありません)|に限[らりる定](?!ず)"
    ),
}
# What stands in front of the thing itself, and brackets behind it.
_BORDER = re.compile("[、。(:|/]|のは|では|には|[はがを](?=[^ぁ-ん])")
_ASIDE = re.compile(r"\([^()]{0,60}\)$")
_CLEFT = re.compile("の(?:は|が)[^、。]{1,40}(?:だけ|のみ|に限)")
_WIDE = re.compile("以外[^、。]{0,20}も|だけでは?な|のみならず|に限ら[なずれ]")
_STRICT = re.compile("の(?:は|が)[^、。]{1,40}(?:だけ|のみ|に限)|しか(?!な[いく]|ありません)")
_ADDED = re.compile("(?<![てしっんくもで])(?:に|で|へ|から|まで)?も(?![のしうとっちなて])")
_EVERY = re.compile(
    "問わず|常に|必ず|すべて|全て|例外なく|一律|いつでも|どの[^、。]{1,15}も|無条件"
)
_REMEMBERED_TEXTS = 1_024
# A sentence with more limits is none.
_MAX_LIMITS = 10
# How far in front of the word that limits it the thing may stand.
_REACH = 40
# The share of what else the statement says that the sources hold, to speak of the same.
_MIN_SHARE = 0.5
# The share of what is limited that a statement on another thing must name, and that of the thing
# that it must not.
_MIN_REST = 0.6
_MIN_LACK = 0.5


class LimitReader:
    """Reads limits.

    analyze: gives the content words of a text.
    """

    def __init__(self, analyze: Callable[[str], list[str]]) -> None:
        self._analyze = analyze
        # A clause is looked at anew for every word that is held against it.
        self._read = lru_cache(_REMEMBERED_TEXTS)(self._read_limits)

    def read(self, text: str) -> tuple[Limit, ...]:
        """Return the limits of a sentence or clause."""
        return self._read(text)

    def _read_limits(self, text: str) -> tuple[Limit, ...]:
        if _WIDE.search(text):
            return ()
        return tuple(
            Limit(kind, words)
            for kind, pattern in _LIMITS.items()
            for match in islice(pattern.finditer(text), _MAX_LIMITS)
            if (words := self._read_thing(text[max(0, match.start() - _REACH) : match.start()]))
        )

    def read_cleft(self, text: str) -> frozenset[str]:
        """Return the words of Y in `X のは Y だけ`, none if the text says no such thing."""
        match = _CLEFT.search(text)
        limits = self.read(match[0]) if match else ()
        return frozenset(word for limit in limits for word in limit.words)

    def read_sole(self, text: str) -> frozenset[str]:
        """Return the words of all to which the text limits what it says."""
        limits = self.read(text)
        return frozenset(w for li in limits if li.kind is Kind.SOLE for w in li.words)

    def read_excepted(self, text: str) -> frozenset[str]:
        """Return the words of all that the text excepts."""
        limits = self.read(text)
        return frozenset(w for li in limits if li.kind is Kind.EXCEPTED for w in li.words)

    def read_added(self, text: str) -> frozenset[str]:
        """Return the words of all to which the text adds (A も, A でも)."""
        starts = [match.start() for match in _ADDED.finditer(text)]
        return frozenset(
            w for start in starts for w in self._read_thing(text[max(0, start - _REACH) : start])
        )

    def _read_thing(self, before: str) -> frozenset[str]:
        return frozenset(self._analyze(_BORDER.split(_ASIDE.sub("", before.strip()))[-1]))


class ExclusiveChecker:
    """Compares limits.

    analyze: gives the content words of a text.
    """

    def __init__(
        self, vocabulary: Vocabulary, denials: DenialReader, analyze: Callable[[str], list[str]]
    ) -> None:
        self._vocabulary = vocabulary
        self._denials = denials
        self._reader = LimitReader(analyze)

    def find_turned(self, statement: Sequence[Sentence], sources: Sequence[Sentence]) -> list[str]:
        """Return the sentences that limit to one thing what the sources say of others."""
        given = [sentence for sentence in sources if not sentence.is_heading]
        topic = frozenset(word for s in sources if s.is_heading for word in s.words)
        return [s.text for s in statement if any(self._is_turned(s, g, topic) for g in given)]

    def _is_turned(self, claim: Sentence, given: Sentence, topic: frozenset[str]) -> bool:
        for limit in self._reader.read(given.text):
            around = claim.words - limit.words
            if (
                limit.kind is Kind.EXCEPTED
                and self._are_aligned(around, given.words | topic)
                and self._affirms_excepted(claim, given, limit)
            ):
                return True
        return any(
            self._says_more(claim, clause, limit, given.words | topic)
            for clause in given.clauses
            for limit in self._reader.read(clause.text)
            if limit.kind is Kind.SOLE
        )

    def _says_more(
        self, claim: Sentence, clause: Clause, limit: Limit, known: frozenset[str]
    ) -> bool:
        """Tell whether a statement says of another thing what a clause limits to one."""
        around = claim.words - limit.words
        if self._names_another(claim, limit) or self._is_of_every(claim, limit):
            return self._are_aligned(around, known)
        if self._is_denied(claim) or self._reader.read(claim.text):
            return False
        lacking = frozenset(w for w in limit.words if not self._holds(claim.words, w))
        if self._weigh(lacking) < _MIN_LACK * self._weigh(limit.words):
            return False
        added = self._reader.read_added(claim.text)
        if self._has_other(added, known) and self._are_aligned(around - added, known):
            return True
        is_strict = _STRICT.search(clause.text) is not None
        is_later = _LATER.search(claim.text) is not None and "時" in clause.text
        return (
            is_strict
            and self._are_aligned(clause.words - limit.words, claim.words, _MIN_REST)
            and (is_later or self._has_other(claim.words, known))
        )

    def _has_other(self, words: frozenset[str], known: frozenset[str]) -> bool:
        return any(self._vocabulary.weigh(w) == 1 and not self._holds(known, w) for w in words)

    def _weigh(self, words: frozenset[str]) -> float:
        return sum(map(self._vocabulary.weigh, words))

    def _holds(self, words: frozenset[str], word: str) -> bool:
        return self._vocabulary.support(word, words) > COMMON_WEIGHT

    def _affirms_excepted(self, claim: Sentence, given: Sentence, limit: Limit) -> bool:
        """Tell whether a statement says of what is excepted what the sources say of the rest."""
        mine = self._reader.read(claim.text)
        if any(other.kind is Kind.EXCEPTED for other in mine):
            return False
        names_it = all(
            self._vocabulary.support(w, claim.words) > COMMON_WEIGHT for w in limit.words
        )
        is_every = _EVERY.search(claim.text) is not None
        return (names_it or is_every) and self._is_denied(claim) == self._is_denied(given)

    def _names_another(self, claim: Sentence, limit: Limit) -> bool:
        return any(
            other.kind is Kind.SOLE
            and min(self._weigh(other.words), self._weigh(limit.words)) >= COMMON_WEIGHT
            and not any(
                self._vocabulary.support(w, limit.words) > COMMON_WEIGHT for w in other.words
            )
            and not any(self._vocabulary.support(w, claim.words) == 1 for w in limit.words)
            for other in self._reader.read(claim.text)
        )

    def _is_of_every(self, claim: Sentence, limit: Limit) -> bool:
        """Tell whether a statement says of all what the sources say of one thing."""
        names_it = any(self._vocabulary.support(w, claim.words) == 1 for w in limit.words)
        return _EVERY.search(claim.text) is not None and not names_it

    def _is_denied(self, sentence: Sentence) -> bool:
        """Tell whether the clause that holds the limit, or the one before it, is denied."""
        return any(
            denial for c in sentence.clauses for denial in self._denials.read(c.text, c.text)
        )

    def _are_aligned(
        self, words: frozenset[str], given: frozenset[str], share: float = _MIN_SHARE
    ) -> bool:
        weight = sum(map(self._vocabulary.weigh, words))
        return weight > 0 and self._vocabulary.overlap(words, given) >= share * weight
