"""Opens the current generation of an index, and keeps to it whatever writers do meanwhile."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import Self

from index.bm25 import Analyzer, BM25Searcher
from index.dense import DenseSearcher
from index.errors import (
    IndexDamagedError,
    IndexFolderError,
    IndexMismatchError,
    IndexNotFoundError,
)
from index.layout import GenerationLayout, IndexLayout, is_generation_name
from index.locks import GenerationLock, lock_for_reading
from index.manifest import Manifest, find_altered, read_manifest
from index.protocols import Embedder
from index.records import read_records
from ingest.aliases import AliasGroup
from ingest.datatypes import Passage, PassageKind, Section

# Larger files that are not records are checked by size alone when an index is loaded, wholly by
# `tenkyo doctor`: hashing 4 MB takes some 10 ms, all vectors of a large index half a second.
_DIGEST_LIMIT = 4_000_000


@dataclass(frozen=True, slots=True)
class Generation:
    """One state of the index, whole: it stays readable until it is closed or let go.

    name: name of its folder.
    sections, passages: by id, in reading order.
    mined_aliases: what the notes say about other names of a term.
    lock: keeps writers from deleting the files.
    """

    name: str
    layout: GenerationLayout
    manifest: Manifest
    sections: Mapping[str, Section]
    passages: Mapping[str, Passage]
    mined_aliases: tuple[AliasGroup, ...]
    lock: GenerationLock

    def close(self) -> None:
        """Let writers delete the generation once it is no longer current."""
        self.lock.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()


@dataclass(frozen=True, slots=True)
class Legs:
    """The four searchers of one generation."""

    words: BM25Searcher
    bigrams: BM25Searcher
    passages: DenseSearcher
    sentences: DenseSearcher


def load_generation(index_folder: Path, embedder_name: str | None = None) -> Generation:
    """Open the current generation.

    :param embedder_name: `Embedder.name` that the vectors must be of.
    :raises IndexNotFoundError: when nothing was indexed there yet.
    :raises IndexMismatchError: when it is of another format or model.
    :raises IndexDamagedError: when a file is missing or is not what was written.
    :raises IndexFolderError: when the folder cannot be read.
    """
    name, lock = _lock_current(IndexLayout(index_folder))
    try:
        layout = IndexLayout(index_folder).generation(name)
        manifest = read_manifest(layout)
        model = manifest.recipe.model
        if embedder_name is not None and model != embedder_name:
            raise IndexMismatchError(
                f"the index {index_folder} was built with the model {model}, "
                f"not {embedder_name}; run: tenkyo index"
            )
        if (path := find_altered(layout, manifest, _DIGEST_LIMIT)) is not None:
            raise _altered(path)
        sections = {
            section.section_id: section
            for section in read_records(layout, layout.sections, Section, manifest)
        }
        passages = {
            passage.passage_id: passage
            for passage in read_records(layout, layout.passages, Passage, manifest)
        }
        aliases = tuple(read_records(layout, layout.aliases, AliasGroup, manifest))
        _check_counts(layout, manifest, sections, passages)
    except BaseException:
        lock.close()
        raise
    return Generation(
        name,
        layout,
        manifest,
        MappingProxyType(sections),
        MappingProxyType(passages),
        aliases,
        lock,
    )


def open_legs(
    generation: Generation, word_analyzer: Analyzer, bigram_analyzer: Analyzer, embedder: Embedder
) -> Legs:
    """Open the four searchers of a generation.

    :raises IndexDamagedError: when one does not fit the generation's passages.
    """
    passages = [p for p in generation.passages.values() if p.kind is PassageKind.PASSAGE]
    sentences = [p for p in generation.passages.values() if p.kind is PassageKind.SENTENCE]
    layout = generation.layout
    return Legs(
        words=BM25Searcher.open(layout.words, passages, word_analyzer),
        bigrams=BM25Searcher.open(layout.bigrams, passages, bigram_analyzer),
        passages=DenseSearcher.open(layout.passage_vectors, passages, embedder),
        sentences=DenseSearcher.open(layout.sentence_vectors, sentences, embedder),
    )


def read_current(layout: IndexLayout) -> str:
    """Return the name of the current generation.

    :raises IndexNotFoundError: when there is none yet.
    :raises IndexDamagedError: when the file that names it is altered.
    :raises IndexFolderError: when it cannot be read.
    """
    try:
        name = layout.current.read_bytes().decode(errors="replace").removesuffix("\n")
    except FileNotFoundError as error:
        raise IndexNotFoundError(
            f"there is no index in {layout.root} yet; run: tenkyo index"
        ) from error
    except OSError as error:
        raise IndexFolderError(
            f"the index folder {layout.root} cannot be read ({error.strerror}); "
            "mend that, or choose another folder with --index"
        ) from error
    if not is_generation_name(name):
        raise IndexDamagedError(
            f"{layout.current} does not name a generation; run: tenkyo doctor --repair"
        )
    return name


def _lock_current(layout: IndexLayout) -> tuple[str, GenerationLock]:
    name = read_current(layout)
    while True:
        try:
            lock = lock_for_reading(layout.generation(name).in_use)
        except OSError as error:
            raise IndexFolderError(
                f"the index folder {layout.root} cannot be read ({error.strerror}); "
                "mend that, or choose another folder with --index"
            ) from error
        if lock is not None:
            return name, lock
        # A writer may have replaced and removed it since we read its name.
        previous, name = name, read_current(layout)
        if name == previous:
            raise IndexDamagedError(
                f"the generation {layout.generation(name).folder} is missing or incomplete; "
                "run: tenkyo doctor --repair"
            )


def _check_counts(
    layout: GenerationLayout,
    manifest: Manifest,
    sections: Mapping[str, Section],
    passages: Mapping[str, Passage],
) -> None:
    counts = manifest.counts
    is_whole = (len(sections), len(passages)) == (
        counts.sections,
        counts.passages + counts.sentences,
    )
    if not is_whole or not all(p.section_id in sections for p in passages.values()):
        raise _altered(layout.passages)


def _altered(path: Path) -> IndexDamagedError:
    return IndexDamagedError(
        f"the file {path} is missing or is not what was written; run: tenkyo doctor --repair"
    )
