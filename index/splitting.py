"""Cuts notes into sections and passages, taking over those of notes that have not changed."""

from collections import defaultdict
from collections.abc import Callable, Sequence

from index.load import Generation
from ingest.datatypes import Note, Passage, Section
from ingest.markdown import parse_sections
from ingest.passages import CountTokens, split_passages, split_sentence_passages
from ingest.plaintext import render_blocks


def split_notes(
    notes: Sequence[Note],
    old: Generation | None,
    count_tokens: CountTokens,
    max_tokens: int,
    on_progress: Callable[[int, int], None],
) -> tuple[list[Section], list[Passage]]:
    """Return sections and passages of all notes, in the order of the notes.

    A section's passages stand before its sentences.

    :param old: an earlier generation, cut by the same code for the same model.
    """
    old_sections: defaultdict[str, list[Section]] = defaultdict(list)
    old_passages: defaultdict[str, list[Passage]] = defaultdict(list)
    if old is not None:
        for section in old.sections.values():
            old_sections[section.path].append(section)
        for passage in old.passages.values():
            old_passages[passage.section_id].append(passage)
    sections: list[Section] = []
    passages: list[Passage] = []
    for done, note in enumerate(notes, start=1):
        if old is not None and old.manifest.notes.get(note.path) == note.digest:
            kept = old_sections[note.path]
            sections += kept
            for section in kept:
                passages += old_passages[section.section_id]
        else:
            for section in parse_sections(note):
                sections.append(section)
                blocks = render_blocks(section)
                passages += split_passages(section, blocks, count_tokens, max_tokens)
                passages += split_sentence_passages(section, blocks, count_tokens, max_tokens)
        on_progress(done, len(notes))
    return sections, passages
