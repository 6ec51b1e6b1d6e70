"""Measures how many false statements the statement checker catches, and how many sound ones.

    python -m eval.bench.checker [--misses]

The statements are those of `eval/data/checker`. Rules and thresholds were chosen on `dev`, so
`--misses` lists those of `dev` alone.
"""

import argparse
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from assistant.checking.checker import SourceChecker
from assistant.checking.source_text import show_source
from assistant.protocols import StatementChecker, Verdict
from assistant.settings import Settings
from assistant.wiring import load_words
from eval.datatypes import Split
from ingest.aliases import AliasTable, load_listed_aliases

_FOLDER = Path(__file__).parents[1] / "data" / "checker"
SOUND = "faithful"


@dataclass(frozen=True, slots=True)
class Case:
    """A statement and the lines that it cites.

    kind: what is false in it, or `SOUND`.
    source: the lines with their headings in front.
    """

    case_id: str
    split: Split
    kind: str
    statement: str
    source: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the checker said of a case."""

    case: Case
    verdict: Verdict

    @property
    def is_right(self) -> bool:
        """Whether it struck what is false, or let pass what is sound."""
        return self.verdict.is_supported == (self.case.kind == SOUND)


def read_cases(lines: Iterable[str], *, is_sound: bool) -> list[Case]:
    """Return the cases of a file of `eval/data/checker`; blank lines are passed over."""
    records: list[Mapping[str, str | Sequence[str]]] = [
        json.loads(line) for line in lines if line.strip()
    ]
    return [
        Case(
            str(record["id"]),
            Split(str(record["split"])),
            SOUND if is_sound else str(record["kind"]),
            str(record["statement"]),
            show_source(str(record["path"]), record["headings"], str(record["source"])),
        )
        for record in records
    ]


def check_cases(checker: StatementChecker, cases: Sequence[Case]) -> list[Outcome]:
    """Return what the checker says of every case, in their order."""
    return [Outcome(case, checker.check(case.statement, [case.source])) for case in cases]


def tabulate(outcomes: Sequence[Outcome]) -> Table:
    """Return a table of how many were struck, one row a kind, one pair of columns a split."""
    struck: dict[tuple[str, Split], list[bool]] = defaultdict(list)
    for outcome in outcomes:
        is_struck = not outcome.verdict.is_supported
        struck[outcome.case.kind, outcome.case.split].append(is_struck)
        if outcome.case.kind != SOUND:
            struck["all that is false", outcome.case.split].append(is_struck)
    table = Table("kind", *(f"{split}: struck of" for split in Split))
    for kind in sorted({kind for kind, _ in struck}, key=lambda kind: (kind == SOUND, kind)):
        table.add_row(kind, *(_format_share(struck[kind, split]) for split in Split))
    return table


def _format_share(struck: Sequence[bool]) -> str:
    if not struck:
        return "-"
    return f"{sum(struck)} of {len(struck)} ({sum(struck) / len(struck):.2f})"


def main() -> None:
    """Check every statement and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--misses", action="store_true", help="list what was judged wrongly in dev")
    arguments = parser.parse_args()
    cases = []
    for name in ("corrupted", SOUND):
        lines = (_FOLDER / f"{name}.jsonl").read_text(encoding="utf-8").split("\n")
        cases += read_cases(lines, is_sound=name == SOUND)
    checker = SourceChecker(load_words(Settings()).analyze, AliasTable(load_listed_aliases()))
    outcomes = check_cases(checker, cases)
    console = Console()
    console.print(tabulate(outcomes))
    for outcome in outcomes if arguments.misses else ():
        if not outcome.is_right and outcome.case.split is Split.DEV:
            case = outcome.case
            console.print(f"\n{case.case_id} {case.kind} {escape(outcome.verdict.detail)}")
            console.print(escape(f"  {case.statement}\n  {case.source}"))


if __name__ == "__main__":
    main()
