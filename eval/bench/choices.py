"""Fits how the options of multiple-choice questions are weighed, on the training data's own.

    python -m eval.bench.choices

The training sections are written out as notes and indexed. Every multiple-choice question is judged
by its own section, and the weights are fitted by conditional logit. Printed are the weights, the
share of right choices there, and that on `dev`, which the fit does not see.
"""

import json
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import astuple
from pathlib import Path
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.progress import track
from scipy.optimize import minimize

from assistant.answering.answer import Assistant
from assistant.answering.multiple_choice.choice_wording import asks_for_wrong
from assistant.answering.retrieve import Retriever
from assistant.datatypes import Choice, Question
from assistant.messages import JAPANESE
from assistant.settings import Settings
from assistant.wiring import (
    Engine,
    build_assistant,
    build_retriever,
    build_searcher,
    load_engine,
    open_index,
    refresh_notes,
)
from eval.bench.corpora import write_section_notes
from eval.datatypes import Split
from eval.workspace import QUESTIONS, read_split
from index.training.examples import data_folder

# Of the squared weights, each in units of its signal's spread.
PENALTY = 0.03

#: Signals of the options, shape (options, 6), less their mean; and which of them are right.
Case: TypeAlias = tuple[NDArray[np.float64], list[int]]


def main() -> None:
    """Print the weights, and how many questions they answer."""
    console = Console()
    engine = load_engine(Settings())
    with tempfile.TemporaryDirectory() as folder:
        trained = list(read_training_cases(engine, Path(folder)))
    measured = list(read_dev_cases(engine))
    spread = np.concatenate([signals for signals, _ in trained]).std(axis=0)
    weights = fit_weights(trained, spread)
    console.print("weights:", ", ".join(f"{weight:.2f}" for weight in weights))
    for name, cases in (("training questions", trained), ("dev", measured)):
        share = np.mean([is_answered(case, weights) for case in cases])
        console.print(f"{name}: {share:.3f} of {len(cases)} right")


def read_training_cases(engine: Engine, folder: Path) -> Iterator[Case]:
    """Yield the multiple-choice questions of the training data, each with its own section."""
    notes = folder / "notes"
    notes.mkdir()
    write_section_notes(data_folder().glob("*.jsonl"), notes)
    settings = Settings(notes=notes, index=folder / "index")
    refresh_notes(settings, engine)
    assistant, retriever = _open(settings, engine)
    lines = [
        line
        for file in sorted(data_folder().glob("*.jsonl"))
        for line in file.read_text(encoding="utf-8").splitlines()
    ]
    for line in track(lines, console=Console(stderr=True)):
        record = json.loads(line)
        for asked in record["questions"]:
            if "options" not in asked:
                continue
            choices = tuple(map(Choice, "ABCDEF", asked["options"]))
            question = Question(asked["text"], choices=choices)
            place = record["path"], tuple(record["heading_path"])
            yield from _read_case(assistant, retriever, question, [asked["correct"]], place)


def read_dev_cases(engine: Engine) -> Iterator[Case]:
    """Yield the multiple-choice questions of `dev`, each with the section that was found first."""
    settings = Settings(notes=Path("notes"))
    refresh_notes(settings, engine)
    assistant, retriever = _open(settings, engine)
    for labelled in read_split(QUESTIONS, Split.DEV):
        letters = [choice.letter for choice in labelled.question.choices]
        right = [letters.index(letter) for letter in labelled.correct]
        if letters:
            yield from _read_case(assistant, retriever, labelled.question, right, None)


def fit_weights(cases: Sequence[Case], spread: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the weights of the signals that make the right options likeliest.

    :param spread: standard deviation of every signal.
    """

    def lose(scaled: NDArray[np.float64]) -> float:
        total = 0.0
        for signals, right in cases:
            logits = signals / spread @ scaled
            total += float(np.logaddexp.reduce(logits) - logits[right].mean())
        return total / len(cases) + PENALTY / 2 * float(scaled @ scaled)

    fitted = minimize(lose, np.zeros(len(spread)), method="L-BFGS-B")
    weights: NDArray[np.float64] = fitted.x / spread
    return weights


def is_answered(case: Case, weights: NDArray[np.float64]) -> bool:
    """Tell whether just the right options have the most support."""
    signals, right = case
    best = np.argsort(-(signals @ weights), kind="stable")[: len(right)]
    return sorted(best.tolist()) == sorted(right)


def _open(settings: Settings, engine: Engine) -> tuple[Assistant, Retriever]:
    index = open_index(settings, engine)
    searcher = build_searcher(index, engine)
    assistant = build_assistant(settings, engine, index, searcher, JAPANESE)
    return assistant, build_retriever(engine, index, searcher)


def _read_case(
    assistant: Assistant,
    retriever: Retriever,
    question: Question,
    right: list[int],
    place: tuple[str, tuple[str, ...]] | None,
) -> Iterator[Case]:
    """Yield the case, nothing if the section at `place` was not found."""
    found = retriever.retrieve(assistant.complete(question), 10, 10)
    for item in found.evidence:
        if place in (None, (item.section.path, item.section.heading_path)):
            _, signals = assistant.read_option_signals(question, item)
            rows = np.array([astuple(one) for one in signals])
            sign = -1.0 if asks_for_wrong(question.text) else 1.0
            yield sign * (rows - rows.mean(axis=0)), right
            return


if __name__ == "__main__":
    main()
