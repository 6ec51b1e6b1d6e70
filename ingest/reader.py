"""Finds the note files of a folder and reads them.

A file that cannot be read is reported and never stops the others. Only regular files within the
folder are ever opened.
"""

import hashlib
import os
import stat
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pathspec import GitIgnoreSpec

from ingest.datatypes import Note, SkippedFile, SkipReason
from ingest.decoding import decode_text
from ingest.errors import NotesFolderError
from ingest.frontmatter import find_note_warnings
from ingest.note_warning import NoteWarning

#: What names a note, in lower case.
NOTE_SUFFIXES = (".md", ".markdown")

#: Lists what is not to be read, in the syntax of .gitignore; one in any folder of the notes.
IGNORE_FILE = ".tenkyoignore"


@dataclass(frozen=True, slots=True)
class ReadLimits:
    """What is too much for one notes folder.

    max_file_bytes: a larger file is skipped. 10 MB are some 3.3 million Japanese characters,
        far beyond any note written by hand; it keeps data files out.
    max_depth: folders below the notes folder, the first of which counts 1.
    """

    max_file_bytes: int = 10_000_000
    max_depth: int = 16


@dataclass(frozen=True, slots=True)
class ReadResult:
    """What a notes folder holds; each tuple sorted by path.

    warnings: what should be mended in notes that were read: bad bytes, broken front matter.
    """

    notes: tuple[Note, ...]
    skipped: tuple[SkippedFile, ...]
    warnings: tuple[NoteWarning, ...] = ()


def read_notes(folder: Path, limits: ReadLimits = ReadLimits()) -> ReadResult:
    """Read all `*.md` and `*.markdown` files of a folder and the folders in it.

    Hidden files are told as `HIDDEN`, and what an ignore file names as `IGNORED`; hidden folders
    are passed over. A symbolic link to a file within the notes folder is read, one to a folder is
    not followed, since that folder is read under its own name.

    :raises NotesFolderError: the folder is missing, is no folder, or may not be listed.
    """
    root = _resolve_folder(folder)
    notes: dict[str, Note] = {}
    skipped: list[SkippedFile] = []
    warnings: list[NoteWarning] = []
    for found in _walk_folder(root, limits):
        if isinstance(found, SkippedFile):
            skipped.append(found)
            continue
        path, file = found
        if path in notes:
            skipped.append(_skip(path, SkipReason.UNREADABLE, *_SAME_NAME))
            continue
        outcome = _read_file(path, file, root, limits)
        if isinstance(outcome, SkippedFile):
            skipped.append(outcome)
        else:
            notes[path] = outcome[0]
            warnings.extend(outcome[1])
    return ReadResult(
        notes=tuple(notes[path] for path in sorted(notes)),
        skipped=tuple(sorted(skipped, key=lambda entry: entry.path)),
        warnings=tuple(sorted(warnings, key=lambda entry: (entry.path, entry.line))),
    )


def decode_note(path: str, data: bytes) -> tuple[Note, tuple[NoteWarning, ...]] | SkippedFile:
    """Return the note that a file's bytes hold, with what is wrong in it; or why it holds none.

    :param path: POSIX path relative to the notes folder; made NFC.
    """
    path = unicodedata.normalize("NFC", path)
    decoded = decode_text(data)
    if isinstance(decoded, SkipReason):
        return _skip(path, decoded, *_UNDECODABLE[decoded])
    note = Note(path, decoded.text, hashlib.sha256(data).hexdigest(), decoded.encoding)
    warnings = find_note_warnings(note)
    if decoded.damaged_line is not None:
        detail = f"some bytes are no {decoded.encoding} and show as \ufffd: save the file as UTF-8"
        warnings += (NoteWarning(path, decoded.damaged_line, detail),)
    # In UTF-16 and UTF-32 every Latin letter has a NUL byte.
    if b"\0" in data and not decoded.encoding.startswith(("utf-16", "utf-32")):
        line = data.count(b"\n", 0, data.index(b"\0")) + 1
        warnings += (NoteWarning(path, line, "NUL bytes are read as spaces: remove them"),)
    return note, warnings


_SAME_NAME = (
    "another file has the same name once accents and kana marks are composed",
    "rename one of them",
)
_UNDECODABLE = {
    SkipReason.BINARY: (
        "this is no text, or UTF-16 without a byte order mark",
        "give the file another suffix, or save it as UTF-8",
    ),
    SkipReason.ENCODING: (
        "the text is not in UTF-8, UTF-16 with a byte order mark, Shift_JIS, EUC-JP or ISO-2022-JP",
        "save it as UTF-8",
    ),
}


def _resolve_folder(folder: Path) -> Path:
    try:
        root = folder.expanduser().resolve(strict=True)
        if not root.is_dir():
            raise NotesFolderError(f"{folder} is no folder: name the folder that holds your notes")
        os.scandir(root).close()
    except (FileNotFoundError, RuntimeError) as error:
        raise NotesFolderError(
            f"the notes folder {folder} does not exist: create it or name another one"
        ) from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise NotesFolderError(
            f"the notes folder {folder} cannot be listed ({reason}): check its permissions"
        ) from error
    return root


@dataclass(frozen=True, slots=True)
class _IgnoreFile:
    """The rules of one ignore file. folder: its folder's path with a final "/", "" for the root."""

    folder: str
    rules: GitIgnoreSpec


