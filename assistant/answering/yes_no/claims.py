"""Reads what a question asks to confirm, and what a passage plainly claims."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.answering.yes_no.clauses import cut_clauses
from assistant.answering.yes_no.english_predicates import (
    read_english_question,
    read_english_statement,
)
from assistant.answering.yes_no.markers import (
    asks_more,
    drop_frequency,
    find_focus,
    is_conditional,
    is_hedged,
    name_places,
    says_both,
    spell_out,
)
from assistant.answering.yes_no.plain_words import Analyze, read_words, split_manners
from assistant.answering.yes_no.predicates import Predicate, read_predicate
from assistant.answering.yes_no.word_roles import choose_names, drop_pointer, drop_siblings
from ingest.normalize import normalize

# A denial of several things together denies none of them alone.
_TOGETHER = re.compile(
    r"同時|併用|組み合わ|組合せ|一緒|混在|共存|間[でに]|接続|通信|繋|つな|同期|同じ|同一|違|異な|別々|一致"
    r"|交換|変換|切り替|入れ替|ピアリング|連携|統合|マージ|共用|兼用|両立|重複|比較|合わせ|結合|関連付け"
    r"|\b(?:both|together)\b"
)
_ENGLISH = re.compile(r"[a-z0-9 ,.'/:()+?_-]+")

_PLACE_LAST = re.compile(r"(?P<deed>[^は]+)は.*[^ぁ-ん](?:で|に|から|へ|と)$")
_LAST_VERB = re.compile(r"(?P<stem>[一-龠]+)[ぁ-ん]+$")

_CONFIRMS = re.compile(
    r"(?:という|って)?(?:理解|認識)で(?:合って|あって|いい|よい|よろし|正し|間違いな).*$"
)
_REQUEST = re.compile(r"(?:かどうか|か)(?:を)?(?:教えて.*|知りたい.*|確認したい.*)$")
_ASKING = re.compile(r"(?:っけ|かな|よね|ね|か)$")
# The speaker takes it to be so: not 使えない? and 使えませんか, which may ask for it.
_TELLS = re.compile(
    r"(?:(?<!ませ)ん|の)(?:です|だ|でしょう|だろう|でした?)?(?:か|っけ|ね)?$|(?:よね|っけ)$"
)
_EXPLAINING = re.compile(r"(?:の|(?<!ませ)ん|でしょう|だろう|よ|だ|です|でした|でし)$")


@dataclass(frozen=True, slots=True)
class Claim:
    """A clause that says something of something.

    text: the clause without its predicate and adverbs, but with the deed.
    words: its content words.
    deed: the one of them that the predicate rests on; "" if it is not known.
    manners: how or when, as `split_manners` names it.
    focus: what singles out or sums up, as `find_focus` names it.
    topic: the content words of what the text before it on its line speaks of.
    head: those of what stands before it in its sentence.
    before: those of what stands before it on its line.
    says_both: whether it is on all that its heading names.
    is_first: whether it stands first on its line, and so may speak of the heading.
    is_comment: whether it stands in brackets.
    """

    predicate: Predicate
    text: str
    words: frozenset[str]
    deed: str
    manners: frozenset[str]
    focus: frozenset[str]
    topic: frozenset[str] = frozenset()
    head: frozenset[str] = frozenset()
    before: frozenset[str] = frozenset()
    says_both: bool = False
    is_first: bool = False
    is_comment: bool = False


def read_question(question: str, analyze: Analyze) -> Claim | None:
    """Return the statement that a yes/no question asks to confirm, None if it asks for more.

    A question that negates its verb without more (`使えない?`) may be a request and gives None;
    `使えないの?` and `使えないという理解で合ってる?` ask whether it is so.
    """
    text = normalize(question).rstrip(" ?。!")
    is_english = _ENGLISH.fullmatch(text) is not None
    if asks_more(text, is_english=is_english):
        return None
    if is_english:
        asked = read_english_question(text)
        return None if asked is None else _build_claim(asked, analyze, is_english=True)
    confirmed = _CONFIRMS.sub("", name_places(text))
    plain = _ASKING.sub("", _REQUEST.sub("", confirmed))
    while (shorter := _EXPLAINING.sub("", plain)) != plain:
        plain = shorter
    asked = read_predicate(plain.removesuffix("な"), analyze)
    if asked is None:
        return None
    if asked.is_negated and not _CONFIRMS.search(text) and _TELLS.search(text) is None:
        return None
    return _build_claim(asked, analyze)


def read_claims(passage: str, preceding: str, asked: Claim, analyze: Analyze) -> list[Claim]:
    """Return what a passage plainly claims, sentence by sentence and in brackets.

    What is restricted, hedged, quoted or taken back by the next sentence is left out, and so is
    what stands under a condition if the question has none.

    :param preceding: what stands before the passage on its line.
    :param asked: what is asked; of several things in a row only those that it names are kept.
    """
    claims = []
    for clause in cut_clauses(passage, preceding):
        is_english = _ENGLISH.fullmatch(clause.text) is not None
        if is_hedged(clause.text, is_english=is_english):
            continue
        if is_conditional(clause.scope) and not is_conditional(asked.text):
            continue
        claim = _read_claim(clause.text, asked, analyze, is_english=is_english)
        if claim is not None:
            claim = replace(
                claim,
                # Without its particle a word is taken for another (`ビュー`).
                topic=frozenset(read_words(f"{clause.topic}は", analyze)),
                head=frozenset(read_words(clause.head, analyze)),
                before=frozenset(read_words(clause.before, analyze)),
                says_both=says_both(clause.text),
                is_first=clause.is_first,
                is_comment=clause.is_comment,
            )
            claims.append(_turn_only(claim, asked))
    return claims


def _read_claim(clause: str, asked: Claim, analyze: Analyze, *, is_english: bool) -> Claim | None:
    if is_english:
        said = read_english_statement(clause)
        return None if said is None else _build_claim(said, analyze, is_english=True)
    named = choose_names(
        drop_pointer(spell_out(clause), lambda name: _names(name, asked, analyze)),
        lambda name: _names(name, asked, analyze),
        lambda name, other: read_words(name, analyze) == read_words(other, analyze),
    )
    said = read_predicate(named, analyze)
    if said is None:
        return None
    if not _TOGETHER.search(clause):
        said = replace(said, rest=drop_siblings(said.rest, lambda n: _names(n, asked, analyze)))
    claim = _build_claim(said, analyze)
    # Of `東館では不可` the heading may tell the deed.
    if said.is_bare and claim.deed != asked.deed and claim.deed in asked.words:
        return replace(claim, deed="")
    return claim


def _turn_only(claim: Claim, asked: Claim) -> Claim:
    """Return `A でしか使えない` as `A だけで使える`, unless it is asked in such words."""
    if not claim.predicate.is_negated or claim.focus <= asked.focus:
        return claim
    if not any(sign.endswith("しか") for sign in claim.focus):
        return claim
    predicate = replace(claim.predicate, holds=True, is_negated=False)
    focus = frozenset(sign.replace("しか", "だけ") for sign in claim.focus)
    return replace(claim, predicate=predicate, focus=focus)


def _names(name: str, asked: Claim, analyze: Analyze) -> bool:
    words = read_words(name, analyze)
    return bool(words) and asked.words.issuperset(words)


def _find_deed(text: str, words: Sequence[str], analyze: Analyze) -> str:
    """Return the last word; of a verb that is no content word (`見る`) what it is written with."""
    # `変更は A ではできない`
    if place := _PLACE_LAST.match(text):
        return next(iter(reversed(read_words(place["deed"], analyze))), "")
    verb = _LAST_VERB.search(text)
    if verb and not analyze(verb[0]):
        return verb["stem"]
    return words[-1] if words else ""


def _build_claim(predicate: Predicate, analyze: Analyze, *, is_english: bool = False) -> Claim:
    text, manners = split_manners(predicate.rest)
    words = read_words(drop_frequency(text), analyze)
    # English puts the deed before its object.
    deed = "" if is_english else _find_deed(text, words, analyze)
    return Claim(predicate, text, frozenset(words), deed, manners, find_focus(text))
