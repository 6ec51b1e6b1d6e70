"""Finds the numbers of a text, in digits, kanji and English words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from assistant.checking.units import UNIT_PATTERN


@dataclass(frozen=True, slots=True)
class Number:
    """A number, and where it stands in the text."""

    value: Decimal
    start: int
    end: int


# Not inside of a word (ec2, sha-256, t3.micro, 17a), nor the rest of a number.
_START = r"(?<![a-z0-9_])(?<![a-z0-9_][.])(?<![a-z][:-])"
_PART = "[0-9]{1,6}|[一二三四五六七八九十百]{1,4}"
_FRACTION = re.compile(rf"{_START}(?<![一-鿿])({_PART}) ?分の ?({_PART})")
_DIGITS = re.compile(
    rf"{_START}([0-9]{{1,3}}(?:,[0-9]{{3}})+(?![0-9])|[0-9]+)(\.[0-9]+)?( ?[百千万億兆])?"
    rf"(?![0-9])(?=[^a-z]|$|{UNIT_PATTERN})"
)
# Words hold kanji numbers too (一般, 三角); a number is what a unit follows.
_KANJI = re.compile(
    rf"(?<![一-鿿])([〇零一二三四五六七八九十百千万億]{{1,12}})(?= ?(?:{UNIT_PATTERN}))"
)
# A unit follows, and yet they say no number.
_NO_NUMBERS = re.compile("十分|一[度段行人種点名番組]|万一")
_WORDS = "one two three four five six seven eight nine ten".split()
_ENGLISH = re.compile(rf"(?<![a-z-])({'|'.join(_WORDS)})(?![a-z-])")
_MONTHS = (
    "january february march april may june july august september october november december"
).split()
# With its day or year: may and march are words as well.
_MONTH = re.compile(
    rf"(?<![a-z])({'|'.join(_MONTHS)})(?= [0-9])|(?<=[0-9] )({'|'.join(_MONTHS)})(?![a-z])"
)

_DIGIT_OF = {sign: value for value, sign in enumerate("〇一二三四五六七八九")} | {"零": 0}
_SMALL_SCALES = {"十": 10, "百": 100, "千": 1000}
_LARGE_SCALES = {"万": 10_000, "億": 100_000_000, "兆": 1_000_000_000_000}
_SCALES = _SMALL_SCALES | _LARGE_SCALES
# Longer rows of digits are no quantity, and Decimal would take its time.
_MAX_DIGITS = 40


def find_numbers(text: str) -> list[Number]:
    """Return the numbers in the order of the text, no two of them overlapping.

    :param text: as `normalize` returns it.
    """
    found: list[Number] = []
    end = 0
    for number in sorted(_scan(text), key=lambda number: (number.start, -number.end)):
        if number.start >= end:
            found.append(number)
            end = number.end
    return found


def _scan(text: str) -> Iterator[Number]:
    for match in _FRACTION.finditer(text):
        if whole := _read_whole(match[1]):
            yield Number(Decimal(_read_whole(match[2])) / whole, match.start(), match.end())
    for match in _DIGITS.finditer(text):
        if len(match[0]) <= _MAX_DIGITS:
            value = Decimal(match[1].replace(",", "") + (match[2] or ""))
            scale = _SCALES[match[3].strip()] if match[3] else 1
            yield Number(value * scale, match.start(), match.end())
    for match in _KANJI.finditer(text):
        if not _NO_NUMBERS.match(text, match.start()):
            yield Number(Decimal(_read_kanji(match[1])), match.start(), match.end())
    for match in _MONTH.finditer(text):
        month = match[1] or match[2]
        yield Number(Decimal(_MONTHS.index(month) + 1), match.start(), match.end())
    for match in _ENGLISH.finditer(text):
        yield Number(Decimal(_WORDS.index(match[1]) + 1), match.start(), match.end())


def _read_whole(text: str) -> int:
    return int(text) if text.isdecimal() else _read_kanji(text)


def _read_kanji(text: str) -> int:
    """Read 二十四, 三百, 二〇二四, 十二万."""
    total = block = digits = 0
    for sign in text:
        if sign in _DIGIT_OF:
            digits = digits * 10 + _DIGIT_OF[sign]
        elif sign in _SMALL_SCALES:
            block += (digits or 1) * _SMALL_SCALES[sign]
            digits = 0
        else:
            total += ((block + digits) or 1) * _LARGE_SCALES[sign]
            block = digits = 0
    return total + block + digits
