"""Finds given names in a text as whole words, longest first."""

import re
from collections.abc import Iterable, Iterator

from ingest.normalize import normalize

_CAPITAL_INSIDE = re.compile("(?<=[a-z])(?=[A-Z])")
_GAP = re.compile("[ ・-]")
_KATAKANA, _LATIN, _OTHER = range(3)


def name_key(name: str) -> str:
    """Return what a name is compared by: normalised, without spaces, hyphens and middle dots."""
    return _GAP.sub("", normalize(name))


class NameFinder:
    """Looks for many names in one pass.

    A name is a whole word: no Latin letter or digit beside a Latin end, no katakana beside a
    katakana end (`SG` is not in `msg`, `ラムダ` not in `ラムダエッジ`, but `VGW` is in `VGWとは`).
    A Latin name may have a plural s. A space, hyphen or middle dot may stand or be missing where
    the name has one, has a capital inside or changes its script (`PrivateLink`,
    `NATゲートウェイ`), and between katakana; nowhere else, or `am i` would be an `AMI`.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._gaps: dict[str, set[int]] = {}
        for name in names:
            key = name_key(name)
            if key:
                self._gaps.setdefault(key, set()).update(_allowed_gaps(name))
        lengths: dict[str, set[int]] = {}
        for key in self._gaps:
            lengths.setdefault(key[0], set()).add(len(key))
        self._lengths = {sign: sorted(some, reverse=True) for sign, some in lengths.items()}

    def find(self, text: str) -> list[str]:
        """Return the keys of the names in `text`, in order, no two of them overlapping.

        :param text: in any spelling; it is normalised here.
        """
        return list(self._scan(normalize(text)))

    def _scan(self, text: str) -> Iterator[str]:
        signs = _GAP.sub("", text)
        gaps = _gap_positions(text)
        position = 0
        while position < len(signs):
            step = 1
            for length in self._lengths.get(signs[position], ()):
                key = signs[position : position + length]
                if key in self._gaps and self._is_whole(signs, gaps, position, key):
                    yield key
                    step = length
                    break
            position += step

    def _is_whole(self, signs: str, gaps: set[int], start: int, key: str) -> bool:
        end = start + len(key)
        if not _is_border(signs, gaps, start):
            return False
        if not _is_border(signs, gaps, end):
            is_plural = key[-1].isascii() and signs[end] == "s" and end not in gaps
            if not (is_plural and _is_border(signs, gaps, end + 1)):
                return False
        inside = {at - start for at in gaps if start < at < end}
        return inside <= self._gaps[key]


def _allowed_gaps(name: str) -> set[int]:
    """Return the positions in the key of `name` before which a gap may stand."""
    spread = normalize(_CAPITAL_INSIDE.sub(" ", name))
    key = _GAP.sub("", spread)
    changes = {
        at
        for at in range(1, len(key))
        if _script(key[at - 1]) != _script(key[at]) or _script(key[at]) == _KATAKANA
    }
    return _gap_positions(spread) | changes


def _gap_positions(text: str) -> set[int]:
    """Return the positions, counted without gaps, before which `text` has one."""
    return {match.start() - number for number, match in enumerate(_GAP.finditer(text))}


def _is_border(signs: str, gaps: set[int], at: int) -> bool:
    if at in gaps or not 0 < at < len(signs):
        return True
    script = _script(signs[at - 1])
    return script == _OTHER or script != _script(signs[at])


def _script(sign: str) -> int:
    if "ァ" <= sign <= "ヺ" or sign == "ー":
        return _KATAKANA
    return _LATIN if sign.isascii() and sign.isalnum() else _OTHER
