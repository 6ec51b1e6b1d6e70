"""`tenkyo eval compare` holds two runs against each other by the questions that both were asked."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.cli import main
from assistant.settings import Settings
from eval.questions import write_question_set
from eval.runs import write_run
from tests.eval.records import ask, result, run_of

QUESTIONS = [ask("q1", "n.md#a"), ask("q2", "n.md#a"), ask("q3", "n.md#a")]
# Right, wrong, right; and wrong, wrong.
LONG = run_of(result("q1", "n.md#a"), result("q2", "n.md#b"), result("q3", "n.md#a"), system="long")
SHORT = run_of(result("q1", "n.md#b"), result("q2", "n.md#b"), system="short")

Compare = Callable[..., tuple[int, str, str]]


@pytest.fixture
def compare(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Compare:
    """Run the command on the two runs and the questions; return exit code and both outputs."""
    for name in Settings.model_fields:
        monkeypatch.delenv(f"TENKYO_{name.upper()}", raising=False)
    monkeypatch.setenv("TENKYO_LANGUAGE", "en")
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.chdir(tmp_path)
    write_run(Path("long.json"), LONG)
    write_run(Path("short.json"), SHORT)
    write_question_set(Path("questions.jsonl"), QUESTIONS)

    def run(*arguments: str) -> tuple[int, str, str]:
        command = ["tenkyo", "eval", "compare", *arguments, "--questions", "questions.jsonl"]
        monkeypatch.setattr(sys, "argv", command)
        with pytest.raises(SystemExit) as caught:
            main()
        printed = capsys.readouterr()
        assert isinstance(caught.value.code, int)
        return caught.value.code, printed.out, printed.err

    return run


def read_rows(out: str) -> list[list[str]]:
    lines = (line for line in out.splitlines() if line.startswith("│"))
    return [[cell.strip() for cell in line.strip("│").split("│")] for line in lines]


@pytest.mark.parametrize(
    ("first", "second", "means", "difference"),
    [
        ("short", "long", ["0.000", "0.500"], "+0.500"),
        ("long", "short", ["0.500", "0.000"], "-0.5"),
    ],
)
def test_what_only_one_was_asked_does_not_count(
    compare: Compare, first: str, second: str, means: list[str], difference: str
) -> None:
    code, out, _ = compare(f"{first}.json", f"{second}.json", "-m", "R@1")
    assert code == 0
    assert f"A: {first}\nB: {second}\n" in out
    rows = read_rows(out)
    assert [row[:5] for row in rows] == [
        ["all", "R@1", "2", *means],
        ["own-words", "R@1", "2", *means],
    ]
    assert all(row[5].startswith(difference) for row in rows)


def test_runs_without_a_common_question_are_told_in_one_line(compare: Compare) -> None:
    write_run(Path("other.json"), run_of(result("q9", "n.md#a")))
    code, _, err = compare("long.json", "other.json")
    assert code == 1
    assert err == (
        "Error: long.json and other.json: no question of questions.jsonl was asked in both; "
        "compare runs of the same split, and name their set with --questions\n"
    )


def test_an_unknown_measure_is_told(compare: Compare) -> None:
    code, _, err = compare("long.json", "short.json", "-m", "R@2")
    assert code == 2
    assert "R@2 is none of R@1" in err
