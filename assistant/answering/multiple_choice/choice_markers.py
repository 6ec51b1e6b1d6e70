"""Finds what may mark the options of a multiple-choice question, and where it counts up.

`A.`, `(1)`, `①`, `ア．` and the like mark an option, and `e.g.`, `10.0.0.0/16`, `t3.micro` look
much the same. A single marker therefore says nothing: only a chain that counts up from the first of
its family does, and `choice_parser` still asks whether there is anything to choose.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Family(StrEnum):
    """What the markers of one list count with."""

    LATIN = "latin"
    DIGIT = "digit"
    KATAKANA = "katakana"
    IROHA = "iroha"
    KANJI = "kanji"


@dataclass(frozen=True, slots=True)
class Marker:
    """A place where an option may begin.

    index: its place in the family, from 0.
    letter: the bare letter, half width, upper case: `A`, `1`, `ア`.
    start, end: the marker with its bullet and brackets; the option's text begins at `end`.
    shape: how it is written; a list on one line keeps to one shape.
    opens_line: whether only blanks and bullets stand before it on its line.
    weak: whether it is a letter and a space, as in `A レコード`.
    """

    family: Family
    index: int
    letter: str
    start: int
    end: int
    shape: str
    opens_line: bool
    weak: bool


# Longer than the longest list that is accepted: a longer list must not be taken for its beginning.
_ROWS = {
    Family.LATIN: "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    Family.KATAKANA: "アイウエオカキクケコサシスセソ",
    Family.IROHA: "イロハニホヘトチリヌルヲ",
    Family.KANJI: "甲乙丙丁戊己庚辛壬癸",
}
_WORD_SIGNS = "アイウエオカキクケコサシスセソロハニホヘトチリヌルヲ甲乙丙丁戊己庚辛壬癸"
_LETTER = rf"(?:[A-Za-z]|[0-9]{{1,2}}|[{_WORD_SIGNS}])"
ENCLOSED = r"(?:[①-⑳⑴-⒛❶-❿Ⓐ-Ⓩⓐ-ⓩ㋐-㋾]|[1-9]\ufe0f?\u20e3)"
# Not `a.example.com`, `e.g.`, `U.S.`, `1.5`, `1:00`.
_DOT = (
    r"(?:(?<=[A-Z])[ \t]?\.(?![A-Za-z]\.)|(?<=[a-z])[ \t]?\.(?![a-z]|[A-Za-z]\.)"
    r"|(?<=[0-9])[ \t]?\.(?![0-9])"
    r"|(?<=[^A-Za-z0-9])[ \t]?\.)"
)
_COLON = r"(?:(?<=[0-9])[ \t]?:(?![0-9])|(?<=[^0-9])[ \t]?:)"
_BRACKETED = rf"[(\[【〔][ \t]?(?P<inner>{_LETTER})[ \t]?[)\]】〕][.:]?"
_BLANK = r"[ \t]"

_AT_LINE_START = re.compile(
    rf"""
    ^[ \t>|]{{0,40}}
    (?:(?P<bullet>[-*+・•●○◯■□◆◇▪※☐☑]){_BLANK}{{0,4}})?
    (?:\[[ xX✓✔]?\]{_BLANK}{{0,4}})?
    (?:\*\*|__)?
    (?:(?P<word>選択肢|[Oo]ption|OPTION|[Cc]hoice){_BLANK}?)?
    (?:
        {_BRACKETED}
        |(?P<enclosed>{ENCLOSED})[.:)]?
        |(?P<bare>{_LETTER})(?:
            (?P<dot>{_DOT})|(?P<paren>[ \t]?\))|(?P<colon>{_COLON})
            |(?P<comma>[ \t]?[、。]|(?<=[^0-9])[ \t]?,)
            |(?P<dash>[ \t]?-(?=[ \t]))|(?P<table>[ \t]*\|)|(?P<space>(?=\*\*|__|[ \t]|$))
        )
    )
    (?:\*\*|__)?[.:]?{_BLANK}*
    """,
    re.VERBOSE | re.MULTILINE,
)
_WITHIN_LINE = re.compile(
    rf"""
    (?:
        {_BRACKETED}
        |(?P<enclosed>{ENCLOSED})[.:)]?
        |(?<=[\s、。,;/|?!:)])(?:(?P<word>選択肢|[Oo]ption|OPTION|[Cc]hoice){_BLANK}?)?(?P<bare>
            [A-Z](?=[ \t]?[.:)]|[ \t]?-[ \t])|[a-z](?=[.:)][ \t])|[0-9]{{1,2}}(?=\.|\)|:[ \t])
            |[{_WORD_SIGNS}](?=[ \t]?[.:)、])
        )(?:
            (?P<dot>{_DOT})|(?P<paren>[ \t]?\))|(?P<colon>{_COLON})
            |(?P<comma>、)|(?P<dash>[ \t]?-(?=[ \t]))
        )
        # A letter between wide gaps, as examinations are printed; a katakana between any,
        # unless a scanner put every letter apart.
        |(?:(?<=\t)|(?<=[ ][ ])|(?<=[^ァ-ヺー][ ])(?=[^A-Z][ ][^ \t][^ \t]))
        (?P<spaced>[A-Z{_WORD_SIGNS}])(?P<space>(?=[ \t]))
    )
    {_BLANK}*
    """,
    re.VERBOSE,
)
# Names of groups: which of them matched holds the letter, and tells the shape.
_TOKENS = ("inner", "enclosed", "bare", "spaced")
_SHAPES = ("dot", "paren", "colon", "comma", "dash", "table", "space")


def find_markers(folded: str) -> list[Marker]:
    """Return every marker of a text that went through `fold_aligned`, in order."""
    markers: list[Marker] = []
    opened: set[int] = set()
    for found in _AT_LINE_START.finditer(folded):
        bare = found["bare"]
        weak = found["space"] is not None and not (found["bullet"] or found["word"])
        # `a ` at the beginning of a line is the English article.
        if not (weak and bare.islower()):
            markers.extend(_read_marker(found, opens_line=True, weak=weak))
            opened.add(_find_letter(found))
    for found in _WITHIN_LINE.finditer(folded):
        if _find_letter(found) not in opened:
            weak = found["space"] is not None
            markers.extend(_read_marker(found, opens_line=False, weak=weak))
    return sorted(markers, key=lambda marker: marker.start)


def find_chains(markers: Sequence[Marker]) -> list[tuple[Marker, ...]]:
    """Return every run of two or more markers that counts up from the first of its family.

    Markers at the beginning of lines may differ in shape, the others must not. Runs come in the
    order of their first markers, those of one place the surest first.
    """
    groups: dict[tuple[str, ...], list[Marker]] = defaultdict(list)
    for marker in markers:
        if marker.opens_line and not marker.weak:
            groups[marker.family, "strong"].append(marker)
    for marker in markers:
        if marker.opens_line:
            groups[marker.family, "line"].append(marker)
        groups[marker.family, "shape", marker.shape].append(marker)
    chains = dict.fromkeys(chain for group in groups.values() for chain in _count_up(group))
    return sorted(chains, key=lambda chain: chain[0].start)


def read_letters(text: str) -> list[str]:
    """Return the bare letters that a text names, as markers report them; it holds no word."""
    tokens = re.findall(f"{ENCLOSED}|[0-9]{{1,2}}|[A-Za-z{_WORD_SIGNS}]", text)
    return [letter for token in tokens for _, _, letter in _read_token(token)]


def _count_up(markers: Sequence[Marker]) -> Iterator[tuple[Marker, ...]]:
    # By the index of its last marker, every run that the next marker may extend.
    runs: dict[int, tuple[Marker, ...]] = {}
    for marker in markers:
        run = () if marker.index == 0 else runs.pop(marker.index - 1, None)
        if run is None:
            continue
        if len(replaced := runs.get(marker.index, ())) > 1:
            yield replaced
        runs[marker.index] = (*run, marker)
    yield from (run for run in runs.values() if len(run) > 1)


def _find_letter(found: re.Match[str]) -> int:
    groups = found.groupdict()
    return next(found.start(name) for name in _TOKENS if groups.get(name) is not None)


def _read_marker(found: re.Match[str], *, opens_line: bool, weak: bool) -> Iterator[Marker]:
    groups = found.groupdict()
    token = next(groups[name] for name in _TOKENS if groups.get(name) is not None)
    if groups["inner"] or groups["enclosed"]:
        shape = "bracket" if groups["inner"] else "enclosed"
    else:
        shape = next(name for name in _SHAPES if groups.get(name) is not None)
    # `a.` and `A.` are two lists when they stand within lines.
    shape = f"{groups['word'] or ''}{shape}{'-small' if token.islower() else ''}"
    for family, index, letter in _read_token(token):
        yield Marker(family, index, letter, found.start(), found.end(), shape, opens_line, weak)


def _read_token(token: str) -> list[tuple[Family, int, str]]:
    """Return every family that a token belongs to: `イ` is of two."""
    number = int(token) if token.isascii() and token.isdigit() else unicodedata.numeric(token[0], 0)
    if number >= 1:
        return [(Family.DIGIT, int(number) - 1, str(int(number)))]
    letter = unicodedata.normalize("NFKC", token).upper()
    return [(family, row.index(letter), letter) for family, row in _ROWS.items() if letter in row]
