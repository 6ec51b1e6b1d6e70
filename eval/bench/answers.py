"""Measures the answers apart from the search: what they hold where the right section was found.

    python -m eval.bench.answers [--split dev|test]

The evaluation's report judges answers over all questions, so that most of what it sees is whether
the right section came first.
"""

import argparse

import numpy as np
from rich.console import Console
from rich.table import Table

from eval.answer_metrics import score_answers
from eval.bench.bundled import open_bundled_notes
from eval.datatypes import Split
from eval.runs import run_system
from eval.systems import AssistantSystem
from eval.workspace import QUESTIONS, read_split

MEASURES = ("key facts", "citation recall", "citation precision", "length")


def main() -> None:
    """Print the measures over all answered questions, and over those with the right section."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--split", type=Split, choices=list(Split), default=Split.DEV)
    split = parser.parse_args().split
    _, index, assistant = open_bundled_notes()
    system = AssistantSystem("tenkyo", assistant, index.generation.sections)
    labelled = [question for question in read_split(QUESTIONS, split) if question.is_answerable]
    run = run_system(system, labelled)
    scores = score_answers(labelled, run)
    answered = {r.query_id for r in run.results if r.answer and r.answer.abstained is None}
    right = {
        question.query_id
        for question, result in zip(labelled, run.results, strict=True)
        if result.retrieved
        and result.retrieved[0].section_id in {gold.section_id for gold in question.gold}
    }
    table = Table("answered questions", "n", *MEASURES)
    for name, chosen in (("all", answered), ("right section first", answered & right)):
        means = [np.mean([v for k, v in scores[m].items() if k in chosen]) for m in MEASURES]
        table.add_row(name, str(len(chosen)), *(f"{mean:.3f}" for mean in means))
    Console().print(table)


if __name__ == "__main__":
    main()
