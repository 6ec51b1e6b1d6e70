import json
from pathlib import Path

import pytest

from index.training.datatypes import TrainingQuestion, TrainingSection
from index.training.errors import TrainingDataError
from index.training.examples import count_kinds, data_folder, read_training_sections

QUESTION = {"text": "何?", "kind": "direct", "line": 1}


def record(section_id: str | None = "a-1", **changed: object) -> dict[str, object]:
    return {
        "section_id": section_id,
        "path": "a.md",
        "heading_path": ["甲"],
        "text": "本文。",
        "questions": [QUESTION],
        **changed,
    }


def near(section_id: object, *texts: str) -> dict[str, object]:
    return {"section_id": None, "near": section_id, "questions": [{"text": t} for t in texts]}


def write(folder: Path, name: str, *records: object) -> None:
    lines = [json.dumps(one, ensure_ascii=False) for one in records]
    (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")


def read_bad(folder: Path, reason: str) -> None:
    with pytest.raises(TrainingDataError, match=reason) as caught:
        read_training_sections(folder)
    assert "\n" not in str(caught.value)


def test_a_section_is_read(tmp_path: Path) -> None:
    write(
        tmp_path,
        "notes.jsonl",
        record(
            heading_path=["甲", "乙"],
            text="一行目\n二行目",
            questions=[
                {
                    "text": "どれ?",
                    "kind": "choice",
                    "line": 2,
                    "options": ["ア", "イ"],
                },
                {"text": "それは?", "kind": "follow-up", "history": ["前の問い", "次の問い"]},
            ],
        ),
    )
    assert read_training_sections(tmp_path) == [
        TrainingSection(
            section_id="a-1",
            source="notes",
            path="a.md",
            heading_path=("甲", "乙"),
            text="一行目\n二行目",
            questions=(
                TrainingQuestion("どれ? ア イ", "choice", 2),
                TrainingQuestion("前の問い 次の問い それは?", "follow-up", None),
            ),
            near_misses=(),
        )
    ]


def test_files_and_lines_keep_their_order(tmp_path: Path) -> None:
    write(tmp_path, "b.jsonl", record("b-2"), record("b-1"))
    write(tmp_path, "a.jsonl", record("a-9"))
    write(tmp_path, "README.md", "no data")
    found = read_training_sections(tmp_path)
    assert [(s.source, s.section_id) for s in found] == [("a", "a-9"), ("b", "b-2"), ("b", "b-1")]


def test_blank_lines_are_skipped(tmp_path: Path) -> None:
    line = json.dumps(record())
    (tmp_path / "a.jsonl").write_text(f"\n{line}\n  \n", encoding="utf-8")
    assert [s.section_id for s in read_training_sections(tmp_path)] == ["a-1"]


def test_near_misses_belong_to_the_section_that_they_name(tmp_path: Path) -> None:
    # `a.jsonl` is read first: a near miss may stand before its section.
    write(tmp_path, "a.jsonl", near("b-1", "一", "二"), record("a-1"))
    write(tmp_path, "b.jsonl", record("b-1"), near("b-1", "三"))
    found = {s.section_id: s.near_misses for s in read_training_sections(tmp_path)}
    assert found == {"a-1": (), "b-1": ("一", "二", "三")}


def test_kinds_are_counted_and_near_misses_come_last(tmp_path: Path) -> None:
    alias = {"text": "別名?", "kind": "alias"}
    write(
        tmp_path,
        "a.jsonl",
        record("a-1", questions=[QUESTION, alias]),
        record("a-2", questions=[alias]),
        near("a-1", "一", "二", "三"),
    )
    counts = count_kinds(read_training_sections(tmp_path))
    assert list(counts.items()) == [("alias", 2), ("direct", 1), ("unanswerable", 3)]


def test_a_section_may_be_empty_or_without_questions(tmp_path: Path) -> None:
    write(tmp_path, "a.jsonl", record(text="", questions=[]))
    (section,) = read_training_sections(tmp_path)
    assert (section.text, section.questions) == ("", ())


def test_a_folder_without_data_is_told(tmp_path: Path) -> None:
    read_bad(tmp_path, "holds no training data")
    read_bad(tmp_path / "nothing", "holds no training data")


@pytest.mark.parametrize("line", ["{", "no json", '{"section_id": "a-2",}', "\ufeff{}"])
def test_a_line_that_is_no_json_is_told_with_its_place(tmp_path: Path, line: str) -> None:
    # The mark of a byte order counts as part of a line.
    (tmp_path / "a.jsonl").write_text(f"{json.dumps(record())}\n\n{line}\n", encoding="utf-8")
    read_bad(tmp_path, "a.jsonl, line 3: is no JSON .*mend this line")


def test_bytes_that_are_no_text_are_told(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(json.dumps(record()).encode() + b"\xff\n")
    read_bad(tmp_path, "a.jsonl: is no UTF-8")


@pytest.mark.parametrize(
    "line",
    [
        [],
        "text",
        None,
        {},
        {"section_id": None, "questions": [{"text": "近い?"}]},
        near(["a-1"], "近い?"),
        {key: value for key, value in record("a-2").items() if key != "path"},
        record("a-2", heading_path=[]),
        record("a-2", heading_path="甲"),
        record("a-2", text=None),
        record("a-2", questions=None),
        record("a-2", questions=["何?"]),
        record("a-2", questions=[{"kind": "direct"}]),
        record("a-2", questions=[{"text": "何?"}]),
        record("a-2", questions=[{"text": None, "kind": "direct"}]),
        record(["a-2"]),
    ],
)
def test_a_line_of_another_form_is_told_with_its_place(tmp_path: Path, line: object) -> None:
    write(tmp_path, "a.jsonl", record(), line)
    read_bad(tmp_path, "a.jsonl, line 2: .*mend this line")


def test_an_id_may_be_used_once_in_all_files(tmp_path: Path) -> None:
    write(tmp_path, "a.jsonl", record("x"))
    write(tmp_path, "b.jsonl", record("y"), record("x"))
    read_bad(tmp_path, "b.jsonl, line 2: x is used twice")


@pytest.mark.parametrize("unknown", [["b", "c"], [None], [None, "b"]])
def test_a_near_miss_of_no_section_is_told(tmp_path: Path, unknown: list[str | None]) -> None:
    write(tmp_path, "a.jsonl", record(), *(near(one, "近い?") for one in unknown))
    read_bad(tmp_path, f"do not exist .{unknown[0]}.: mend `near`")


def test_the_marked_lines_of_the_projects_data_hold_text() -> None:
    sections = read_training_sections(data_folder())
    assert sections
    for section in sections:
        lines = section.text.split("\n")
        for question in section.questions:
            if question.line is not None:
                assert 1 <= question.line <= len(lines), (section.section_id, question)
                assert lines[question.line - 1].strip(), (section.section_id, question)
