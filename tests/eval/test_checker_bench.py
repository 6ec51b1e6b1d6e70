"""The counts of the checker's bench, on a checker that strikes what has a certain word."""

import json

import pytest
from rich.console import Console

from assistant.protocols import Flaw, Verdict
from eval.bench.checker import SOUND, Case, Outcome, check_cases, read_cases, tabulate
from eval.datatypes import Split

RECORD = {
    "id": "c-1",
    "split": "dev",
    "path": "garden.md",
    "headings": ["庭", "水やり"],
    "source": "朝にまく。",
    "statement": "夜にまく。",
    "kind": "name",
}


class WordChecker:
    """Strikes statements that have `word`; keeps what it was asked."""

    def __init__(self, word: str) -> None:
        self._word = word
        self.asked: list[tuple[str, list[str]]] = []

    def check(self, statement: str, sources: list[str]) -> Verdict:
        self.asked.append((statement, sources))
        return Verdict((Flaw.CONTENT,), self._word) if self._word in statement else Verdict()


def make_case(kind: str, statement: str, split: Split = Split.DEV) -> Case:
    return Case("c-0", split, kind, statement, "朝にまく。")


def test_cases_are_read():
    lines = [json.dumps(RECORD, ensure_ascii=False), ""]
    (case,) = read_cases(lines, is_sound=False)
    assert (case.case_id, case.split, case.kind) == ("c-1", Split.DEV, "name")
    assert case.statement == "夜にまく。"
    assert case.source.split("\n")[-1] == "朝にまく。"
    assert case.source.index("庭") < case.source.index("水やり") < case.source.index("朝")


def test_sound_cases_have_no_kind_of_their_own():
    record = {key: value for key, value in RECORD.items() if key != "kind"}
    (case,) = read_cases([json.dumps(record)], is_sound=True)
    assert case.kind == SOUND


@pytest.mark.parametrize(
    ("kind", "statement", "is_right"),
    [
        ("name", "夜にまく。", True),
        ("name", "朝にまく。", False),
        (SOUND, "夜にまく。", False),
        (SOUND, "朝にまく。", True),
    ],
)
def test_what_is_right(kind, statement, is_right):
    checker = WordChecker("夜")
    (outcome,) = check_cases(checker, [make_case(kind, statement)])
    assert outcome.is_right is is_right
    assert checker.asked == [(statement, ["朝にまく。"])]


def test_the_table_counts_what_was_struck():
    struck, passed = Verdict((Flaw.NAME,)), Verdict()
    outcomes = [
        Outcome(make_case("name", "a"), struck),
        Outcome(make_case("name", "b"), passed),
        Outcome(make_case("unit", "c"), struck),
        Outcome(make_case("unit", "d", Split.TEST), passed),
        Outcome(make_case(SOUND, "e"), passed),
    ]
    console = Console(width=120)
    with console.capture() as capture:
        console.print(tabulate(outcomes))
    rows = [
        [cell.strip() for cell in line.strip("│ \n").split("│")]
        for line in capture.get().split("\n")
        if line.startswith("│")
    ]
    assert rows == [
        ["all that is false", "2 of 3 (0.67)", "0 of 1 (0.00)"],
        ["name", "1 of 2 (0.50)", "-"],
        ["unit", "1 of 1 (1.00)", "0 of 1 (0.00)"],
        [SOUND, "0 of 1 (0.00)", "-"],
    ]
