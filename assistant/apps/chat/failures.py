"""Tells a failure in one line, in the language of the user."""

from pydantic import ValidationError

from assistant.apps.chat.text_fields import ChatTexts
from assistant.errors import AssistantError, QuestionError
from index.errors import IndexingError
from ingest.errors import IngestError

# What says in its own words what is wrong and what to do.
KNOWN_FAILURES = (AssistantError, IndexingError, IngestError)


def describe_failure(error: Exception, texts: ChatTexts) -> str:
    """Return what to tell of an error that a question, or a program's call, met with."""
    if isinstance(error, QuestionError):
        return texts.error_question.format(detail=error)
    if isinstance(error, ValidationError):
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"])
        return texts.error_question.format(detail=f"'{name}': {first['msg']}")
    if isinstance(error, KNOWN_FAILURES):
        return texts.error_answer.format(detail=error)
    return texts.error_unexpected.format(kind=type(error).__name__)


def describe_detail(error: Exception) -> str:
    """Return what is wrong, to stand in a sentence of its own place."""
    return str(error) if isinstance(error, KNOWN_FAILURES) else type(error).__name__


def is_unexpected(error: Exception) -> bool:
    """Tell whether an error speaks of a mistake in the program rather than in what it was given."""
    return not isinstance(error, (*KNOWN_FAILURES, ValidationError))
