"""Tells whether a figure is an upper or a lower bound."""

import re
from enum import StrEnum


class Bound(StrEnum):
    """How a figure limits what it counts."""

    AT_MOST = "<="
    BELOW = "<"
    AT_LEAST = ">="
    ABOVE = ">"

    @property
    def is_upper(self) -> bool:
        """Whether nothing above the figure is meant."""
        return self in (Bound.AT_MOST, Bound.BELOW)


_BEFORE = {
    Bound.AT_MOST: "最大|最長|最高|最多|上限|at most|up to|no more than|maximum|max|within",
    Bound.BELOW: "less than|fewer than",
    Bound.AT_LEAST: "最小|最短|最低|最少|下限|少なくとも|at least|no less than|minimum",
    Bound.ABOVE: "(?<!no )more than|exceeds?|exceeding",
}
_AFTER = {
    Bound.AT_MOST: "以下|以内|まで(?!の間|待)|が?(?:最大|上限|最長)|or (?:less|fewer)",
    Bound.BELOW: "未満|を下回|より(?:小さ|少な|短|低|下)",
    Bound.AT_LEAST: "以上|が?(?:最小|下限|最低|最短)|or more",
    Bound.ABOVE: "を?超|を上回|より(?:大き|多|長|高|上)",
}
_BEFORE_PATTERNS = {bound: re.compile(pattern) for bound, pattern in _BEFORE.items()}
_AFTER_PATTERNS = {
    bound: re.compile(f"[^、。0-9]{{0,3}}?(?:{pattern})") for bound, pattern in _AFTER.items()
}
# `上限は 1 アカウントあたり 5`: as far before the figure a bound may stand, in its clause.
_REACH = 20
_BORDERS = re.compile("[、。;|/2-9]|0|1(?=[0-9])")


def find_bound(text: str, start: int, end: int) -> Bound | None:
    """Return which bound the figure at `start` to `end` is, None if none is said.

    What follows the figure counts before what stands in front of it.
    """
    for bound, pattern in _AFTER_PATTERNS.items():
        if pattern.match(text, end):
            return bound
    before = text[max(0, start - _REACH) : start]
    borders = [match.end() for match in _BORDERS.finditer(before)]
    before = before[borders[-1] :] if borders else before
    found = [
        (match.start(), bound)
        for bound, pattern in _BEFORE_PATTERNS.items()
        for match in pattern.finditer(before)
    ]
    return max(found)[1] if found else None


def do_clash(left: Bound | None, right: Bound | None) -> bool:
    """Tell whether two bounds at the same figure draw another line there.

    `最大 5` and `5 を超える` draw the same one, and are told apart by what is said of it.
    """
    if left is None or right is None or left == right:
        return False
    return {left, right} not in ({Bound.AT_MOST, Bound.ABOVE}, {Bound.BELOW, Bound.AT_LEAST})
