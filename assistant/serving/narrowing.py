"""Narrows an open index to the notes of a scope."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from types import MappingProxyType

from assistant.serving.datatypes import Scope
from assistant.wiring import OpenIndex
from index.bm25 import BM25Searcher
from index.scoped import ScopedSearcher, SingleTerm
from ingest.aliases import AliasTable
from ingest.datatypes import PassageKind


def narrow_to_scope(
    index: OpenIndex, scope: Scope, tags: Mapping[str, Collection[str]]
) -> OpenIndex:
    """Return an index of a scope's notes alone; what is built on it knows nothing of the others.

    :param tags: those of every note, by its path.
    :raises IndexingError: the index cannot be read any more.
    """
    if scope.is_everything:
        return index
    covered = {path for path, own in tags.items() if scope.covers(path, own)}
    sections = {key: entry for key, entry in index.sections.items() if entry.path in covered}
    layout = index.generation.layout
    passages = [p for p in index.generation.passages.values() if p.kind is PassageKind.PASSAGE]
    # Whether the notes know a word decides on abstention: here it is whether these notes do.
    terms = ScopedSearcher(BM25Searcher.open(layout.words, passages, SingleTerm()), sections)
    return replace(
        index,
        sections=MappingProxyType(sections),
        contains=lambda term: bool(terms.search(term, 1)),
        aliases=AliasTable(index.alias_groups, tuple(sections.values())),
    )
