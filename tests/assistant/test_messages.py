"""Both languages say the same things with the same blanks to fill."""

from pathlib import Path

import pytest

from assistant.datatypes import ConfidenceLevel, Notice
from assistant.messages import ENGLISH, JAPANESE, Messages
from index.refresh import refresh_index
from ingest.content_words import BigramAnalyzer
from ingest.datatypes import SkipReason
from tests.assistant.wording import list_blanks, list_texts
from tests.fake_embedder import FakeEmbedder


def test_no_text_is_missing_or_empty() -> None:
    japanese, english = list_texts(JAPANESE), list_texts(ENGLISH)
    assert japanese.keys() == english.keys()
    assert all(text.strip() for text in (*japanese.values(), *english.values()))


@pytest.mark.parametrize("name", sorted(list_texts(JAPANESE)))
def test_both_languages_have_the_same_blanks_and_one_line(name: str) -> None:
    japanese, english = list_texts(JAPANESE)[name], list_texts(ENGLISH)[name]
    assert list_blanks(japanese) == list_blanks(english)
    assert "\n" not in japanese + english


@pytest.mark.parametrize("messages", [JAPANESE, ENGLISH], ids=["ja", "en"])
def test_every_reason_to_skip_a_file_has_a_text(messages: Messages) -> None:
    assert set(messages.skip_reasons) == set(SkipReason)


@pytest.mark.parametrize("messages", [JAPANESE, ENGLISH], ids=["ja", "en"])
def test_every_notice_and_level_has_a_text(messages: Messages) -> None:
    assert set(messages.notices) == set(Notice)
    assert set(messages.confidence_levels) == set(ConfidenceLevel)


@pytest.mark.parametrize("messages", [JAPANESE, ENGLISH], ids=["ja", "en"])
def test_every_stage_of_indexing_has_a_text(messages: Messages, tmp_path: Path) -> None:
    notes = tmp_path / "notes"
    notes.mkdir()
    (notes / "a.md").write_text("# 題\n本文です。\n", encoding="utf-8")
    told: set[str] = set()
    analyzer = BigramAnalyzer()
    refresh_index(
        notes,
        tmp_path / "index",
        FakeEmbedder(),
        analyzer,
        analyzer,
        on_progress=lambda stage, _done, _total: told.add(stage),
    )
    assert told == set(messages.stages)
