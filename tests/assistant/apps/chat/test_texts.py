"""Both languages of the chat say the same things with the same blanks to fill."""

import string
from dataclasses import fields

import pytest

from assistant.apps.chat.texts import ENGLISH, JAPANESE, ChatTexts, choose_texts


def texts(chosen: ChatTexts) -> dict[str, str]:
    """Return every text of a language by its name; those of a table by `field.key`."""
    found = {}
    for field in fields(chosen):
        value = getattr(chosen, field.name)
        if isinstance(value, dict):
            found |= {f"{field.name}.{key}": text for key, text in value.items()}
        else:
            found[field.name] = value
    return found


def blanks(text: str) -> set[tuple[str, str]]:
    """Return the names of what is filled in, each with its format."""
    parsed = string.Formatter().parse(text)
    return {(name, form or "") for _, name, form, _ in parsed if name is not None}


def test_no_text_is_missing_or_empty() -> None:
    japanese, english = texts(JAPANESE), texts(ENGLISH)
    assert japanese.keys() == english.keys()
    assert all(text.strip() for text in (*japanese.values(), *english.values()))


@pytest.mark.parametrize("name", sorted(texts(JAPANESE)))
def test_both_languages_have_the_same_blanks_and_one_line(name: str) -> None:
    japanese, english = texts(JAPANESE)[name], texts(ENGLISH)[name]
    assert blanks(japanese) == blanks(english)
    assert "\n" not in japanese + english


def test_english_is_written_in_latin_letters() -> None:
    # The name of the language itself is there for who reads only the other.
    shown = [text for name, text in texts(ENGLISH).items() if name != "settings_language"]
    assert not any("\u3040" <= sign <= "\u9fff" for text in shown for sign in text)


def test_a_language_chooses_its_texts() -> None:
    assert choose_texts("ja") is JAPANESE
    assert choose_texts("en") is ENGLISH
    assert (JAPANESE.language, ENGLISH.language) == ("ja", "en")
