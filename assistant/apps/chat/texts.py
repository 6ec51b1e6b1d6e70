"""The texts of the chat in the language of the user."""

from assistant.apps.chat.english import ENGLISH
from assistant.apps.chat.japanese import JAPANESE
from assistant.apps.chat.text_fields import ChatTexts
from assistant.messages import Language

__all__ = ["ENGLISH", "JAPANESE", "ChatTexts", "choose_texts"]


def choose_texts(language: Language) -> ChatTexts:
    """Return the texts of a language."""
    return ENGLISH if language == "en" else JAPANESE
