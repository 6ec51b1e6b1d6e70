"""Finds what an ambiguous question may mean: sections of two topics that answer it equally well.

`ゲートウェイの料金は?` names what the headings of NAT ゲートウェイ and of Transit Gateway share and
nothing that tells them apart. Asking back without need annoys more than taking the likelier one, so
that every condition here must hold.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile

from assistant.answering.headings.heading_text import clean_heading, drop_gloss, find_head
from assistant.answering.headings.reading_questions import ask_for_topic
from assistant.datatypes import Reading
from index.datatypes import Hit
from ingest.datatypes import Section

# Unfitted. A section answers as well as the best one from this share of its fused score on.
_EQUAL_SCORE = 0.9
# A question of more content words says what it means.
_MAX_WORDS = 4
_MAX_READINGS = 3
# How many of the best sections are looked at; each has to be cut into words.
_MAX_SECTIONS = 6
# Words for one aspect of a topic, any topic: they stand for one another and tell no two apart.
_ASPECTS = (
    "料金 課金 費用 価格 値段 コスト price pricing cost",
    "上限 制限 制約 限度 クォータ limit quota",
    "手順 方法 procedure",
    "概要 基本 overview",
    "監視 モニタリング メトリクス monitoring",
    "設定 構成 configuration",
    "種類 type",
    "注意 note",
)
# Words of headings that tell no two topics apart either.
_TELLING_NOTHING = "aws amazon サービス まとめ メモ ノート まわり 周り 覚え書き その他"


class _WordReader:
    """Reads the content words of texts, one for all words of an aspect.

    aspects: the words for aspects. silent: these, and others that tell no two topics apart.
    """

    def __init__(self, analyze: Callable[[str], list[str]]) -> None:
        self._analyze = analyze
        # No content word has a space in it: an aspect's list of words is a name of its own.
        self._aspects = {term: words for words in _ASPECTS for term in analyze(words)}
        self.aspects = frozenset(_ASPECTS)
        self.silent = self.aspects.union(analyze(_TELLING_NOTHING))

    def read(self, text: str) -> frozenset[str]:
        return frozenset(self._aspects.get(term, term) for term in self._analyze(text))


@dataclass(frozen=True, slots=True)
class _Topic:
    """A section that may be meant.

    headings: cleaned, outermost first. words: those of each of them. heads: of each the noun that
        it ends with.
    """

    section: Section
    headings: tuple[str, ...]
    words: tuple[frozenset[str], ...]
    heads: tuple[frozenset[str], ...]

    @property
    def all_words(self) -> frozenset[str]:
        return frozenset[str]().union(*self.words)


def find_readings(
    question: str,
    hits: Sequence[Hit],
    sections: Mapping[str, Section],
    analyze: Callable[[str], list[str]],
) -> tuple[Reading, ...]:
    """Return what an ambiguous question may mean, the likeliest first; () unless it is ambiguous.

    There are two or three readings then, of different labels.

    :param hits: fused hits for the question alone, best first.
    :param sections: the sections of the hits by id.
    :param analyze: gives the content words of a text.
    """
    near = _find_near(hits, sections)
    if len(near) < 2:
        return ()
    words = _WordReader(analyze)
    asked = words.read(question)
    if not 0 < len(asked) <= _MAX_WORDS:
        return ()
    topics = _choose_topics([_read_topic(section, words) for section in near], asked, words)
    labels = [_find_label(topic, topics, words) for topic in topics]
    readings = [
        Reading(label, ask_for_topic(question, label, words.read)) for label in labels if label
    ]
    return tuple(readings) if len(readings) > 1 else ()


def _find_near(hits: Sequence[Hit], sections: Mapping[str, Section]) -> list[Section]:
    """Return the sections that answer about as well as the best one."""
    known = [hit for hit in hits[:_MAX_SECTIONS] if hit.section_id in sections]
    return [
        sections[hit.section_id] for hit in known if hit.score >= _EQUAL_SCORE * known[0].score > 0
    ]


def _read_topic(section: Section, words: _WordReader) -> _Topic:
    headings = tuple(clean_heading(heading) for heading in section.heading_path)
    return _Topic(
        section,
        headings,
        tuple(words.read(heading) for heading in headings),
        tuple(words.read(find_head(heading)) for heading in headings),
    )


def _choose_topics(
    topics: Sequence[_Topic], asked: frozenset[str], words: _WordReader
) -> list[_Topic]:
    """Return the topics that the question may mean; the first alone if it tells them apart."""
    chosen: list[_Topic] = []
    named = (asked - words.aspects) & topics[0].all_words
    for topic in topics:
        if not asked <= topic.all_words | words.read(topic.section.text):
            if not chosen:
                return []
            continue
        also_named = (asked - words.aspects) & topic.all_words
        if also_named > named:  # its headings say more of what is asked than the best section's
            return []
        if also_named == named and all(_is_apart(topic, other, asked, words) for other in chosen):
            chosen.append(topic)
    return chosen[:_MAX_READINGS]


def _is_apart(one: _Topic, other: _Topic, asked: frozenset[str], words: _WordReader) -> bool:
    """Tell whether two sections are of two topics of one kind, and the question names the kind.

    Below the headings that both stand under, both have the word that is asked for: at the end of
    the heading where they part (`プライベート VIF`, `パブリック VIF`; not `VIF の数`) or further
    down. And either has a word there that tells it from the other.
    """
    start = _count_shared(one, other)
    kinds = [
        frozenset[str]().union(*topic.heads[start : start + 1], *topic.words[start + 1 :])
        for topic in (one, other)
    ]
    return (
        not asked.isdisjoint(kinds[0] & kinds[1])
        and bool(one.all_words - other.all_words - words.silent)
        and bool(other.all_words - one.all_words - words.silent)
        and _read_body(one.section) != _read_body(other.section)
    )


def _count_shared(one: _Topic, other: _Topic) -> int:
    """Return how many headings, from the outermost on, two sections of one note stand under."""
    if one.section.path != other.section.path:
        return 0
    pairs = zip(one.headings, other.headings, strict=False)
    return len(list(takewhile(lambda pair: pair[0] == pair[1], pairs)))


def _read_body(section: Section) -> list[str]:
    """Return the words of what stands below the heading, as they are written."""
    return section.text.partition("\n")[2].split()


def _find_label(topic: _Topic, topics: Sequence[_Topic], words: _WordReader) -> str:
    """Return the innermost heading that no other topic can be taken for; "" if there is none."""
    others = words.silent.union(*(other.all_words for other in topics if other is not topic))
    for heading in reversed(topic.headings):
        for label in (drop_gloss(heading), heading):
            if words.read(label) - others:
                return label
    return ""
