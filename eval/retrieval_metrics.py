"""Retrieval accuracy at section level, computed by ir-measures.

A question has one or few right sections, all of the same worth (grade 1). The measures, as
ir-measures names them:

- `R@k`, recall: share of the right sections among the first k;
- `Success@k`: whether any right section is among the first k;
- `RR`, reciprocal rank of the first right section (Kantor and Voorhees, TREC-5, 1997);
- `nDCG@10` with log2 discount (Järvelin and Kekäläinen, ACM TOIS 20(4), 2002).

A question without a result scores 0. A question without a right section has no score.
"""

from collections.abc import Mapping, Sequence

import ir_measures
from ir_measures import RR, R, Success, nDCG

from eval.datatypes import LabelledQuestion, Run

MEASURES = (R @ 1, R @ 3, R @ 5, R @ 10, Success @ 1, Success @ 3, Success @ 5, RR, nDCG @ 10)


def score_retrieval(
    questions: Sequence[LabelledQuestion], run: Run
) -> Mapping[str, Mapping[str, float]]:
    """Return, per measure, the score of every answerable question by its id.

    A section that a run returns several times (as chunks) counts at its best rank.
    """
    answerable = [question for question in questions if question.is_answerable]
    qrels = [
        ir_measures.Qrel(question.query_id, gold.section_id, 1)
        for question in answerable
        for gold in question.gold
    ]
    wanted = {question.query_id for question in answerable}
    documents = [
        ir_measures.ScoredDoc(query_id, section, -float(rank))
        for query_id, sections in rank_sections(run).items()
        if query_id in wanted
        for rank, section in enumerate(sections, start=1)
    ]
    scores = {str(measure): dict.fromkeys(sorted(wanted), 0.0) for measure in MEASURES}
    for metric in ir_measures.iter_calc(MEASURES, qrels, documents):
        scores[str(metric.measure)][metric.query_id] = float(metric.value)
    return scores


def rank_sections(run: Run) -> dict[str, list[str]]:
    """Return, per query, the distinct sections in the order of their best rank."""
    return {
        result.query_id: list(dict.fromkeys(item.section_id for item in result.retrieved))
        for result in run.results
    }
