"""Tells whether what stands around a claim leaves it as wide as it reads, and what it adds."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answering.yes_no.claims import Claim
from assistant.answering.yes_no.plain_words import Analyze, Lexicon, fold_word, read_words
from assistant.answering.yes_no.predicates import DEEDS, PredicateKind
from assistant.answering.yes_no.word_roles import NAME
from ingest.normalize import normalize

# So many content words, the deed among them, name a thing for certain, whatever is above it.
_MANY_WORDS = 4
# So many do below a heading that has one of them in passing (`ルートテーブル`).
_SOME_WORDS = 3
# Headings of these words hold for the topic above them: they name a side of it.
_GENERAL = frozenset(
    fold_word(word)
    for word in (
        "概要 基本 制限 制約 注意 点 料金 費用 仕様 特徴 設定 使い方 仕組み 種類 まとめ メモ 要点 "
        "補足 詳細 上限 期間 保持 粒度 設計 構成 条件 性能 容量 数 単位 形式 動作 挙動 手順 流れ "
        "方法 落とし穴 監視 運用 管理 認可 認証 共通 機能 連携 比較 使い分け 選び方 違い 計算 "
        "size quota faq overview limit note pricing price aws amazon"
    ).split()
)
# What is needed has to be provided.
_PROVIDING = frozenset(map(fold_word, "用意 準備 持つ".split()))
_ASIDE = re.compile(r"[()]")
_SIBLINGS = re.compile(r"[・、,/=:]|(?<=[^\sぁ-ん]) ?と ?(?=[^\sぁ-ん])|から")
_NAME = re.compile(NAME)
_NUMBER = re.compile("[0-9]+|[年月日回個台件本分秒]")
_ELSEWHERE = re.compile(r"(?:他|ほか|別)の? ?([^\sぁ-ん][^ぁ-ん]*?) ?[にへ]")


@dataclass(frozen=True, slots=True)
class Heading:
    """What a heading names.

    asides: what stands outside of its brackets, and in them; of each the things that it names, of
        these the content words in order.
    names: the words of each thing as it is written.
    words: all words.
    """

    asides: tuple[tuple[tuple[str, ...], ...], ...]
    names: tuple[frozenset[str], ...]
    words: frozenset[str]


def read_heading(heading: str, lexicon: Lexicon) -> Heading:
    """Return what a heading names."""
    asides = _split_heading(lexicon.fold(heading), lexicon.analyze)
    written = _split_heading(normalize(heading), lexicon.analyze)
    names = tuple(frozenset(words) for aside in written for words in aside)
    folded = {word for aside in asides for words in aside for word in words}
    return Heading(asides, names, frozenset(folded.union(*names)))


def stands_for(asked: Claim, said: Claim, headings: Sequence[Heading], analyze: Analyze) -> bool:
    """Tell whether a claim holds for what is asked, by what stands above it.

    :param headings: those above the claim, outermost first, the note's title the first of them.
    """
    return _covers(asked, said, headings, analyze) and _fits(asked, said, headings, analyze)


def _fits(asked: Claim, said: Claim, headings: Sequence[Heading], analyze: Analyze) -> bool:
    """Tell whether the headings below the note's title leave a claim as wide as it reads.

    What stands below `プライベート NAT` or `無料枠` holds there, be it said again or not. Only a
    claim that names all that is asked, in some words, stands beside a heading on something else.
    """
    known = asked.words | said.words
    named = said.words | said.topic
    for heading in headings[1:] or headings:
        parts = [words for aside in heading.asides for words in aside]
        named_parts = [own for words in parts if (own := _drop_general(words))]
        if not named_parts or any(known.issuperset(own) for own in named_parts):
            continue
        for own in named_parts:
            if own[-1] in known and not _is_another(own, said.text, analyze):
                return False
        is_in_passing = not heading.words.isdisjoint(named)
        least = _SOME_WORDS if is_in_passing else _MANY_WORDS
        if not asked.words <= named or len(named) < least:
            return False
    return True


def _covers(asked: Claim, said: Claim, headings: Sequence[Heading], analyze: Analyze) -> bool:
    """Tell whether all that is asked is said, or stands above it, or is what goes before is on.

    A heading that names several things says of none of them that it is meant. What cannot be done
    at all cannot be done elsewhere, nor where its own sentence says what can.
    """
    # The deeds were compared.
    missing = asked.words - said.words
    if said.predicate.kind in DEEDS:
        missing -= {asked.deed if said.deed else "使う"}
    if said.predicate.kind is PredicateKind.EXIST:
        missing -= {"使う"}
    if not said.predicate.holds:
        for place in _ELSEWHERE.finditer(asked.text):
            missing -= frozenset(read_words(place[0], analyze))
        missing -= said.head
    if said.predicate.kind is PredicateKind.NEED:
        missing -= said.before | _PROVIDING
    if not missing:
        return True
    if _turns_away(asked, said):
        return False
    known = asked.words | said.words | _GENERAL
    missing -= said.topic
    for heading in headings:
        for aside in heading.asides:
            if len(aside) == 1 or said.says_both or all(known.issuperset(words) for words in aside):
                missing -= {word for words in aside for word in words}
    # Below a heading on what is asked, part of a name in the title says what kind of thing that is.
    if any(asked.words > heading.words - _GENERAL > frozenset() for heading in headings[1:]):
        return any(missing < name for name in headings[0].names)
    return not missing


def _split_heading(heading: str, analyze: Analyze) -> tuple[tuple[tuple[str, ...], ...], ...]:
    return tuple(
        tuple(tuple(read_words(part, analyze)) for part in _SIBLINGS.split(aside.strip()))
        for aside in _ASIDE.split(heading)
        if aside.strip()
    )


def _drop_general(words: Sequence[str]) -> list[str]:
    return [word for word in words if word not in _GENERAL]


def _is_another(heading: Sequence[str], said: str, analyze: Analyze) -> bool:
    """Tell whether a claim gives the thing of a heading another name in front than the heading.

    So does `プライマリ CIDR` below `セカンダリ CIDR`; `NAT ゲートウェイ` below `プライベート NAT
    ゲートウェイ` does not, and `倉庫の鍵` may be one of those below `予備の鍵`.
    """
    names = [read_words(name, analyze) for name in _NAME.findall(said)]
    alike = [words for words in names if heading[-1] in words]
    return bool(alike) and all(not set(words) <= set(heading) for words in alike)


def _turns_away(asked: Claim, said: Claim) -> bool:
    """Tell whether what goes before speaks of something else of the kind that is asked about."""
    other = {word for word in said.topic - asked.words - _GENERAL if not _NUMBER.fullmatch(word)}
    return bool(other) and not said.topic.isdisjoint(asked.words)
