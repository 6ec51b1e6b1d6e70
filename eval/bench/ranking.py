"""Ranks sections of the form of the training data through the assistant's own path; prints R@k.

    python -m eval.bench.ranking FOLDER [--every N]

FOLDER holds such files (`index/training/data/README.md`); they are written out as notes first.
"""

import argparse
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.progress import track
from rich.table import Table

from assistant.messages import JAPANESE
from assistant.settings import Settings
from assistant.wiring import load_engine, open_assistant, refresh_notes
from eval.bench.corpora import Case, write_section_notes

DEPTH = 10


def rank_gold(assistant_hits: Sequence[tuple[str, tuple[str, ...]]], case: Case) -> int:
    """Return the 1-based rank of the first right section, 0 if it is not there."""
    return next((i for i, hit in enumerate(assistant_hits, 1) if hit in case.gold), 0)


def tabulate(ranks: dict[str, list[int]]) -> Table:
    """Return a table of R@1, R@3, R@5 and MRR, one row a kind of question."""
    table = Table("kind", "n", "R@1", "R@3", "R@5", "MRR@10")
    everything = [rank for values in ranks.values() for rank in values]
    for kind, values in [*sorted(ranks.items()), ("all", everything)]:
        n = len(values)
        recalls = [sum(0 < rank <= k for rank in values) / n for k in (1, 3, 5)]
        reciprocal = sum(1 / rank for rank in values if rank) / n
        table.add_row(kind, str(n), *(f"{recall:.3f}" for recall in recalls), f"{reciprocal:.3f}")
    return table


def main() -> None:
    """Index the corpus in a temporary folder, ask every question, print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("source", type=Path)
    parser.add_argument("--every", type=int, default=1, help="ask every n-th question only")
    arguments = parser.parse_args()
    console = Console(file=sys.stderr)
    with tempfile.TemporaryDirectory() as folder:
        notes = Path(folder) / "notes"
        notes.mkdir()
        cases = write_section_notes(arguments.source.glob("*.jsonl"), notes)
        settings = Settings(notes=notes, index=Path(folder) / "index")
        engine = load_engine(settings)
        started = time.perf_counter()
        report = refresh_notes(settings, engine)
        console.print(
            f"indexed {report.sections} sections in {time.perf_counter() - started:.0f} s"
        )
        assistant = open_assistant(settings, engine, JAPANESE)
        answerable = [case for case in cases if case.gold][:: arguments.every]
        ranks: dict[str, list[int]] = defaultdict(list)
        for case in track(answerable, console=console):
            hits = [(hit.path, hit.heading_path) for hit in assistant.search(case.text, DEPTH)]
            ranks[case.kind].append(rank_gold(hits, case))
    Console().print(tabulate(ranks))


if __name__ == "__main__":
    main()
