"""Says which notes are answered from and how fresh they are."""

from pathlib import PurePosixPath

from assistant.serving.datatypes import NoteEntry, NotesOverview
from assistant.serving.live_notes import CurrentNotes


def describe_notes(current: CurrentNotes, *, is_refreshing: bool) -> NotesOverview:
    """Return what there is to say of the notes that are answered from."""
    snapshot = current.snapshot
    counts = snapshot.index.generation.manifest.counts
    entries = tuple(
        NoteEntry(path, len(sections), snapshot.tags[path])
        for path, sections in snapshot.notes.items()
    )
    folders = {parent.as_posix() for e in entries for parent in PurePosixPath(e.path).parents}
    return NotesOverview(
        notes=entries,
        skipped=current.skipped,
        warnings=current.warnings,
        folders=tuple(sorted(folders - {"."})),
        tags=tuple(sorted({tag for entry in entries for tag in entry.tags})),
        sections=counts.sections,
        empty_sections=counts.empty_sections,
        refreshed_at=current.refreshed_at,
        is_refreshing=is_refreshing,
        problem=current.problem,
    )
