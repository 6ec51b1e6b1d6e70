"""Decides whether sentences of the notes answer a yes/no question with yes or with no.

A wrong yes or no is worse than none. It is only decided where question and sentence say the same
thing of the same things: predicates of one kind, the same content words on both sides (headings may
name the topic), in the same roles, and nothing in the sentence that restricts, hedges or contrasts.
A denial also covers what is narrower in time or manner: what cannot be changed cannot be changed
later. The answer follows Japanese usage: `はい` agrees with the question as it is put, so that
`不要?` is affirmed by `不要`.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import PurePosixPath

from assistant.answering.composition.question_kinds import QuestionKind, classify_question
from assistant.answering.composition.units import is_table_row
from assistant.answering.yes_no.claims import Claim, read_claims, read_question
from assistant.answering.yes_no.dates import drop_past_dates
from assistant.answering.yes_no.exclusives import turn_to_rival
from assistant.answering.yes_no.markers import takes_back
from assistant.answering.yes_no.matching import contradict, says_same
from assistant.answering.yes_no.plain_words import Lexicon
from assistant.answering.yes_no.scope import Heading, read_heading, stands_for
from assistant.datatypes import Evidence
from ingest.datatypes import Passage
from ingest.normalize import normalize


class Polarity(StrEnum):
    """The answer to a yes/no question; YES agrees with the question as it is put."""

    YES = "yes"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Place:
    """What stands around a passage.

    headings: those above it, outermost first; they may name the topic.
    note: the name of its note; a single word may be the topic.
    preceding: what stands before it on its line; it may name the topic.
    following: what stands behind it; it may take back part of it.
    """

    headings: Sequence[str] = ()
    note: str = ""
    preceding: str = ""
    following: str = ""


_NOWHERE = Place()
# Longer texts are no plain questions or statements.
_LONGEST = 300


def decide_polarity(
    question: str,
    sentence: str,
    lexicon: Lexicon,
    place: Place = _NOWHERE,
    today: date | None = None,
) -> Polarity | None:
    """Return whether a passage says yes or no to a question; None if there is any doubt.

    :param sentence: a passage of a note, of one or a few sentences.
    :param today: what a passage says to hold since an earlier month holds; without it nothing does.
    """
    asked = _read_asked(question, lexicon)
    if asked is None:
        return None
    above = _read_above(place.note, place.headings, lexicon)
    return _decide(asked, sentence, above, place, lexicon, today)


def decide_answer(
    question: str,
    quoted: Collection[Passage],
    evidence: Sequence[Evidence],
    lexicon: Lexicon,
    today: date | None = None,
) -> tuple[Polarity, Passage] | None:
    """Return the answer to a yes/no question and the first quoted sentence that gives it.

    None if no quoted sentence does, or if any sentence of the evidence says the contrary.

    :param today: as for `decide_polarity`.
    """
    asked = _read_asked(question, lexicon)
    if asked is None:
        return None
    decided: list[tuple[Polarity, Passage]] = []
    for item in evidence:
        above = _read_above(
            PurePosixPath(item.section.path).stem, item.section.heading_path, lexicon
        )
        for position, sentence in enumerate(item.sentences):
            if _depends_on_place(item, sentence):
                continue
            place = find_place(item.sentences, position)
            polarity = _decide(asked, sentence.text, above, place, lexicon, today)
            if polarity is not None:
                decided.append((polarity, sentence))
    if len({polarity for polarity, _ in decided}) != 1:
        return None
    return next((entry for entry in decided if entry[1] in quoted), None)


def find_place(sentences: Sequence[Passage], position: int) -> Place:
    """Return what stands before and behind a sentence of a section, without its headings."""
    before = sentences[position - 1] if position else None
    is_one_line = before is not None and before.line_end == sentences[position].line_start
    behind = [sentence.text for sentence in sentences[position + 1 : position + 2]]
    return Place(
        preceding=before.text if before is not None and is_one_line else "",
        following="".join(behind),
    )


def _read_asked(question: str, lexicon: Lexicon) -> Claim | None:
    if len(question) > _LONGEST or classify_question(question) is not QuestionKind.YES_NO:
        return None
    return read_question(lexicon.fold(question), lexicon.analyze)


def _read_above(
    note: str, headings: Sequence[str], lexicon: Lexicon
) -> tuple[tuple[Heading, ...], ...]:
    """Return the headings, outermost first: all ways to take them, the first as the title."""
    read = tuple(read_heading(heading[:_LONGEST], lexicon) for heading in headings)
    name = read_heading(note[:_LONGEST], lexicon)
    # `elb.md`; of `rds-aurora.md` nobody knows what a section is about.
    is_topic = sum(len(words) for aside in name.asides for words in aside) == 1
    return (read, (name, *read)) if is_topic else (read,)


def _decide(
    asked: Claim,
    passage: str,
    above: Sequence[Sequence[Heading]],
    place: Place,
    lexicon: Lexicon,
    today: date | None,
) -> Polarity | None:
    if len(passage) > _LONGEST or takes_back(normalize(place.following[:_LONGEST])):
        return None
    lines = [lexicon.fold(line) for line in passage.split("\n")]
    if today is not None:
        lines = [drop_past_dates(line, today) for line in lines]
    # The nearest counts.
    before = lexicon.fold(place.preceding[-_LONGEST:])
    claims = read_claims("\n".join(lines), before, asked, lexicon.analyze)
    claims += [rival for claim in claims if (rival := turn_to_rival(asked, claim))]
    said = [
        claim
        for claim in claims
        if says_same(asked, claim)
        and any(stands_for(asked, claim, headings, lexicon.analyze) for headings in above)
    ]
    if len({claim.predicate.holds for claim in said}) != 1:
        return None
    if any(contradict(claim, other, asked) for claim in said for other in claims):
        return None
    agrees = said[0].predicate.holds == asked.predicate.holds
    return Polarity.YES if agrees else Polarity.NO


def _depends_on_place(item: Evidence, sentence: Passage) -> bool:
    """Tell whether a sentence may only hold for what stands above it, outside of the headings.

    So do table rows, items of a list in a list, and items below a line that ends with a colon.
    """
    if is_table_row(item, sentence):
        return True
    if sentence.group is None:
        return False
    line = item.section.text.split("\n")[sentence.line_start - item.section.line_start]
    if line[:1].isspace():
        return True
    first = next(other for other in item.sentences if other.group == sentence.group)
    before = [other for other in item.sentences if other.ordinal == first.ordinal - 1]
    return bool(before) and before[0].text.rstrip().endswith((":", "："))