def _walk_folder(root: Path, limits: ReadLimits) -> Iterator[tuple[str, Path] | SkippedFile]:
    """Yield the path of every note file and where it is, and what is passed over."""
    pending: list[tuple[Path, str, int, tuple[_IgnoreFile, ...]]] = [(root, "", 0, ())]
    while pending:
        folder, prefix, depth, inherited = pending.pop()
        try:
            with os.scandir(folder) as listing:
                entries = sorted(listing, key=lambda entry: entry.name)
        except OSError as error:
            path = prefix.rstrip("/") or "."
            yield _skip(path, SkipReason.UNREADABLE, _name_reason(error), "check its permissions")
            continue
        ignores = _read_ignore_file(folder, prefix, inherited)
        if isinstance(ignores, SkippedFile):
            yield ignores
            continue
        for entry in entries:
            path = prefix + _compose_name(entry.name)
            is_note_name = entry.name.lower().endswith(NOTE_SUFFIXES)
            is_folder = entry.is_dir(follow_symlinks=False)
            if entry.name.startswith("."):
                if is_note_name and not is_folder:
                    yield _skip(path, SkipReason.HIDDEN, "its name begins with a dot", "rename it")
                continue
            is_link = entry.is_symlink() and _is_linked_folder(entry)
            if not is_folder and not is_link and not is_note_name:
                continue
            if _is_ignored(path + "/" if is_folder else path, ignores):
                yield _skip(path, SkipReason.IGNORED, f"listed in {IGNORE_FILE}", "unlist it")
            elif is_link:
                if not _is_within(Path(entry.path), root):
                    yield _skip(path, SkipReason.OUTSIDE, *_LEAVES)
            elif not is_folder:
                yield path, Path(entry.path)
            elif depth >= limits.max_depth:
                problem = f"more than {limits.max_depth} folders deep"
                yield _skip(path, SkipReason.TOO_DEEP, problem, "move it up or raise max_depth")
            else:
                pending.append((Path(entry.path), f"{path}/", depth + 1, ignores))


_LEAVES = ("the link leads out of the notes folder", "copy what it points to into the folder")


def _read_file(
    path: str, file: Path, root: Path, limits: ReadLimits
) -> tuple[Note, tuple[NoteWarning, ...]] | SkippedFile:
    try:
        if file.is_symlink() and not _is_within(file, root):
            return _skip(path, SkipReason.OUTSIDE, *_LEAVES)
        status = file.stat()
        if not stat.S_ISREG(status.st_mode):
            return _skip(path, SkipReason.UNREADABLE, "it is no regular file", "remove it")
        size = status.st_size
        if size <= limits.max_file_bytes:
            with file.open("rb") as stream:
                # One byte more than allowed, should the file be growing.
                data = stream.read(limits.max_file_bytes + 1)
            size = max(size, len(data))
        if size > limits.max_file_bytes:
            problem = f"{size:,} bytes are more than {limits.max_file_bytes:,}"
            return _skip(path, SkipReason.TOO_LARGE, problem, "split it or raise max_file_bytes")
    except (OSError, RuntimeError, ValueError) as error:
        return _skip(path, SkipReason.UNREADABLE, _name_reason(error), "check the file")
    if "\ufffd" in path:
        return _skip(path, SkipReason.UNREADABLE, "the name is no UTF-8", "rename it")
    return decode_note(path, data)


def _read_ignore_file(
    folder: Path, prefix: str, inherited: tuple[_IgnoreFile, ...]
) -> tuple[_IgnoreFile, ...] | SkippedFile:
    """Return the rules for a folder. Without those that it has, nothing of it may be read."""
    file = folder / IGNORE_FILE
    try:
        if not file.is_file():
            return inherited
        decoded = decode_text(file.read_bytes())
    except OSError as error:
        remedy = "check its permissions; until then nothing in its folder is read"
        return _skip(prefix + IGNORE_FILE, SkipReason.UNREADABLE, _name_reason(error), remedy)
    if isinstance(decoded, SkipReason):
        problem, remedy = _UNDECODABLE[SkipReason.ENCODING]
        remedy += "; until then nothing in its folder is read"
        return _skip(prefix + IGNORE_FILE, decoded, problem, remedy)
    rules = GitIgnoreSpec.from_lines(_keep_valid(decoded.text.split("\n")))
    return (*inherited, _IgnoreFile(prefix, rules))


def _keep_valid(lines: Sequence[str]) -> Iterator[str]:
    """Yield the lines that are valid patterns; git too passes over the others."""
    for line in lines:
        pattern = unicodedata.normalize("NFC", line)
        try:
            GitIgnoreSpec.from_lines([pattern])
        except ValueError:
            continue
        yield pattern


def _is_ignored(path: str, ignores: Sequence[_IgnoreFile]) -> bool:
    """Tell whether the ignore files name a path; the innermost one that speaks of it decides."""
    for ignore in reversed(ignores):
        verdict = ignore.rules.check_file(path.removeprefix(ignore.folder)).include
        if verdict is not None:
            return verdict
    return False


def _is_linked_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a loop of links: reading it as a file will tell
        return False


def _is_within(path: Path, root: Path) -> bool:
    return path.resolve().is_relative_to(root)


def _compose_name(name: str) -> str:
    """Return a file name in NFC; bytes that are no UTF-8 become U+FFFD."""
    return unicodedata.normalize("NFC", os.fsencode(name).decode("utf-8", errors="replace"))


def _name_reason(error: Exception) -> str:
    if isinstance(error, FileNotFoundError):
        return "it is missing, or a link to nothing"
    return (getattr(error, "strerror", None) or str(error) or type(error).__name__).lower()


def _skip(path: str, reason: SkipReason, problem: str, remedy: str) -> SkippedFile:
    return SkippedFile(path, reason, f"{problem}: {remedy}")
