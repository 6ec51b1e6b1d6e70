"""The notes that are answered from, beside what the search knows of them."""

from collections.abc import Mapping
from dataclasses import dataclass

from assistant.answering.freshness import ReadText
from assistant.answering.headings.empty_sections import EmptySections
from ingest.aliases import AliasTable
from ingest.datatypes import Section


@dataclass(frozen=True, slots=True)
class OpenNotes:
    """One generation's notes.

    sections: every section by id, in reading order.
    empty: those of them that are a heading alone.
    aliases: the names that the searcher adds to a query.
    read_note: gives a note's text as it is now.
    held: what has to live as long as these notes are answered from.
    """

    sections: Mapping[str, Section]
    empty: EmptySections
    aliases: AliasTable
    read_note: ReadText
    held: object = None
