"""The JSON objects are those of the command line's contract, key by key."""

import json

from assistant.datatypes import AbstentionReason, Answer, Citation, SectionHit
from assistant.records import answer_record, citation_record, hit_record, to_json

HIT = SectionHit("a.md#節", "a.md", ("題", "節"), 3, 5, 0.123456789)
CITATION = Citation(1, "a.md#節", "a.md", ("題", "節"), 4, 4, "本文。", "0" * 64)
HIT_RECORD = {
    "path": "a.md",
    "heading_path": ["題", "節"],
    "line_start": 3,
    "line_end": 5,
    "score": 0.123457,
}
CITATION_RECORD = {
    "marker": 1,
    "path": "a.md",
    "heading_path": ["題", "節"],
    "line_start": 4,
    "line_end": 4,
    "quote": "本文。",
}


def test_hits_and_citations_tell_neither_ids_nor_digests() -> None:
    assert hit_record(HIT) == HIT_RECORD
    assert citation_record(CITATION) == CITATION_RECORD


def test_an_answer() -> None:
    answer = Answer("問?", "本文。 [1]", (CITATION,), (HIT,), None, 2 / 3, "AC", ("次は?",))
    assert list(answer_record(answer, "q1").items()) == [
        ("id", "q1"),
        ("text", "本文。 [1]"),
        ("abstained", None),
        ("confidence", 0.666667),
        ("choice", "AC"),
        ("citations", [CITATION_RECORD]),
        ("hits", [HIT_RECORD]),
    ]


def test_an_abstention_names_its_reason_as_a_plain_string() -> None:
    answer = Answer("問?", "ない", (), (HIT,), AbstentionReason.LOW_CONFIDENCE, 0.1)
    record = answer_record(answer, "q1")
    assert (record["abstained"], record["citations"]) == ("low-confidence", [])
    assert json.loads(to_json(record)) == record


def test_json_is_one_line_of_readable_utf8() -> None:
    line = to_json({"text": "一行目\n二行目\u2028\x1b[31m", "path": "a\udcff.md"})
    assert line == '{"text": "一行目\\n二行目\u2028\\u001b[31m", "path": "a?.md"}'
    assert line.encode("utf-8")
