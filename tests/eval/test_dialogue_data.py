"""The dialogues and the yes/no questions point at lines that say what they should."""

import json
from collections import Counter
from pathlib import Path

import pytest

from ingest.datatypes import Note, Section
from ingest.markdown import parse_sections
from ingest.reader import read_notes

DATA = Path("eval/data")


def read_lines(name: str) -> list[dict]:
    return [json.loads(line) for line in (DATA / name).read_text(encoding="utf-8").splitlines()]


TURNS = read_lines("dialogues.jsonl")
YES_NO = read_lines("polarity.jsonl")


@pytest.fixture(scope="module")
def notes() -> dict[str, Note]:
    return {note.path: note for note in read_notes(Path("notes")).notes}


@pytest.fixture(scope="module")
def sections(notes: dict[str, Note]) -> dict[str, Section]:
    found = [section for note in notes.values() for section in parse_sections(note)]
    return {section.section_id: section for section in found}


def test_every_turn_points_into_its_section(sections: dict[str, Section]) -> None:
    for turn in TURNS:
        assert bool(turn["gold"]) == (turn["kind"] != "chat"), turn["question"]
        for gold in turn["gold"]:
            section = sections[gold["section_id"]]
            assert section.line_start < gold["line_start"] <= gold["line_end"] <= section.line_end


def test_dialogues_have_ten_turns_in_one_split() -> None:
    assert len(TURNS) == 240
    for i in range(0, len(TURNS), 10):
        turns = TURNS[i : i + 10]
        assert [turn["turn"] for turn in turns] == list(range(1, 11))
        assert len({(turn["dialogue"], turn["split"]) for turn in turns}) == 1
    assert Counter(turn["split"] for turn in TURNS) == {"dev": 120, "test": 120}


def test_the_source_of_a_yes_no_question_is_what_the_note_says(
    notes: dict[str, Note], sections: dict[str, Section]
) -> None:
    for record in YES_NO:
        section = sections[record["section_id"]]
        start, end = record["line_start"], record["line_end"]
        assert section.line_start <= start <= end <= section.line_end
        lines = notes[section.path].text.split("\n")[start - 1 : end]
        assert record["source"] == "\n".join(lines), record["id"]


def test_yes_no_questions_are_spread_evenly() -> None:
    counts = Counter((record["split"], record["expected"]) for record in YES_NO)
    for split in ("dev", "test"):
        assert [counts[split, expected] for expected in ("yes", "no", "none")] == [45, 45, 30]
    assert len({record["question"] for record in YES_NO}) == 240
