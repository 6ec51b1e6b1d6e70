"""What can go wrong before the chat is up.

    AssistantError (`assistant/errors.py`)
    └── ChatServerError     the chat cannot listen where it was told to

Every message is one line that says what is wrong, where, and what to do.
"""

from assistant.errors import AssistantError


class ChatServerError(AssistantError):
    """The chat cannot, or must not, listen where it was told to."""
