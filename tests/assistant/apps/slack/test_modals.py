"""The windows show the lines as they stand, name what they show, and are such as Slack takes."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.apps.slack.ids import REASON_BLOCK, REASON_INPUT, REASON_VIEW, SOURCE_VIEW
from assistant.apps.slack.modals import render_reason_view, render_source_view
from assistant.apps.slack.texts import ENGLISH, JAPANESE, SlackTexts
from assistant.serving.datatypes import SectionLink, SourceView
from tests.assistant.apps.slack.answers import odd_texts, short_texts
from tests.assistant.apps.slack.block_kit import find_violations
from tests.assistant.apps.slack.hostile_texts import HOSTILE_TEXTS
from tests.assistant.apps.slack.slack_reading import find_effects, find_texts

LINES = "\n".join(f"行{number}" for number in range(10, 31))
VIEW = SourceView(
    section_id="a.md#節",
    path="a.md",
    heading_path=("題", "節"),
    line_start=10,
    line_end=30,
    text=LINES,
    is_current=True,
    cited=(20, 21),
    previous=SectionLink("a.md#前", ("題", "前")),
    next=None,
)


def seen(view: Any) -> list[str]:
    return [text for block in view["blocks"] for text in find_texts(block)]


def preformatted(view: Any) -> list[str]:
    parts = [
        part
        for block in view["blocks"]
        if block["type"] == "rich_text"
        for part in block["elements"]
        if part["type"] == "rich_text_preformatted"
    ]
    return ["".join(find_texts(part)) for part in parts]


def test_the_cited_lines_stand_out_between_five_lines_on_either_side() -> None:
    view = render_source_view(VIEW, ENGLISH)
    assert seen(view) == [
        "題 > 節",
        "a.md",
        "Lines 15-19",
        "行15\n行16\n行17\n行18\n行19",
        "Cited: lines 20-21",
        "行20\n行21",
        "Lines 22-26",
        "行22\n行23\n行24\n行25\n行26",
        "Section before: 題 > 前",
    ]
    assert view["callback_id"] == SOURCE_VIEW
    assert find_violations(view) == []


@pytest.mark.parametrize(
    ("cited", "labels"),
    [
        ((10, 10), ["Cited: line 10", "Lines 11-15"]),
        ((30, 30), ["Lines 25-29", "Cited: line 30"]),
        ((11, 29), ["Line 10", "Cited: lines 11-29", "Line 30"]),
        ((10, 30), ["Cited: lines 10-30"]),
        # The note has become shorter.
        ((40, 50), ["Lines 25-29", "Cited: line 30"]),
        ((1, 2), ["Cited: line 10", "Lines 11-15"]),
        (None, ["Lines 10-30"]),
    ],
)
def test_lines_are_named_by_their_numbers(cited: tuple[int, int] | None, labels: list[str]) -> None:
    shown = seen(render_source_view(replace(VIEW, cited=cited), ENGLISH))
    assert [text for text in shown if text.startswith(("Line", "Cited"))] == labels


def test_lines_that_are_not_those_of_now_are_said_to_be_old() -> None:
    assert ENGLISH.outdated in seen(render_source_view(replace(VIEW, is_current=False), ENGLISH))
    assert ENGLISH.outdated not in seen(render_source_view(VIEW, ENGLISH))


def test_a_line_of_a_megabyte_is_cut_and_the_rest_counted() -> None:
    view = render_source_view(
        replace(VIEW, text="あ" * 1_000_000, line_end=10, cited=(10, 10)), ENGLISH
    )
    assert "".join(preformatted(view)) == "あ" * 6_000
    assert ENGLISH.lines_left_out.format(count=994_000) in seen(view)
    assert find_violations(view) == []


@pytest.mark.parametrize("text", ["", "\n", " \t\n \n"])
def test_blank_lines_are_shown_as_such(text: str) -> None:
    view = render_source_view(replace(VIEW, text=text, cited=None), ENGLISH)
    assert preformatted(view) == ["—"]
    assert find_violations(view) == []


def test_white_space_in_the_middle_makes_no_empty_part() -> None:
    view = render_source_view(replace(VIEW, text="始" + " " * 5_998 + "終", cited=None), ENGLISH)
    assert find_violations(view) == []
    assert len(preformatted(view)) == 2
    view = render_source_view(replace(VIEW, text="始" + " " * 9_000, cited=None), ENGLISH)
    assert find_violations(view) == []


@pytest.mark.parametrize("text", HOSTILE_TEXTS.values(), ids=HOSTILE_TEXTS)
def test_a_hostile_text_does_nothing_in_a_window(text: str) -> None:
    link = SectionLink(text, (text, text))
    view: Any = render_source_view(
        replace(VIEW, path=text, heading_path=(text,), text=text, previous=link, next=link),
        JAPANESE,
    )
    assert find_violations(view) == []
    assert find_effects("", view["blocks"]) == []


@given(odd_texts, short_texts, st.none() | st.tuples(st.integers(1, 60), st.integers(1, 60)))
@settings(deadline=None)
def test_slack_takes_every_window(text: str, name: str, cited: tuple[int, int] | None) -> None:
    view: Any = render_source_view(
        replace(VIEW, text=text, path=name, heading_path=(name,) * 9, cited=cited), ENGLISH
    )
    assert find_violations(view) == []
    assert find_violations(view["blocks"]) == []  # no longer than a message either


@pytest.mark.parametrize("texts", [JAPANESE, ENGLISH], ids=["ja", "en"])
def test_the_reason_is_asked_for_in_a_window_that_knows_the_answer(texts: SlackTexts) -> None:
    view: Any = render_reason_view(texts, "T1:C1:1.2")
    assert find_violations(view) == []
    assert (view["callback_id"], view["private_metadata"]) == (REASON_VIEW, "T1:C1:1.2")
    (block,) = view["blocks"]
    assert (block["block_id"], block["element"]["action_id"]) == (REASON_BLOCK, REASON_INPUT)
