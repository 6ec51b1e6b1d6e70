"""How much of the answering lines a reader gets within a given number of characters.

Ranks of sections and ranks of fixed-size chunks cannot be compared; what a reader has seen after
500 or 1,000 characters can. The returned texts are read best first until the budget is used up; a
text that no longer fits whole counts for the lines that fit.
"""

from collections.abc import Mapping, Sequence

from eval.datatypes import LabelledQuestion, QueryResult, RetrievedText, Run

BUDGETS = (500, 1000)


def score_evidence(
    questions: Sequence[LabelledQuestion], run: Run
) -> Mapping[str, Mapping[str, float]]:
    """Return `evidence@500` and `evidence@1000` of every answerable question by its id, 0 to 1.

    The score is the share of the gold lines of the best-covered right section: sections that hold
    the same answer need not all be read.
    """
    results = {result.query_id: result for result in run.results}
    return {
        f"evidence@{budget}": {
            labelled.query_id: _recall(labelled, results.get(labelled.query_id), budget)
            for labelled in questions
            if labelled.is_answerable
        }
        for budget in BUDGETS
    }


def _recall(labelled: LabelledQuestion, result: QueryResult | None, budget: int) -> float:
    if result is None:
        return 0.0
    seen = _read_lines(result.retrieved, budget)
    best = 0.0
    for gold in labelled.gold:
        path = gold.section_id.rpartition("#")[0]
        wanted = {(path, line) for line in range(gold.line_start, gold.line_end + 1)}
        best = max(best, len(wanted & seen) / len(wanted))
    return best


def _read_lines(retrieved: Sequence[RetrievedText], budget: int) -> set[tuple[str, int]]:
    """Return the (path, line) pairs read within the budget; characters spread evenly over lines."""
    seen: set[tuple[str, int]] = set()
    left = budget
    for item in retrieved:
        if left <= 0:
            break
        lines = item.line_end - item.line_start + 1
        readable = lines
        if item.characters > left:
            readable = lines * left // item.characters
        seen |= {(item.path, item.line_start + offset) for offset in range(readable)}
        left -= item.characters
    return seen
