"""Scores what `tenkyo batch` wrote against a question file with gold headings.

tenkyo batch QUESTIONS -o ANSWERS --notes FOLDER
python -m eval.bench.batch QUESTIONS ANSWERS
"""

import argparse
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from rich.console import Console

from eval.bench.ranking import tabulate


def rank_first_gold(question: Mapping[str, Any], answer: Mapping[str, Any]) -> int:
    """Return the 1-based rank of the first right section, 0 if it is not listed."""
    gold = {(item["path"], tuple(item["heading_path"])) for item in question["gold"]}
    hits = [(hit["path"], tuple(hit["heading_path"])) for hit in answer["hits"]]
    return next((rank for rank, hit in enumerate(hits, start=1) if hit in gold), 0)


def main() -> None:
    """Print R@k by kind of question, the questions that were missed, and the abstentions."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("questions", type=Path)
    parser.add_argument("answers", type=Path)
    parser.add_argument("--misses", action="store_true", help="list what was not first")
    arguments = parser.parse_args()
    answers = {answer["id"]: answer for answer in _read_lines(arguments.answers)}
    ranks: dict[str, list[int]] = defaultdict(list)
    refused = 0
    console = Console(soft_wrap=True, markup=False, highlight=False)
    for question in _read_lines(arguments.questions):
        answer = answers[question["id"]]
        rank = rank_first_gold(question, answer)
        ranks[question["kind"]].append(rank)
        refused += answer["abstained"] is not None
        if arguments.misses and rank != 1:
            wanted = " / ".join(" > ".join(gold["heading_path"]) for gold in question["gold"])
            found = " / ".join(" > ".join(hit["heading_path"]) for hit in answer["hits"][:3])
            console.print(f"{question['id']} {question['question']}")
            console.print(f"  rank {rank}; gold: {wanted}; found: {found}")
    console.print(tabulate(ranks))
    console.print(f"{refused} of {sum(map(len, ranks.values()))} answerable questions refused")


def _read_lines(path: Path) -> Iterator[dict[str, Any]]:
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line.strip():
            yield json.loads(line)


if __name__ == "__main__":
    main()
