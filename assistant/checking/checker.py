"""Holds a statement against the lines that it cites, without a model (`StatementChecker`).

What a language model gets wrong is mostly visible: a figure, name or address that the lines do not
give, a negation lost or added, words from elsewhere. Each has its check; one flaw is enough. What
cannot be seen so: figures and names of the same lines that trade places within one clause, a claim
denied in other words than those of the lines, a part that was made up of the lines' own words.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.checking.addresses import find_addresses
from assistant.checking.content import ContentChecker
from assistant.checking.denials import DenialReader
from assistant.checking.entries import EntryChecker
from assistant.checking.exclusives import ExclusiveChecker
from assistant.checking.figure_check import FigureChecker
from assistant.checking.names import NameChecker, find_english_names, find_latin_names
from assistant.checking.necessity import NecessityChecker
from assistant.checking.negation import NegationChecker
from assistant.checking.numbers import find_numbers
from assistant.checking.orders import OrderChecker
from assistant.checking.placement import PlacementChecker
from assistant.checking.polarity import PolarityChecker
from assistant.checking.reading import Sentence, mask_figures, read_sentences
from assistant.checking.vocabulary import GENERAL_WEIGHT, Vocabulary, stem_words
from assistant.protocols import Flaw, Verdict
from ingest.aliases import AliasTable
from ingest.normalize import clean_text, normalize

#: A longer statement is not one sentence, and is not looked at.
MAX_STATEMENT_CHARS = 500
#: What stands behind this in the sources is not read: no citation is that long.
MAX_SOURCE_CHARS = 4_000

# Some ten megabytes at most.
_REMEMBERED_TEXTS = 4_096
# A word is held by lines that have it or one that stands for it.
_HELD = 0.9
# Japanese text on code has less of it than on prose; a Japanese word in English text is less.
_JAPANESE_SHARE = 0.1


@dataclass(frozen=True, slots=True)
class _Text:
    """A statement or its sources.

    text: all sentences, one a line.
    aliases: other names of what it names, one a line.
    words: the content words of both.
    body_words: the content words of all but headings, with the aliases.
    """

    sentences: tuple[Sentence, ...]
    text: str
    aliases: str
    words: frozenset[str]
    body_words: frozenset[str]
    is_japanese: bool


class SourceChecker:
    """Checks statements by figures, names, addresses, negations and words.

    In two languages (an English statement on Japanese lines, a Japanese one on code) content words
    and clauses cannot be compared; figures, names, addresses and opposites (allow, 拒否) are what
    is checked then.

    analyze: gives the content words of a text.
    aliases: knows which names mean the same.
    """

    def __init__(self, analyze: Callable[[str], list[str]], aliases: AliasTable) -> None:
        # A section is read anew for every option of a question, and a cited sentence for every
        # statement on it.
        @lru_cache(_REMEMBERED_TEXTS)
        def remember_stems(text: str) -> tuple[str, ...]:
            return tuple(stem_words(analyze(text)))

        def read_stems(text: str) -> list[str]:
            return list(remember_stems(text))

        self._analyze = read_stems
        self._aliases = aliases
        self._vocabulary = vocabulary = Vocabulary(read_stems)
        denials = DenialReader(read_stems)
        self._figures = FigureChecker(vocabulary, read_stems)
        self._names = NameChecker(vocabulary, read_stems)
        self._placement = PlacementChecker(vocabulary, read_stems)
        self._polarity = PolarityChecker(vocabulary, denials, read_stems)
        self._necessity = NecessityChecker(vocabulary, denials.find_plain)
        self._orders = OrderChecker(vocabulary, read_stems)
        self._exclusives = ExclusiveChecker(vocabulary, denials, read_stems)
        self._negation = NegationChecker(vocabulary, denials)
        self._content = ContentChecker(vocabulary)
        self._entries = EntryChecker(vocabulary, read_stems)

    def check(self, statement: str, sources: Sequence[str]) -> Verdict:
        """Return what is wrong with a statement; raises nothing, whatever it is given.

        :param statement: one sentence, without markers.
        :param sources: the cited texts, each with its headings in front, on a line of their own.
        """
        if len(statement) > MAX_STATEMENT_CHARS:
            return Verdict((Flaw.CONTENT,), f"more than {MAX_STATEMENT_CHARS} characters")
        claim = self._read([statement], has_headings=False)
        source = self._read(sources, has_headings=True)
        if not claim.sentences or not source.sentences:
            return Verdict((Flaw.CONTENT,), "nothing to compare")
        found = {
            Flaw.NUMBER: self._figures.find_unsupported(
                claim.sentences, source.sentences, source.aliases
            ),
            Flaw.NAME: self._find_names(statement, claim, source),
            Flaw.ADDRESS: _find_addresses(claim, source),
            Flaw.POLARITY: self._find_turned(claim, source),
            Flaw.CONTENT: self._find_foreign(claim, source),
        }
        flaws = tuple(flaw for flaw, words in found.items() if words)
        return Verdict(flaws, "; ".join(f"{flaw}: {', '.join(found[flaw])}" for flaw in flaws))

    def _find_names(self, statement: str, claim: _Text, source: _Text) -> list[str]:
        if claim.is_japanese:
            names = find_latin_names(mask_figures(claim.text))
        else:
            names = find_english_names(clean_text(statement))
        known = f"{source.text}\n{source.aliases}"
        found = self._names.find_unknown(names, known, source.words)
        if claim.is_japanese == source.is_japanese:
            found += self._names.find_unknown_katakana(claim.text, source.text, source.words)
            found += self._placement.find_misplaced(claim.sentences, source.sentences)
        return found

    def _find_turned(self, claim: _Text, source: _Text) -> list[str]:
        is_translated = claim.is_japanese != source.is_japanese
        turned = self._polarity.find_turned(
            claim.sentences, source.sentences, only_pairs=is_translated
        )
        if not is_translated:
            turned += self._negation.find_turned(claim.sentences, source.sentences)
            turned += self._necessity.find_turned(claim.sentences, source.sentences)
            turned += self._orders.find_turned(claim.sentences, source.sentences)
            turned += self._exclusives.find_turned(claim.sentences, source.sentences)
        return turned

    def _find_foreign(self, claim: _Text, source: _Text) -> list[str]:
        if not self._is_grounded(claim, source):
            return [claim.text]
        if claim.is_japanese != source.is_japanese:
            return []
        missing = self._content.find_missing(claim.sentences, source.words, frozenset(source.text))
        return [*missing, *self._entries.find_misplaced(claim.sentences, source.sentences)]

    def _is_grounded(self, claim: _Text, source: _Text) -> bool:
        """Tell whether the statement has anything from the lines themselves, headings aside.

        Words of every day are in any lines: `何も問題ありません` rests on none. In another language
        names and figures are what can be held against them.
        """
        values = {number.value for number in find_numbers(claim.text)}
        if values & {n.value for s in source.sentences for n in find_numbers(s.text)}:
            return True
        return any(
            self._vocabulary.weigh(word) > GENERAL_WEIGHT
            and self._vocabulary.support(word, source.body_words) >= _HELD
            for word in claim.words
        )

    def _read(self, texts: Sequence[str], *, has_headings: bool) -> _Text:
        left = MAX_SOURCE_CHARS
        sentences: list[Sentence] = []
        for text in texts:
            sentences += read_sentences(text[:left], self._analyze, has_headings=has_headings)
            left = max(0, left - len(text))
        text = "\n".join(sentence.text for sentence in sentences)
        body = "\n".join(s.text for s in sentences if not s.is_heading)
        groups = self._aliases.expand(text).fired
        aliases = "\n".join(normalize(form) for group in groups for form in group.forms)
        # As they were written, names show what they are made of: AmazonProvidedDNS.
        written = "\n".join(text[:MAX_SOURCE_CHARS] for text in texts)
        words = frozenset(self._analyze(f"{text}\n{aliases}\n{written}"))
        body_words = frozenset(self._analyze(f"{body}\n{aliases}"))
        is_japanese = _is_japanese(body or text)
        return _Text(tuple(sentences), text, aliases, words, body_words, is_japanese)


def _find_addresses(claim: _Text, source: _Text) -> list[str]:
    """Return the addresses that the sources do not have, whole or as the host of another."""
    return [
        address
        for address in find_addresses(claim.text)
        if not re.search(
            rf"(?<![a-z0-9.]){re.escape(address)}(?![a-z0-9-]|\.[a-z0-9]|/[0-9])", source.text
        )
    ]


def _is_japanese(text: str) -> bool:
    letters = [sign for sign in text if sign.isalpha()]
    japanese = sum("ぁ" <= sign <= "ヺ" or "一" <= sign <= "鿿" for sign in letters)
    return japanese > 0 and japanese >= _JAPANESE_SHARE * len(letters)
