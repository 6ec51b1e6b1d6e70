"""Brings an index up to date with its notes, reading, cutting and embedding only what changed."""

import os
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from index.bm25 import Analyzer
from index.build import Contents, Source, build_generation, remove_leftovers
from index.durable import folder_errors
from index.embedders.cache import EmbeddingCache
from index.embedders.caching import CachingEmbedder
from index.errors import IndexDamagedError, IndexMismatchError, IndexNotFoundError
from index.layout import IndexLayout
from index.load import Generation, load_generation, read_current
from index.locks import lock_for_writing
from index.manifest import (
    SCHEMA,
    Counts,
    Manifest,
    Recipe,
    digest_ingest,
    find_altered,
    read_manifest,
)
from index.protocols import Embedder
from index.splitting import split_notes
from index.terms import PassageTerms, analyze_passages, read_terms
from ingest.aliases import mine_aliases
from ingest.datatypes import Note, PassageKind, SkippedFile
from ingest.note_warning import NoteWarning
from ingest.passages import with_headings
from ingest.reader import ReadLimits, ReadResult, read_notes

#: Told of every step: what is done (`split`, `analyze`, `embed`, `write`), how many of how many.
OnProgress = Callable[[str, int, int], None]

# Indexing 3,000 passages takes about a minute on two cores (46 passages a second are embedded).
_LOCK_TIMEOUT = 60.0

# What a note held three months ago may come back with it (another branch, a backup); a vector takes
# 1.5 kB, so that keeping it costs less than embedding it again.
_CACHE_DAYS = 90


@dataclass(frozen=True, slots=True)
class RefreshReport:
    """What a refresh found and did.

    generation: name of the generation that is current now.
    changed: whether it is a new one.
    notes_read: notes in the folder that could be read.
    notes_changed: new or altered ones among them.
    notes_removed: notes that the index had and that are gone (or can no longer be read).
    sections, empty_sections, passages, sentences: what the index holds now.
    embedded: texts that the model was asked for; the others came from the cache.
    cache_problem: why the cache of embeddings could not be used, in one line, or None.
    skipped, warnings: what the reader had to tell.
    seconds: how long it took.
    """

    generation: str
    changed: bool
    notes_read: int
    notes_changed: int
    notes_removed: int
    sections: int
    empty_sections: int
    passages: int
    sentences: int
    embedded: int
    cache_problem: str | None
    skipped: tuple[SkippedFile, ...]
    warnings: tuple[NoteWarning, ...]
    seconds: float


def refresh_index(
    notes_folder: Path,
    index_folder: Path,
    embedder: Embedder,
    word_analyzer: Analyzer,
    bigram_analyzer: Analyzer,
    limits: ReadLimits = ReadLimits(),
    on_progress: OnProgress | None = None,
    *,
    analyzers: str = "",
    rebuild: bool = False,
    lock_timeout: float = _LOCK_TIMEOUT,
) -> RefreshReport:
    """Index the notes; where nothing has changed, write nothing.

    An index of another version or model, and a damaged one, is made anew from the notes. A folder
    without any note gives an empty index.

    :param analyzers: sets the analyzers apart from others of the same code, as an own dictionary;
        with another value everything is indexed anew.
    :param rebuild: take nothing from the index that is there, as if it were damaged.
    :param lock_timeout: how many seconds to wait while another process writes the index.
    :raises NotesFolderError: when the notes folder cannot be listed.
    :raises IndexMismatchError: when the index is that of another notes folder.
    :raises IndexFolderError: when the index folder cannot be written, or another process has been
        writing it for too long. What could be searched before still can.
    """
    started = time.monotonic()
    layout = IndexLayout(index_folder.expanduser().absolute())
    recipe = Recipe(SCHEMA, digest_ingest(), embedder.name, embedder.dim, analyzers)
    read = read_notes(notes_folder, limits)
    source = _describe_source(recipe, notes_folder, read)
    state = _read_state(layout, source)
    if not rebuild and state is not None and _is_current(layout, state, source):
        return _report(state.name, state.manifest.counts, read, started)
    tell = on_progress or _tell_nobody
    with folder_errors(layout.root):
        layout.root.mkdir(parents=True, exist_ok=True)
        with lock_for_writing(layout.writer_lock, lock_timeout):
            # Another writer may have been at work, and the notes may have changed, since we looked.
            read = read_notes(notes_folder, limits)
            source = _describe_source(recipe, notes_folder, read)
            state = _read_state(layout, source)
            if not rebuild and state is not None and _is_current(layout, state, source):
                return _report(state.name, state.manifest.counts, read, started)
            remove_leftovers(layout)
            old = None if rebuild else _load_reusable(layout, recipe)
            try:
                contents, embedding = _gather_contents(
                    layout, read.notes, old, embedder, word_analyzer, bigram_analyzer, tell
                )
            finally:
                if old is not None:
                    old.close()
            tell("write", 0, 1)
            name = build_generation(layout, source, contents)
            remove_leftovers(layout)
            tell("write", 1, 1)
    before = {} if state is None else state.manifest.notes
    return _report(name, contents.count(), read, started, before, embedding)


