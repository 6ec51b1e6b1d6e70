"""From a question to evidence: the best sections, and how well each of their sentences fits."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from assistant.answering.history import SearchText
from assistant.answering.multiple_choice.option_signals import OptionFit, fit_option
from assistant.answering.relevance import cover_words, score_sentences
from assistant.datatypes import Evidence, SectionHit
from index.datatypes import EmbeddedQuery, Hit
from index.protocols import Embedder
from ingest.datatypes import Passage, Section


class EmbeddedSearcher(Protocol):
    """Searches sections with queries whose embeddings are already there."""

    def search_embedded(self, queries: Sequence[EmbeddedQuery], k: int) -> list[Hit]:
        """Return at most `k` sections for texts that are searched together, best first."""


class SentenceVectors(Protocol):
    """Knows the embeddings of the indexed sentences."""

    def similarities(self, vector: NDArray[np.float32], ids: Sequence[str]) -> list[float]:
        """Return the cosine of `vector`, shape (dim,), to every named sentence."""


@dataclass(frozen=True, slots=True)
class Retrieval:
    """What was found for a question.

    terms: the content words of the text that was searched.
    hits: the best sections as the searcher ranked them.
    evidence: the first of them with their scored sentences, best first.
    """

    terms: tuple[str, ...]
    hits: tuple[Hit, ...]
    evidence: tuple[Evidence, ...]


class Retriever:
    """Finds evidence in one generation of the index.

    sections: every section by id.
    sentences: the sentence passages of every section that has text, in reading order.
    analyze: gives the content words of a text.
    contains: tells whether any note holds a content word.
    """

    def __init__(
        self,
        searcher: EmbeddedSearcher,
        sentence_vectors: SentenceVectors,
        embedder: Embedder,
        sections: Mapping[str, Section],
        sentences: Mapping[str, Sequence[Passage]],
        analyze: Callable[[str], list[str]],
        contains: Callable[[str], bool],
    ) -> None:
        self._searcher = searcher
        self._sentence_vectors = sentence_vectors
        self._embedder = embedder
        self._sections = sections
        self._sentences = sentences
        self._analyze = analyze
        self._contains = contains

    @property
    def is_empty(self) -> bool:
        """Whether the notes have no section at all."""
        return not self._sections

    def search(self, texts: Sequence[SearchText], k: int) -> tuple[Hit, ...]:
        """Return at most `k` sections for texts that are searched together, best first."""
        return tuple(self._searcher.search_embedded(self._embed(texts), k))

    def retrieve(self, texts: Sequence[SearchText], k: int, evidence_count: int = 3) -> Retrieval:
        """Return the `k` best sections, the first `evidence_count` of them as evidence."""
        queries = self._embed(texts)
        hits = tuple(self._searcher.search_embedded(queries, k))
        terms = tuple(dict.fromkeys(term for text in texts for term in self._analyze(text.text)))
        # Sentences are compared with one vector: that of all texts by their shares.
        mean = np.sum([query.share * query.vector for query in queries], axis=0)
        vector = (mean / np.linalg.norm(mean)).astype(np.float32)
        return Retrieval(terms, hits, self._gather_evidence(hits[:evidence_count], terms, vector))

    def measure_known(self, terms: Sequence[str]) -> float:
        """Return the share of words that stand anywhere in the notes, 0 to 1; 1 without words."""
        return sum(map(self._contains, terms)) / len(terms) if terms else 1.0

    def cover_question(self, terms: Sequence[str], evidence: Evidence) -> list[float]:
        """Return how much of the question stands in each sentence of a section or its headings."""
        return cover_words(set(terms), self._read_words(evidence))

    def fit_options(
        self, question: str, options: Sequence[str], evidence: Evidence
    ) -> list[OptionFit]:
        """Return how near a section comes to each option of a multiple-choice question."""
        words = self._read_words(evidence)
        asked = set(self._analyze(question))
        ids = [sentence.passage_id for sentence in evidence.sentences]
        texts = [question, *(f"{question} {option}" for option in options)]
        alone, *together = (
            self._sentence_vectors.similarities(vector, ids)
            for vector in self._embedder.embed_queries(texts)
        )
        fits = []
        for option, cosines in zip(options, together, strict=True):
            own = set(self._analyze(option))
            # An option that only repeats the question says as much as any other on average.
            new = cover_words(own - asked, words) if own - asked else [0.5] * len(words)
            coverage = cover_words(own, words)
            fits.append(fit_option(evidence.sentences, cosines, alone, coverage, new))
        return fits

    def _read_words(self, evidence: Evidence) -> list[set[str]]:
        headings = set(self._analyze(" ".join(evidence.section.heading_path)))
        return [headings | set(self._analyze(s.text)) for s in evidence.sentences]

    def _embed(self, texts: Sequence[SearchText]) -> list[EmbeddedQuery]:
        vectors = self._embedder.embed_queries([text.text for text in texts])
        return [
            EmbeddedQuery(text.text, vector, text.share)
            for text, vector in zip(texts, vectors, strict=True)
        ]

    def locate(self, hit: Hit) -> SectionHit:
        """Return where a hit's section stands."""
        section = self._sections[hit.section_id]
        return SectionHit(
            section.section_id,
            section.path,
            section.heading_path,
            section.line_start,
            section.line_end,
            hit.score,
        )

    def _gather_evidence(
        self, hits: Sequence[Hit], terms: Sequence[str], vector: NDArray[np.float32]
    ) -> tuple[Evidence, ...]:
        # Scored in one go: relevance must be comparable between sections.
        groups = [tuple(self._sentences[hit.section_id]) for hit in hits]
        flat = [sentence for group in groups for sentence in group]
        similarities = self._sentence_vectors.similarities(vector, [s.passage_id for s in flat])
        relevance = iter(score_sentences(terms, flat, similarities, self._analyze))
        return tuple(
            Evidence(
                self._sections[hit.section_id],
                hit.score,
                group,
                tuple(next(relevance) for _ in group),
            )
            for hit, group in zip(hits, groups, strict=True)
        )
