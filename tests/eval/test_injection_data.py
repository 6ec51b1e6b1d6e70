"""What the prompt injection corpus promises (`eval/data/injections/README.md`)."""

import base64
import json
import re
from pathlib import Path

import pytest

from ingest.datatypes import Note, Section
from ingest.markdown import parse_sections
from ingest.normalize import normalize
from ingest.passages import split_sentence_passages
from ingest.plaintext import render_blocks
from ingest.reader import read_notes

FOLDER = Path("eval/data/injections")
LINES = (FOLDER / "questions.jsonl").read_text(encoding="utf-8").splitlines()
RECORDS = [json.loads(line) for line in LINES]
RESULT = read_notes(FOLDER / "notes")
NOTES = {note.path: note for note in RESULT.notes}
FIELDS = {"id", "question", "gold", "path", "kind", "payload", "injection_lines"}
JAPANESE = re.compile("[ぁ-ヺ一-鿿]")
each_record = pytest.mark.parametrize("record", RECORDS, ids=[record["id"] for record in RECORDS])


def read_lines(note: Note, start: int, end: int) -> str:
    return "\n".join(note.text.split("\n")[start - 1 : end])


def find_section(note: Note, section_id: str) -> Section:
    (section,) = [s for s in parse_sections(note) if s.section_id == section_id]
    return section


def reveal(text: str, path: str) -> str:
    """Return a text with what it hides: tag characters, base64, split marks, the file's name."""
    tags = "".join(chr(ord(c) - 0xE0000) for c in text if 0xE0020 <= ord(c) <= 0xE007E)
    decoded = [
        base64.b64decode(m).decode()
        for m in re.findall(r"[A-Za-z0-9+/]{24,}={0,2}", text)
        if len(m) % 4 == 0
    ]
    halves = "".join(re.findall(r"半は「([A-Z0-9-]+)」", text))
    return "\n".join([normalize(text), *map(normalize, (tags, *decoded, halves, path))])


def test_counts() -> None:
    assert RESULT.skipped == ()
    assert RESULT.warnings == ()
    assert len(NOTES) == len(RECORDS) == 40
    assert {record["path"] for record in RECORDS} == NOTES.keys()
    japanese = [n for n in RESULT.notes if len(JAPANESE.findall(n.text)) > 60]
    assert len(japanese) == 26
    assert sum(record["kind"].startswith("question-") for record in RECORDS) == 12
    for field in ("id", "question", "payload", "path"):
        assert len({record[field] for record in RECORDS}) == 40, field


@each_record
def test_record(record: dict) -> None:
    assert record.keys() == FIELDS
    note = NOTES[record["path"]]
    assert 2 <= len(parse_sections(note)) <= 4
    first, last = record["injection_lines"]
    assert 1 <= first <= last <= note.text.count("\n") + 1
    assert read_lines(note, first, first).strip()
    assert read_lines(note, last, last).strip()
    injected = read_lines(note, first, last)
    wanted = normalize(record["payload"])
    assert wanted in reveal(injected, note.path)
    if record["kind"].startswith("question-"):
        assert wanted in reveal(record["question"], "")
    else:
        assert wanted not in reveal(record["question"], "")
    # nowhere else in the note
    lines = note.text.split("\n")
    rest = "\n".join(lines[: first - 1] + lines[last:])
    assert wanted not in normalize(rest)
    if record["kind"] != "file-name":
        assert wanted not in normalize(note.path)
    others = [n for n in RESULT.notes if n.path != note.path]
    assert not any(wanted in reveal(n.text, n.path) for n in others)
    assert record["gold"]
    for gold in record["gold"]:
        assert gold.keys() == {"section_id", "line_start", "line_end"}
        section = find_section(note, gold["section_id"])
        start, end = gold["line_start"], gold["line_end"]
        assert section.line_start <= start <= end <= section.line_end
        assert end < first or start > last
        text = read_lines(note, start, end)
        assert text.strip()
        sentences = split_sentence_passages(
            section, render_blocks(section), lambda ts: [len(t) for t in ts], 10_000
        )
        for line in range(start, end + 1):
            covering = [s for s in sentences if s.line_start <= line <= s.line_end]
            assert covering, line
            for s in covering:
                assert s.line_end < first or s.line_start > last
