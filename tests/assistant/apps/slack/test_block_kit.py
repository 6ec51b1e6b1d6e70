"""The validator that the other tests stand on finds what Slack refuses."""

from typing import Any

import pytest

from tests.assistant.apps.slack.block_kit import find_violations

PLAIN = {"type": "plain_text", "text": "題"}
BUTTON = {"type": "button", "action_id": "a", "text": PLAIN, "value": "1"}
ACTIONS = {"type": "actions", "block_id": "b", "elements": [BUTTON]}
CONTEXT = {"type": "context", "elements": [PLAIN]}
RICH = {
    "type": "rich_text",
    "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "文"}]}],
}
INPUT = {
    "type": "input",
    "label": PLAIN,
    "element": {"type": "plain_text_input", "action_id": "i"},
}
MODAL = {"type": "modal", "title": PLAIN, "blocks": [CONTEXT]}


def test_what_is_right_has_no_violation() -> None:
    assert find_violations([RICH, CONTEXT, {"type": "divider"}, ACTIONS]) == []
    assert find_violations(MODAL) == []
    assert find_violations({**MODAL, "submit": PLAIN, "blocks": [INPUT]}) == []
    assert find_violations({"type": "home", "blocks": [RICH] * 100}) == []


def rich(*elements: dict[str, Any]) -> dict[str, Any]:
    section = {"type": "rich_text_section", "elements": list(elements)}
    return {"type": "rich_text", "elements": [section]}


WRONG = {
    "no blocks": [],
    "too many blocks": [{"type": "divider"}] * 51,
    "unknown type": [{"type": "table", "rows": []}],
    "input in a message": [INPUT],
    "no elements": [{"type": "context"}],
    "empty elements": [{"type": "context", "elements": []}],
    "unknown field": [{**CONTEXT, "style": "bold"}],
    "eleven in a context": [{"type": "context", "elements": [PLAIN] * 11}],
    "26 buttons": [
        {"type": "actions", "elements": [{**BUTTON, "action_id": f"a{i}"} for i in range(26)]}
    ],
    "action id twice": [{"type": "actions", "elements": [BUTTON, BUTTON]}],
    "block id twice": [ACTIONS, ACTIONS],
    "long block id": [{**ACTIONS, "block_id": "b" * 256}],
    "long action id": [{"type": "actions", "elements": [{**BUTTON, "action_id": "a" * 256}]}],
    "long button": [
        {"type": "actions", "elements": [{**BUTTON, "text": {**PLAIN, "text": "x" * 76}}]}
    ],
    "long button of emoji": [
        {"type": "actions", "elements": [{**BUTTON, "text": {**PLAIN, "text": "😀" * 38}}]}
    ],
    "long value": [{"type": "actions", "elements": [{**BUTTON, "value": "x" * 2_001}]}],
    "empty value": [{"type": "actions", "elements": [{**BUTTON, "value": ""}]}],
    "mrkdwn button": [
        {"type": "actions", "elements": [{**BUTTON, "text": {"type": "mrkdwn", "text": "x"}}]}
    ],
    "long header": [{"type": "header", "text": {**PLAIN, "text": "x" * 151}}],
    "long text": [{"type": "context", "elements": [{**PLAIN, "text": "x" * 3_001}]}],
    "blank text": [{"type": "context", "elements": [{**PLAIN, "text": " \n"}]}],
    "lone surrogate": [{"type": "context", "elements": [{**PLAIN, "text": "\ud800"}]}],
    "long rich text": [
        rich({"type": "text", "text": "x" * 1_501}, {"type": "text", "text": "y" * 1_500})
    ],
    "empty rich text": [rich({"type": "text", "text": ""})],
    "mention": [rich({"type": "user", "user_id": "U1"})],
    "broadcast": [rich({"type": "broadcast", "range": "channel"})],
    "style": [rich({"type": "text", "text": "x", "style": {"blink": True}})],
    "date as text": [rich({"type": "date", "timestamp": "1", "format": "{date}"})],
    "all together": [rich({"type": "text", "text": "x" * 2_900})] * 5,
    "entities together": [rich({"type": "text", "text": "<" * 2_000})] * 2,
    "view without title": {"type": "modal", "blocks": [CONTEXT]},
    "view of another type": {"type": "workflow_step", "blocks": [CONTEXT]},
    "long title": {**MODAL, "title": {**PLAIN, "text": "x" * 25}},
    "long submit": {**MODAL, "submit": {**PLAIN, "text": "x" * 25}},
    "input without submit": {**MODAL, "blocks": [INPUT]},
    "long metadata": {**MODAL, "private_metadata": "x" * 3_001},
    "101 blocks": {"type": "home", "blocks": [RICH] * 101},
    "no block in a view": {**MODAL, "blocks": []},
}


@pytest.mark.parametrize("payload", WRONG.values(), ids=WRONG)
def test_what_slack_refuses_is_found(payload: Any) -> None:
    assert find_violations(payload)
