"""Compares what statements and sources say to be needed, and not to be: A が要る, A なしで済む."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from assistant.checking.reading import Sentence
from assistant.checking.vocabulary import COMMON_WEIGHT, Vocabulary

# What stands behind a thing that is needed, and behind one that is not.
_NEEDED = re.compile(
    "必要(?!性|(?:は|も|が|では)?[^、。]{0,4}(?:な[いくし]|ありません))|必須|不可欠"
    "|欠かせ(?:ない|ません|ず)|要る|要り(?!ません)|要する|要します|求められ(?!な|ま)"
    "|な(?:ければ|くては|いと)(?:なら|なり|いけ|だめ)|ねばならない"
    "|(?:は|が|を)?(?:常に|必ず)(?:有効|オン)|(?:は|が|を)?(?:切れない|外せない|強制)"
)
_UNNEEDED = re.compile(
    "必要(?:は|も|が|では)?[^、。]{0,4}(?:な[いくし]|ありません)|不要|要ら(?:な|ず)|要りません"
    "|な(?:くて|し)も?(?:よ[いくか]|良い|いい|構わ|かまわ|かまい|大丈夫|済)"
    "|(?:ず|なし)(?:に|で)(?:も)?(?:済|よい|良い|いい)|手間[はがも](?:な|かから|かかりません|要)"
    "|までもな[いく]|には(?:及ばない|及びません)|省(?:け|略でき)"
    "|は?任意|(?:する|使う|行う)?かどうか[をは][^、。]{0,15}(?:選|切り替|決め)"
)
# A condition that is denied, with what follows from it: denied or not.
_WITHOUT = re.compile(
    "(?:が|は|を)?(?:(?:し|せ|[らかさたなまわえけせてねべめれ])?(?:ない|なけれ|ません)"
    "|な[いし])(?:と|ば|限り|かぎり|では)(?!も)"
)
_EVEN_WITHOUT = re.compile("なくても|ずに(?:でも)?|なしで(?!は)も?|な[いし]まま(?:で?も)?")
_DENIAL = re.compile("ない|ません|ず(?=[、。に]|$)|不可|失敗|無理|できな|止まる|拒否")
_ABILITY = re.compile(
    "でき(?!な|ませ|ず)|(?:られ|[えけせてねべめれげ])(?:る|ます)|可能|可$|済む|済み|動[きく]"
)
# The share of what is needed that both must name, and how much better one may be named than
# another that says otherwise.
_MIN_SHARE = 0.6
_SLACK = 0.5
_BORDER = re.compile("[、。]|には(?=[^ぁ-ん])")


@dataclass(frozen=True, slots=True)
class _Need:
    """Something said to be needed or not.

    words: those of the thing.
    last: the last of them that says something.
    around: the words of the sentence.
    """

    words: frozenset[str]
    last: str
    around: frozenset[str]
    is_needed: bool
    text: str


class NecessityChecker:
    """Compares needs.

    analyze: gives the content words of a text.
    find_plain: gives those that say more than can, need and use, in their order.
    """

    def __init__(
        self,
        vocabulary: Vocabulary,
        find_plain: Callable[[str], list[str]],
    ) -> None:
        self._vocabulary = vocabulary
        self._find_plain = find_plain

    def find_turned(self, statement: Sequence[Sentence], sources: Sequence[Sentence]) -> list[str]:
        """Return what the statement says to be needed and the sources do not, or the reverse."""
        given = [n for s in sources if not s.is_heading for n in self._read(s)]
        claims = [need for sentence in statement for need in self._read(sentence)]
        return [need.text for need in claims if self._is_turned(need, given)]

    def _is_turned(self, claim: _Need, given: Sequence[_Need]) -> bool:
        alike = [need for need in given if self._are_alike(claim, need)]
        if not alike:
            return False
        scores = [
            self._vocabulary.overlap(claim.words, need.words)
            + self._vocabulary.overlap(claim.around, need.around)
            for need in alike
        ]
        best = max(scores)
        return all(
            need.is_needed != claim.is_needed
            for need, score in zip(alike, scores, strict=True)
            if score >= best - _SLACK
        )

    def _are_alike(self, claim: _Need, given: _Need) -> bool:
        if not self._vocabulary.support(claim.last, given.words):
            return False
        if not self._vocabulary.support(given.last, claim.words):
            return False
        smaller, larger = sorted((claim.words, given.words), key=self._weigh)
        return self._vocabulary.overlap(smaller, larger) >= _MIN_SHARE * self._weigh(smaller)

    def _weigh(self, words: frozenset[str]) -> float:
        return sum(map(self._vocabulary.weigh, words))

    def _find_last(self, words: Sequence[str]) -> str:
        """Return the last word that says something: 名札 of `名札を付ける必要`."""
        weighty = [word for word in words if self._vocabulary.weigh(word) >= COMMON_WEIGHT]
        return (weighty or words)[-1]

    def _read(self, sentence: Sentence) -> Iterator[_Need]:
        for number, clause in enumerate(sentence.clauses):
            text = clause.text
            rest = "".join(c.text for c in sentence.clauses[number + 1 :])
            for end, is_needed in _find_needs(text, rest):
                words = self._find_plain(_BORDER.split(text[:end])[-1])
                if words:
                    last = self._find_last(words)
                    yield _Need(frozenset(words), last, sentence.words, is_needed, text)


def is_unneeded(text: str) -> bool:
    """Tell whether a text says that something is not needed."""
    return _UNNEEDED.search(text) is not None


def _find_needs(text: str, rest: str) -> Iterator[tuple[int, bool]]:
    """Yield where what is needed ends, and whether it is.

    :param rest: what follows the clause in its sentence.
    """
    for match in _NEEDED.finditer(text):
        yield match.start(), True
    for match in _UNNEEDED.finditer(text):
        yield match.start(), False
    for match in _WITHOUT.finditer(text):
        if not _NEEDED.match(text, match.start()) and _DENIAL.search(text[match.end() :] or rest):
            yield match.start(), True
    for match in _EVEN_WITHOUT.finditer(text):
        behind = text[match.end() :] + rest
        if not _DENIAL.search(behind) and _ABILITY.search(behind):
            yield match.start(), False
