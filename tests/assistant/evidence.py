"""Builds evidence for tests: sections whose text is one sentence a line."""

import hashlib
from collections.abc import Sequence

from assistant.datatypes import Evidence
from ingest.datatypes import Passage, PassageKind, Section


def build_evidence(
    name: str,
    score: float,
    scored: Sequence[tuple[str, float] | tuple[str, float, int]],
    *,
    table: bool = False,
) -> Evidence:
    """Return evidence of a section `name`; every entry is (text, relevance[, list number])."""
    rows = [f"| {entry[0]} |" if table else entry[0] for entry in scored]
    text = "\n".join([f"# {name}", *rows])
    section_id = f"{name}.md#{name}"
    section = Section(
        section_id,
        f"{name}.md",
        (name,),
        1,
        name,
        1,
        1 + len(scored),
        text,
        hashlib.sha256(text.encode()).hexdigest(),
    )
    sentences = []
    offset = len(f"# {name}") + 1
    for ordinal, (entry, row) in enumerate(zip(scored, rows, strict=True)):
        group = entry[2] if len(entry) == 3 else None
        line = 2 + ordinal
        sentences.append(
            Passage(
                f"{section_id}:s{ordinal}",
                section_id,
                ordinal,
                PassageKind.SENTENCE,
                entry[0],
                line,
                line,
                offset,
                offset + len(row),
                group,
            )
        )
        offset += len(row) + 1
    return Evidence(section, score, tuple(sentences), tuple(entry[1] for entry in scored))
