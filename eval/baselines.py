"""Simple systems that a good one must beat, run on the same questions.

The legs of the hybrid search alone and its ablations need no code here: they are the same searcher
with other weights (`eval/lineup.py`).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from assistant.datatypes import Question
from eval.datatypes import AnswerRecord, RetrievedText
from eval.systems import DEPTH, flatten_question
from index.datatypes import Hit
from index.protocols import Embedder, Vectors
from ingest.datatypes import Note, Section
from ingest.normalize import normalize

# What a person would type into grep: runs of katakana, of kanji, of Latin letters and digits.
_WORD = re.compile(r"[ァ-ヺー]{2,}|[\u4e00-\u9fff々]{2,}|[a-z0-9][a-z0-9.:/_-]*[a-z0-9]")


class GrepSearcher:
    """Finds the question's words verbatim; a section's score is the summed length of those found.

    Stands for the full-text search of an editor, where longer matching words count more
    (`Searcher`).
    """

    def __init__(self, sections: Mapping[str, Section]) -> None:
        self._texts = {
            section_id: normalize(" ".join((*section.heading_path, section.text)))
            for section_id, section in sections.items()
        }

    def search(self, query: str, k: int) -> list[Hit]:
        """Return at most `k` sections that hold any of the words, best first, ties by id."""
        words = set(_WORD.findall(normalize(query)))
        scores = {
            section_id: sum(len(word) for word in words if word in text)
            for section_id, text in self._texts.items()
        }
        found = sorted((-score, section_id) for section_id, score in scores.items() if score)[:k]
        return [
            Hit(section_id, section_id, float(-score), rank)
            for rank, (score, section_id) in enumerate(found, start=1)
        ]


@dataclass(frozen=True, slots=True)
class _Chunk:
    text: str
    retrieved: RetrievedText


class ChunkSystem:
    """The usual beginner's system: notes cut every 500 characters, each piece embedded.

    A chunk counts as the section that most of its characters belong to.
    """

    name = "naive 500-character chunks + dense"

    def __init__(
        self,
        notes: Sequence[Note],
        sections: Mapping[str, Section],
        embedder: Embedder,
        size: int = 500,
    ) -> None:
        by_path: dict[str, list[Section]] = {}
        for section in sections.values():
            by_path.setdefault(section.path, []).append(section)
        self._chunks = [
            chunk
            for note in notes
            if note.path in by_path
            for chunk in _cut_note(note, by_path[note.path], size)
        ]
        self._vectors: Vectors | None = None
        self._embedder = embedder

    def query(self, question: Question) -> tuple[list[RetrievedText], AnswerRecord | None]:
        """Return the chunks whose embeddings are nearest to the question's."""
        vector = self._embedder.embed_queries([flatten_question(question)])[0]
        if self._vectors is None:  # a minute of work, needed only when this system is asked
            self._vectors = self._embedder.embed_passages([chunk.text for chunk in self._chunks])
        scores = self._vectors @ vector
        order = np.argsort(-scores, kind="stable")[: 3 * DEPTH]
        return [replace(self._chunks[i].retrieved, score=float(scores[i])) for i in order], None


def _cut_note(note: Note, sections: Sequence[Section], size: int) -> list[_Chunk]:
    lines = note.text.split("\n")
    starts = np.cumsum([0, *(len(line) + 1 for line in lines)])
    chunks = []
    for begin in range(0, len(note.text), size):
        text = note.text[begin : begin + size]
        if not text.strip():
            continue
        first = int(np.searchsorted(starts, begin, side="right"))
        last = int(np.searchsorted(starts, begin + len(text) - 1, side="right"))
        owner = max(sections, key=lambda s: _overlap(s, starts, begin, begin + len(text)))
        chunks.append(
            _Chunk(text, RetrievedText(owner.section_id, 0.0, note.path, first, last, len(text)))
        )
    return chunks


def _overlap(section: Section, starts: NDArray[np.int64], begin: int, end: int) -> int:
    """Return how many characters of begin..end belong to the section."""
    low = max(begin, int(starts[section.line_start - 1]))
    high = min(end, int(starts[section.line_end]))
    return high - low
