"""Gathers what a report of an evaluation shows; the formats are left to the modules `report_*`.

The first system is the one that is judged, the assistant; the others are what it is compared with.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from eval.check import count_slices
from eval.datatypes import LabelledQuestion, Run, Split
from eval.errors import QuestionSetError
from eval.retrieval_metrics import rank_sections
from eval.significance import (
    Comparison,
    compare_paired,
    deviation_of,
    questions_needed,
    smallest_visible_loss,
)
from eval.summary import Scores, Summary, find_slices, summarize

COMPARED_MEASURES = ("R@1", "RR", "nDCG@10")
# The line-up's smallest real change of the system: its paired differences tell how much the scores
# of single questions vary when something changes, which is what decides the power.
ABLATION = "four legs without sentences"
# The loss of R@1 for which the report says how many questions would show it: three times what the
# gate calls worth a red build.
ASKED_LOSS = 0.03
SPLIT_NOTE = "Only dev was used to choose weights and thresholds."


@dataclass(frozen=True, slots=True)
class VisibleLoss:
    """How small a loss of R@1 a slice can show.

    n: answerable questions of the slice.
    loss: the smallest mean loss seen with 80 % power; 0 if no variation is known.
    questions_needed: how many questions would show a loss of `ASKED_LOSS`; None if not known.
    """

    n: int
    loss: float
    questions_needed: int | None


@dataclass(frozen=True, slots=True)
class Failure:
    """An answerable question whose first section is not right.

    gold: ids of the right sections, the best first.
    first_found: id of the first section that was returned, "" if there was none.
    rank: of the first right section, from 1; None if none was returned.
    """

    query_id: str
    text: str
    gold: tuple[str, ...]
    first_found: str
    rank: int | None


@dataclass(frozen=True, slots=True)
class Report:
    """An evaluation in figures.

    created: the day, ISO 8601.
    split: the half that the figures are of; None for both.
    model: name of the embedding model.
    notes, sections: how many were indexed.
    counts: questions per slice and split of all that were given, `all` first.
    summaries: one per system, the assistant first.
    comparisons: per other system and compared measure; positive is in the assistant's favour.
    visible_losses: per slice with answerable questions; empty without a run of the ablation.
    first_ranks: of the assistant, by answerable question: rank of the first right section, or None.
    latencies: per system, milliseconds of every question, in the set's order.
    failures: of the assistant, in the set's order.
    """

    title: str
    created: str
    split: Split | None
    model: str
    notes: int
    sections: int
    counts: Mapping[str, Mapping[Split, int]]
    summaries: tuple[Summary, ...]
    comparisons: Mapping[str, Mapping[str, Comparison]]
    visible_losses: Mapping[str, VisibleLoss]
    first_ranks: Mapping[str, int | None]
    latencies: Mapping[str, tuple[float, ...]]
    failures: tuple[Failure, ...]

    @property
    def assistant(self) -> Summary:
        """The figures of the system that is judged."""
        return self.summaries[0]

    @property
    def split_note(self) -> str:
        """Which questions the figures are of, and what they were not used for."""
        part = "both splits" if self.split is None else f"the split {self.split}"
        return f"Figures of {part}. {SPLIT_NOTE}"


def build_report(
    questions: Sequence[LabelledQuestion],
    runs: Sequence[Run],
    scores: Sequence[Scores],
    *,
    created: str,
    model: str,
    notes: int,
    sections: int,
    split: Split | None = None,
    title: str = "Tenkyo evaluation",
) -> Report:
    """Gather runs of the same questions, the assistant's first.

    :param questions: the whole set, or the part of it that was run.
    :param scores: of the same systems as `runs`, in the same order.
    :param split: the half to show; None for both.
    :raises ValueError: there is no run, or runs and scores are not of the same distinct systems.
    :raises QuestionSetError: no question is in the split.
    """
    names = [run.system for run in runs]
    if not runs or names != [score.system for score in scores] or len(set(names)) < len(names):
        raise ValueError(f"runs of {names} need one entry each and scores in the same order")
    chosen = [question for question in questions if split in (None, question.split)]
    if not chosen:
        raise QuestionSetError(
            f"the split {split or 'all'} holds no questions; choose another or add questions"
        )
    ranks = find_first_ranks(chosen, runs[0])
    return Report(
        title=title,
        created=created,
        split=split,
        model=model,
        notes=notes,
        sections=sections,
        counts=count_slices(questions),
        summaries=tuple(
            summarize(chosen, run, score) for run, score in zip(runs, scores, strict=True)
        ),
        comparisons={score.system: _compare(chosen, scores[0], score) for score in scores[1:]},
        visible_losses=_find_visible_losses(chosen, scores),
        first_ranks=ranks,
        latencies={run.system: _collect_latencies(chosen, run) for run in runs},
        failures=tuple(_find_failures(chosen, runs[0], ranks)),
    )


def find_first_ranks(questions: Sequence[LabelledQuestion], run: Run) -> dict[str, int | None]:
    """Return the rank of the first right section of every answerable question, or None."""
    rankings = rank_sections(run)
    ranks: dict[str, int | None] = {}
    for labelled in questions:
        if labelled.is_answerable:
            right = {gold.section_id for gold in labelled.gold}
            found = enumerate(rankings.get(labelled.query_id, ()), start=1)
            ranks[labelled.query_id] = next((rank for rank, name in found if name in right), None)
    return ranks


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value below which this share of the values lies, interpolated linearly."""
    return float(np.quantile(np.asarray(values, dtype=np.float64), share))


