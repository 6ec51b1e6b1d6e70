"""How much of a conversation is kept: bounds of single texts and of the number of turns."""

from collections.abc import Sequence

from assistant.answering.questions import MAX_QUESTION_CHARACTERS
from ingest.normalize import clean_text

# Two turns are searched (`assistant/answering/history.py`) and two more looked through for the
# topic; the others are context for who reads the record.
MAX_TURNS = 10
MAX_REASON_CHARACTERS = 2_000
# An answer has some hundred characters; one that quotes a long table row may have thousands.
MAX_ANSWER_CHARACTERS = 20_000


def bound_text(text: str, characters: int) -> str:
    """Return `text` cleaned of control characters, at most so long; what is cut ends with `…`."""
    cleaned = clean_text(text)
    return cleaned if len(cleaned) <= characters else f"{cleaned[: characters - 1]}…"


def bound_history(history: Sequence[str]) -> tuple[str, ...]:
    """Return the last `MAX_TURNS` turns, oldest first, each no longer than a question may be."""
    return tuple(bound_text(turn, MAX_QUESTION_CHARACTERS) for turn in history[-MAX_TURNS:])
