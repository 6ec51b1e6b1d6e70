"""How well the confidence tells questions that the notes answer from those that they do not.

The positive class is "should be refused". Risk and coverage follow El-Yaniv and Wiener, "On the
Foundations of Noise-free Selective Classification" (JMLR 11, 2010): questions are answered in the
order of their confidence; risk is the share of wrong answers among the answered ones, where an
answer is right if its first section is right.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from sklearn.metrics import roc_auc_score

from eval.datatypes import LabelledQuestion, Run
from eval.retrieval_metrics import rank_sections


@dataclass(frozen=True, slots=True)
class AbstentionScores:
    """Abstention over a whole set; NaN-free: what cannot be computed is None.

    precision: share of the refusals that were right to refuse.
    recall: share of the unanswerable questions that were refused.
    false_refusals: share of the answerable questions that were refused.
    auc: probability that an unanswerable question has less confidence than an answerable one.
    recall_at_3: share of the unanswerable questions below the confidence that would refuse 3 % of
        the answerable ones.
    curve: (coverage, risk) at every confidence that occurs, the highest first; questions of equal
        confidence are answered together.
    """

    answerable: int
    unanswerable: int
    precision: float | None
    recall: float | None
    false_refusals: float | None
    auc: float | None
    recall_at_3: float | None
    curve: tuple[tuple[float, float], ...]


def score_abstention(questions: Sequence[LabelledQuestion], run: Run) -> AbstentionScores:
    """Score the abstentions of a run; questions without an answer record are left out."""
    answers = {result.query_id: result.answer for result in run.results}
    first = {query: sections[:1] for query, sections in rank_sections(run).items()}
    rows = []
    for labelled in questions:
        answer = answers.get(labelled.query_id)
        if answer is not None:
            right = any(gold.section_id in first[labelled.query_id] for gold in labelled.gold)
            refused = answer.abstained is not None
            rows.append((answer.confidence, refused, labelled.is_answerable, right))
    positive = [row for row in rows if row[2]]
    negative = [row for row in rows if not row[2]]
    refusals = [row for row in rows if row[1]]
    return AbstentionScores(
        answerable=len(positive),
        unanswerable=len(negative),
        precision=_share([not row[2] for row in refusals]),
        recall=_share([row[1] for row in negative]),
        false_refusals=_share([row[1] for row in positive]),
        auc=_auc([row[0] for row in positive], [row[0] for row in negative]),
        recall_at_3=_recall_at([row[0] for row in positive], [row[0] for row in negative], 0.03),
        curve=_trace_risk([(row[0], row[3]) for row in rows]),
    )


def _share(flags: Sequence[bool]) -> float | None:
    return sum(flags) / len(flags) if flags else None


def _auc(positive: Sequence[float], negative: Sequence[float]) -> float | None:
    if not positive or not negative:
        return None
    labels = [1] * len(positive) + [0] * len(negative)
    return float(roc_auc_score(labels, [*positive, *negative]))


def _recall_at(
    positive: Sequence[float], negative: Sequence[float], false_refusals: float
) -> float | None:
    """Return the share of `negative` below the highest threshold that spares enough `positive`."""
    if not positive or not negative:
        return None
    # Refused is what lies below the threshold: at most this many of the lowest may be refused.
    threshold = sorted(positive)[int(false_refusals * len(positive))]
    return sum(value < threshold for value in negative) / len(negative)


def _trace_risk(rows: Sequence[tuple[float, bool]]) -> tuple[tuple[float, float], ...]:
    curve = []
    answered = wrong = 0
    ordered = sorted(rows, key=lambda row: -row[0])
    for _, tied in groupby(ordered, key=lambda row: row[0]):
        outcomes = [right for _, right in tied]
        answered += len(outcomes)
        wrong += outcomes.count(False)
        curve.append((answered / len(rows), wrong / answered))
    return tuple(curve)
