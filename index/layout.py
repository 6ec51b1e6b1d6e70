"""Names every file of an index folder.

CURRENT                   the name of the generation that is searched
embeddings.sqlite         cache of embeddings, kept between generations
writer.lock               held by the one process that writes
generations/<name>/
    manifest.json         what the generation was made of, and its files' sizes and digests
    sections.jsonl        one `Section` per line, in reading order
    passages.jsonl        one `Passage` per line, in the order of the sections
    terms.jsonl           one `PassageTerms` per passage of kind `passage`
    aliases.jsonl         one `AliasGroup` per line
    words/, bigrams/      tantivy; a row per passage of kind `passage`
    passages.faiss        FAISS; a row per passage of kind `passage`
    sentences.faiss       FAISS; a row per passage of kind `sentence`
    in-use.lock           held, shared, by everyone who reads the generation
"""

import re
from dataclasses import dataclass
from pathlib import Path

_NAME = re.compile(r"[0-9]{8}T[0-9]{6}-[0-9a-f]{8}")


@dataclass(frozen=True, slots=True)
class GenerationLayout:
    """The files of one generation."""

    folder: Path

    @property
    def manifest(self) -> Path:
        """The manifest, written last."""
        return self.folder / "manifest.json"

    @property
    def sections(self) -> Path:
        """The sections."""
        return self.folder / "sections.jsonl"

    @property
    def passages(self) -> Path:
        """The passages of both kinds."""
        return self.folder / "passages.jsonl"

    @property
    def terms(self) -> Path:
        """The words of the passages, for the next refresh."""
        return self.folder / "terms.jsonl"

    @property
    def aliases(self) -> Path:
        """The aliases mined from the notes."""
        return self.folder / "aliases.jsonl"

    @property
    def words(self) -> Path:
        """The folder of the BM25 index over words."""
        return self.folder / "words"

    @property
    def bigrams(self) -> Path:
        """The folder of the BM25 index over character bigrams."""
        return self.folder / "bigrams"

    @property
    def passage_vectors(self) -> Path:
        """The vectors of the passages."""
        return self.folder / "passages.faiss"

    @property
    def sentence_vectors(self) -> Path:
        """The vectors of the sentences."""
        return self.folder / "sentences.faiss"

    @property
    def in_use(self) -> Path:
        """What readers lock."""
        return self.folder / "in-use.lock"

    def list_files(self) -> list[Path]:
        """Return the files that the manifest describes, sorted."""
        return sorted(
            path
            for path in self.folder.rglob("*")
            # The locks, ours and tantivy's, are empty and say nothing.
            if path.is_file() and path != self.manifest and path.suffix != ".lock"
        )


@dataclass(frozen=True, slots=True)
class IndexLayout:
    """The files of an index folder."""

    root: Path

    @property
    def current(self) -> Path:
        """The file that names the current generation."""
        return self.root / "CURRENT"

    @property
    def embeddings(self) -> Path:
        """The cache of embeddings."""
        return self.root / "embeddings.sqlite"

    @property
    def writer_lock(self) -> Path:
        """What the writer locks."""
        return self.root / "writer.lock"

    @property
    def generations(self) -> Path:
        """The folder of the generations."""
        return self.root / "generations"

    def generation(self, name: str) -> GenerationLayout:
        """Return the layout of a generation."""
        return GenerationLayout(self.generations / name)

    def unfinished(self, name: str) -> GenerationLayout:
        """Return the layout of a generation that is being written."""
        return GenerationLayout(self.generations / f"building-{name}")

    def removed(self, name: str) -> Path:
        """Return where a generation goes that is being deleted."""
        return self.generations / f"removing-{name}"


def is_generation_name(name: str) -> bool:
    """Tell whether `name` can be that of a generation: UTC time of its build, 8 random digits."""
    return _NAME.fullmatch(name) is not None
