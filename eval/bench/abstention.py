"""Fits the abstention rule on the `dev` split and prints its coefficients and threshold.

    python -m eval.bench.abstention

The confidence is the probability that the first section is right, by logistic regression over the
signals of `assistant/answering/abstention.py`. The threshold is the highest that refuses at most
3 % of the questions whose first section is right: where it is wrong, a refusal is no loss.
"""

from dataclasses import astuple
from pathlib import Path

import numpy as np
from rich.console import Console
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import cross_val_predict

from assistant.answering.abstention import Signals, read_signals
from assistant.answering.answer import LISTED_SECTIONS
from assistant.answering.retrieve import Retriever
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
from ingest.passages import with_headings

FALSE_REFUSALS = 0.03


def main() -> None:
    """Print coefficients, intercept, threshold, and cross-validated AUC."""
    settings = Settings(notes=Path("notes"))
    engine = load_engine(settings)
    refresh_notes(settings, engine)
    index = open_index(settings, engine)
    searcher = build_searcher(index, engine)
    assistant = build_assistant(settings, engine, index, searcher, JAPANESE)
    retriever: Retriever = build_retriever(engine, index, searcher)
    rows, right, answerable = [], [], []
    for labelled in read_split(QUESTIONS, Split.DEV):
        found = retriever.retrieve(assistant.complete(labelled.question), LISTED_SECTIONS)
        section = index.generation.sections[found.hits[0].section_id]
        words = set(engine.words.analyze(with_headings(section.heading_path, section.text)))
        rows.append(astuple(read_signals(found.hits, found.terms, words)))
        right.append(found.hits[0].section_id in {gold.section_id for gold in labelled.gold})
        answerable.append(labelled.is_answerable)
    signals, is_right, is_answerable = np.array(rows), np.array(right), np.array(answerable)
    model = LogisticRegression(C=10.0, max_iter=1000)
    held_out = cross_val_predict(model, signals, is_right, cv=10, method="predict_proba")[:, 1]
    model.fit(signals, is_right)
    confidence = model.predict_proba(signals)[:, 1]
    threshold = np.sort(confidence[is_right])[int(FALSE_REFUSALS * is_right.sum())]
    console = Console()
    for name, weight in zip(Signals.__dataclass_fields__, model.coef_[0], strict=True):
        console.print(f"{name}: {weight:.3f}")
    console.print(f"intercept: {model.intercept_[0]:.3f}")
    console.print(f"threshold: {threshold:.4f}")
    console.print(f"AUC right/wrong, 10-fold: {roc_auc_score(is_right, held_out):.3f}")
    console.print(f"AUC answerable, 10-fold: {roc_auc_score(is_answerable, held_out):.3f}")
    for name, chosen in (
        ("unanswerable", ~is_answerable),
        ("answerable, first section wrong", is_answerable & ~is_right),
        ("answerable, first section right", is_right),
    ):
        refused = confidence[chosen] < threshold
        console.print(f"{name}: {refused.mean():.3f} of {len(refused)} refused")


if __name__ == "__main__":
    main()
