"""Shows a section to the model as the index does: passages and sentences under their headings."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from index.training.datatypes import TrainingSection
from ingest.datatypes import Passage, Section
from ingest.passages import CountTokens, split_passages, split_sentence_passages, with_headings
from ingest.plaintext import render_blocks


@dataclass(frozen=True, slots=True)
class View:
    """A text as it is embedded, and the lines of the section's text that it came from (1-based)."""

    text: str
    line_start: int
    line_end: int

    def covers(self, line: int) -> bool:
        """Tell whether `line` is one of its lines."""
        return self.line_start <= line <= self.line_end


@dataclass(frozen=True, slots=True)
class SectionViews:
    """All views of one section; neither is empty."""

    passages: tuple[View, ...]
    sentences: tuple[View, ...]


def split_views(
    section: TrainingSection, count_tokens: CountTokens, max_tokens: int
) -> SectionViews | None:
    """Return what the index would make of a section; None for one without text."""
    as_indexed = _place_in_note(section)
    blocks = render_blocks(as_indexed)
    passages = split_passages(as_indexed, blocks, count_tokens, max_tokens)
    sentences = split_sentence_passages(as_indexed, blocks, count_tokens, max_tokens)
    if not passages or not sentences:
        return None
    return SectionViews(_view(section, passages), _view(section, sentences))


def _view(section: TrainingSection, passages: Sequence[Passage]) -> tuple[View, ...]:
    # One line less: in the note the heading stands before the text.
    return tuple(
        View(with_headings(section.heading_path, p.text), p.line_start - 1, p.line_end - 1)
        for p in passages
    )


def _place_in_note(section: TrainingSection) -> Section:
    level = min(len(section.heading_path), 6)
    text = f"{'#' * level} {section.heading_path[-1]}\n{section.text}"
    return Section(
        section_id=section.section_id,
        path=section.path,
        heading_path=section.heading_path,
        level=level,
        anchor=section.section_id,
        line_start=1,
        line_end=text.count("\n") + 1,
        text=text,
        digest=sha256(text.encode()).hexdigest(),
    )
