"""Turns a question that somebody asked into a draft of an evaluation question.

A draft is a line of a question set (docs/evaluation.md) that a person has to finish. Until then
`tenkyo eval check` refuses it: its tag, which tells where the question was asked, is no slice.
"""

import hashlib
import json
from typing import Any

from assistant.answering.questions import take_apart
from assistant.datatypes import Answer, Question
from assistant.serving.text_bounds import MAX_ANSWER_CHARACTERS, bound_history, bound_text

_MAX_CHOICE_CHARACTERS = 2_000


def build_candidate(question: Question, answer: Answer, face: str) -> dict[str, Any]:
    """Return an unfinished question line.

    What the answer cites stands there as gold, to be checked, and where there is no answer, the
    nearest section as `near`. The answer itself stands in `explanation`, which the person replaces;
    it is no reference answer. The id follows from the question, its options and its history.

    :param face: where it was asked; the tag is `from-` and this.
    :raises QuestionError: the question cannot be asked.
    """
    asked = take_apart(question)
    choices = {
        bound_text(choice.letter, 3): bound_text(choice.text, _MAX_CHOICE_CHARACTERS)
        for choice in asked.choices
    }
    history = bound_history(asked.history)
    record: dict[str, Any] = {
        "id": _derive_id(asked.text, choices, history),
        "question": asked.text,
    }
    if history:
        record["history"] = list(history)
    if choices:
        record |= {"choices": choices, "correct": ""}
    record["gold"] = _propose_gold(answer)
    if answer.abstained is not None and answer.hits:
        record["near"] = answer.hits[0].section_id
    return record | {
        "answer": "",
        "key_facts": [],
        "explanation": bound_text(answer.text, MAX_ANSWER_CHARACTERS),
        "tags": [f"from-{face}", *(["multiple-choice"] if choices else [])],
    }


def _propose_gold(answer: Answer) -> list[dict[str, object]]:
    return [
        {
            "section_id": citation.section_id,
            "line_start": citation.line_start,
            "line_end": citation.line_end,
            "digest": citation.digest,
        }
        for citation in answer.citations
    ]


def _derive_id(text: str, choices: dict[str, str], history: tuple[str, ...]) -> str:
    identity = json.dumps([text, choices, history], sort_keys=True)
    return f"asked-{hashlib.sha256(identity.encode()).hexdigest()[:12]}"
