"""Fits the abstention rule on the `dev` split and prints its coefficients and threshold.

    python -m eval.bench.abstention

Two logistic regressions over the signals of `assistant/answering/abstention.py`: is the first
section right, and do the notes answer at all. The questions of `dev` are asked of all bundled
notes, and once more of each folder of them alone, as of somebody with notes on that subject only:
there the questions of other folders are not answered, and fewer words are known. As questions from
another world every third general-knowledge question of the training data is asked as well. The
folders, whose sections take part a second time, count half as much. The threshold
is the highest that refuses at most 3 % of the answerable questions asked of all notes.
"""

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass, replace
from hashlib import sha256
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.progress import track
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import cross_val_predict

from assistant.answering.abstention import Signals
from assistant.answering.answer import LISTED_SECTIONS
from assistant.answering.questions import take_apart
from assistant.datatypes import Question
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
from eval.datatypes import LabelledQuestion, Split
from eval.workspace import QUESTIONS, read_split
from index.training.examples import data_folder, read_training_sections

FALSE_REFUSALS = 0.03
NOTES = Path("notes")
WHOLE, FOLDER = "all notes", "a folder"


@dataclass(frozen=True, slots=True)
class Asked:
    """What came of a question.

    group: which questions it belongs to, to tell how many of them are refused.
    """

    group: str
    signals: Signals
    is_right: bool
    is_answerable: bool


def main() -> None:
    """Print coefficients, intercepts, threshold, and what they refuse."""
    engine = load_engine(Settings())
    asked = list(ask_all(engine))
    signals = np.array([astuple(one.signals) for one in asked])
    is_answerable = np.array([one.is_answerable for one in asked])
    groups = np.array([one.group for one in asked])
    console = Console()
    is_whole = np.char.startswith(groups, WHOLE)
    weights = np.where(is_whole, 1.0, 0.5)
    fit(console, "right", signals, np.array([one.is_right for one in asked]), weights)
    chance = fit(console, "answerable", signals, is_answerable, weights)
    answerable = np.sort(chance[is_answerable & is_whole])
    threshold = answerable[int(FALSE_REFUSALS * len(answerable))]
    console.print(f"threshold: {threshold:.4f}")
    for group in sorted(set(groups)):
        refused = chance[groups == group] < threshold
        console.print(f"{group}: {refused.mean():.3f} of {len(refused)} refused")


def ask_all(engine: Engine) -> Iterator[Asked]:
    """Ask all notes, then each folder of them."""
    questions = read_split(QUESTIONS, Split.DEV)
    foreign = [Question(text) for text in read_foreign_questions()]
    yield from ask_notes(engine, Settings(notes=NOTES), questions, foreign, WHOLE)
    for folder in track(sorted(NOTES.iterdir()), console=Console(stderr=True)):
        with tempfile.TemporaryDirectory() as index:
            settings = Settings(notes=folder, index=Path(index))
            own = [move_question(question, folder.name) for question in questions]
            known = [question for question in own if question is not None]
            # As many from elsewhere as are at home, in the order of their ids' digests.
            others = [q.question for q, moved in zip(questions, own, strict=True) if moved is None]
            others.sort(key=lambda q: sha256(f"{folder.name}{q.query_id}".encode()).digest())
            yield from ask_notes(engine, settings, known, others[: len(known)], FOLDER)


def move_question(question: LabelledQuestion, folder: str) -> LabelledQuestion | None:
    """Return a question as one on the notes of a folder alone, None if it is on others."""
    prefix = f"{folder}/"
    places = [gold.section_id for gold in question.gold] or [question.near]
    if not all(place.startswith(prefix) for place in places):
        return None
    gold = tuple(
        replace(entry, section_id=entry.section_id.removeprefix(prefix)) for entry in question.gold
    )
    return replace(question, gold=gold)


def ask_notes(
    engine: Engine,
    settings: Settings,
    questions: Sequence[LabelledQuestion],
    others: Sequence[Question],
    name: str,
) -> Iterator[Asked]:
    """Ask a folder of notes questions on it, and others that it does not answer."""
    refresh_notes(settings, engine)
    index = open_index(settings, engine)
    searcher = build_searcher(index, engine)
    assistant = build_assistant(settings, engine, index, searcher, JAPANESE)
    retriever = build_retriever(engine, index, searcher)

    def ask(question: Question) -> tuple[Signals, str]:
        asked = take_apart(question)
        found = retriever.retrieve(assistant.complete(asked), LISTED_SECTIONS)
        return assistant.read_signals(asked, found), found.hits[0].section_id

    for labelled in questions:
        signals, first = ask(labelled.question)
        is_right = first in {gold.section_id for gold in labelled.gold}
        kind = "right" if is_right else "wrong" if labelled.gold else "unanswerable"
        yield Asked(f"{name}, {kind}", signals, is_right, labelled.is_answerable)
    for question in others:
        signals, _ = ask(question)
        yield Asked(f"{name}, from elsewhere", signals, is_right=False, is_answerable=False)


def fit(
    console: Console,
    name: str,
    signals: NDArray[np.float64],
    target: NDArray[np.bool_],
    weights: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Fit and print one model; return its probabilities for the rows that it was fitted on."""
    model = LogisticRegression(C=10.0, max_iter=1000)
    held_out = cross_val_predict(model, signals, target, cv=10, method="predict_proba")[:, 1]
    model.fit(signals, target, sample_weight=weights)
    fitted_weights = ", ".join(f"{weight:.3f}" for weight in model.coef_[0])
    console.print(f"{name}: LogisticModel(({fitted_weights}), {model.intercept_[0]:.3f})")
    console.print(f"{name}: AUC, 10-fold: {roc_auc_score(target, held_out):.3f}")
    fitted: NDArray[np.float64] = model.predict_proba(signals)[:, 1]
    return fitted


def read_foreign_questions() -> list[str]:
    """Return general-knowledge questions, about which study notes say nothing."""
    sections = [s for s in read_training_sections(data_folder()) if s.source == "general"]
    return [question.text for section in sections for question in section.questions][::3]


if __name__ == "__main__":
    main()
