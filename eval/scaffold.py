"""Proposes sections that no question asks about yet, as lines that a person completes."""

import json
from collections.abc import Mapping, Sequence
from itertools import count as count_up

from eval.datatypes import LabelledQuestion
from eval.splits import touched_sections
from ingest.datatypes import Section
from ingest.plaintext import is_empty_section


def propose_questions(
    sections: Mapping[str, Section], questions: Sequence[LabelledQuestion], count: int
) -> list[str]:
    """Return unfinished question lines for `count` sections without a question.

    Sections are taken evenly over the notes, so that ten lines touch many files. The text to ask
    about stands in the line as `explanation`; the writer replaces it.
    """
    asked = {section for question in questions for section in touched_sections(question)}
    free = [
        section
        for section in sections.values()
        if section.section_id not in asked and not is_empty_section(section)
    ]
    taken = {question.query_id for question in questions}
    ids = (name for number in count_up(1) if (name := f"new-{number:03}") not in taken)
    number = min(count, len(free))
    return [
        json.dumps(_draft_line(next(ids), free[i * len(free) // number]), ensure_ascii=False)
        for i in range(number)
    ]


def _draft_line(query_id: str, section: Section) -> dict[str, object]:
    has_heading = section.level > 0
    body_start = min(section.line_start + has_heading, section.line_end)
    return {
        "id": query_id,
        "question": "",
        "gold": [
            {
                "section_id": section.section_id,
                "line_start": body_start,
                "line_end": section.line_end,
            }
        ],
        "answer": "",
        "key_facts": [],
        "explanation": section.text,
        "tags": ["own-words"],
    }
