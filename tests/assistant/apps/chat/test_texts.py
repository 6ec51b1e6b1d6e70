"""Both languages of the chat say the same things with the same blanks to fill."""

import pytest

from assistant.apps.chat.texts import ENGLISH, JAPANESE, choose_texts
from tests.assistant.wording import list_blanks, list_texts


def test_no_text_is_missing_or_empty() -> None:
    japanese, english = list_texts(JAPANESE), list_texts(ENGLISH)
    assert japanese.keys() == english.keys()
    assert all(text.strip() for text in (*japanese.values(), *english.values()))


@pytest.mark.parametrize("name", sorted(list_texts(JAPANESE)))
def test_both_languages_have_the_same_blanks_and_one_line(name: str) -> None:
    japanese, english = list_texts(JAPANESE)[name], list_texts(ENGLISH)[name]
    assert list_blanks(japanese) == list_blanks(english)
    assert "\n" not in japanese + english


def test_english_is_written_in_latin_letters() -> None:
    # The name of the language itself is there for who reads only the other.
    shown = [text for name, text in list_texts(ENGLISH).items() if name != "settings_language"]
    assert not any("\u3040" <= sign <= "\u9fff" for text in shown for sign in text)


def test_a_language_chooses_its_texts() -> None:
    assert choose_texts("ja") is JAPANESE
    assert choose_texts("en") is ENGLISH
    assert (JAPANESE.language, ENGLISH.language) == ("ja", "en")
