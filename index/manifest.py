"""The manifest: what a generation was made of, so that nobody searches what does not fit."""

import hashlib
import importlib.metadata
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

import ingest
from index.errors import IndexDamagedError, IndexMismatchError
from index.layout import GenerationLayout

#: Version of the files' format and of how rows are made from passages; raise it with either.
SCHEMA = 1

# What decides where a section begins and what a word is.
_LIBRARIES = ("fugashi", "markdown-it-py", "unidic-lite")


@dataclass(frozen=True, slots=True)
class Recipe:
    """What decides, together with the notes, what an index holds.

    schema: `SCHEMA`.
    ingest: `digest_ingest`.
    model: `Embedder.name`.
    dim: `Embedder.dim`.
    analyzers: what sets the analyzers apart from others of the same code, as an own dictionary.
    """

    schema: int
    ingest: str
    model: str
    dim: int
    analyzers: str


@dataclass(frozen=True, slots=True)
class Counts:
    """How much a generation holds; `empty_sections` are among the `sections`."""

    sections: int
    empty_sections: int
    passages: int
    sentences: int


@dataclass(frozen=True, slots=True)
class FileRecord:
    """One file of a generation: size in bytes, SHA-256 in hexadecimal."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation was made of.

    tenkyo: version of the program, for people to read.
    notes_folder: absolute path.
    notes: `Note.path` to `Note.digest`.
    files: POSIX path in the generation's folder to what is there.
    """

    tenkyo: str
    recipe: Recipe
    notes_folder: str
    notes: Mapping[str, str]
    counts: Counts
    files: Mapping[str, FileRecord]


def digest_ingest() -> str:
    """Return a digest of what cuts notes into sections, passages and words.

    That is the package `ingest`, code and data, and the libraries behind it. A digest is never
    forgotten, as raising a version number by hand would be; it takes a few milliseconds.
    """
    folder = Path(ingest.__path__[0])
    digest = hashlib.sha256()
    for library in _LIBRARIES:
        digest.update(f"{library} {importlib.metadata.version(library)}\n".encode())
    for path in sorted(folder.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            digest.update(path.relative_to(folder).as_posix().encode() + b"\0")
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def describe_files(layout: GenerationLayout) -> dict[str, FileRecord]:
    """Return size and digest of every file of a generation but its manifest."""
    return {
        path.relative_to(layout.folder).as_posix(): FileRecord(
            path.stat().st_size, digest_file(path)
        )
        for path in layout.list_files()
    }


def find_altered(layout: GenerationLayout, manifest: Manifest, digest_limit: float) -> Path | None:
    """Return the first file that is missing or altered, or None.

    :param digest_limit: files of at most so many bytes are checked by digest, larger ones by size.
    """
    for name, record in manifest.files.items():
        path = layout.folder / name
        try:
            intact = path.stat().st_size == record.size
            if intact and record.size <= digest_limit:
                intact = digest_file(path) == record.sha256
        except OSError:
            intact = False
        if not intact:
            return path
    return None


def digest_file(path: Path) -> str:
    """Return the SHA-256 of a file, hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def dump_manifest(manifest: Manifest) -> bytes:
    """Return the manifest as JSON."""
    return TypeAdapter(Manifest).dump_json(manifest, indent=1)


def read_manifest(layout: GenerationLayout) -> Manifest:
    """Read the manifest of a generation.

    :raises IndexMismatchError: when it is of another schema.
    :raises IndexDamagedError: when it is missing or is not what was written.
    """
    path = layout.manifest
    try:
        content = path.read_bytes()
        schema = json.loads(content)["recipe"]["schema"]
        if isinstance(schema, int) and schema != SCHEMA:
            raise IndexMismatchError(
                f"the index {layout.folder} has format {schema}, this version of Tenkyo reads "
                f"{SCHEMA}; run: tenkyo index"
            )
        return TypeAdapter(Manifest).validate_json(content, strict=True)
    except (OSError, ValueError, KeyError, TypeError) as error:
        if isinstance(error, ValidationError):
            first = error.errors()[0]
            reason = f"{'.'.join(map(str, first['loc']))}: {first['msg']}"
        else:
            reason = f"{type(error).__name__}: {error}"
        raise IndexDamagedError(
            f"the manifest {path} cannot be read ({' '.join(reason.split())}); "
            "run: tenkyo doctor --repair"
        ) from error
