"""Finds the figures of a statement that its sources do not give, or give of something else."""

import re
from collections.abc import Callable, Sequence

from assistant.checking.bounds import do_clash
from assistant.checking.figure_contexts import ContextReader, PlacedFigure
from assistant.checking.figures import Figure, find_figures
from assistant.checking.reading import Sentence
from assistant.checking.units import COUNT, MEASURES, UNITS, Unit, find_units
from assistant.checking.vocabulary import Vocabulary

# What says one, or two, without a figure.
_ONE = re.compile(
    "あたり|当たり|につき|ごと|毎|各|単一|ひとつ|唯一|同じ|同一|だけ|のみ|シングル"
    "|/|per |each|single|one"
)
_TWO = re.compile("両方|双方|両者|片方|もう一方|ペア|both|pair|two")
_DENIAL = re.compile("ない|ません|ず")
# What says one of these without a figure: 毎日, 月額, /hour.
_EACH = {
    UNITS[spelling]: re.compile(
        rf"(?:毎|/ ?|1 ?){kanji}|{kanji}(?:次|額|ごと|あたり)|(?:per |/ ?){english}|{english}ly"
    )
    for spelling, kanji, english in (
        ("秒", "秒", "second"),
        ("分", "分", "minute"),
        ("時間", "時", "hour"),
        ("日", "日", "day"),
        ("週", "週", "week"),
        ("か月", "か?月", "month"),
        ("年", "年", "year"),
    )
}
# A number of this many digits is an id, and may stand inside of an address.
_ID_DIGITS = 6


class FigureChecker:
    """Compares figures.

    analyze: gives the content words of a text.
    """

    def __init__(self, vocabulary: Vocabulary, analyze: Callable[[str], list[str]]) -> None:
        self._contexts = ContextReader(vocabulary, analyze)

    def find_unsupported(
        self, statement: Sequence[Sentence], sources: Sequence[Sentence], aliases: str
    ) -> list[str]:
        """Return the figures that are not supported, as the statement writes them.

        :param aliases: other names of what the sources name; numbers may be part of them.
        """
        placed = [(figure, s) for s in statement for figure in self._contexts.place(s.text)]
        if not placed:
            return []
        body = [f for s in sources if not s.is_heading for f in self._contexts.place(s.text)]
        headings = [f for s in sources if s.is_heading for f in self._contexts.place(s.text)]
        text = "\n".join(sentence.text for sentence in sources)
        units = frozenset(find_units(text))
        named = {figure.value for figure in find_figures(aliases)}
        return [
            claim.text
            for claim, sentence in placed
            if not self._is_supported(claim, sentence.text, body, headings, text, units)
            and not (claim.figure.dimension == COUNT and claim.figure.value in named)
        ]

    def _is_supported(
        self,
        claim: PlacedFigure,
        sentence: str,
        body: Sequence[PlacedFigure],
        headings: Sequence[PlacedFigure],
        text: str,
        units: frozenset[Unit],
    ) -> bool:
        matches = [f for f in (*body, *headings) if _are_equal(claim.figure, f.figure, units)]
        if not matches:
            return _is_implied(claim.figure, sentence, [f.figure for f in body], text)
        if all(do_clash(claim.figure.bound, match.figure.bound) for match in matches):
            return False
        if any(match in headings for match in matches):
            return True
        return not all(self._belongs_elsewhere(claim, match, body) for match in matches)

    def _belongs_elsewhere(
        self, claim: PlacedFigure, match: PlacedFigure, body: Sequence[PlacedFigure]
    ) -> bool:
        """Tell whether the claim is about what the sources give another figure for."""
        return any(
            self._contexts.stands_apart(claim, match, other)
            for other in body
            if _are_comparable(match.figure, other.figure)
        )


def _are_equal(claim: Figure, given: Figure, units: frozenset[Unit]) -> bool:
    """Tell whether two figures are the same, the unit of the given one perhaps standing apart.

    :param units: those that the sources name.
    """
    if claim.period and given.period and claim.period != given.period:
        return False
    if claim.unit is None and not claim.noun:
        return claim.value == given.value
    if claim.dimension == given.dimension:
        return claim.size == given.size
    if claim.dimension in MEASURES:
        is_bare = given.unit is None and not given.noun
        return is_bare and any(
            unit.dimension == claim.dimension and given.value * unit.factor == claim.size
            for unit in units
        )
    if given.dimension in MEASURES or claim.noun or COUNT not in (claim.dimension, given.dimension):
        return False
    return claim.value == given.value


def _are_comparable(left: Figure, right: Figure) -> bool:
    """Tell whether one figure can be mistaken for the other."""
    is_like = left.dimension == right.dimension and left.noun == right.noun
    return is_like and (left.unit is None) == (right.unit is None) and left.size != right.size


def _is_implied(claim: Figure, sentence: str, given: Sequence[Figure], text: str) -> bool:
    """Tell whether the sources say a figure otherwise than by a figure."""
    if claim.dimension in MEASURES:
        each = _EACH.get(claim.unit) if claim.unit and claim.value == 1 else None
        return each is not None and each.search(text) is not None
    if _draws_line(claim, sentence, given, text):
        return True
    if claim.value == 1:
        return _ONE.search(text) is not None or all(f.dimension in MEASURES for f in given)
    if claim.value == 2 and _TWO.search(text):
        return True
    digits = str(claim.value)
    return len(digits) >= _ID_DIGITS and re.search(f"(?<![0-9]){digits}(?![0-9])", text) is not None


def _draws_line(claim: Figure, sentence: str, given: Sequence[Figure], text: str) -> bool:
    """Tell whether `1 個まで作れる` and `2 個以上は作れない` stand for each other."""
    near = [f for f in given if f.dimension == claim.dimension]
    if _is_lower(claim):
        return bool(_DENIAL.search(sentence)) and any(f.value == claim.value - 1 for f in near)
    return bool(_DENIAL.search(text)) and any(
        _is_lower(figure) and figure.value == claim.value + 1 for figure in near
    )


def _is_lower(figure: Figure) -> bool:
    return figure.bound is not None and not figure.bound.is_upper
