"""The units that figures have, what they measure, and how they convert."""

import re
from dataclasses import dataclass
from decimal import Decimal

#: The dimension of numbers that only count (5 個), and of numbers without unit.
COUNT = "count"
DURATIONS = frozenset(("time", "months"))
#: Dimensions of what is measured; the others are counted, and any counter may stand for them.
MEASURES = frozenset(
    ("time", "months", "bytes", "bits", "bps", "usd", "yen", "percent", "times", "characters")
)


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of measurement.

    dimension: what it measures; figures of one dimension compare by value times factor. A counter
        that says what is counted (3 回, 3 台) is a dimension of its own.
    factor: its size in the base unit of the dimension.
    """

    dimension: str
    factor: Decimal


# Dimension, factor, spellings as `normalize` leaves them. GB and GiB differ, and no fixed number of
# days makes a month.
_TABLE = """
time        0.000001            マイクロ秒 us µs μs
time        0.001               ミリ秒 ms msec millisecond milliseconds
time        1                   秒 s sec secs second seconds
time        60                  分 min mins minute minutes
time        3600                時間 h hr hrs hour hours
time        86400               日 d day days
time        604800              週 週間 week weeks
months      1                   か月 month months
months      12                  年 年間 year years
bytes       1                   バイト byte bytes
bytes       1e3                 kb キロバイト
bytes       1e6                 mb メガ メガバイト
bytes       1e9                 gb ギガ ギガバイト
bytes       1e12                tb テラ テラバイト
bytes       1e15                pb ペタ ペタバイト
bytes       1e18                eb エクサバイト
bytes       1024                kib キビバイト
bytes       1048576             mib メビバイト
bytes       1073741824          gib ギビバイト
bytes       1099511627776       tib テビバイト
bytes       1125899906842624    pib ペビバイト
bits        1                   ビット bit bits
bps         1                   bps
bps         1e3                 kbps
bps         1e6                 mbps
bps         1e9                 gbps
bps         1e12                tbps
usd         1                   ドル 米ドル usd dollar dollars
usd         0.01                セント cent cents
yen         1                   円 jpy yen
percent     1                   % パーセント percent
percent     10                  割
times       1                   倍 times
characters  1                   文字 character characters
rounds      1                   回
people      1                   人 名
machines    1                   台
generations 1                   世代
lines       1                   行
digits      1                   桁
levels      1                   階層 段 段階
companies   1                   社
count       1                   個 つ 件 本 枚 種類 種 通り 点 組 か所 箇所 番
"""
UNITS = {
    spelling: Unit(dimension, Decimal(factor))
    for dimension, factor, *spellings in map(str.split, _TABLE.strip().split("\n"))
    for spelling in spellings
}

# What a counter is no counter in front of: 3 分割, 2 本番, 5 行う, 4 回線.
_NOT_BEFORE = {
    "分": "け割散岐析離類断野",
    "日": "本",
    "本": "番人体社化",
    "点": "検線",
    "行": "うわいえきっ",
    "回": "線復避転数答収",
    "名": "前称",
    "組": "織みん",
    "種": "別",
    "割": "りら当",
    "円": "滑",
    "段": "落",
    "つ": "ま",
    "番": "号",
    "台": "帳",
    "人": "口",
}


def _write_pattern(spelling: str) -> str:
    if spelling.isalpha() and spelling < "\u0400":  # Latin, or µ
        return f"{spelling}(?![a-z0-9])"
    forbidden = _NOT_BEFORE.get(spelling, "")
    return f"{spelling}(?![{forbidden}])" if forbidden else spelling


#: Matches any unit, the longest spelling first.
UNIT_PATTERN = "|".join(_write_pattern(unit) for unit in sorted(UNITS, key=len, reverse=True))
_UNIT = re.compile(f" ?(?:us (?=dollar))?({UNIT_PATTERN})")

# A unit that stands apart from its number: `timeout_seconds: 30`, `時間（秒） | 30`. A single kanji
# must be set apart to be one (部分), and so must a short Latin unit.
_LONG = "|".join(unit for unit in UNITS if unit.isascii() and (len(unit) >= 4 or unit == "sec"))
_SHORT = "|".join(unit for unit in UNITS if unit.isascii() and len(unit) in (2, 3))
_KANJI = "|".join(unit for unit in UNITS if not unit.isascii() and len(unit) == 1)
_KANA = "|".join(unit for unit in UNITS if not unit.isascii() and len(unit) > 1)
_APART = re.compile(
    f"(?<![0-9])(?<![0-9] )(?:({_LONG})(?![a-z])|(?<![a-z])({_SHORT})(?![a-z])|({_KANA})"
    rf"|(?<=\()({_KANJI})(?=\))|({_KANJI})(?=数|単位))"
)


def read_unit(text: str, position: int) -> tuple[Unit | None, int]:
    """Return the unit at `position`, or behind a space there, and where it ends.

    :param text: as `normalize` returns it.
    """
    match = _UNIT.match(text, position)
    return (UNITS[match[1]], match.end()) if match else (None, position)


def find_units(text: str) -> set[Unit]:
    """Return the units that a text names, with a number or without.

    :param text: as `normalize` returns it.
    """
    return {UNITS[match[match.lastindex or 0]] for match in _APART.finditer(text)}
