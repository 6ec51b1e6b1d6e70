"""Compares what comes first and what second: steps, directions (A から B へ), comparisons."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from assistant.checking.reading import Sentence
from assistant.checking.vocabulary import Vocabulary

# A piece of one side: short, without the borders of phrases.
_SIDE = "[^、。()→⇒:]{1,50}"
_NEXT = "(?:それから|次に|その後|そのあと|続いて|続けて|つぎに)"
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        # Steps.
        f"(?:まず|最初に|初めに|先に|はじめに)は?(?P<first>{_SIDE}?)、?{_NEXT}、?(?P<second>{_SIDE})",
        f"(?:初め|最初|はじめ)(?:は|に)(?P<first>{_SIDE})、(?P<second>{_SIDE}(?:移|変え|切り替え|替え))",
        f"(?P<first>{_SIDE}[てで])から(?:で|の)?(?:、|(?!は))(?P<second>{_SIDE})",
        f"(?P<first>{_SIDE}た)(?:後|あと)(?:に|で|から)?、?(?P<second>{_SIDE})",
        f"(?P<second>{_SIDE}(?:る|の|う|す|く|む))前に、?(?P<first>{_SIDE})",
        # Directions.
        f"(?P<first>{_SIDE}?[^てで])から(?P<second>[^、。は]{{1,30}}?)(?:へ|に(?!は)|まで|向け)",
        # Comparisons.
        f"(?P<first>{_SIDE}?)(?:のほうが|の方が|は|が)(?P<second>{_SIDE}?)(?:より|(?:に|と)比べ)",
        f"(?P<second>{_SIDE}?)(?:より(?!も?大)|に比べて?)も?、?(?P<first>{_SIDE}?)(?:のほうが|の方が)",
    )
)
_ARROW = re.compile("→|⇒|->|=>")
_BORDER = re.compile("[、。():]|(?<=[ぁ-ん])は")
# The share of a side that another must hold to be the same.
_MIN_SHARE = 0.6
_SLACK = 0.5
# More steps than these are not compared.
_MAX_STEPS = 8


@dataclass(frozen=True, slots=True)
class _Order:
    """Two things in their order, each without the words of the other.

    around: the words of the clause or sentence.
    """

    first: frozenset[str]
    second: frozenset[str]
    around: frozenset[str]
    text: str


class OrderChecker:
    """Compares orders.

    analyze: gives the content words of a text.
    """

    def __init__(self, vocabulary: Vocabulary, analyze: Callable[[str], list[str]]) -> None:
        self._vocabulary = vocabulary
        self._analyze = analyze

    def find_turned(self, statement: Sequence[Sentence], sources: Sequence[Sentence]) -> list[str]:
        """Return the orders of the statement that the sources give the other way round."""
        given = [
            order for s in sources if not s.is_heading for order in self._read(s, is_claim=False)
        ]
        claims = [order for sentence in statement for order in self._read(sentence, is_claim=True)]
        turned = (order.text for order in claims if self._is_turned(order, given))
        return list(dict.fromkeys(turned))

    def _is_turned(self, claim: _Order, given: Sequence[_Order]) -> bool:
        signs = [self._compare(claim, order) for order in given]
        scores = [self._vocabulary.overlap(claim.around, order.around) for order in given]
        known = [(score, sign) for score, sign in zip(scores, signs, strict=True) if sign]
        best = max((score for score, _ in known), default=0.0)
        return bool(known) and all(sign < 0 for score, sign in known if score >= best - _SLACK)

    def _compare(self, claim: _Order, given: _Order) -> int:
        """Return 1 for the same order, -1 for the reverse, 0 where other things are ordered."""
        straight = min(
            self._match(claim.first, given.first), self._match(claim.second, given.second)
        )
        crossed = min(
            self._match(claim.first, given.second), self._match(claim.second, given.first)
        )
        if max(straight, crossed) < _MIN_SHARE or straight == crossed:
            return 0
        return 1 if straight > crossed else -1

    def _match(self, left: frozenset[str], right: frozenset[str]) -> float:
        smaller, larger = sorted((left, right), key=self._weigh)
        return self._vocabulary.overlap(smaller, larger) / max(self._weigh(smaller), 0.01)

    def _weigh(self, words: frozenset[str]) -> float:
        return sum(map(self._vocabulary.weigh, words))

    def _read(self, sentence: Sentence, *, is_claim: bool) -> Iterator[_Order]:
        text = sentence.text
        for first, second, whole in _find_sides(text):
            one, other = frozenset(self._analyze(first)), frozenset(self._analyze(second))
            if one - other and other - one:
                around = frozenset(self._analyze(whole)) if is_claim else sentence.words
                yield _Order(one - other, other - one, around, whole)


def _find_sides(text: str) -> Iterator[tuple[str, str, str]]:
    """Yield what comes first, what second, and the text of both."""
    steps = [_BORDER.split(step) for step in _ARROW.split(text)][:_MAX_STEPS]
    for number, step in enumerate(steps):
        for later in steps[number + 1 :]:
            yield step[-1], later[0], f"{step[-1]} → {later[0]}"
    for pattern in _PATTERNS:
        for match in islice(pattern.finditer(text), _MAX_STEPS):
            yield match["first"], match["second"], match[0]