def _tell_nobody(_step: str, _done: int, _total: int) -> None:
    """Stand in for a missing `on_progress`."""


def _describe_source(recipe: Recipe, notes_folder: Path, read: ReadResult) -> Source:
    resolved = os.fsencode(notes_folder.expanduser().resolve())
    return Source(
        recipe=recipe,
        # JSON cannot hold a name that is no UTF-8.
        notes_folder=resolved.decode(errors="backslashreplace"),
        notes={note.path: note.digest for note in read.notes},
    )


@dataclass(frozen=True, slots=True)
class _Embedding:
    """How many texts the model was asked for, and what was wrong with the cache."""

    texts: int = 0
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class _State:
    """The current generation, as far as its manifest can be read."""

    name: str
    manifest: Manifest


def _read_state(layout: IndexLayout, source: Source) -> _State | None:
    """Return what is there; None if it has to be made anew.

    :raises IndexMismatchError: when it belongs to another notes folder.
    """
    try:
        name = read_current(layout)
        manifest = read_manifest(layout.generation(name))
    except (IndexNotFoundError, IndexDamagedError, IndexMismatchError):
        return None
    other = manifest.notes_folder
    # An index whose notes are gone is taken over: the notes folder was probably moved.
    if other != source.notes_folder and _may_exist(Path(other)):
        raise IndexMismatchError(
            f"the index {layout.root} is that of the notes in {other}, not in "
            f"{source.notes_folder}; choose another folder with --index"
        )
    return _State(name, manifest)


def _may_exist(folder: Path) -> bool:
    """Tell whether there is such a folder, or may be: behind one that we may not look into."""
    try:
        return folder.is_dir()
    except OSError:
        return True


def _is_current(layout: IndexLayout, state: _State, source: Source) -> bool:
    manifest = state.manifest
    if Source(manifest.recipe, manifest.notes_folder, manifest.notes) != source:
        return False
    return find_altered(layout.generation(state.name), manifest, digest_limit=0) is None


def _load_reusable(layout: IndexLayout, recipe: Recipe) -> Generation | None:
    """Open the current generation if its notes were cut as they would be today."""
    try:
        generation = load_generation(layout.root)
    except (IndexNotFoundError, IndexDamagedError, IndexMismatchError):
        return None
    if generation.manifest.recipe == recipe:
        return generation
    generation.close()
    return None


def _gather_contents(
    layout: IndexLayout,
    notes: Sequence[Note],
    old: Generation | None,
    embedder: Embedder,
    word_analyzer: Analyzer,
    bigram_analyzer: Analyzer,
    tell: OnProgress,
) -> tuple[Contents, _Embedding]:
    """Return what the new generation will hold, and how it was embedded."""
    sections, passages = split_notes(
        notes, old, embedder.count_tokens, embedder.max_tokens, partial(tell, "split")
    )
    headings = {section.section_id: section.heading_path for section in sections}
    texts = [with_headings(headings[p.section_id], p.text) for p in passages]
    terms = analyze_passages(
        {
            passage.passage_id: text
            for passage, text in zip(passages, texts, strict=True)
            if passage.kind is PassageKind.PASSAGE
        },
        {} if old is None else _read_terms(old),
        word_analyzer,
        bigram_analyzer,
        partial(tell, "analyze"),
    )
    with closing(EmbeddingCache(layout.embeddings)) as cache:
        caching = CachingEmbedder(embedder, cache, partial(tell, "embed"))
        vectors = caching.embed_passages(texts)
        cache.prune(_CACHE_DAYS)
        embedding = _Embedding(caching.embedded, cache.problem)
    return Contents(sections, passages, vectors, terms, mine_aliases(sections)), embedding


def _read_terms(old: Generation) -> Mapping[str, PassageTerms]:
    try:
        return read_terms(old)
    except IndexDamagedError:  # they are cut anew
        return {}


def _report(
    name: str,
    counts: Counts,
    read: ReadResult,
    started: float,
    before: Mapping[str, str] | None = None,
    embedding: _Embedding = _Embedding(),
) -> RefreshReport:
    """Return the report; `before` is what was indexed, None if nothing has changed."""
    changed = before is not None
    notes = {note.path: note.digest for note in read.notes}
    before = notes if before is None else before
    return RefreshReport(
        generation=name,
        changed=changed,
        notes_read=len(notes),
        notes_changed=sum(before.get(path) != digest for path, digest in notes.items()),
        notes_removed=sum(path not in notes for path in before),
        sections=counts.sections,
        empty_sections=counts.empty_sections,
        passages=counts.passages,
        sentences=counts.sentences,
        embedded=embedding.texts,
        cache_problem=embedding.problem,
        skipped=read.skipped,
        warnings=read.warnings,
        seconds=time.monotonic() - started,
    )
