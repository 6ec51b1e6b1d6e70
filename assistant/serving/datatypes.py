"""The records of a face that stays up: what to answer from, and how the notes stand."""

import datetime
from collections.abc import Collection
from dataclasses import dataclass

from assistant.messages import Language
from ingest.datatypes import SkippedFile
from ingest.note_warning import NoteWarning


@dataclass(frozen=True, slots=True)
class Scope:
    """Which notes to answer from: those in any of the folders or with any of the tags.

    With neither, all of them.

    folders: POSIX paths relative to the notes folder, NFC, no final slash; what lies anywhere below
        belongs to it.
    tags: tags of the notes' front matter, as they are written there.
    """

    folders: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()

    @property
    def is_everything(self) -> bool:
        """Whether all notes are answered from."""
        return not self.folders and not self.tags

    def covers(self, path: str, tags: Collection[str]) -> bool:
        """Tell whether to answer from a note.

        :param path: as in `Note.path`.
        :param tags: the note's own.
        """
        return (
            self.is_everything
            or any(path.startswith(f"{folder}/") for folder in self.folders)
            or any(tag in tags for tag in self.tags)
        )


@dataclass(frozen=True, slots=True)
class AnswerOptions:
    """How to answer; answers with equal options come from the same `Assistant`.

    characters: longest answer, markers not counted.
    use_model: let the language model word it, where one is configured.
    """

    language: Language = "ja"
    characters: int = 400
    scope: Scope = Scope()
    use_model: bool = False


@dataclass(frozen=True, slots=True)
class SectionLink:
    """Another section of a note, to go to."""

    section_id: str
    heading_path: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SourceView:
    """A section as it is shown beside an answer.

    path: as in `Note.path`.
    line_start, line_end: 1-based, inclusive.
    text: the section's lines, joined by line feeds.
    is_current: whether that is how they stand in the note now; if not, the note or the section is
        gone or was changed, and these are the lines that were indexed.
    cited: first and last line to highlight, 1-based, inclusive, within the section.
    previous, next: the neighbours in the same note, in reading order.
    """

    section_id: str
    path: str
    heading_path: tuple[str, ...]
    line_start: int
    line_end: int
    text: str
    is_current: bool
    cited: tuple[int, int] | None
    previous: SectionLink | None
    next: SectionLink | None


@dataclass(frozen=True, slots=True)
class NoteEntry:
    """A note in the index.

    sections: how many it has, those without text counted.
    tags: those of its front matter, in their order.
    """

    path: str
    sections: int
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NotesOverview:
    """Which notes are answered from, how fresh they are, and what is wrong with them.

    notes: sorted by path.
    skipped, warnings: what the last refresh had to tell, sorted by path.
    folders, tags: what a `Scope` may name, sorted.
    sections: how many there are; `empty_sections` of them are a heading without text.
    refreshed_at: when the index was last brought up to date with the notes; aware, in UTC.
    is_refreshing: whether that is under way.
    problem: why the last refresh failed, one line; None if it did not.
    """

    notes: tuple[NoteEntry, ...]
    skipped: tuple[SkippedFile, ...]
    warnings: tuple[NoteWarning, ...]
    folders: tuple[str, ...]
    tags: tuple[str, ...]
    sections: int
    empty_sections: int
    refreshed_at: datetime.datetime
    is_refreshing: bool
    problem: str | None
