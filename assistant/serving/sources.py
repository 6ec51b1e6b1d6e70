"""Shows a section as it stands in its note now, with the cited lines."""

from collections.abc import Iterator, Sequence

from assistant.serving.datatypes import SectionLink, SourceView
from ingest.datatypes import Note, Section
from ingest.markdown import parse_sections


def view_source(
    section: Section,
    note: Sequence[Section],
    text: str | None,
    cited: tuple[int, int] | None = None,
    quote: str = "",
) -> SourceView:
    """Return a section to show; it is looked for in its note anew, since it may have moved.

    :param section: as it was indexed.
    :param note: all indexed sections of its note, in reading order.
    :param text: the note's text now, None if it cannot be read.
    :param cited: first and last line that was cited.
    :param quote: the cited text. By it the lines are found again, however the note has changed
        since the citation was made.
    """
    found = None if text is None else _find_unchanged(section, text)
    shown = found or section
    position = note.index(section)
    return SourceView(
        section.section_id,
        section.path,
        shown.heading_path,
        shown.line_start,
        shown.line_end,
        shown.text,
        found is not None,
        _locate_cited(shown, section, cited, quote),
        _link(note[position - 1]) if position > 0 else None,
        _link(note[position + 1]) if position + 1 < len(note) else None,
    )


def _find_unchanged(section: Section, text: str) -> Section | None:
    """Return the section of a note that says what `section` does; None if there is none any more.

    Of several, the one below the same headings, then the nearest.
    """
    sections = parse_sections(Note(section.path, text, digest="", encoding=""))
    return min(
        (entry for entry in sections if entry.digest == section.digest),
        key=lambda entry: (
            entry.heading_path != section.heading_path,
            abs(entry.line_start - section.line_start),
        ),
        default=None,
    )


def _locate_cited(
    shown: Section, indexed: Section, cited: tuple[int, int] | None, quote: str
) -> tuple[int, int] | None:
    """Return the lines to highlight, within the section; None where nothing in it was cited."""
    moved = shown.line_start - indexed.line_start
    if quote.strip():
        near = shown.line_start if cited is None else cited[0] + moved
        places = _find_quote(shown, quote)
        if (lines := min(places, key=lambda line: abs(line[0] - near), default=None)) is not None:
            return lines
    if cited is None:
        return None
    # A citation is of the indexed lines, unless it was already followed to where they moved.
    for shift in (moved, 0):
        first = max(cited[0] + shift, shown.line_start)
        last = min(cited[1] + shift, shown.line_end)
        if first <= last:
            return first, last
    return None


def _find_quote(section: Section, quote: str) -> Iterator[tuple[int, int]]:
    """Yield the first and the last line of every place where the quote stands."""
    position = section.text.find(quote)
    while position >= 0:
        first = section.line_start + section.text.count("\n", 0, position)
        yield first, first + quote.count("\n")
        position = section.text.find(quote, position + len(quote))


def _link(section: Section) -> SectionLink:
    return SectionLink(section.section_id, section.heading_path)
