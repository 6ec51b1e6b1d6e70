"""Gives every name the one spelling that stands for it, so that SG is a セキュリティグループ.

Aliases are made for finding, where a near thing is welcome (Shield, Shield Advanced). A yes or no
may only be carried over where two names are provably the same: an abbreviation and what it is short
for, katakana and the English that it spells, or what the user listed.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import permutations

from assistant.answering.yes_no.plain_words import Analyze
from ingest.abbreviations import abbreviates_english, abbreviates_japanese, transliterates
from ingest.aliases import AliasGroup, AliasTable
from ingest.name_finder import name_key
from ingest.normalize import normalize

_SHORT = re.compile("[a-z0-9]{2,8}")
_LONG_SHORT = re.compile("[A-Z]{3,}")
_GAP = re.compile("[ ・-]+")
_SCRIPT_CHANGE = re.compile("(?<=[a-z0-9])(?=[^a-z0-9 ])|(?<=[^a-z0-9 ])(?=[a-z0-9])")
# A name is a whole word: no SG in `msg`, no ラムダ in `ラムダエッジ`.
_LATIN = ("(?<![a-z0-9])", "s?(?![a-z0-9])")
_KATAKANA = ("(?<![ァ-ヺー])", "(?![ァ-ヺー])")


@dataclass(frozen=True, slots=True)
class _Name:
    """What finds a name in a normalised text, and the name that stands for it.

    has_short: whether it is also abbreviated; the words of others are told well enough apart.
    """

    pattern: re.Pattern[str]
    standing: str
    has_short: bool


class NameFolder:
    """Writes names the same way.

    aliases: knows which names may mean the same.
    analyze: gives the content words of a text, English ones for loanwords.
    """

    def __init__(self, aliases: AliasTable, analyze: Analyze) -> None:
        self._aliases = aliases
        self._analyze = analyze
        # By group, since the proofs are dear.
        self._families: dict[AliasGroup, list[frozenset[str]]] = {}

    def fold(self, text: str) -> str:
        """Return `text` as `normalize` does, each name that is also abbreviated as one word.

        A name that may stand for two things is left as it is.
        """
        folded = normalize(text)
        names = self._find_names(folded)
        if not names:
            return folded
        # Longer names are found once the shorter ones in them are spelt out (`Egress-Only IGW`).
        for name in names:
            folded = name.pattern.sub(name.standing, folded)
        for name in self._find_names(folded):
            if name.has_short:
                folded = name.pattern.sub(name_key(name.standing), folded)
        return folded

    def _find_names(self, text: str) -> list[_Name]:
        """Return the names that may be in a text and stand for one thing, longest first."""
        found = []
        for group in self._aliases.expand(text).fired:
            if group not in self._families:
                self._families[group] = _find_families(group, self._analyze)
            found += self._families[group]
        families = _join_families(found, shared=2)
        forms = sorted({form for family in families for form in family}, key=len, reverse=True)
        names = []
        for form in forms:
            owners = [family for family in families if form in family]
            if len(owners) == 1:
                standing = _choose_standing(owners[0])
                has_short = any(_SHORT.fullmatch(name) for name in owners[0] - {standing})
                names.append(_Name(_match_name(form), standing, has_short))
        return names


def _find_families(group: AliasGroup, analyze: Analyze) -> list[frozenset[str]]:
    """Return the names of a group that are provably the same, family by family, normalised."""
    if group.source == "user":
        return [frozenset(map(normalize, group.forms))]
    pairs = [
        frozenset((normalize(one), normalize(other)))
        for one, other in permutations(group.forms, 2)
        if _is_same(one, other, analyze)
    ]
    return _join_families(pairs, shared=1)


def _join_families(families: Iterable[frozenset[str]], *, shared: int) -> list[frozenset[str]]:
    """Return the families with those made one that share so many names."""
    joined: list[frozenset[str]] = []
    for family in families:
        alike = [other for other in joined if len(other & family) >= shared]
        joined = [other for other in joined if other not in alike]
        joined.append(family.union(*alike))
    return joined


def _choose_standing(family: frozenset[str]) -> str:
    """Return the longest name in Latin letters, or of all if there is none."""
    latin = [form for form in family if form.isascii()]
    return max(sorted(latin or family), key=len)


def _is_same(short: str, name: str, analyze: Analyze) -> bool:
    if abbreviates_english(short, name) or transliterates(short, name):
        return True
    # Two letters are found in any Japanese name.
    if _LONG_SHORT.fullmatch(short) and abbreviates_japanese(short, name):
        return True
    return analyze(short) == analyze(name) != []


def _match_name(form: str) -> re.Pattern[str]:
    parts = [
        " ?".join(map(re.escape, _SCRIPT_CHANGE.split(part))) for part in _GAP.split(form) if part
    ]
    before, behind = _find_border(form[0])[0], _find_border(form[-1])[1]
    return re.compile(f"{before}{'[ ・-]?'.join(parts)}{behind}")


def _find_border(sign: str) -> tuple[str, str]:
    if sign.isascii():
        return _LATIN
    return _KATAKANA if "ァ" <= sign <= "ヺ" or sign == "ー" else ("", "")
