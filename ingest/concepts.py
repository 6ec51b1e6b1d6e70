"""A one-way thesaurus: plain phrases that stand for the terms of study notes.

Exam scenarios describe a need without naming what meets it (`暗号化トンネルで拠点を結ぶ` is a VPN).
Where a question has such a phrase, the terms that the notes use are added to it. Unlike an alias,
a term never adds its phrases.
"""

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files

from ingest.datatypes import Section
from ingest.name_finder import NameFinder, name_key

# More terms drown the question's own words (docs/measurements.md).
MAX_ADDED_TERMS = 8

_DATA_FILES = ("concepts-network.toml", "concepts-platform.toml")


@dataclass(frozen=True, slots=True)
class Concept:
    """Something with terms of its own and plain ways of saying it.

    terms: one or more, as notes write them.
    phrases: one or more stems that occur within a sentence; compared after `normalize`.
    """

    terms: tuple[str, ...]
    phrases: tuple[str, ...]


class ConceptTable:
    """Knows the concepts and gives the terms that a question describes.

    sections: the notes that are searched; only terms that they have are given.
    """

    def __init__(self, concepts: Sequence[Concept], sections: Sequence[Section]) -> None:
        finder = NameFinder(term for concept in concepts for term in concept.terms)
        known = {
            key
            for section in sections
            for key in finder.find("\n".join((*section.heading_path, section.text)))
        }
        self._finder = finder
        self._terms: dict[str, tuple[str, ...]] = {}
        for concept in concepts:
            terms = tuple(term for term in concept.terms if name_key(term) in known)
            for phrase in concept.phrases:
                key = name_key(phrase)
                self._terms[key] = (*self._terms.get(key, ()), *terms)
        lengths: dict[str, set[int]] = {}
        for key in self._terms:
            lengths.setdefault(key[0], set()).add(len(key))
        self._lengths = {sign: sorted(some, reverse=True) for sign, some in lengths.items()}

    def find_terms(self, query: str) -> tuple[str, ...]:
        """Return at most `MAX_ADDED_TERMS` terms that `query` describes and does not name."""
        named = set(self._finder.find(query))
        added: dict[str, str] = {}
        for phrase in self._find_phrases(name_key(query)):
            for term in self._terms[phrase]:
                if name_key(term) not in named:
                    added.setdefault(name_key(term), term)
        return tuple(added.values())[:MAX_ADDED_TERMS]

    def _find_phrases(self, text: str) -> Iterator[str]:
        """Yield the phrases in `text`, in order, the longest at every place."""
        position = 0
        while position < len(text):
            step = 1
            for length in self._lengths.get(text[position], ()):
                phrase = text[position : position + length]
                if phrase in self._terms:
                    yield phrase
                    step = length
                    break
            position += step


def load_concepts() -> list[Concept]:
    """Return the reviewed concepts of AWS and IT that come with the package."""
    folder = files("ingest") / "data"
    return [
        Concept(tuple(entry["terms"]), tuple(entry["phrases"]))
        for name in _DATA_FILES
        for entry in tomllib.loads((folder / name).read_text(encoding="utf-8"))["concept"]
    ]
