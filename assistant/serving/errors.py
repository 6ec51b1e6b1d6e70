"""What can go wrong in a face that stays up, beside an answer itself.

    AssistantError (`assistant/errors.py`)
    └── ServingError
        ├── NoteDropError     a dropped file cannot become a note
        └── FeedbackError     feedback cannot be stored

Every message is one line that says what is wrong, where, and what to do.
"""

from assistant.errors import AssistantError


class ServingError(AssistantError):
    """Any failure of the package `assistant.serving`."""


class NoteDropError(ServingError):
    """A dropped file cannot become a note: its name, its size or its bytes will not do."""


class FeedbackError(ServingError):
    """Feedback cannot be stored."""
