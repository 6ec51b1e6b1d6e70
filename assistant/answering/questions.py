"""Checks a question before any work is done for it, and reads files of questions."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.answering.multiple_choice.choice_parser import parse_question
from assistant.datatypes import Choice, Question
from assistant.errors import QuestionError, QuestionFileError
from ingest.normalize import clean_text

# A pasted exam question with five options stays below 3,000 characters; this leaves ample room.
MAX_QUESTION_CHARACTERS = 8_000


class _QuestionLine(BaseModel):
    """One line of a question file, as the command line's contract fixes it."""

    # Unknown keys are passed over: an evaluation set with gold labels can be asked as it is.
    model_config = ConfigDict(extra="ignore", strict=True)

    id: str = Field(min_length=1)
    question: str
    choices: dict[Annotated[str, Field(min_length=1, max_length=3)], str] = {}
    history: list[str] = []


def check_question(text: str) -> str:
    """Return the question cleaned of control characters and outer white space.

    :raises QuestionError: it is empty, too long, or has neither letter nor digit.
    """
    cleaned = clean_text(text).strip()
    if not cleaned:
        raise QuestionError("the question is empty; write what you want to know")
    if len(cleaned) > MAX_QUESTION_CHARACTERS:
        raise QuestionError(
            f"the question has {len(cleaned):,} characters; "
            f"shorten it to at most {MAX_QUESTION_CHARACTERS:,}"
        )
    if not any(character.isalnum() for character in cleaned):
        raise QuestionError("the question holds no word, only signs; write what you want to know")
    return cleaned


def take_apart(question: Question) -> Question:
    """Return a question ready to be answered: its text checked, pasted options as its choices.

    :raises QuestionError: as `check_question`.
    """
    if not question.choices:
        parsed = parse_question(question.text)
        question = replace(question, text=parsed.stem, choices=parsed.choices)
    return replace(question, text=check_question(question.text))


def read_questions(path: Path) -> Iterator[Question]:
    """Yield the questions of a JSON Lines file in order; blank lines are passed over.

    :raises QuestionFileError: the file cannot be read, a line is malformed, or an id comes twice.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise QuestionFileError(
            f"{path}: cannot be read ({error.strerror}); check the path and its permissions"
        ) from error
    except UnicodeDecodeError as error:
        raise QuestionFileError(f"{path}: is not UTF-8 ({error.reason}); convert it") from error
    seen: set[str] = set()
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            parsed = _QuestionLine.model_validate(json.loads(line))
            choices = tuple(Choice(letter, option) for letter, option in parsed.choices.items())
            question = Question(parsed.question, parsed.id, choices, tuple(parsed.history))
            take_apart(question)
        except QuestionError as error:
            raise QuestionFileError(f"{path}:{number}: {error}") from error
        except ValidationError as error:
            first = error.errors()[0]
            name = ".".join(str(part) for part in first["loc"]) or "line"
            raise QuestionFileError(
                f"{path}:{number}: '{name}': {first['msg']}; a line is "
                '{"id", "question", "choices"?: {"A": ...}, "history"?: [...]}'
            ) from error
        except (ValueError, RecursionError) as error:  # ValueError also for endless numbers
            raise QuestionFileError(f"{path}:{number}: is not valid JSON; correct it") from error
        if parsed.id in seen:
            raise QuestionFileError(f"{path}:{number}: id '{parsed.id}' comes twice; rename one")
        seen.add(parsed.id)
        yield question
