"""Decides whether sentences of the notes answer a yes/no question with yes or with no.

A wrong yes or no is worse than none. It is only decided where question and sentence say the same
thing of the same things: predicates of one kind, the same content words on both sides (headings may
name the topic), in the same roles, and nothing in the sentence that restricts, hedges or contrasts.
A denial also covers what is narrower in time or manner: what cannot be changed cannot be changed
later. The answer follows Japanese usage: `はい` agrees with the question as it is put, so that
`不要?` is affirmed by `不要`.
"""

import re
from collections.abc import Collection, Sequence
from enum import StrEnum
from itertools import pairwise

from assistant.answering.composition.question_kinds import QuestionKind, classify_question
from assistant.answering.composition.units import is_table_row
from assistant.answering.yes_no.claims import Claim, read_claims, read_question, takes_back
from assistant.answering.yes_no.plain_words import Analyze, read_words
from assistant.answering.yes_no.predicates import Predicate, PredicateKind
from assistant.answering.yes_no.word_roles import contradict_roles
from assistant.datatypes import Evidence
from ingest.datatypes import Passage
from ingest.normalize import normalize


class Polarity(StrEnum):
    """The answer to a yes/no question; YES agrees with the question as it is put."""

    YES = "yes"
    NO = "no"


# Longer texts are no plain questions or statements.
_LONGEST = 300
# So many content words, the deed among them, do not name a thing for certain.
_FEW_WORDS = 3
# What these say is said of a deed; the others are said of a thing.
_DEEDS = (PredicateKind.CAN, PredicateKind.MAY, PredicateKind.PASSIVE, PredicateKind.VERB)
# Headings of these words hold for the topic above them.
_GENERAL = frozenset(
    "概要 基本 制限 制約 注意 点 料金 費用 仕様 特徴 設定 使い方 仕組み 種類 まとめ メモ 要点 補足 "
    "詳細 上限 "
    "quota faq overview limit note pricing price".split()
)
# A denial before the predicate (`停止しない場合は`).
_DENIED = re.compile(r"(?:ない|ません|なし|なく|(?<=[ぁ-ん])ず)(?!$)")
_HEADING_PARTS = re.compile(r"[・、,/=:()]| と |(?<=[^\x00-\x7f])と(?=[^\x00-\x7f])|から")


def decide_polarity(
    question: str,
    sentence: str,
    analyze: Analyze,
    headings: Sequence[str] = (),
    following: str = "",
) -> Polarity | None:
    """Return whether a passage says yes or no to a question; None if there is any doubt.

    :param sentence: a passage of a note, of one or a few sentences.
    :param analyze: gives the content words of a text, verbs in their dictionary form.
    :param headings: those above the passage, outermost first; they may name the topic.
    :param following: what stands behind the passage; it may take back part of it.
    """
    asked = _read_asked(question, analyze)
    return None if asked is None else _decide(asked, sentence, analyze, headings, following)


def decide_answer(
    question: str, quoted: Collection[Passage], evidence: Sequence[Evidence], analyze: Analyze
) -> tuple[Polarity, Passage] | None:
    """Return the answer to a yes/no question and the first quoted sentence that gives it.

    None if no quoted sentence does, or if any sentence of the evidence says the contrary.
    """
    asked = _read_asked(question, analyze)
    if asked is None:
        return None
    decided: list[tuple[Polarity, Passage]] = []
    for item in evidence:
        headings = item.section.heading_path
        for sentence, following in pairwise([*item.sentences, None]):
            if sentence is None or _depends_on_place(item, sentence):
                continue
            behind = "" if following is None else following.text
            polarity = _decide(asked, sentence.text, analyze, headings, behind)
            if polarity is not None:
                decided.append((polarity, sentence))
    if len({polarity for polarity, _ in decided}) != 1:
        return None
    return next((entry for entry in decided if entry[1] in quoted), None)


def _read_asked(question: str, analyze: Analyze) -> Claim | None:
    if len(question) > _LONGEST or classify_question(question) is not QuestionKind.YES_NO:
        return None
    return read_question(question, analyze)


def _decide(
    asked: Claim, passage: str, analyze: Analyze, headings: Sequence[str], following: str
) -> Polarity | None:
    if len(passage) > _LONGEST or takes_back(following[:_LONGEST]):
        return None
    shown = [heading[:_LONGEST] for heading in headings]
    topic = frozenset(read_words(" ".join(shown), analyze))
    claims = read_claims(passage, asked, analyze)
    said = [c for c in claims if _says_it(asked, c, topic) and _fits(asked, c, shown, analyze)]
    if len(said) != 1 or any(_contradict(claim, said[0]) for claim in claims):
        return None
    agrees = said[0].predicate.holds == asked.predicate.holds
    return Polarity.YES if agrees else Polarity.NO


def _says_it(asked: Claim, said: Claim, topic: frozenset[str]) -> bool:
    """Tell whether a claim is about just what is asked."""
    if not _answers_kind(asked.predicate.kind, said.predicate):
        return False
    subject = said.words
    if said.predicate.kind in _DEEDS:
        if said.deed and asked.deed and said.deed != asked.deed:
            return False
        subject = subject - {said.deed}
    if subject.isdisjoint(asked.words):
        return False
    if not said.words <= asked.words <= said.words | topic:
        return False
    # What can be done by itself can be done; what cannot be done cannot be done by itself.
    wider, narrower = (asked, said) if said.predicate.holds else (said, asked)
    if not wider.manners <= narrower.manners:
        return False
    if said.predicate.kind is PredicateKind.NOUN and not _have_one_topic(asked, said):
        return False
    if bool(_DENIED.search(asked.text)) != bool(_DENIED.search(said.text)):
        return False
    return not contradict_roles(asked.text, said.text)


def _have_one_topic(asked: Claim, said: Claim) -> bool:
    """Tell whether `A は B` is said of the same thing, and not `B は A`."""
    return asked.text.partition("は")[0].strip() == said.text.partition("は")[0].strip()


def _answers_kind(asked: PredicateKind, said: Predicate) -> bool:
    # Of what cannot be done nobody need ask whether it may be.
    is_ruled_out = asked is PredicateKind.MAY and said.kind is PredicateKind.CAN and not said.holds
    return said.kind is asked or is_ruled_out


def _contradict(one: Claim, other: Claim) -> bool:
    """Tell whether two claims of one passage say the opposite of the same deed."""
    if one.predicate.kind is not other.predicate.kind or one.deed != other.deed:
        return False
    return one.predicate.holds != other.predicate.holds


def _fits(asked: Claim, said: Claim, headings: Sequence[str], analyze: Analyze) -> bool:
    """Tell whether the headings below the note's title leave the claim as wide as it reads.

    What stands below `プライベート NAT` or `無料枠` holds there, be it said again or not. Only a
    claim that names much itself stands beside a heading on something else.
    """
    known = asked.words | said.words | _GENERAL
    stands_alone = asked.words <= said.words and len(said.words) > _FEW_WORDS
    for heading in headings[1:] or headings:
        parts = [
            set(read_words(part, analyze)) for part in _HEADING_PARTS.split(normalize(heading))
        ]
        if any(part <= known for part in parts):
            continue
        if not stands_alone or not all(part.isdisjoint(known - _GENERAL) for part in parts):
            return False
    return True


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
