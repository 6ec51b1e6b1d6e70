r"""The records that notes are read into.

They are the ground floor of the project: this module imports nothing of ours. Line numbers are
1-based and inclusive throughout; character offsets are 0-based and end-exclusive. A text's lines
are what lies between "\n" characters, never what `str.splitlines` says.
"""

from dataclasses import dataclass
from enum import StrEnum


class PassageKind(StrEnum):
    """What a passage is: a stretch of a section, or a single sentence of it."""

    PASSAGE = "passage"
    SENTENCE = "sentence"


class SkipReason(StrEnum):
    """Why a file was not read. `IGNORED` and `HIDDEN` are wishes of the user, the rest failures."""

    IGNORED = "ignored"
    HIDDEN = "hidden"
    OUTSIDE = "outside"
    TOO_LARGE = "too-large"
    TOO_DEEP = "too-deep"
    BINARY = "binary"
    ENCODING = "encoding"
    UNREADABLE = "unreadable"

    @property
    def is_failure(self) -> bool:
        """Whether the user should be told that something went wrong (exit code 1)."""
        return self not in (SkipReason.IGNORED, SkipReason.HIDDEN)


@dataclass(frozen=True, slots=True)
class Note:
    r"""One note file, decoded.

    path: POSIX path relative to the notes folder, in Unicode NFC.
    text: the whole text; BOM removed, "\r\n" and "\r" made "\n", NUL made a space.
    digest: SHA-256 of the file's bytes, hexadecimal.
    encoding: the encoding that it was decoded with, as Python names it.
    """

    path: str
    text: str
    digest: str
    encoding: str


@dataclass(frozen=True, slots=True)
class SkippedFile:
    """A file that was found and not read.

    path: POSIX path relative to the notes folder, in Unicode NFC.
    detail: one line for the user, in English: what is wrong and what to do.
    """

    path: str
    reason: SkipReason
    detail: str


@dataclass(frozen=True, slots=True)
class Section:
    r"""The unit of citation: a heading and what stands below it, up to the next heading.

    section_id: `path#anchor`, unique within the notes folder.
    path: the note's path, as in `Note`.
    heading_path: the plain texts of the headings above it and its own, outermost first. For what
        stands before the first heading: the note's title alone.
    level: the heading's level, 1 to 6; 0 for what stands before the first heading.
    anchor: GitHub-style, unique within the note.
    line_start, line_end: from the heading to the last line before the next heading.
    text: those lines as they stand in `Note.text`, joined by "\n".
    digest: SHA-256 of `text` in UTF-8, hexadecimal.
    """

    section_id: str
    path: str
    heading_path: tuple[str, ...]
    level: int
    anchor: str
    line_start: int
    line_end: int
    text: str
    digest: str


@dataclass(frozen=True, slots=True)
class TextBlock:
    r"""A stretch of a section as plain text: a paragraph, a list item, a table row, a code block.

    kind: "paragraph", "item", "row", "code" or "quote".
    text: without markup; "\n" where the source has a line break.
    lines: for every line of `text`, the line of the note that it came from; never empty.
    group: number shared by the items of one list or the rows of one table, else None.
    """

    kind: str
    text: str
    lines: tuple[int, ...]
    group: int | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """The unit of retrieval: some text of one section.

    passage_id: `section_id` + `:p` or `:s` (by kind) + `ordinal`.
    ordinal: position among the section's passages of the same kind, from 0.
    text: plain text, without the headings.
    line_start, line_end: the lines of the note that it came from.
    char_start, char_end: the span in `Section.text` that a citation quotes.
    group: number shared by the sentences of one list or table of the section, else None; what
        belongs together is shown together.
    """

    passage_id: str
    section_id: str
    ordinal: int
    kind: PassageKind
    text: str
    line_start: int
    line_end: int
    char_start: int
    char_end: int
    group: int | None = None


@dataclass(frozen=True, slots=True)
class Token:
    """One word as MeCab cut it.

    surface: as it stands in the (normalised) text.
    lemma: dictionary form, without the origin that UniDic appends to loanwords.
    origin: the source word of a loanword in lower case (`interface` for `インターフェイス`), or "".
    reading: katakana pronunciation, or "".
    pos: UniDic's first part-of-speech field (`名詞`, `動詞`, ...).
    """

    surface: str
    lemma: str
    origin: str
    reading: str
    pos: str
