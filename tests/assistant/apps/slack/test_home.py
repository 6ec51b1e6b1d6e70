"""The Home tab says how to ask, how the notes stand, and what was asked."""

import datetime
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.apps.slack.home_blocks import render_home
from assistant.apps.slack.ids import ASK_PATTERN
from assistant.apps.slack.texts import ENGLISH, JAPANESE, SlackTexts
from assistant.serving.datatypes import NoteEntry, NotesOverview
from ingest.datatypes import SkippedFile, SkipReason
from ingest.note_warning import NoteWarning
from tests.assistant.apps.slack.answers import odd_texts
from tests.assistant.apps.slack.block_kit import find_violations
from tests.assistant.apps.slack.hostile_texts import HOSTILE_TEXTS
from tests.assistant.apps.slack.slack_reading import find_effects, find_texts

OVERVIEW = NotesOverview(
    notes=(NoteEntry("a.md", 3, ()), NoteEntry("b.md", 2, ("x",))),
    skipped=(),
    warnings=(),
    folders=(),
    tags=(),
    sections=5,
    empty_sections=1,
    refreshed_at=datetime.datetime(2026, 11, 26, 4, 5, tzinfo=datetime.UTC),
    is_refreshing=False,
    problem=None,
)


def seen(view: Any) -> list[str]:
    return [text for block in view["blocks"] for text in find_texts(block)]


def dates(value: Any) -> list[dict[str, Any]]:
    if isinstance(value, list):
        return [date for part in value for date in dates(part)]
    if not isinstance(value, dict):
        return []
    return [value] if value.get("type") == "date" else dates(list(value.values()))


@pytest.mark.parametrize("texts", [JAPANESE, ENGLISH], ids=["ja", "en"])
def test_all_help_and_the_counts_of_the_notes_are_shown(texts: SlackTexts) -> None:
    view = render_home(OVERVIEW, (), texts)
    shown = seen(view)
    assert shown[:2] == [texts.home_title, texts.help_title]
    assert shown[2 : 2 + len(texts.help)] == list(texts.help)
    assert texts.note_counts.format(notes=2, sections=5, empty=1) in shown
    assert shown[-2:] == [texts.recent_title, texts.no_recent]
    assert find_violations(view) == []


def test_the_time_is_shown_in_the_time_zone_of_the_reader() -> None:
    (date,) = dates(render_home(OVERVIEW, (), ENGLISH))
    # 2026-11-26 04:05 UTC: 20,783 days and 4 h 5 min after 1970.
    assert date["timestamp"] == 20_783 * 86_400 + 4 * 3_600 + 5 * 60
    assert date["fallback"] == "2026-11-26 04:05 UTC"


def test_what_is_wrong_with_the_notes_is_counted() -> None:
    overview = replace(
        OVERVIEW,
        skipped=(
            SkippedFile("x.md", SkipReason.BINARY, "no text"),
            SkippedFile("y.md", SkipReason.IGNORED, "as wished"),
        ),
        warnings=(NoteWarning("a.md", 1, "broken"), NoteWarning("b.md", 2, "broken")),
        is_refreshing=True,
        problem="disk full;\ndelete something",
    )
    shown = seen(render_home(overview, (), ENGLISH))
    assert "Files that could not be read: 1" in shown
    assert "Places to mend: 2" in shown
    assert ENGLISH.refreshing in shown
    assert "The last refresh failed: disk full; delete something" in shown


def test_nothing_is_said_of_problems_where_there_are_none() -> None:
    shown = "\n".join(seen(render_home(OVERVIEW, (), ENGLISH)))
    assert "could not be read" not in shown
    assert "mend" not in shown
    assert ENGLISH.refreshing not in shown


def test_the_ten_latest_questions_can_be_asked_again() -> None:
    view: Any = render_home(OVERVIEW, [f"質問{number}?" for number in range(12)], ENGLISH)
    buttons = view["blocks"][-1]["elements"]
    assert [button["value"] for button in buttons] == [f"質問{number}?" for number in range(10)]
    assert all(ASK_PATTERN.search(button["action_id"]) for button in buttons)


def test_the_notes_in_the_message_menu_are_named_as_in_the_help() -> None:
    assert any("ノートで調べる" in line for line in JAPANESE.help)
    assert any("ノートで調べる" in line for line in ENGLISH.help)


@pytest.mark.parametrize("text", HOSTILE_TEXTS.values(), ids=HOSTILE_TEXTS)
def test_a_hostile_text_does_nothing_in_the_home_tab(text: str) -> None:
    view: Any = render_home(replace(OVERVIEW, problem=text), [text, text], JAPANESE)
    assert find_violations(view) == []
    assert find_effects("", view["blocks"]) == []


@given(st.lists(odd_texts, max_size=12), st.none() | odd_texts)
@settings(deadline=None)
def test_slack_takes_every_home_tab(recent: list[str], problem: str | None) -> None:
    view: Any = render_home(replace(OVERVIEW, problem=problem), recent, ENGLISH)
    assert find_violations(view) == []
