"""Turns a draft's markers into citations: which lines of which section, quoted as they stand."""

from collections.abc import Sequence

from assistant.datatypes import Citation, Draft, Evidence
from assistant.errors import GeneratorError
from ingest.datatypes import Passage, Section


def resolve_citations(draft: Draft, evidence: Sequence[Evidence]) -> tuple[Citation, ...]:
    """Return one citation per marker of the draft, in marker order.

    :raises GeneratorError: a marker stands for nothing, for a section outside of the evidence, or
        for more than one section.
    """
    sections = {item.section.section_id: item.section for item in evidence}
    citations = []
    for marker, passages in enumerate(draft.cited, start=1):
        ids = {passage.section_id for passage in passages}
        if len(ids) != 1 or not ids <= sections.keys():
            raise GeneratorError(
                f"marker [{marker}] does not stand for one section of the evidence; "
                "ask again, and report it if it happens again"
            )
        citations.append(cite_passages(marker, sections[ids.pop()], passages))
    return tuple(citations)


def cite_passages(marker: int, section: Section, passages: Sequence[Passage]) -> Citation:
    """Return the citation of the lines from the first to the last of some passages.

    :param passages: all of `section`; not empty.
    """
    start = min(passage.char_start for passage in passages)
    end = max(passage.char_end for passage in passages)
    return Citation(
        marker=marker,
        section_id=section.section_id,
        path=section.path,
        heading_path=section.heading_path,
        line_start=min(passage.line_start for passage in passages),
        line_end=max(passage.line_end for passage in passages),
        quote=section.text[start:end],
        digest=section.digest,
    )
