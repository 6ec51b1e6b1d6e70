"""Finds what a statement says of one thing of a table, list or row and its sources of another."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from assistant.checking.addresses import mask_addresses
from assistant.checking.figures import find_figures
from assistant.checking.reading import Sentence, mask_figures
from assistant.checking.vocabulary import COMMON_WEIGHT, Vocabulary

_LABELLED = re.compile("(.{1,80}?)(?:: | ?→ ?| = )(.+)")
# Clauses that say something of one thing after the other: A なら X、B なら Y.
_TOPICAL = re.compile("(.{1,40}?)(?:なら|の場合は|は|が)(.{1,80})")
# The most that a statement may say of the entry that it names, of what it says of the other.
_RIVAL_SHARE = 0.3
_DENIAL = re.compile("ない|ません|ず|不可|不要|以外")


@dataclass(frozen=True, slots=True)
class _Entry:
    """What stands behind a label, or in a table below and beside two of them."""

    label: frozenset[str]
    value: frozenset[str]


class EntryChecker:
    """Compares labels and values.

    analyze: gives the content words of a text.
    """

    def __init__(self, vocabulary: Vocabulary, analyze: Callable[[str], list[str]]) -> None:
        self._vocabulary = vocabulary
        self._analyze = analyze

    def find_misplaced(
        self, statement: Sequence[Sentence], sources: Sequence[Sentence]
    ) -> list[str]:
        """Return the words of values that the statement puts to another label.

        Each stands in values alone, and only in such whose labels the statement, or a clause of
        it, does not name while it names the one of another entry. Of this one's value it says
        little or nothing, unless the word is a name.
        """
        entries: list[_Entry] = []
        elsewhere: set[str] = set()
        for sentence in sources:
            read = [] if sentence.is_heading else self._read_entries(sentence)
            entries += read
            if not read:
                elsewhere |= self._read_words(sentence.text)
        elsewhere.update(*(entry.label for entry in entries))
        texts = dict.fromkeys(t for s in statement for t in (s.text, *(c.text for c in s.clauses)))
        said = [self._read_words(text) for text in texts if not _DENIAL.search(text)]
        found = (self._find_in(words, entries, frozenset(elsewhere)) for words in said)
        return list(dict.fromkeys(word for words in found for word in words))

    def _find_in(
        self, said: frozenset[str], entries: Sequence[_Entry], elsewhere: frozenset[str]
    ) -> Iterator[str]:
        for word in sorted(said):
            holders = [entry for entry in entries if self._holds(entry.value, word)]
            is_of_values = self._says(word) and not self._holds(elsewhere, word)
            if not holders or not is_of_values:
                continue
            if all(self._is_misplaced(word, said, holder, entries) for holder in holders):
                yield word

    def _is_misplaced(
        self, word: str, said: frozenset[str], holder: _Entry, entries: Sequence[_Entry]
    ) -> bool:
        is_name = word.isascii() and self._vocabulary.weigh(word) == 1.0
        return any(
            any(self._says(w) and self._holds(said, w) for w in entry.label - holder.label)
            and not any(self._holds(said, w) for w in holder.label - entry.label)
            and (
                is_name
                or self._weigh(said, entry, holder)
                < _RIVAL_SHARE * self._weigh(said, holder, entry)
            )
            for entry in entries
            if entry.value
        )

    def _weigh(self, said: frozenset[str], entry: _Entry, other: _Entry) -> float:
        """Return how much is said of an entry's value that is not of the other's."""
        own = entry.value - other.value - entry.label - other.label
        return sum(self._vocabulary.weigh(w) for w in own if self._holds(said, w))

    def _holds(self, words: frozenset[str], word: str) -> bool:
        return self._vocabulary.support(word, words) > COMMON_WEIGHT

    def _says(self, word: str) -> bool:
        return word.startswith("#") or self._vocabulary.weigh(word) >= COMMON_WEIGHT

    def _read_entries(self, sentence: Sentence) -> list[_Entry]:
        labelled = _LABELLED.match(sentence.text)
        if labelled is None and sentence.label:
            return [_Entry(self._read_words(sentence.label), self._read_words(sentence.text))]
        topical = [match for c in sentence.clauses if (match := _TOPICAL.fullmatch(c.text))]
        if labelled is None and len(topical) < 2:
            return []
        matches = [labelled] if labelled is not None else topical
        return [_Entry(self._read_words(m[1]), self._read_words(m[2])) for m in matches]

    def _read_words(self, text: str) -> frozenset[str]:
        """Return the content words of a text, and a word for every figure."""
        figures = find_figures(mask_addresses(text))
        sizes = (f"#{figure.dimension} {figure.size.normalize():f}" for figure in figures)
        return frozenset((*self._analyze(mask_figures(text)), *sizes))
