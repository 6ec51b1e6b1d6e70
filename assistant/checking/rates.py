"""Tells over which time a figure is counted: 毎秒 300 回, 2 MB/秒, 月額 5 ドル."""

import re

_PERIODS = {
    "秒": "秒", "s": "秒", "sec": "秒", "second": "秒",
    "分": "分", "min": "分", "minute": "分",
    "時間": "時間", "h": "時間", "hr": "時間", "hour": "時間",
    "日": "日", "day": "日",
    "週": "週", "week": "週",
    "月": "月", "か月": "月", "month": "月",
    "年": "年", "year": "年",
}  # fmt: skip
_PERIOD = "|".join(sorted(_PERIODS, key=len, reverse=True))
_BEFORE = re.compile(
    rf"(?:毎|1 ?|各|/ ?|^|[^一-鿿0-9a-z])({_PERIOD})(?:間|額|次)?"
    "(?: ?(?:あたり|当たり|につき|ごとに?|に))?の?(?:: )?"
    r"(?:1 ?[ァ-ヺーa-z]{1,10})? ?(?:最大|最小|約|平均|合計)? ?\$? ?$"
)
_BEHIND = re.compile(
    rf"[ァ-ヺー一-鿿a-z ]{{0,16}}?(?:/ ?|毎|\bper |\ban? )({_PERIOD})(?![a-z割析])"
)
# `1 アカウントあたり 5`, `1 秒間に 300`: the one is no figure of its own.
_ONE_OF = re.compile(
    "[^、。0-9]{0,12}?(?:あたり|当たり|につき|ごとに)"
    "|(?:秒|分|時間|日|週間?|か月|年)間?に ?(?:最大 ?)?[0-9]"
)
# How far before the figure its period may begin.
_REACH = 16


def find_period(text: str, start: int, end: int) -> str:
    """Return the period that the figure at `start` to `end` is counted over, or ""."""
    found = _BEFORE.search(text[max(0, start - _REACH) : start]) or _BEHIND.match(text, end)
    return _PERIODS[found[1]] if found else ""


def opens_rate(text: str, position: int) -> bool:
    """Tell whether a one that ends at `position` only says what a rate is per."""
    return _ONE_OF.match(text, position) is not None
