"""Fits how the options of multiple-choice questions are weighed, on the training data's own.

    python -m eval.bench.choices

The training sections are written out as notes and indexed. Every multiple-choice question is judged
by its own section, and the weights are fitted by conditional logit. Printed are the weights and the
shares of right choices there, on `dev`, and on further questions (`eval/data/choices.jsonl`), which
the fit does not see. Questions for what the notes deny are judged by that alone.
"""

import json
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import astuple, dataclass
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.progress import track
from scipy.optimize import minimize

from assistant.answering.answer import Assistant
from assistant.answering.multiple_choice.choice_wording import (
    asks_for_denied,
    asks_for_wrong_statement,
)
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
from ingest.datatypes import Section

# Of the squared weights, each in units of its signal's spread.
PENALTY = 0.03

_FURTHER = Path(__file__).parents[1] / "data" / "choices.jsonl"


@dataclass(frozen=True, slots=True)
class Case:
    """A multiple-choice question.

    signals: those of its options, shape (options, 7), the denial last.
    right: which options are right.
    sign: -1 if the options with the least support are asked for, 1 otherwise.
    is_denied: whether it asks for what the notes deny.
    """

    signals: NDArray[np.float64]
    right: list[int]
    sign: float
    is_denied: bool


def main() -> None:
    """Print the weights, and how many questions they answer."""
    console = Console()
    engine = load_engine(Settings())
    with tempfile.TemporaryDirectory() as folder:
        trained = list(read_training_cases(engine, Path(folder)))
    weights = fit_weights([case for case in trained if not case.is_denied])
    console.print("weights:", ", ".join(f"{weight:.2f}" for weight in weights))
    measured = {
        "training questions": trained,
        "dev": list(read_dev_cases(engine)),
        "further questions, dev": list(read_further_cases(engine, Split.DEV)),
        "further questions, test": list(read_further_cases(engine, Split.TEST)),
    }
    for name, cases in measured.items():
        right = [is_answered(case, weights) for case in cases]
        denied = [ok for ok, case in zip(right, cases, strict=True) if case.is_denied]
        console.print(
            f"{name}: {np.mean(right):.3f} of {len(right)} right; "
            f"of what is denied {sum(denied)} of {len(denied)}"
        )


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
            yield from _read_case(
                assistant,
                retriever,
                question,
                [asked["correct"]],
                partial(_stands_at, place),
            )


def read_dev_cases(engine: Engine) -> Iterator[Case]:
    """Yield the multiple-choice questions of `dev`, each with the section that was found first."""
    settings = Settings(notes=Path("notes"))
    refresh_notes(settings, engine)
    assistant, retriever = _open(settings, engine)
    for labelled in read_split(QUESTIONS, Split.DEV):
        letters = [choice.letter for choice in labelled.question.choices]
        right = [letters.index(letter) for letter in labelled.correct]
        if letters:
            yield from _read_case(assistant, retriever, labelled.question, right, lambda _: True)


def read_further_cases(engine: Engine, split: Split) -> Iterator[Case]:
    """Yield the further questions on the bundled notes, each with the section it was written on."""
    settings = Settings(notes=Path("notes"))
    refresh_notes(settings, engine)
    assistant, retriever = _open(settings, engine)
    for line in _FURTHER.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        if record["split"] == split:
            letters = list(record["options"])
            choices = tuple(Choice(letter, text) for letter, text in record["options"].items())
            question = Question(record["question"], choices=choices)
            right = [letters.index(letter) for letter in record["correct"]]
            yield from _read_case(
                assistant,
                retriever,
                question,
                right,
                partial(_is_section, record["section_id"]),
            )


def fit_weights(cases: Sequence[Case]) -> NDArray[np.float64]:
    """Return the weights of the signals that make the right options likeliest, shape (7,)."""
    signed = [case.sign * (case.signals - case.signals.mean(axis=0)) for case in cases]
    spread = np.concatenate(signed).std(axis=0)

    def lose(scaled: NDArray[np.float64]) -> float:
        total = 0.0
        for case, signals in zip(cases, signed, strict=True):
            logits = signals / spread @ scaled
            total += float(np.logaddexp.reduce(logits) - logits[case.right].mean())
        return total / len(cases) + PENALTY / 2 * float(scaled @ scaled)

    fitted = minimize(lose, np.zeros(len(spread)), method="L-BFGS-B")
    weights: NDArray[np.float64] = fitted.x / spread
    return weights


def is_answered(case: Case, weights: NDArray[np.float64]) -> bool:
    """Tell whether just the right options have the most support."""
    support = case.signals[:, -1] if case.is_denied else case.sign * (case.signals @ weights)
    best = np.argsort(-support, kind="stable")[: len(case.right)]
    return sorted(best.tolist()) == sorted(case.right)


def _open(settings: Settings, engine: Engine) -> tuple[Assistant, Retriever]:
    index = open_index(settings, engine)
    searcher = build_searcher(index, engine)
    assistant = build_assistant(settings, engine, index, searcher, JAPANESE)
    return assistant, build_retriever(engine, index, searcher)


def _stands_at(place: tuple[str, tuple[str, ...]], section: Section) -> bool:
    return (section.path, section.heading_path) == place


def _is_section(section_id: str, section: Section) -> bool:
    return section.section_id == section_id


def _read_case(
    assistant: Assistant,
    retriever: Retriever,
    question: Question,
    right: list[int],
    is_its: Callable[[Section], bool],
) -> Iterator[Case]:
    """Yield the case by the first section found that is the question's; nothing if none is."""
    found = retriever.retrieve(assistant.complete(question), 10, 10)
    for item in found.evidence:
        if is_its(item.section):
            _, signals = assistant.read_option_signals(question, item)
            yield Case(
                np.array([astuple(one) for one in signals]),
                right,
                -1.0 if asks_for_wrong_statement(question.text) else 1.0,
                asks_for_denied(question.text),
            )
            return


if __name__ == "__main__":
    main()
