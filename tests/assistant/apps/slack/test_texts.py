"""Both languages say the same things with the same blanks to fill, in what Slack has room for."""

import pytest

from assistant.apps.slack.texts import ENGLISH, JAPANESE, Refusal, SlackTexts, choose_texts
from tests.assistant.apps.slack.slack_reading import read_markup
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


@pytest.mark.parametrize("texts", [JAPANESE, ENGLISH], ids=["ja", "en"])
def test_every_refusal_has_a_text(texts: SlackTexts) -> None:
    assert set(texts.refusals) == set(Refusal)


@pytest.mark.parametrize("texts", [JAPANESE, ENGLISH], ids=["ja", "en"])
def test_what_stands_on_buttons_and_windows_has_room_there(texts: SlackTexts) -> None:
    titles = (texts.source_title, texts.reason_title, texts.reason_submit, texts.close)
    assert all(len(title) <= 24 for title in titles)
    labels = (texts.good, texts.bad, texts.share, texts.show_lines.format(marker=999_999_999))
    assert all(len(label) <= 75 for label in labels)
    assert len(texts.reason_hint) <= 150


@pytest.mark.parametrize("texts", [JAPANESE, ENGLISH], ids=["ja", "en"])
def test_the_words_of_a_link_hold_nothing_that_slack_parses(texts: SlackTexts) -> None:
    assert read_markup(texts.open_note) == []
    assert "|" not in texts.open_note


def test_a_language_is_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    assert choose_texts("ja") is JAPANESE
    assert choose_texts("en") is ENGLISH
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    assert choose_texts("auto") is ENGLISH
    monkeypatch.setenv("LC_ALL", "ja_JP.UTF-8")
    assert choose_texts("auto") is JAPANESE