def _pair(
    ids: Sequence[str], first: Scores, second: Scores, measure: str
) -> tuple[list[float], list[float]]:
    before = first.measures.get(measure, {})
    after = second.measures.get(measure, {})
    shared = [query for query in ids if query in before and query in after]
    return [before[query] for query in shared], [after[query] for query in shared]


def _compare(
    questions: Sequence[LabelledQuestion], assistant: Scores, other: Scores
) -> dict[str, Comparison]:
    ids = [question.query_id for question in questions]
    found = {
        measure: compare_paired(*_pair(ids, other, assistant, measure))
        for measure in COMPARED_MEASURES
    }
    return {measure: value for measure, value in found.items() if value is not None}


def _find_visible_losses(
    questions: Sequence[LabelledQuestion], scores: Sequence[Scores]
) -> dict[str, VisibleLoss]:
    changed = next((score for score in scores[1:] if score.system == ABLATION), None)
    losses: dict[str, VisibleLoss] = {}
    if changed is None:
        return losses
    for name, members in find_slices(questions).items():
        first, second = _pair(members, scores[0], changed, "R@1")
        if first:
            differences = [after - before for before, after in zip(first, second, strict=True)]
            losses[name] = VisibleLoss(
                len(differences),
                smallest_visible_loss(deviation_of(differences), len(differences)),
                questions_needed(differences, ASKED_LOSS),
            )
    return losses


def _collect_latencies(questions: Sequence[LabelledQuestion], run: Run) -> tuple[float, ...]:
    seconds = {result.query_id: result.seconds for result in run.results}
    return tuple(1000 * seconds[q.query_id] for q in questions if q.query_id in seconds)


def _find_failures(
    questions: Sequence[LabelledQuestion], run: Run, ranks: Mapping[str, int | None]
) -> list[Failure]:
    rankings = rank_sections(run)
    return [
        Failure(
            labelled.query_id,
            labelled.question.text,
            tuple(dict.fromkeys(gold.section_id for gold in labelled.gold)),
            next(iter(rankings.get(labelled.query_id, ())), ""),
            ranks[labelled.query_id],
        )
        for labelled in questions
        if ranks.get(labelled.query_id, 1) != 1
    ]
