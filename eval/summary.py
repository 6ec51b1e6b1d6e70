"""Scores of a run gathered by slice: every figure with its n and a 95 % interval.

A slice is all questions with one tag, of one split. Micro is the mean over all questions, macro the
mean over the slices' means, in which a small slice counts as much as a large one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from eval.abstention_metrics import AbstentionScores, score_abstention
from eval.answer_metrics import score_answers
from eval.datatypes import LabelledQuestion, Run
from eval.evidence_metrics import score_evidence
from eval.retrieval_metrics import score_retrieval
from eval.significance import Estimate, estimate_mean

ALL = "all"
LATENCY = "latency ms"


@dataclass(frozen=True, slots=True)
class Scores:
    """Per measure, the score of every question that it applies to, by the question's id."""

    system: str
    measures: Mapping[str, Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class Summary:
    """A run in figures.

    slices: per slice, per measure; the slice `all` is the micro mean.
    macro: per measure, the mean of the slices' means.
    abstention: None for a system that gives no answers.
    """

    system: str
    slices: Mapping[str, Mapping[str, Estimate]]
    macro: Mapping[str, float]
    abstention: AbstentionScores | None


def score_run(questions: Sequence[LabelledQuestion], run: Run) -> Scores:
    """Score a run with every measure."""
    latency = {result.query_id: 1000 * result.seconds for result in run.results}
    return Scores(
        run.system,
        {
            **score_retrieval(questions, run),
            **score_evidence(questions, run),
            **score_answers(questions, run),
            LATENCY: latency,
        },
    )


def summarize(questions: Sequence[LabelledQuestion], run: Run, scores: Scores) -> Summary:
    """Gather scores by slice."""
    slices = find_slices(questions)
    table: dict[str, dict[str, Estimate]] = {}
    for name, members in slices.items():
        table[name] = {}
        for measure, values in scores.measures.items():
            estimate = estimate_mean([values[i] for i in members if i in values])
            if estimate is not None:
                table[name][measure] = estimate
    macro = {}
    for measure in scores.measures:
        means = [row[measure].mean for name, row in table.items() if name != ALL and measure in row]
        if means:
            macro[measure] = sum(means) / len(means)
    answers = any(result.answer is not None for result in run.results)
    abstention = score_abstention(questions, run) if answers else None
    return Summary(run.system, table, macro, abstention)


def find_slices(questions: Sequence[LabelledQuestion]) -> dict[str, list[str]]:
    """Return the ids of every slice, `all` first, then by tag."""
    slices = {ALL: [question.query_id for question in questions]}
    for tag in sorted({tag for question in questions for tag in question.tags} - {ALL}):
        slices[tag] = [question.query_id for question in questions if tag in question.tags]
    return slices
