"""The choices of the settings, and the two sets of texts of a language."""

from dataclasses import dataclass
from typing import Literal

from assistant.apps.chat.text_fields import ChatTexts
from assistant.apps.chat.texts import choose_texts
from assistant.messages import Language, Messages, choose_messages

# In its own language each, for whoever cannot read the other.
LANGUAGE_NAMES = (("日本語", "ja"), ("English", "en"))

Theme = Literal["system", "light", "dark"]


@dataclass(frozen=True, slots=True)
class Wording:
    """What a user reads in one language: the chat's own texts and those of all faces."""

    texts: ChatTexts
    messages: Messages


def choose_wording(language: object) -> Wording:
    """Return the texts of a language; Japanese for whatever is none."""
    chosen: Language = "en" if language == "en" else "ja"
    return Wording(choose_texts(chosen), choose_messages(chosen))


def list_lengths(characters: int) -> tuple[int, int, int]:
    """Return how long a short, a normal and a long answer may be.

    :param characters: the length of a normal one.
    """
    return characters // 2, characters, characters * 2


def label_lengths(texts: ChatTexts, characters: int) -> list[tuple[str, int]]:
    """Return the lengths to choose from with their names."""
    return list(zip(texts.settings_lengths.values(), list_lengths(characters), strict=True))


def label_themes(texts: ChatTexts) -> list[tuple[str, Theme]]:
    """Return the ways to be light or dark with their names."""
    return [
        (texts.settings_theme_system, "system"),
        (texts.settings_theme_light, "light"),
        (texts.settings_theme_dark, "dark"),
    ]


def choose_theme(name: str) -> Theme:
    """Return the theme of a name; the system's for whatever is none."""
    return "light" if name == "light" else "dark" if name == "dark" else "system"
