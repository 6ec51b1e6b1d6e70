"""The JSON objects of the command line's contract: an answer line, a hit, a citation."""

import json
from typing import Any

from assistant.datatypes import Answer, Citation, SectionHit


def answer_record(answer: Answer, query_id: str) -> dict[str, Any]:
    """Return the object that `ask --json` prints and `batch` writes, one a line."""
    return {
        "id": query_id,
        "text": answer.text,
        "abstained": None if answer.abstained is None else answer.abstained.value,
        "confidence": round(answer.confidence, 6),
        "choice": answer.choice,
        "citations": [citation_record(citation) for citation in answer.citations],
        "hits": [hit_record(hit) for hit in answer.hits],
    }


def citation_record(citation: Citation) -> dict[str, Any]:
    """Return a citation as JSON shows it."""
    return {
        "marker": citation.marker,
        "path": citation.path,
        "heading_path": list(citation.heading_path),
        "line_start": citation.line_start,
        "line_end": citation.line_end,
        "quote": citation.quote,
    }


def hit_record(hit: SectionHit) -> dict[str, Any]:
    """Return one of the best sections as JSON shows it."""
    return {
        "path": hit.path,
        "heading_path": list(hit.heading_path),
        "line_start": hit.line_start,
        "line_end": hit.line_end,
        "score": round(hit.score, 6),
    }


def to_json(record: dict[str, Any]) -> str:
    """Return one line of JSON that any UTF-8 consumer can read."""
    # A lone surrogate cannot be written as UTF-8; notes are cleaned, a path may still hold one.
    return json.dumps(record, ensure_ascii=False).encode("utf-8", "replace").decode("utf-8")
