"""Divides a question set into `dev` and `test` by section.

No section has questions in both halves: what was tuned on a section must not be reported on it.
Questions that share a section (gold, or nearest for an unanswerable one) go together, and so do all
that are chained to them. The half follows from a digest of the group's first section id, so that it
does not depend on the order of the questions.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import replace

from eval.datatypes import LabelledQuestion, Split


def touched_sections(labelled: LabelledQuestion) -> frozenset[str]:
    """Return the sections that a question says something about."""
    sections = {gold.section_id for gold in labelled.gold}
    return frozenset(sections | {labelled.near} if labelled.near else sections)


def assign_splits(questions: Sequence[LabelledQuestion]) -> list[LabelledQuestion]:
    """Return the questions in their order, each in the half that its sections belong to."""
    parent: dict[str, str] = {}

    def find(section: str) -> str:
        while parent.setdefault(section, section) != section:
            section = parent[section]
        return section

    for labelled in questions:
        first, *others = sorted(touched_sections(labelled)) or [labelled.query_id]
        for other in others:
            # The smaller id stays the group's name: the result is the same in any order.
            low, high = sorted((find(first), find(other)))
            parent[high] = low
        find(first)
    return [
        replace(
            labelled,
            split=_choose_half(find(min(touched_sections(labelled), default=labelled.query_id))),
        )
        for labelled in questions
    ]


def find_leaks(questions: Sequence[LabelledQuestion]) -> list[str]:
    """Return the sections that have questions in both halves, sorted."""
    halves: dict[str, set[Split]] = {}
    for labelled in questions:
        for section in touched_sections(labelled):
            halves.setdefault(section, set()).add(labelled.split)
    return sorted(section for section, found in halves.items() if len(found) > 1)


def _choose_half(group: str) -> Split:
    first = hashlib.sha256(group.encode("utf-8")).digest()[0]
    return Split.DEV if first % 2 == 0 else Split.TEST
