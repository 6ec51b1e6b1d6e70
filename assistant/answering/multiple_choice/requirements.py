"""Finds what a question demands of the right option: lowest cost, least effort, no downtime, ...

Examinations decide between options that all work by one such phrase. Nothing is found where a
question waives the demand (「高可用性は不要」) or asks what the word means. The phrases themselves
are in `japanese_requirements` and `english_requirements`.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from assistant.answering.multiple_choice.english_requirements import ENGLISH_PHRASES
from assistant.answering.multiple_choice.japanese_requirements import JAPANESE_PHRASES
from assistant.answering.multiple_choice.pasted_text import fold_aligned
from assistant.answering.multiple_choice.requirement_kinds import RequirementKind


@dataclass(frozen=True, slots=True)
class Requirement:
    """A demand of a question.

    phrase: as the question writes it, on one line.
    """

    kind: RequirementKind
    phrase: str


_JAPANESE: Mapping[RequirementKind, re.Pattern[str]] = {
    kind: re.compile("|".join(phrases), re.IGNORECASE) for kind, phrases in JAPANESE_PHRASES.items()
}
_ENGLISH: Mapping[RequirementKind, re.Pattern[str]] = {
    kind: re.compile("|".join(phrases).replace(" ", r"\s+"), re.IGNORECASE)
    for kind, phrases in ENGLISH_PHRASES.items()
}
_LATIN = re.compile("[A-Za-z]")

# Words around a phrase are looked for no farther than this.
_REACH = 60
_WAIVED_BEFORE = re.compile(
    r"(?:\b(?:do|does|did|is|are|was|need|must|should)(?:\s+not|n't)"
    r"(?:\s+(?:need|require|have|want|to|be|necessarily|an?|the|any|currently|provide)){0,5}"
    r"|\b(?:regardless|irrespective|instead)\s+of(?:\s+(?:the|an?|any))?"
    r"|\b(?:no\s+need\s+for|rather\s+than|ignor(?:e|ing)|never\s+mind)(?:\s+(?:the|an?|any))?"
    r"|\bwhat\s+(?:is|are|does)(?:\s+(?:the|an?))?)\s+$",
    re.IGNORECASE,
)
_WAIVED_BEHIND = re.compile(
    r"[^。、,.?？!\n]{0,14}?(?:不要|不問|必要(?:は|が|も)?(?:な[いく]|ありません)"
    r"|求め(?:ない|ません|ていない|られていない)|問(?:わない|わず|いません)"
    r"|(?:気に|考慮|重視|優先)(?:しない|しなくて|しません|せず|していない|する必要)"
    r"|考えなくて|要(?:らない|りません)|いらない|要件(?:では|に(?:は)?)(?:な[いく]|含まれ)"
    r"|(?:で(?:は|も)?|じゃ)な[いく]|こだわら|二の次|後回し|犠牲|度外視)"
    r"|(?:とは(?!い)|って何|の(?:意味|定義))"
    r"|\s+(?:[\w-]+\s+){0,2}?(?:is|are|was|does|do)(?:\s+not|n't)\s+(?:an?\s+)?"
    r"(?:concern|required|needed|important|necessary|matter|priority|issue)"
    r"|\s+(?:is|are)\s+(?:unimportant|secondary|optional|irrelevant)",
    re.IGNORECASE,
)


def find_requirements(text: str) -> tuple[Requirement, ...]:
    """Return what a question demands, in the order of its words, every kind once."""
    folded = fold_aligned(text)
    starts: dict[RequirementKind, int] = {}
    found: dict[RequirementKind, Requirement] = {}
    for kind, match in _find_first(folded):
        if match.start() < starts.get(kind, len(text)):
            starts[kind] = match.start()
            found[kind] = Requirement(kind, " ".join(text[match.start() : match.end()].split()))
    return tuple(sorted(found.values(), key=lambda requirement: starts[requirement.kind]))


def _find_first(folded: str) -> Iterator[tuple[RequirementKind, re.Match[str]]]:
    """Yield, for each language, the first phrase of every kind that is not waived."""
    languages = []
    if not folded.isascii():
        languages.append(_JAPANESE)
    if _LATIN.search(folded):
        languages.append(_ENGLISH)
    for patterns in languages:
        for kind, pattern in patterns.items():
            matches = (m for m in pattern.finditer(folded) if not _is_waived(folded, m))
            if (first := next(matches, None)) is not None:
                yield kind, first


def _is_waived(folded: str, match: re.Match[str]) -> bool:
    before = folded[max(0, match.start() - _REACH) : match.start()]
    behind = folded[match.end() : match.end() + _REACH]
    return bool(_WAIVED_BEFORE.search(before) or _WAIVED_BEHIND.match(behind))
