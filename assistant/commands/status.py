"""`tenkyo status`: what is indexed, and whether the notes have changed since."""

from assistant.commands.options import IndexOption, NotesOption, open_terminal
from assistant.render import print_line
from assistant.wiring import read_limits
from index.load import load_generation
from ingest.reader import read_notes


def status(notes: NotesOption = None, index: IndexOption = None) -> None:
    """索引の状態を示す / Show what is indexed."""
    terminal = open_terminal(notes, index)
    settings, messages = terminal.settings, terminal.messages
    # The notes first: without them, that there is no index would mislead.
    found = read_notes(settings.notes, read_limits(settings)).notes
    with load_generation(settings.index_folder) as generation:
        manifest = generation.manifest
    current = {note.path: note.digest for note in found}
    indexed = manifest.notes
    shared = current.keys() & indexed.keys()
    changed = sum(current[path] != indexed[path] for path in shared)
    added, removed = len(current.keys() - shared), len(indexed.keys() - shared)
    counts = messages.status_counts.format(
        notes=len(indexed),
        sections=manifest.counts.sections,
        empty=manifest.counts.empty_sections,
        sentences=manifest.counts.sentences,
    )
    freshness = messages.status_fresh
    if changed or added or removed:
        freshness = messages.status_stale.format(changed=changed, added=added, removed=removed)
    for line in (
        f"{messages.status_notes}: {manifest.notes_folder}",
        f"{messages.status_index}: {settings.index_folder.resolve()}",
        f"{messages.status_model}: {manifest.recipe.model}",
        counts,
        freshness,
    ):
        print_line(terminal.out, line)
