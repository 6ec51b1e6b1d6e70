"""Reads the figures of a text: number, unit, rate, and whether it bounds from above or below."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from assistant.checking.bounds import Bound, find_bound
from assistant.checking.numbers import Number, find_numbers
from assistant.checking.rates import find_period, opens_rate
from assistant.checking.units import COUNT, DURATIONS, Unit, read_unit


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as a text gives it.

    value: as it is written, in `unit`.
    unit: None for a number that no unit follows.
    noun: what is counted where no unit stands (5 リージョン), or "".
    period: the time that a rate is counted over (秒, 月, ...), or "".
    start, end: where it stands in the text, with its unit.
    """

    value: Decimal
    unit: Unit | None
    noun: str
    period: str
    bound: Bound | None
    start: int
    end: int

    @property
    def dimension(self) -> str:
        """What it measures; `COUNT` for a number without unit."""
        return self.unit.dimension if self.unit else COUNT

    @property
    def size(self) -> Decimal:
        """The value in the base unit of its dimension."""
        return self.value * self.unit.factor if self.unit else self.value


_DOLLAR_SIGN = re.compile(r"\$ ?$")
_VAGUE = re.compile("[数何幾] ?$")
# What is counted; not a word that only goes on.
_NOUN = re.compile(
    " ?((?!(?:and|or|to|in|of|for|is|are|per|at|on|by|an?|the|from|with|x)(?![a-z]))[a-z][a-z0-9]*"
    "|[ァ-ヺー]+|(?![年月日時以未])[一-鿿]+)"
)
_DATE = re.compile(
    "[0-9]{4}[-/][0-9]{1,2}(?:[-/][0-9]{1,2})?(?![0-9])"
    "|(?:[0-9]{4} ?年 ?)?[0-9]{1,2} ?月(?: ?[0-9]{1,2} ?日)?(?!間)|[0-9]{4} ?年(?!間)"
)
_CONNECTED = re.compile(
    r" ?(?:\([^()0-9]{1,8}\))? ?"
    "(?:から|~|-|to|or|/|か|と|・|,|、|または|あるいは|および|and|, or|, and) ?"
)


def find_figures(text: str) -> list[Figure]:
    """Return the figures of a sentence in their order.

    The numbers of a list or range share the unit behind the last one (9〜15 文字, 10 / 100 Gbps);
    hours and minutes that follow each other are one duration. Vague ones (数十台) are left out.

    :param text: as `normalize` returns it.
    """
    return _join_durations(text, _share_units(text, list(_read_figures(text))))


def group_listed(text: str, figures: Sequence[Figure]) -> list[list[Figure]]:
    """Return the figures in groups: those of one list or range together."""
    groups: list[list[Figure]] = []
    for figure in figures:
        if groups and _CONNECTED.fullmatch(text, groups[-1][-1].end, figure.start):
            groups[-1].append(figure)
        else:
            groups.append([figure])
    return groups


def _read_figures(text: str) -> Iterator[Figure]:
    dates = [match.span() for match in _DATE.finditer(text)]
    for number in find_numbers(text):
        before = text[max(0, number.start - 2) : number.start]
        if _VAGUE.search(before) or (number.value == 1 and opens_rate(text, number.end)):
            continue
        if any(start <= number.start < end for start, end in dates):
            yield Figure(number.value, None, "", "", None, number.start, number.end)
        else:
            yield _read_figure(text, number, is_dollar=_DOLLAR_SIGN.search(before) is not None)


def _read_figure(text: str, number: Number, *, is_dollar: bool) -> Figure:
    unit, end = read_unit("ドル", 0) if is_dollar else read_unit(text, number.end)
    end = number.end if is_dollar else end
    value = number.value
    if unit is not None and text.startswith("半", end):  # 6 分半
        value, end = value + Decimal("0.5"), end + 1
    noun = _NOUN.match(text, end) if unit is None else None
    lasts = unit is not None and unit.dimension in DURATIONS
    period = "" if lasts else find_period(text, number.start, end)
    bound = find_bound(text, number.start, end)
    return Figure(value, unit, noun[1] if noun else "", period, bound, number.start, end)


def _share_units(text: str, figures: Sequence[Figure]) -> list[Figure]:
    shared = list(figures)
    for at in range(len(shared) - 2, -1, -1):
        left, right = shared[at], shared[at + 1]
        is_bare = left.unit is None and not left.noun
        if is_bare and _CONNECTED.fullmatch(text, left.end, right.start):
            shared[at] = replace(left, unit=right.unit, noun=right.noun, period=right.period)
    return shared


def _join_durations(text: str, figures: Sequence[Figure]) -> list[Figure]:
    joined: list[Figure] = []
    for figure in figures:
        if joined and _continues(text, joined[-1], figure):
            last = joined[-1]
            factor = last.unit.factor if last.unit else Decimal(1)
            value = last.value + figure.size / factor
            bound = figure.bound or last.bound
            joined[-1] = replace(last, value=value, bound=bound, end=figure.end)
        else:
            joined.append(figure)
    return joined


def _continues(text: str, last: Figure, figure: Figure) -> bool:
    """Tell whether two figures are one duration: 1 時間 30 分."""
    if last.unit is None or last.dimension != "time" or figure.dimension != "time":
        return False
    return figure.size < last.unit.factor and not text[last.end : figure.start].strip()
