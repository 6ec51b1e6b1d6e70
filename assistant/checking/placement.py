"""Finds names that a clause takes from another sentence than all else it says.

`B は小豆を煮る` where the lines say `A は小豆を煮る。B は餅を焼く。`: each of its words is in the
lines. Only names of one kind can be mistaken for each other.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from assistant.checking.names import find_latin_names
from assistant.checking.reading import Clause, Sentence, mask_figures
from assistant.checking.vocabulary import Vocabulary

_KATAKANA = re.compile("[ァ-ヺー]{3,}")
# 利用側, 待機系, 送信元: who or what takes which part.
_ROLE = re.compile("(?<![一-鿿])(?:[一-鿿]{1,4}[側系]|[一-鿿]{1,3}[元先])(?![一-鿿])")
_ROLE_KIND = "role"
_IDENTIFIER = re.compile("[._:@#-]")
# The least weight, and the least share of it, that a sentence holds of the rest of the clause.
_MIN_WEIGHT = 1.5
_MIN_SHARE = 0.8
# How much less of it those hold that have the name.
_LEAD = 0.7


@dataclass(frozen=True, slots=True)
class _Name:
    """A name and which others it can be mistaken for: those of its kind."""

    text: str
    kind: str


@dataclass(frozen=True, slots=True)
class _Place:
    """A sentence, or a whole row or item.

    words: its content words.
    """

    text: str
    words: frozenset[str]


class PlacementChecker:
    """Compares which names stand with which words.

    analyze: gives the content words of a text.
    """

    def __init__(self, vocabulary: Vocabulary, analyze: Callable[[str], list[str]]) -> None:
        self._vocabulary = vocabulary
        self._analyze = analyze

    def find_misplaced(
        self, statement: Sequence[Sentence], sources: Sequence[Sentence]
    ) -> list[str]:
        """Return the names for which the sources have another one at this place."""
        headings = [sentence for sentence in sources if sentence.is_heading]
        body = [
            _Place("\n".join(s.text for s in group), frozenset(w for s in group for w in s.words))
            for group in _group(s for s in sources if not s.is_heading)
        ]
        topic = "\n".join(sentence.text for sentence in headings)
        topic_words = frozenset(word for sentence in headings for word in sentence.words)
        said = "\n".join(sentence.text for sentence in statement)
        return [
            name.text
            for sentence in statement
            for clause in sentence.clauses
            for name in dict.fromkeys(self._find_names(clause.text))
            if name.text not in topic
            and self._is_misplaced(
                name, self._read_rest(name, clause, sentence), body, topic_words, f"{topic}\n{said}"
            )
        ]

    def _is_misplaced(
        self,
        name: _Name,
        rest: frozenset[str],
        body: Sequence[_Place],
        topic: frozenset[str],
        known: str,
    ) -> bool:
        """Tell whether the sentence that fits best has another name in place of this one.

        :param rest: what the statement says with the name.
        :param known: what the statement and the headings name is in no other's place.
        """
        weight = sum(map(self._vocabulary.weigh, rest))
        scores = [self._vocabulary.overlap(rest, place.words | topic) for place in body]
        best = max(scores, default=0.0)
        ranked = zip(body, scores, strict=True)
        nearest = [place for place, score in ranked if score >= best - _LEAD]
        if best < max(_MIN_WEIGHT, _MIN_SHARE * weight) or any(self._has(p, name) for p in nearest):
            return False
        return any(
            other.kind == name.kind and other.text not in known
            for place in nearest
            for other in self._find_names(place.text)
        )

    def _read_rest(self, name: _Name, clause: Clause, sentence: Sentence) -> frozenset[str]:
        """Return the words around a name: those of its clause or, if they say little, of all."""
        own = frozenset(self._analyze(name.text))
        rest = clause.words - own
        says_much = sum(map(self._vocabulary.weigh, rest)) >= _MIN_WEIGHT
        return rest if says_much else sentence.words - own

    def _has(self, place: _Place, name: _Name) -> bool:
        if name.kind == _ROLE_KIND or name.text in place.text:
            return name.text in place.text
        terms = self._analyze(name.text)
        return all(self._vocabulary.support(term, place.words) for term in terms)

    def _find_names(self, text: str) -> Iterator[_Name]:
        plain = mask_figures(text)
        for found in find_latin_names(plain):
            yield _Name(found, "identifier" if _IDENTIFIER.search(found) else "Latin")
        for match in _KATAKANA.finditer(plain):
            if any(self._vocabulary.weigh(term) == 1.0 for term in self._analyze(match[0])):
                yield _Name(match[0], "katakana")
        for match in _ROLE.finditer(plain):
            yield _Name(match[0], _ROLE_KIND)


def _group(sentences: Iterable[Sentence]) -> list[list[Sentence]]:
    """Return the sentences one by one, but those of one row or item together."""
    groups: list[list[Sentence]] = []
    for sentence in sentences:
        if groups and sentence.label and groups[-1][-1].label == sentence.label:
            groups[-1].append(sentence)
        else:
            groups.append([sentence])
    return groups
