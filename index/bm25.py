"""Lexical search: BM25 over the words that an analyzer finds, on tantivy.

Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009), with
tantivy's constants k1 = 1.2 and b = 0.75. Tantivy only counts: words are cut by our analyzers, for
notes and queries alike, so that it sees nothing but terms joined by spaces.
"""

import hashlib
import os
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Protocol

import tantivy

from index.datatypes import Hit
from index.errors import IndexDamagedError, IndexFolderError
from index.ranking import rank_passages
from ingest.datatypes import Passage

_TERMS = "terms"
_ROW = "row"
# The longest term that tantivy indexes; it drops longer ones without a word.
_MAX_TERM_BYTES = 65_530
# One thread makes one segment of a usual set of notes, in the order of the rows. 15 MB is the
# least that tantivy takes.
_WRITER_HEAP_BYTES = 64_000_000
_SPACE = re.compile(r"\s+")


class Analyzer(Protocol):
    """Cuts a text into the words that it is found by."""

    def analyze(self, text: str) -> list[str]:
        """Return the words in order, repeated as often as they occur."""


def build_bm25(folder: Path, rows: Iterable[Sequence[str]]) -> None:
    """Write a BM25 index to `folder`, which must not exist.

    :param rows: the words of every passage, as an `Analyzer` returned them.
    :raises IndexFolderError: when the files cannot be written.
    """
    try:
        folder.mkdir()
        index = tantivy.Index(_build_schema(), str(folder), reuse=False)
        writer = index.writer(heap_size=_WRITER_HEAP_BYTES, num_threads=1)
        for row, tokens in enumerate(rows):
            document = tantivy.Document()
            document.add_text(_TERMS, " ".join(_as_terms(tokens)))
            document.add_integer(_ROW, row)
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()
    except (OSError, ValueError, RuntimeError) as error:  # tantivy tells a full disk as ValueError
        reason = " ".join(str(error).split())
        raise IndexFolderError(
            f"cannot write the index folder {folder}: {reason}; "
            "free some space, or choose another folder with --index"
        ) from error


def _build_schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field(_TERMS, stored=False, tokenizer_name="whitespace", index_option="freq")
    builder.add_integer_field(_ROW, stored=False, indexed=False, fast=True)
    return builder.build()


def _as_terms(tokens: Iterable[str]) -> list[str]:
    """Return the tokens as tantivy takes them: not empty, without white space, not too long."""
    terms = []
    for token in tokens:
        term = _SPACE.sub("_", token)
        if len(term) * 4 > _MAX_TERM_BYTES and len(term.encode()) > _MAX_TERM_BYTES:
            term = hashlib.sha256(term.encode()).hexdigest()  # still found by itself
        if term:
            terms.append(term)
    return terms


class BM25Searcher:
    """Ranks passages by BM25 of the query's words, any of which may match (`Searcher`)."""

    def __init__(
        self, index: tantivy.Index, passages: Sequence[Passage], analyzer: Analyzer
    ) -> None:
        self._schema = index.schema
        self._searcher = index.searcher()
        self._passages = passages
        self._analyzer = analyzer

    @classmethod
    def open(cls, folder: Path, passages: Sequence[Passage], analyzer: Analyzer) -> "BM25Searcher":
        """Open what `build_bm25` wrote; `passages` are its rows, in order.

        :raises IndexDamagedError: when it cannot be opened or has another number of rows.
        :raises IndexFolderError: when the folder is write-protected.
        """
        # Even to read, tantivy opens its lock file for writing.
        if folder.is_dir() and not os.access(folder, os.W_OK):
            raise IndexFolderError(
                f"the index folder {folder} is write-protected and cannot be locked for reading; "
                "give yourself write permission, or choose another folder with --index"
            )
        try:
            index = tantivy.Index.open(str(folder))
            # A generation never changes: no thread needs to watch its files.
            index.config_reader(reload_policy="manual")
        except (OSError, ValueError, RuntimeError) as error:
            reason = " ".join(str(error).split())
            raise IndexDamagedError(
                f"the index {folder} cannot be opened: {reason}; run: tenkyo doctor --repair"
            ) from error
        if (count := index.searcher().num_docs) != len(passages):
            raise IndexDamagedError(
                f"the index {folder} has {count} passages where {len(passages)} belong; "
                "run: tenkyo doctor --repair"
            )
        return cls(index, passages, analyzer)

    def contains(self, term: str) -> bool:
        """Tell whether any passage holds a term, as the analyzer gives terms."""
        return any(self._searcher.doc_freq(_TERMS, form) for form in _as_terms([term]))

    def search(self, query: str, k: int) -> list[Hit]:
        """Return at most `k` passages that share a word with `query`, best first, ties by id."""
        # The query is built from terms, never parsed, so that no text of it is syntax.
        terms = dict.fromkeys(_as_terms(self._analyzer.analyze(query)))
        if not terms:
            return []
        any_term = tantivy.Query.boolean_query(
            [
                (
                    tantivy.Occur.Should,
                    tantivy.Query.term_query(self._schema, _TERMS, term, "freq"),
                )
                for term in terms
            ]
        )

        def fetch(count: int) -> list[tuple[float, int]]:
            hits = self._searcher.search(any_term, count, count=False).hits
            rows = self._searcher.fast_field_values(_ROW, [address for _, address in hits])
            return [
                (score, int(row))
                for (score, _), row in zip(hits, rows, strict=True)
                if row is not None  # every document has one
            ]

        return rank_passages(fetch, self._passages, k)
