"""Fits the abstention rule on the `dev` split and prints its coefficients and threshold.

    python -m eval.bench.abstention

Two logistic regressions over the signals of `assistant/answering/abstention.py`: is the first
section right, and do the notes answer at all. As questions from another world, which the set lacks,
every third general-knowledge question of the training data is asked as well. The threshold is the
highest that refuses at most 3 % of the answerable questions of `dev`.
"""

from dataclasses import astuple
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import cross_val_predict

from assistant.answering.answer import LISTED_SECTIONS
from assistant.answering.retrieve import Retriever
from assistant.datatypes import Question
from assistant.messages import JAPANESE
from assistant.settings import Settings
from assistant.wiring import (
    build_assistant,
    build_retriever,
    build_searcher,
    load_engine,
    open_index,
    refresh_notes,
)
from eval.datatypes import Split
from eval.workspace import QUESTIONS, read_split
from index.training.examples import data_folder, read_training_sections

FALSE_REFUSALS = 0.03


def main() -> None:
    """Print coefficients, intercepts, threshold, and what they refuse."""
    settings = Settings(notes=Path("notes"))
    engine = load_engine(settings)
    refresh_notes(settings, engine)
    index = open_index(settings, engine)
    searcher = build_searcher(index, engine)
    assistant = build_assistant(settings, engine, index, searcher, JAPANESE)
    retriever: Retriever = build_retriever(engine, index, searcher)
    rows, right, answerable, foreign = [], [], [], []
    asked = [
        (labelled.question, {gold.section_id for gold in labelled.gold}, False)
        for labelled in read_split(QUESTIONS, Split.DEV)
    ]
    asked += [(Question(text), set[str](), True) for text in read_foreign_questions()]
    for question, gold, is_from_elsewhere in asked:
        found = retriever.retrieve(assistant.complete(question), LISTED_SECTIONS)
        rows.append(astuple(assistant.read_signals(question.text, found)))
        right.append(found.hits[0].section_id in gold)
        answerable.append(bool(gold))
        foreign.append(is_from_elsewhere)
    signals, is_right, is_answerable = np.array(rows), np.array(right), np.array(answerable)
    console = Console()
    fit(console, "right", signals, is_right)
    chance = fit(console, "answerable", signals, is_answerable)
    threshold = np.sort(chance[is_answerable])[int(FALSE_REFUSALS * is_answerable.sum())]
    console.print(f"threshold: {threshold:.4f}")
    is_foreign = np.array(foreign)
    for name, chosen in (
        ("unanswerable", ~is_answerable & ~is_foreign),
        ("from another world", is_foreign),
        ("answerable, first section wrong", is_answerable & ~is_right),
        ("answerable, first section right", is_right),
    ):
        refused = chance[chosen] < threshold
        console.print(f"{name}: {refused.mean():.3f} of {len(refused)} refused")


def fit(
    console: Console, name: str, signals: NDArray[np.float64], target: NDArray[np.bool_]
) -> NDArray[np.float64]:
    """Fit and print one model; return its probabilities for the rows that it was fitted on."""
    model = LogisticRegression(C=10.0, max_iter=1000)
    held_out = cross_val_predict(model, signals, target, cv=10, method="predict_proba")[:, 1]
    model.fit(signals, target)
    weights = ", ".join(f"{weight:.3f}" for weight in model.coef_[0])
    console.print(f"{name}: LogisticModel(({weights}), {model.intercept_[0]:.3f})")
    console.print(f"{name}: AUC, 10-fold: {roc_auc_score(target, held_out):.3f}")
    fitted: NDArray[np.float64] = model.predict_proba(signals)[:, 1]
    return fitted


def read_foreign_questions() -> list[str]:
    """Return general-knowledge questions, about which study notes say nothing."""
    sections = [s for s in read_training_sections(data_folder()) if s.source == "general"]
    return [question.text for section in sections for question in section.questions][::3]


if __name__ == "__main__":
    main()
