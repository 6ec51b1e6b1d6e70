"""The committed reference: what the accepted system scored, question by question.

It holds rankings as well as scores, so that a flipped question can be shown with both rankings, and
the reason why it was last renewed.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from eval.datatypes import LabelledQuestion, Run
from eval.errors import QuestionSetError, RunFileError
from eval.retrieval_metrics import rank_sections
from eval.runs import write_json
from eval.significance import deviation_of
from eval.summary import Scores, find_slices

# What the gate looks at: R@1 is the promise, RR sees smaller shifts.
GATED_MEASURES = ("R@1", "RR")
KEPT_RANKS = 5

# A run that falls this far below the accepted mean is blocked even if the set were too small to
# call it significant.
_FLOOR_MARGIN = 0.05


@dataclass(frozen=True, slots=True)
class Reference:
    """The accepted system's scores.

    reason: why it was accepted; accepted_on: the day, ISO 8601.
    model: name of the embedding model.
    scores: per gated measure, by question id.
    rankings: the first sections by question id, best first.
    deviations: per slice and gated measure, the standard deviation of paired differences that a
        real change of the system causes (here: leaving out a leg), for the gate's power.
    floors: per gated measure, the mean below which the gate blocks whatever the significance.
    """

    reason: str
    accepted_on: str
    model: str
    scores: Mapping[str, Mapping[str, float]]
    rankings: Mapping[str, Sequence[str]]
    deviations: Mapping[str, Mapping[str, float]]
    floors: Mapping[str, float]


def make_reference(
    questions: Sequence[LabelledQuestion],
    run: Run,
    scores: Scores,
    changed: Scores,
    reason: str,
    model: str,
    accepted_on: str,
) -> Reference:
    """Build a reference from the scores of the accepted system.

    :param changed: scores of the system with one leg left out, which tell how much the scores of
        single questions vary when the system changes.
    :raises QuestionSetError: no question is answerable.
    """
    if not any(labelled.is_answerable for labelled in questions):
        raise QuestionSetError("no question is answerable; a reference needs some with gold")
    kept = {measure: dict(scores.measures[measure]) for measure in GATED_MEASURES}
    deviations = {
        name: {
            measure: deviation_of(
                [
                    changed.measures[measure][i] - kept[measure][i]
                    for i in members
                    if i in kept[measure]
                ]
            )
            for measure in GATED_MEASURES
        }
        for name, members in find_slices(questions).items()
    }
    floors = {
        measure: round(sum(values.values()) / len(values) - _FLOOR_MARGIN, 4)
        for measure, values in kept.items()
    }
    rankings = {query: found[:KEPT_RANKS] for query, found in rank_sections(run).items()}
    return Reference(reason, accepted_on, model, kept, rankings, deviations, floors)


def write_reference(path: Path, reference: Reference) -> None:
    """Write a reference as JSON.

    :raises RunFileError: the file cannot be written.
    """
    write_json(path, asdict(reference))


def read_reference(path: Path) -> Reference:
    """Read what `write_reference` wrote.

    :raises RunFileError: the file cannot be read or is no reference.
    """
    try:
        reference = TypeAdapter(Reference).validate_json(path.read_bytes())
    except OSError as error:
        raise RunFileError(
            f"{path}: cannot be read ({error.strerror}); make it with `tenkyo eval accept`"
        ) from error
    except ValidationError as error:
        raise RunFileError(
            f"{path}: is no reference; restore it or renew it with `tenkyo eval accept`"
        ) from error
    if not _is_complete(reference):
        raise RunFileError(
            f"{path}: lacks scores or floors; restore it or renew it with `tenkyo eval accept`"
        )
    return reference


def _is_complete(reference: Reference) -> bool:
    """Return whether every gated measure has a floor, and scores of the same questions.

    A hole, or NaN, which is below nothing, would let any run pass.
    """
    known = reference.scores.get(GATED_MEASURES[0], {}).keys()
    return bool(known) and all(
        measure in reference.scores
        and reference.scores[measure].keys() == known
        and all(map(math.isfinite, reference.scores[measure].values()))
        and math.isfinite(reference.floors.get(measure, math.nan))
        for measure in GATED_MEASURES
    )
