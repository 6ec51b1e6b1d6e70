"""Writes a new generation beside the old one and makes it current in one step.

Until `CURRENT` is replaced nobody sees the new generation; a writer that dies leaves a folder
which the next one removes. The caller holds the writer lock throughout.
"""

import datetime
import importlib.metadata
import secrets
import shutil
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from index.bm25 import build_bm25
from index.dense import build_dense
from index.durable import rename_folder, replace_file, sync_tree, write_file
from index.errors import IndexDamagedError, IndexNotFoundError
from index.layout import GenerationLayout, IndexLayout, is_generation_name
from index.load import read_current
from index.locks import lock_for_deleting
from index.manifest import Counts, Manifest, Recipe, describe_files, dump_manifest
from index.protocols import Vectors
from index.records import dump_records
from index.terms import PassageTerms
from ingest.aliases import AliasGroup
from ingest.datatypes import Passage, PassageKind, Section


@dataclass(frozen=True, slots=True)
class Source:
    """What a generation is made from.

    notes_folder: absolute path.
    notes: `Note.path` to `Note.digest`.
    """

    recipe: Recipe
    notes_folder: str
    notes: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Contents:
    """What a generation holds.

    passages: of both kinds, in the order of the sections.
    vectors: for every passage its embedding; shape (len(passages), dim).
    terms: of the passages of kind `passage`, in their order.
    aliases: mined from the sections.
    """

    sections: Sequence[Section]
    passages: Sequence[Passage]
    vectors: Vectors
    terms: Sequence[PassageTerms]
    aliases: Sequence[AliasGroup]

    def count(self) -> Counts:
        """Return how much of everything there is."""
        kinds = [passage.kind for passage in self.passages]
        filled = {passage.section_id for passage in self.passages}
        return Counts(
            sections=len(self.sections),
            empty_sections=sum(section.section_id not in filled for section in self.sections),
            passages=kinds.count(PassageKind.PASSAGE),
            sentences=kinds.count(PassageKind.SENTENCE),
        )


def build_generation(layout: IndexLayout, source: Source, contents: Contents) -> str:
    """Write a generation, make it the current one and return its name.

    :raises OSError, IndexFolderError: when it cannot be written; nothing has changed then.
    """
    now = datetime.datetime.now(datetime.UTC)
    name = f"{now:%Y%m%dT%H%M%S}-{secrets.token_hex(4)}"
    layout.generations.mkdir(exist_ok=True)
    unfinished = layout.unfinished(name)
    try:
        _write_files(unfinished, contents)
        manifest = Manifest(
            tenkyo=_read_version(),
            recipe=source.recipe,
            notes_folder=source.notes_folder,
            notes=source.notes,
            counts=contents.count(),
            files=describe_files(unfinished),
        )
        write_file(unfinished.manifest, dump_manifest(manifest))
        sync_tree(unfinished.folder)
        rename_folder(unfinished.folder, layout.generation(name).folder)
        replace_file(layout.current, name.encode() + b"\n")
    except BaseException:  # also when the user interrupts: leave no half of it
        shutil.rmtree(unfinished.folder, ignore_errors=True)
        raise
    return name


def _write_files(layout: GenerationLayout, contents: Contents) -> None:
    layout.folder.mkdir()
    write_file(layout.in_use, b"")
    write_file(layout.sections, dump_records(contents.sections, Section))
    write_file(layout.passages, dump_records(contents.passages, Passage))
    write_file(layout.terms, dump_records(contents.terms, PassageTerms))
    write_file(layout.aliases, dump_records(contents.aliases, AliasGroup))
    is_passage = np.array([p.kind is PassageKind.PASSAGE for p in contents.passages], bool)
    build_dense(layout.passage_vectors, contents.vectors[is_passage])
    build_dense(layout.sentence_vectors, contents.vectors[~is_passage])
    build_bm25(layout.words, (entry.words for entry in contents.terms))
    build_bm25(layout.bigrams, (entry.bigrams for entry in contents.terms))


def _read_version() -> str:
    try:
        return importlib.metadata.version("tenkyo")
    except importlib.metadata.PackageNotFoundError:  # run from a checkout without installing
        return "unknown"


def remove_leftovers(layout: IndexLayout) -> None:
    """Delete what killed writers left and every generation but the current that nobody reads.

    The current one stays even if this version cannot read it: until there is another, an older
    version may. What cannot be deleted now is left to the next writer.
    """
    try:
        current = read_current(layout)
    except (IndexNotFoundError, IndexDamagedError):
        current = None
    if not layout.generations.is_dir():
        return
    for folder in layout.generations.iterdir():
        if folder.name.startswith(("building-", "removing-")):
            shutil.rmtree(folder, ignore_errors=True)
        elif is_generation_name(folder.name) and folder.name != current:
            _remove_unread(layout, folder)


def _remove_unread(layout: IndexLayout, folder: Path) -> None:
    in_use = GenerationLayout(folder).in_use
    lock = lock_for_deleting(in_use)
    if lock is None and in_use.exists():
        return
    removed = layout.removed(folder.name)
    with suppress(OSError):
        # Gone in one step for readers who are about to open it.
        folder.rename(removed)
    if lock is not None:
        lock.close()
    shutil.rmtree(removed, ignore_errors=True)
