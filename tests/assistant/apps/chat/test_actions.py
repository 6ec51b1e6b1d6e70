"""What a press sends, and what is none."""

import json

import pytest

from assistant.apps.chat.actions import (
    AskAction,
    CiteAction,
    OptionAction,
    ProposeAction,
    RateAction,
    SectionAction,
    read_action,
)
from assistant.serving.feedback import Rating


# As `assets/chat.js` makes them.
@pytest.mark.parametrize(
    ("sent", "action"),
    [
        ({"kind": "ask", "question": "次は?"}, AskAction(kind="ask", question="次は?")),
        ({"kind": "cite", "turn": 0, "marker": 2}, CiteAction(kind="cite", turn=0, marker=2)),
        (
            {"kind": "option", "turn": 3, "letter": "A", "side": "opposing"},
            OptionAction(kind="option", turn=3, letter="A", side="opposing"),
        ),
        (
            {"kind": "section", "section_id": "a.md#節"},
            SectionAction(kind="section", section_id="a.md#節"),
        ),
        (
            {"kind": "rate", "turn": 2, "rating": "bad"},
            RateAction(kind="rate", turn=2, rating=Rating.BAD),
        ),
        ({"kind": "propose", "turn": 1}, ProposeAction(kind="propose", turn=1)),
    ],
)
def test_presses_are_understood(sent, action) -> None:
    assert read_action(json.dumps(sent)) == action


@pytest.mark.parametrize(
    "text",
    [
        "",
        "null",
        "[]",
        "{",
        '{"kind": "delete"}',
        '{"kind": "ask"}',
        '{"kind": "ask", "question": ""}',
        '{"kind": "ask", "question": "a", "more": 1}',
        '{"kind": "cite", "turn": "0", "marker": 1}',
        '{"kind": "cite", "turn": -1, "marker": 1}',
        '{"kind": "cite", "turn": 50, "marker": 1}',
        '{"kind": "cite", "turn": 0, "marker": 0}',
        '{"kind": "option", "turn": 0, "letter": "A", "side": "both"}',
        '{"kind": "rate", "turn": 0, "rating": "splendid"}',
        '{"kind": "rate", "turn": 0, "rating": null}',
        '{"kind": "rate", "rating": "good"}',
        '{"kind": "propose", "turn": 50}',
        '{"kind": "propose", "turn": 0, "rating": "good"}',
        json.dumps({"kind": "ask", "question": "長" * 8_001}),
        json.dumps({"kind": "section", "section_id": "長" * 10_001}),
        "[" * 100_000,
    ],
)
def test_what_the_page_never_sends_is_no_action(text) -> None:
    assert read_action(text) is None
