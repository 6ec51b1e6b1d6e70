"""Measures follow-up questions: is a right section first at every turn of the dialogues?

    python -m eval.bench.dialogues [--split dev|test] [--misses]

Every turn of `eval/data/dialogues.jsonl` that the notes answer is asked behind all earlier turns of
its dialogue, and once more alone: questions that stand by themselves must lose nothing by what was
said before.
"""

import argparse
import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from rich.console import Console
from rich.table import Table

from assistant.datatypes import Question
from eval.bench.bundled import open_bundled_notes

DIALOGUES = Path("eval/data/dialogues.jsonl")
# Kinds whose questions name all that they ask about.
STANDING = ("first", "new-topic")


def main() -> None:
    """Print R@1 by kind of turn, behind the dialogue and alone."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--split", choices=("dev", "test"), default="dev")
    parser.add_argument("--misses", action="store_true", help="list what was not first")
    arguments = parser.parse_args()
    _, _, assistant = open_bundled_notes()
    console = Console(soft_wrap=True, markup=False, highlight=False)
    scores: defaultdict[str, list[tuple[bool, bool]]] = defaultdict(list)
    for kind, question, gold in read_turns(DIALOGUES, arguments.split):
        behind = assistant.rank(question, 1)[0].section_id
        alone = assistant.rank(Question(question.text), 1)[0].section_id
        scores[kind].append((behind in gold, alone in gold))
        if arguments.misses and behind not in gold:
            console.print(f"{kind}: {' / '.join(question.history[-2:])} / {question.text}")
            console.print(f"  gold: {' '.join(sorted(gold))}; found: {behind}")
    console.print(tabulate_turns(scores))


def read_turns(path: Path, split: str) -> Iterator[tuple[str, Question, frozenset[str]]]:
    """Yield the kind of every answerable turn, its question with its history, and its sections."""
    said: defaultdict[str, list[str]] = defaultdict(list)
    for line in path.read_text(encoding="utf-8").splitlines():
        turn = json.loads(line)
        earlier = said[turn["dialogue"]]
        gold = frozenset(entry["section_id"] for entry in turn["gold"])
        if gold and turn["split"] == split:
            yield turn["kind"], Question(turn["question"], history=tuple(earlier)), gold
        earlier.append(turn["question"])


def tabulate_turns(scores: dict[str, list[tuple[bool, bool]]]) -> Table:
    """Return R@1 by kind, of those that need the dialogue, of those that stand alone, and of all.

    :param scores: by kind, for every turn, whether a right section was first behind the dialogue,
        and alone.
    """
    table = Table("kind", "n", "R@1 in the dialogue", "R@1 alone")
    standing = [pair for kind in STANDING for pair in scores.get(kind, [])]
    leaning = [pair for kind, pairs in scores.items() if kind not in STANDING for pair in pairs]
    groups = {**scores, "needs the dialogue": leaning, "stands alone": standing}
    for name, pairs in {**groups, "all": leaning + standing}.items():
        if pairs:
            shares = [f"{sum(column) / len(pairs):.3f}" for column in zip(*pairs, strict=True)]
            table.add_row(name, str(len(pairs)), *shares)
    return table


if __name__ == "__main__":
    main()
