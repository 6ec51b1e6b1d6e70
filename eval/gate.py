"""Decides whether a run may land: compares it with the committed reference.

It blocks on two things only: a mean below the reference's absolute floor, and a loss that is both
significant (paired bootstrap, two-sided 5 %) and at least the minimum effect. A slice that is too
small to show a loss of the minimum effect with 80 % power is reported, not gated.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from eval.datatypes import LabelledQuestion, Run
from eval.reference import GATED_MEASURES, KEPT_RANKS, Reference
from eval.retrieval_metrics import rank_sections
from eval.significance import Comparison, compare_paired, smallest_visible_loss
from eval.summary import ALL, Scores, find_slices

# A loss of less than this is not worth a red build: over all questions, and within one slice.
MINIMUM_EFFECT = 0.01
MINIMUM_EFFECT_OF_SLICE = 0.08
SIGNIFICANCE = 0.05


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the gate says of one slice and measure.

    visible_loss: the smallest mean loss that this many questions show with 80 % power; 0 if the
        reference does not know how much the slice's scores vary.
    gated: whether the slice is large enough to block.
    blocks: why it blocks, or "".
    """

    slice_name: str
    measure: str
    mean: float
    reference_mean: float
    comparison: Comparison
    visible_loss: float
    gated: bool
    blocks: str


@dataclass(frozen=True, slots=True)
class Flip:
    """A question whose first section was right and no longer is, or the other way round."""

    query_id: str
    text: str
    was_right: bool
    gold: tuple[str, ...]
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GateResult:
    """All verdicts, the flipped questions, and the questions that only one side knows."""

    verdicts: tuple[Verdict, ...]
    flips: tuple[Flip, ...]
    unknown: tuple[str, ...]
    missing: tuple[str, ...]

    @property
    def passes(self) -> bool:
        """Whether nothing blocks. Missing questions block: a gate must not shrink in silence."""
        return not self.missing and not any(verdict.blocks for verdict in self.verdicts)


def judge_run(
    questions: Sequence[LabelledQuestion], run: Run, scores: Scores, reference: Reference
) -> GateResult:
    """Compare a run with the reference, slice by slice.

    Questions that the reference does not know yet are left out of the comparison and named.
    """
    known = reference.scores[GATED_MEASURES[0]]
    current = scores.measures[GATED_MEASURES[0]]
    verdicts = []
    for name, members in find_slices(questions).items():
        for measure in GATED_MEASURES:
            shared = [i for i in members if i in known and i in current]
            if shared:
                verdicts.append(_judge_slice(name, measure, shared, scores, reference))
    return GateResult(
        verdicts=tuple(verdicts),
        flips=tuple(_find_flips(questions, run, scores, reference)),
        unknown=tuple(sorted(current.keys() - known.keys())),
        missing=tuple(sorted(known.keys() - current.keys())),
    )


def _judge_slice(
    name: str, measure: str, ids: Sequence[str], scores: Scores, reference: Reference
) -> Verdict:
    before = [reference.scores[measure][i] for i in ids]
    after = [scores.measures[measure][i] for i in ids]
    comparison = compare_paired(before, after)
    if comparison is None:
        raise ValueError(f"slice {name} has no questions")
    minimum = MINIMUM_EFFECT if name == ALL else MINIMUM_EFFECT_OF_SLICE
    visible = smallest_visible_loss(reference.deviations.get(name, {}).get(measure, 0.0), len(ids))
    gated = name == ALL or 0.0 < visible <= minimum
    mean = sum(after) / len(after)
    blocks = ""
    if name == ALL and mean < reference.floors[measure]:
        blocks = f"below the floor of {reference.floors[measure]:.3f}"
    elif gated and comparison.difference <= -minimum and comparison.p_value < SIGNIFICANCE:
        blocks = f"significant loss of {-comparison.difference:.3f} (p = {comparison.p_value:.4f})"
    return Verdict(
        name, measure, mean, sum(before) / len(before), comparison, visible, gated, blocks
    )


def _find_flips(
    questions: Sequence[LabelledQuestion], run: Run, scores: Scores, reference: Reference
) -> list[Flip]:
    before: Mapping[str, float] = reference.scores["RR"]
    after = scores.measures["RR"]
    rankings = rank_sections(run)
    flips = []
    for labelled in questions:
        query = labelled.query_id
        if query in before and query in after and (before[query] == 1) != (after[query] == 1):
            flips.append(
                Flip(
                    query,
                    labelled.question.text,
                    before[query] == 1,
                    tuple(gold.section_id for gold in labelled.gold),
                    tuple(reference.rankings.get(query, ())),
                    tuple(rankings.get(query, ())[:KEPT_RANKS]),
                )
            )
    return flips
