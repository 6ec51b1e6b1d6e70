"""Finds where a note says that two names mean the same.

Four ways of saying so count, in headings and in text:

- `ENI (Elastic Network Interface)` or the other way round: initials (`abbreviates_english`).
- `CGW（カスタマーゲートウェイ）` or the other way round: sounds (`abbreviates_japanese`).
- `Transit Gateway（トランジットゲートウェイ）`: katakana for the same English.
- `仮想インターフェース(以下VIF)`, `Virtual Private Gateway、略称VGW`: said in words, so that the
  abbreviation needs no proof, only a name in front of it.

Everything else in parentheses is taken as a remark: `料金(月額)`, `SurgeQueueLength(CLB)`,
`フェイルオーバー (アクティブ/パッシブ)`.
"""

import re
from collections.abc import Iterator

from ingest.abbreviations import (
    abbreviates_english,
    abbreviates_japanese,
    is_abbreviation,
    transliterates,
)

# A name: kanji, katakana, Latin words. Hiragana, punctuation and line breaks end it; the bound
# keeps the search linear in long texts without any.
_NAME = "[A-Za-z0-9一-鿿々ァ-ヺー・-][A-Za-z0-9一-鿿々ァ-ヺー・ -]{0,80}"
_PARENTHESES = re.compile(rf"(?P<outer>{_NAME})[ \u3000]?[(（](?P<inner>[^()（）\n]{{2,80}})[)）]")
_SAID = re.compile(
    rf"(?P<name>{_NAME})[ \u3000]?[(（、,][ \u3000]?"
    r"(?:以下|以降|略称|略して|通称)(?:は)?[、,:： \u3000]?"
    r"[「『\"“]?(?P<short>[A-Z][A-Za-z0-9]*[A-Z0-9])(?![A-Za-z0-9])"
)
_MARKUP = re.compile(r"[*_`]+|^#{1,6}[ \t]+|^[ \t]*(?:[-*+]|\d+\.)[ \t]+", re.MULTILINE)
# Longer than any name: a sentence in Latin letters.
_MAX_NAME_CHARS = 60
# An abbreviation said in words still needs a name: two Latin words, or this many Japanese signs.
_MIN_JAPANESE_NAME = 4


def find_pairs(text: str) -> Iterator[tuple[str, str]]:
    """Yield the (abbreviation or katakana, full name) pairs declared in `text`, in its order."""
    plain = _MARKUP.sub("", text)
    found = [(match.start(), _judge_said(match)) for match in _SAID.finditer(plain)]
    found += [(match.start(), _judge_parentheses(match)) for match in _PARENTHESES.finditer(plain)]
    for _, pair in sorted(found, key=lambda item: item[0]):
        if pair is not None:
            yield pair


def _judge_said(match: re.Match[str]) -> tuple[str, str] | None:
    name, short = match["name"].strip(), match["short"]
    for candidate in _suffixes(name):
        if _abbreviates(short, candidate):
            return short, candidate
    is_japanese = re.search("[一-鿿ァ-ヺ]", name) is not None
    enough = len(name) >= _MIN_JAPANESE_NAME if is_japanese else len(name.split()) > 1
    return (short, name) if enough and len(name) <= _MAX_NAME_CHARS else None


def _judge_parentheses(match: re.Match[str]) -> tuple[str, str] | None:
    outer, inner = match["outer"].strip(), match["inner"].strip()
    for candidate in _suffixes(outer):
        if is_abbreviation(inner) and _abbreviates(inner, candidate):
            return inner, candidate
        if is_abbreviation(candidate) and _abbreviates(candidate, inner):
            return candidate, inner
        if transliterates(candidate, inner):
            return candidate, inner
        if transliterates(inner, candidate):
            return inner, candidate
    return None


def _abbreviates(short: str, name: str) -> bool:
    return short != name and (abbreviates_english(short, name) or abbreviates_japanese(short, name))


def _suffixes(name: str) -> Iterator[str]:
    """Yield `name` and what is left of it after each space, longest first.

    Words of the sentence may stand before the name: `Amazon Simple Queue Service (SQS)`.
    """
    starts = [0, *(match.end() for match in re.finditer(" +", name))]
    for start in starts:
        if len(name) - start <= _MAX_NAME_CHARS:
            yield name[start:]
