"""How good the answers are: their citations, the facts in them, their length, the chosen options.

A measure that does not apply to a question gives no score instead of a zero: citations are judged
on answered answerable questions, options on multiple-choice questions.
"""

import re
from collections.abc import Mapping, Sequence

from eval.datatypes import AnswerRecord, Gold, LabelledQuestion, Run
from ingest.normalize import normalize


def score_answers(
    questions: Sequence[LabelledQuestion], run: Run
) -> Mapping[str, Mapping[str, float]]:
    """Return, per measure, the score of every question that it applies to, by the question's id.

    - `citation precision`: share of the citations that touch a gold line;
    - `citation recall`: 1 if a citation touches the gold lines of a right section;
    - `key facts`: share of the key facts that stand in the answer; an abstention has none of them;
    - `length`: characters of the answer;
    - `choice`: 1 if exactly the right letters were chosen.
    """
    answers = {result.query_id: result.answer for result in run.results}
    scores: dict[str, dict[str, float]] = {
        name: {}
        for name in ("citation precision", "citation recall", "key facts", "length", "choice")
    }
    for labelled in questions:
        answer = answers.get(labelled.query_id)
        if answer is None:
            continue
        query_id = labelled.query_id
        if labelled.correct:
            chosen = "".join(sorted(answer.choice or ""))
            scores["choice"][query_id] = float(chosen == labelled.correct)
        if not labelled.is_answerable:
            continue
        if labelled.key_facts:
            scores["key facts"][query_id] = _recall_facts(labelled.key_facts, answer)
        if answer.abstained is None:
            on_gold = [_touches(cited, labelled.gold) for cited in answer.cited]
            if on_gold:
                scores["citation precision"][query_id] = sum(on_gold) / len(on_gold)
            scores["citation recall"][query_id] = float(any(on_gold))
            scores["length"][query_id] = float(len(answer.text))
    return scores


def holds_fact(text: str, variants: Sequence[str]) -> bool:
    """Return whether any accepted variant stands in the text; width, case and spaces aside.

    A number must stand whole: `5 個` does not stand in `15 個`, nor in `0.5 個`.
    """
    normalized = normalize(text)
    return any(_match_fact(variant).search(normalized) is not None for variant in variants)


def squeeze(text: str) -> str:
    """Return the text normalised and without white space, for comparing texts as wholes."""
    return normalize(text).replace(" ", "")


def _match_fact(variant: str) -> re.Pattern[str]:
    squeezed = squeeze(variant)
    before = r"(?<![0-9])(?<![0-9]\.)" if squeezed[:1].isdigit() else ""
    after = r"(?!\.?[0-9])" if squeezed[-1:].isdigit() else ""
    return re.compile(before + " ?".join(map(re.escape, squeezed)) + after)


def _recall_facts(key_facts: Sequence[Sequence[str]], answer: AnswerRecord) -> float:
    if answer.abstained is not None:
        return 0.0
    return sum(holds_fact(answer.text, variants) for variants in key_facts) / len(key_facts)


def _touches(cited: tuple[str, int, int], gold: Sequence[Gold]) -> bool:
    section, start, end = cited
    return any(
        section == right.section_id and start <= right.line_end and right.line_start <= end
        for right in gold
    )
