"""Finds the markers in what a model wrote, and tells them from numbers that belong to the text.

Models write `…です [1]。`, `…です。[1][2]`, `[1, 2]`, `[1-3]`, `【1】`. A number in brackets right
behind a word is text where a source has the same (`配列[0]`); inside a sentence, so is one that no
source bears.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

_NUMBERS = r"\s{0,3}\^?\d{1,4}(?:\s{0,3}[,、，~〜–-]\s{0,3}\d{1,4}){0,20}\s{0,3}"
MARKER = rf"(?:\[{_NUMBERS}\]|［{_NUMBERS}］|【{_NUMBERS}】)"
_MARKER = re.compile(MARKER)
_RANGE = re.compile(r"(\d+)(?:\s*[~〜–-]\s*(\d+))?")
_MOST_IN_RANGE = 20
_SUBSCRIPT = re.compile(r"([^\W_ぁ-ゖ])[\[［【](\d{1,4})[\]］】]")
_BETWEEN = re.compile(r"[\s。．.｡!！?？…、,，:：*_)）」』]*")
_CUT_OFF = re.compile(r"[\[［【][\s\d^,、，~〜–-]{0,99}$")
_SPACE_BEFORE_SIGN = re.compile(r" (?=$|[。．.｡、，,!！?？:：;)）」』\]])")

Subscript = tuple[str, int]


@dataclass(frozen=True, slots=True)
class MarkedText:
    """A sentence without its markers, on one line.

    numbers: those of its markers, each once; one that no source bears is among them where the
        markers stand at the end.
    """

    text: str
    numbers: tuple[int, ...]


def find_subscripts(texts: Iterable[str]) -> frozenset[Subscript]:
    """Return the numbers in brackets that stand right behind a word: its last sign, the number."""
    return frozenset(
        (_fold(match[1]), int(match[2])) for text in texts for match in _SUBSCRIPT.finditer(text)
    )


def split_markers(
    sentence: str, count: int, subscripts: frozenset[Subscript] = frozenset()
) -> MarkedText:
    """Return a sentence's text and the numbers of its markers; one cut off at the end is dropped.

    :param count: how many sources there are; they bear the numbers from 1.
    :param subscripts: what `find_subscripts` found in the sources.
    """
    sentence = _CUT_OFF.sub("", sentence)
    matches = list(_MARKER.finditer(sentence))
    tail = _find_tail(sentence, matches)
    kept: list[str] = []
    numbers: dict[int, None] = {}
    position = 0
    for index, match in enumerate(matches):
        named = _read_numbers(match[0])
        is_last = index == len(matches) - 1
        subscript = (_fold(sentence[match.start() - 1 : match.start()]), named[0])
        # Right at the end it must be a marker, there being no other.
        is_text = subscript in subscripts and not (match.start() >= tail and is_last)
        is_text = is_text or (match.start() < tail and not all(1 <= n <= count for n in named))
        kept.append(sentence[position : match.start()])
        if is_text:
            kept.append(match[0])
        else:
            numbers.update(dict.fromkeys(named))
        position = match.end()
    kept.append(sentence[position:])
    text = " ".join("".join(kept).split())
    return MarkedText(_SPACE_BEFORE_SIGN.sub("", text), tuple(numbers))


def _find_tail(sentence: str, matches: list[re.Match[str]]) -> int:
    """Return where the markers begin behind which the sentence has no further word."""
    tail = len(sentence)
    for match in reversed(matches):
        if _BETWEEN.fullmatch(sentence, match.end(), tail) is None:
            break
        tail = match.start()
    return tail


def _read_numbers(marker: str) -> list[int]:
    numbers: list[int] = []
    for match in _RANGE.finditer(marker):
        first = int(match[1])
        last = int(match[2]) if match[2] else first
        # A longer range, or one backwards, is no range.
        numbers += range(first, last + 1) if 0 <= last - first < _MOST_IN_RANGE else [first, last]
    return numbers


def _fold(sign: str) -> str:
    return unicodedata.normalize("NFKC", sign).casefold()
