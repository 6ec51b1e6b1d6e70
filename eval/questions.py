"""Reads and writes sets of labelled questions: JSON Lines, one file a domain."""

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
)

from assistant.datatypes import Choice, Question
from eval.datatypes import Gold, LabelledQuestion, Split
from eval.errors import QuestionSetError

_Text = Annotated[str, StringConstraints(pattern=r"\S")]


class _GoldLine(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    section_id: str = Field(min_length=1)
    line_start: int = Field(ge=1)
    line_end: int = Field(ge=1)
    digest: str = ""


def _check_lines(gold: _GoldLine) -> _GoldLine:
    if gold.line_end < gold.line_start:
        raise ValueError(f"line_end {gold.line_end} is before line_start {gold.line_start}")
    return gold


class _QuestionLine(BaseModel):
    """One line of the file; the fields are those of `LabelledQuestion`."""

    model_config = ConfigDict(extra="forbid", strict=True)

    id: _Text
    question: _Text
    history: list[str] = []
    choices: dict[str, str] = {}
    correct: str = ""
    gold: list[Annotated[_GoldLine, AfterValidator(_check_lines)]]
    near: str = ""
    answer: str = ""
    # A fact without a variant could never be met, an empty variant always is.
    key_facts: list[Annotated[list[_Text], Field(min_length=1)]] = []
    explanation: str = ""
    tags: list[str]
    split: Split = Field(default=Split.TEST, strict=False)


def read_question_set(source: Path) -> list[LabelledQuestion]:
    """Read a file of labelled questions, or all `*.jsonl` files of a folder in the order of names.

    :raises QuestionSetError: nothing is there, a line is malformed, or an id comes twice.
    """
    questions = []
    places: dict[str, str] = {}
    for file in list_question_files(source):
        for number, question in _read_lines(file):
            place = f"{file}:{number}"
            first = places.setdefault(question.query_id, place)
            if first != place:
                raise QuestionSetError(
                    f"{place}: id {question.query_id!r} is taken by {first}; rename one"
                )
            questions.append(question)
    if not questions:
        raise QuestionSetError(f"{source}: holds no questions; write some, one JSON object a line")
    return questions


def list_question_files(source: Path) -> list[Path]:
    """Return the files of a question set: all `*.jsonl` of a folder by name, or the file itself."""
    return sorted(source.glob("*.jsonl")) if source.is_dir() else [source]


def write_question_set(path: Path, questions: Iterable[LabelledQuestion]) -> None:
    """Write questions to a file, one a line; fields that say nothing are left out.

    :raises QuestionSetError: the file cannot be written.
    """
    lines = [json.dumps(_to_record(question), ensure_ascii=False) for question in questions]
    try:
        path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    except OSError as error:
        raise QuestionSetError(
            f"{path}: cannot be written ({error.strerror}); choose another place"
        ) from error


def read_question_file(path: Path) -> Sequence[LabelledQuestion]:
    """Read one file of labelled questions; it may be empty.

    :raises QuestionSetError: it cannot be read, or a line is malformed.
    """
    return [question for _, question in _read_lines(path)]


def _read_lines(path: Path) -> Iterator[tuple[int, LabelledQuestion]]:
    """Yield line number and question of every line that is not blank."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise QuestionSetError(f"{path}: cannot be read ({error.strerror}); check it") from error
    except UnicodeDecodeError as error:
        raise QuestionSetError(f"{path}: is not UTF-8 ({error.reason}); convert it") from error
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            parsed = _QuestionLine.model_validate(json.loads(line))
        except ValidationError as error:
            first = error.errors()[0]
            name = ".".join(str(part) for part in first["loc"]) or "line"
            raise QuestionSetError(
                f"{path}:{number}: {name!r}: {first['msg']}; see docs/evaluation.md for the fields"
            ) from error
        except (ValueError, RecursionError) as error:  # also a number of thousands of digits
            raise QuestionSetError(f"{path}:{number}: is not valid JSON; correct it") from error
        yield number, _from_line(parsed)


def _from_line(line: _QuestionLine) -> LabelledQuestion:
    choices = tuple(Choice(letter, text) for letter, text in line.choices.items())
    return LabelledQuestion(
        question=Question(line.question, line.id, choices, tuple(line.history)),
        gold=tuple(Gold(g.section_id, g.line_start, g.line_end, g.digest) for g in line.gold),
        tags=frozenset(line.tags),
        split=line.split,
        near=line.near,
        correct="".join(sorted(set(line.correct))),
        answer=line.answer,
        key_facts=tuple(tuple(variants) for variants in line.key_facts),
        explanation=line.explanation,
    )


def _to_record(labelled: LabelledQuestion) -> dict[str, Any]:
    question = labelled.question
    record: dict[str, Any] = {
        "id": question.query_id,
        "split": labelled.split.value,
        "question": question.text,
        "history": list(question.history),
        "choices": {choice.letter: choice.text for choice in question.choices},
        "correct": labelled.correct,
        "gold": [
            {
                "section_id": gold.section_id,
                "line_start": gold.line_start,
                "line_end": gold.line_end,
                "digest": gold.digest,
            }
            for gold in labelled.gold
        ],
        "near": labelled.near,
        "answer": labelled.answer,
        "key_facts": [list(variants) for variants in labelled.key_facts],
        "explanation": labelled.explanation,
        "tags": sorted(labelled.tags),
    }
    required = ("id", "split", "question", "gold", "tags")
    return {key: value for key, value in record.items() if value or key in required}
