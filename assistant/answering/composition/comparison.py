"""Finds what a question compares, and what a text says of each side."""

import re
from collections.abc import Sequence
from itertools import islice

from ingest.normalize import normalize

# A question that compares names its sides near the word that says so.
_REACH = 80
_CUES = 5
_MOST_SIDES = 3
# A single letter or digit names nothing once it stands alone.
_SHORTEST_NAME = 2

_CUE = re.compile(
    r"違|ちが|異な|相違|[のとに]差|比較|比べ|使い分け|見分け|どっち|どちら|それぞれ|何が変わ|どう変わ"
)
# A name has no hiragana, but that of a verb used as a noun (`読み込み`), and few signs.
_VERB_ENDING = "[いきしちみりえけせてねめれげべ]"
_NAME = rf"[^\W_ぁ-ん]+(?:(?:[ _.:+*-]|{_VERB_ENDING})[^\W_ぁ-ん]+)*{_VERB_ENDING}?"
_JOIN = r" ?(?:とか|と|や|か|、|,|・|/)[、,]? ?"
_ROW_OF_NAMES = re.compile(rf"{_NAME}(?:{_JOIN}{_NAME})+")
_NAME_BEFORE = re.compile(rf"({_NAME}) ?$")
_NAME_BEHIND = re.compile(rf"[、, ]{{0,2}}({_NAME})")
_JOINED = re.compile(_JOIN)
_JOINED_BY_AND = re.compile(r"(?<=[\w ])と[、,]? ?(?=[\w])")
_QUOTES = str.maketrans(dict.fromkeys("「」『』\"'`()[]"))
_AGAINST = re.compile(
    r" (?:vs\.?|versus) |に比べて?|と比べて?|に対して|と比較して|(?:では|じゃ)なくて?|よりも?"
)
# At most five words on either side.
_PHRASE = r"((?:[\w.:/+-]+ ){0,4}?[\w.:/+-]+)"
_ENGLISH_END = r"(?= (?:in|for|when|on|with)\b|[?.,:]|$)"
_ENGLISH = tuple(
    re.compile(pattern + _ENGLISH_END)
    for pattern in (
        rf"\bdifferences? between {_PHRASE},? and {_PHRASE}",
        rf"\bcompare {_PHRASE} (?:and|with|to|against) {_PHRASE}",
        rf"\b(?:do|does|is|are) {_PHRASE} (?:differ|different) from {_PHRASE}",
        rf"\bcompared (?:to|with) {_PHRASE},? (?:is|are|does|do|how) {_PHRASE}",
        rf"(?:[:,] |\b(?:use|choose|pick|prefer|between|is|are) ){_PHRASE} or {_PHRASE}",
    )
)
_ARTICLE = re.compile(r"^(?:an?|the) ")
_REMAINDER = re.compile(r" (?:for|in|on|at|to|when|if|with|is|are|do|does)\b.*|[.,:]+$")


def find_sides(text: str) -> tuple[str, ...]:
    """Return the two or three things that a question sets against each other, as it orders them.

    They are as `normalize` returns them; `()` if it compares nothing or they cannot be told.
    """
    question = normalize(text).translate(_QUOTES)
    for find in (_find_opposed, _find_row, _find_english):
        if sides := find(question):
            return sides
    return ()


def names_side(text: str, side: str, sides: Sequence[str]) -> bool:
    """Tell whether a text names one of the sides.

    What all sides share need not be there: of `マルチ AZ 構成` and `マルチ AZ クラスター` the words
    `構成` and `クラスター` tell. A side that stands inside another one (`同期`, `非同期`) is only
    named where it stands outside of it.

    :param side: one of `sides`, as `find_sides` returns them.
    """
    squeezed = normalize(text).replace(" ", "")
    wanted = side.replace(" ", "")
    others = [other.replace(" ", "") for other in sides if other != side]
    for other in others:
        if wanted in other:
            squeezed = squeezed.replace(other, "\n")
    telling = _cut_shared(wanted, others)
    return wanted in squeezed or (len(telling) >= _SHORTEST_NAME and telling in squeezed)


def differs_in_row(row: str, sides: Sequence[str]) -> bool:
    """Tell whether a table's row has a column for two of the sides that are not alike.

    :param row: `column: cell / column: cell`, as table rows are indexed.
    """
    cells: dict[str, str] = {}
    column = ""
    for piece in row.split(" / "):
        name, colon, cell = piece.partition(": ")
        if colon:
            column = name
        # A piece without a column goes on with the cell before it.
        cells[column] = cell if colon else f"{cells.get(column, '')} / {piece}"
    told = [
        " / ".join(cell for column, cell in cells.items() if names_side(column, side, sides))
        for side in sides
    ]
    return len({normalize(cell) for cell in told if cell}) > 1


def _find_opposed(question: str) -> tuple[str, ...]:
    """`A vs B`, `A に比べて B`, `A ではなく B`."""
    for match in islice(_AGAINST.finditer(question), _CUES):
        before = _NAME_BEFORE.search(question[max(0, match.start() - _REACH) : match.start()])
        behind = _NAME_BEHIND.match(question[match.end() : match.end() + _REACH])
        if before and behind and (sides := _tell_apart([before[1], behind[1]])):
            return sides
    return ()


def _find_row(question: str) -> tuple[str, ...]:
    """`A と B の違い`, `A、B、C はどれが`: the row of names that stands last before the word."""
    for cue in islice(_CUE.finditer(question), _CUES):
        window = question[max(0, cue.start() - _REACH) : cue.start()]
        for row in reversed(_ROW_OF_NAMES.findall(window)):
            if sides := _tell_apart(_JOINED.split(_cut_topic(row))):
                return sides
    return ()


def _find_english(question: str) -> tuple[str, ...]:
    # The patterns look at every word; a question needs no more of them than this.
    for pattern in _ENGLISH:
        if match := pattern.search(question[: 20 * _REACH]):
            return _tell_apart(match.groups())
    return ()


def _cut_topic(row: str) -> str:
    """Of `A と B、C や D` only `A と B` is compared: C and D are what it is about."""
    last = max((match.end() for match in _JOINED_BY_AND.finditer(row)), default=-1)
    if last < 0:
        return row
    return row[:last] + _JOINED.split(row[last:])[0]


def _tell_apart(names: Sequence[str]) -> tuple[str, ...]:
    cleaned = [_ARTICLE.sub("", _REMAINDER.sub("", name.strip())) for name in names]
    sides = tuple(dict.fromkeys(name for name in cleaned if name))
    return sides if 2 <= len(sides) <= _MOST_SIDES else ()


def _cut_shared(name: str, others: Sequence[str]) -> str:
    """Return what is left of a name without the beginning and end that all others have too."""
    start = 0
    while start < len(name) and all(other[: start + 1] == name[: start + 1] for other in others):
        start += 1
    rest = name[start:]
    end = 0
    while end < len(rest) and all(o[start:].endswith(rest[len(rest) - end - 1 :]) for o in others):
        end += 1
    return rest[: len(rest) - end]
