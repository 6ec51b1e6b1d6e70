"""Markers become citations with exact lines and quotes."""

import pytest

from assistant.answering.citations import resolve_citations
from assistant.datatypes import Draft
from assistant.errors import GeneratorError
from tests.assistant.evidence import build_evidence


def test_a_run_is_cited_from_its_first_to_its_last_line_word_for_word() -> None:
    item = build_evidence("a", 1.0, [("一。", 0.9), ("二。", 0.9), ("三。", 0.1)])
    draft = Draft("一。 [1]\n二。 [1]", (item.sentences[:2],))
    (citation,) = resolve_citations(draft, [item])
    # Line 1 is the heading.
    assert (citation.marker, citation.line_start, citation.line_end) == (1, 2, 3)
    assert citation.quote == "一。\n二。"
    assert citation.section_id == "a.md#a"
    assert citation.heading_path == ("a",)
    assert citation.digest == item.section.digest


def test_markers_count_from_one_in_the_order_of_the_draft() -> None:
    first = build_evidence("a", 1.0, [("甲。", 0.9)])
    second = build_evidence("b", 0.9, [("乙。", 0.9)])
    draft = Draft("", (second.sentences, first.sentences))
    found = resolve_citations(draft, [first, second])
    assert [(c.marker, c.path) for c in found] == [(1, "b.md"), (2, "a.md")]


def test_a_marker_for_a_section_outside_of_the_evidence_is_refused() -> None:
    inside = build_evidence("a", 1.0, [("甲。", 0.9)])
    outside = build_evidence("b", 1.0, [("乙。", 0.9)])
    with pytest.raises(GeneratorError, match=r"marker \[1\]"):
        resolve_citations(Draft("乙。 [1]", (outside.sentences,)), [inside])


def test_a_marker_for_nothing_or_for_two_sections_is_refused() -> None:
    first = build_evidence("a", 1.0, [("甲。", 0.9)])
    second = build_evidence("b", 1.0, [("乙。", 0.9)])
    with pytest.raises(GeneratorError):
        resolve_citations(Draft("", ((),)), [first])
    both = first.sentences + second.sentences
    with pytest.raises(GeneratorError):
        resolve_citations(Draft("", (both,)), [first, second])
