"""`tenkyo eval check-training` from end to end, on a small project."""

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from assistant.cli import main
from assistant.settings import Settings

GOLD = {"section_id": "n.md#節", "line_start": 2, "line_end": 2}
BUNDLED = {"id": "q-1", "question": "山の天気はどう変わる", "gold": [GOLD], "tags": ["own-words"]}
MEMO = {**BUNDLED, "id": "memo-1", "question": "犬の散歩は何時から"}
USER = {"id": "un-1", "question": "海の水はなぜ塩辛い"}
TRAINED = {
    "section_id": "t-1",
    "path": "t.md",
    "heading_path": ["庭"],
    "text": "トマトの苗は五月に植える。",
    "questions": [{"text": "苗を植える月", "kind": "short", "line": 1}],
}
NEAR_MISS = {"section_id": None, "near": "t-1", "questions": [{"text": "茄子", "kind": "direct"}]}
CLEAN = "1 training sections against 3 questions and 2 sections of the evaluation: 0 leaks"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run of the command left."""

    code: int
    out: str
    err: str


Check = Callable[..., Outcome]


def write(path: str, *lines: str | dict) -> None:
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    texts = (line if isinstance(line, str) else json.dumps(line) for line in lines)
    Path(path).write_text("".join(f"{text}\n" for text in texts), encoding="utf-8")


@pytest.fixture
def check(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Check:
    """Write training data, then run the command in a project of two notes and three questions."""
    for name in Settings.model_fields:
        monkeypatch.delenv(f"TENKYO_{name.upper()}", raising=False)
    monkeypatch.delenv("TENKYO_DEBUG", raising=False)
    monkeypatch.setenv("TENKYO_LANGUAGE", "en")
    monkeypatch.chdir(tmp_path)
    write("notes/n.md", "# 節", "高い峰では午後に雲が湧く。")
    write("eval/data/memos/notes/m.md", "# 控え", "朝六時に川まで歩く。")
    write("eval/data/questions/q.jsonl", BUNDLED)
    write("eval/data/memos/questions.jsonl", MEMO)
    write("eval/data/user-note-questions.jsonl", USER)

    def run(*training: str | dict, options: tuple[str, ...] = ()) -> Outcome:
        write("training/t.jsonl", *training)
        arguments = ["tenkyo", "eval", "check-training", "--data", "training", *options]
        monkeypatch.setattr(sys, "argv", arguments)
        with pytest.raises(SystemExit) as caught:
            main()
        printed = capsys.readouterr()
        assert isinstance(caught.value.code, int)
        return Outcome(caught.value.code, printed.out, printed.err)

    return run


def cells(outcome: Outcome) -> list[list[str]]:
    lines = (line for line in outcome.out.splitlines() if line.startswith("│"))
    return [[cell.strip() for cell in line.strip("│").split("│")] for line in lines]


def test_clean_data_passes_and_is_counted(check: Check) -> None:
    outcome = check(TRAINED, NEAR_MISS)
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.splitlines()[-1] == CLEAN
    assert cells(outcome) == [["short", "1"], ["unanswerable", "1"]]


@pytest.mark.parametrize("measured", [BUNDLED, MEMO, USER], ids=["bundled", "memo", "user"])
def test_a_question_of_any_set_is_a_leak(check: Check, measured: dict) -> None:
    asked = measured["question"]
    outcome = check({**TRAINED, "questions": [{"text": asked, "kind": "direct"}]})
    assert outcome.code == 1
    assert outcome.err == f"t-1: 「{asked}」 is 1.00 like {measured['id']}\n"
    assert outcome.out.endswith(": 1 leaks\n")


# The heading of the note does not count: training sections have none.
@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("高い峰では午後に雲が湧く。", "is 1.00 like n.md#節"),
        ("朝六時に川まで歩く。", "is 1.00 like m.md#控え"),
    ],
)
def test_a_section_of_the_notes_or_memos_is_a_leak(check: Check, text: str, told: str) -> None:
    outcome = check({**TRAINED, "text": text})
    assert outcome.code == 1
    assert outcome.err == f"t-1: {told}\n"


def test_a_leak_into_a_near_miss_is_told_once(check: Check) -> None:
    copied = {"text": MEMO["question"], "kind": "direct"}
    outcome = check(TRAINED, {**NEAR_MISS, "questions": [copied, copied]})
    assert outcome.code == 1
    assert outcome.err == f"t-1: 「{MEMO['question']}」 is 1.00 like memo-1\n"
    assert outcome.out.endswith(": 1 leaks\n")


def test_only_the_notes_given_are_compared(check: Check) -> None:
    copy_of_a_memo = {**TRAINED, "text": "朝六時に川まで歩く。"}
    outcome = check(copy_of_a_memo, options=("--notes", "notes"))
    assert outcome.code == 0
    assert outcome.out.splitlines()[-1] == CLEAN.replace("2 sections", "1 sections")


@pytest.mark.parametrize(
    ("training", "told"),
    [
        (["{oops"], "t.jsonl, line 1: is no JSON"),
        ([TRAINED, {"section_id": "t-2"}], "t.jsonl, line 2: KeyError('questions'): mend"),
        ([TRAINED, TRAINED], "t.jsonl, line 2: t-1 is used twice: rename one"),
        ([{**NEAR_MISS, "near": "t-9"}], "near misses of sections that do not exist (t-9)"),
    ],
    ids=["no JSON", "a field is missing", "an id comes twice", "unknown section"],
)
def test_bad_training_data_is_told_in_one_line(
    check: Check, training: list[str | dict], told: str
) -> None:
    check_failure(check(*training), told)


@pytest.mark.parametrize(
    ("option", "told"),
    [("--data", "nowhere: holds no training data (*.jsonl)"), ("--notes", "nowhere")],
)
def test_a_folder_that_is_not_there_is_told_in_one_line(
    check: Check, option: str, told: str
) -> None:
    check_failure(check(TRAINED, options=(option, "nowhere")), told)


def test_a_bad_question_set_is_told_in_one_line(check: Check) -> None:
    write("eval/data/memos/questions.jsonl", "{oops")
    check_failure(check(TRAINED), "eval/data/memos/questions.jsonl:1")


def check_failure(outcome: Outcome, told: str) -> None:
    assert outcome.code == 1
    assert outcome.err.startswith("Error: ")
    assert len(outcome.err.splitlines()) == 1
    assert told in outcome.err
    assert "unexpected failure" not in outcome.err
