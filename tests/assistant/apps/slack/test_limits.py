"""Sizes are counted as Slack counts them, or more; what does not fit is left out and told."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from slack_sdk.models.blocks import ActionsBlock, ButtonElement, ContextBlock

from assistant.apps.slack import limits
from assistant.apps.slack.budget import BlockBudget, fit_blocks, fit_buttons
from assistant.apps.slack.elements import Block, build_actions, build_button, build_paragraph
from assistant.apps.slack.graphemes import find_boundary
from assistant.apps.slack.limits import measure, measure_packed, weigh


@pytest.mark.parametrize(
    ("text", "length"),
    [("", 0), ("abc", 3), ("漢字", 2), ("😀", 2), ("か\u3099", 2), ("\ud800", 1)],
)
def test_a_text_is_measured_in_utf_16_units(text: str, length: int) -> None:
    assert measure(text) == length


@pytest.mark.parametrize(
    ("text", "length"), [("", 0), ("a<b", 6), ("&", 5), ("a\nb", 4), ('"', 2), ("漢😀", 3)]
)
def test_what_grows_when_it_is_sent_counts_as_it_is_sent(text: str, length: int) -> None:
    assert measure_packed(text) == length


@given(st.text())
def test_no_text_grows_beyond_what_was_counted(text: str) -> None:
    assert measure_packed(text) >= measure(text) >= len(text)
    entities = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert weigh(build_paragraph(text)) >= len(json.dumps(entities, ensure_ascii=False)) + 100


def test_the_limits_are_those_of_the_library_where_it_has_them() -> None:
    assert ActionsBlock.elements_max_length == limits.ACTION_ELEMENTS
    assert ContextBlock.elements_max_length == limits.CONTEXT_ELEMENTS
    assert ButtonElement.text_max_length == limits.BUTTON_TEXT_CHARACTERS
    assert ButtonElement.value_max_length == limits.BUTTON_VALUE_CHARACTERS


def line(text: str) -> Block:
    return build_paragraph(text)


def tell(count: int) -> Block:
    return line(f"+{count}")


def test_a_budget_holds_what_fits_and_nothing_more() -> None:
    budget = BlockBudget(blocks=2, weight=10_000)
    assert budget.holds([line("a"), line("b")])
    assert not budget.holds([line("a"), line("b"), line("c")])
    budget.spend([line("a")])
    assert budget.holds([line("b")])
    assert not budget.holds([line("b"), line("c")])
    exact = BlockBudget(blocks=50, weight=weigh(line("abc")))
    assert exact.holds([line("abc")])
    assert not exact.holds([line("abcd")])
    exact.spend([line("abcd")])
    assert not exact.holds([line("")])


@pytest.mark.parametrize(
    ("room", "most", "expected"),
    [
        (9, 9, ["head", "a", "b", "c", "d"]),
        (5, 9, ["head", "a", "b", "c", "d"]),
        (4, 9, ["head", "a", "b", "+2"]),
        (3, 9, ["head", "a", "+3"]),
        (2, 9, []),
        (9, 3, ["head", "a", "b", "c", "+1"]),
        (9, 1, ["head", "a", "+3"]),
    ],
)
def test_what_is_left_out_is_told(room: int, most: int, expected: list[str]) -> None:
    budget = BlockBudget(blocks=room, weight=100_000)
    blocks = [line(text) for text in "abcd"]
    shown = fit_blocks(budget, blocks, tell, most, [line("head")])
    assert shown == [line(text) for text in expected]
    assert budget.holds([line("")] * (room - len(expected)))
    assert not budget.holds([line("")] * (room - len(expected) + 1))


def test_of_nothing_nothing_is_shown() -> None:
    assert fit_blocks(BlockBudget(), [], tell, 9, [line("head")]) == []


def buttons(*values: str) -> list[dict[str, object]]:
    return [build_button(f"a-{number}", "x", value) for number, value in enumerate(values)]


def build(some: Any) -> Block:
    return build_actions("b", some)


def test_buttons_that_do_not_fit_are_passed_over() -> None:
    short, _, last = made = buttons("1", "2" * 2_000, "3")
    budget = BlockBudget(weight=1_000)
    assert fit_buttons(budget, made, build) == [build([short, last])]
    assert fit_buttons(BlockBudget(weight=100), made, build, [line("head")]) == []


def test_at_most_25_buttons_stand_in_a_block() -> None:
    (block,) = fit_buttons(BlockBudget(), buttons(*"x" * 40), build)
    elements: Any = block["elements"]
    assert len(elements) == 25


@pytest.mark.parametrize(
    ("text", "position", "boundary"),
    [
        ("abc", 2, 2),
        ("abc", 9, 3),
        ("", 1, 0),
        ("か\u3099き", 1, 0),
        ("か\u3099き", 2, 2),
        ("ｶﾞ", 1, 0),
        ("e\u0301\u0302x", 2, 0),
        ("👩\u200d👧x", 1, 0),
        ("👩\u200d👧x", 2, 0),
        ("👩\u200d👧x", 3, 3),
        ("👍\U0001f3fdx", 1, 0),
        ("1\ufe0f\u20e3x", 2, 0),
        ("🇯🇵🇫🇷", 1, 0),
        ("🇯🇵🇫🇷", 2, 2),
        ("🇯🇵🇫🇷", 3, 2),
        ("\r\n", 1, 0),
        ("\u1112\u1161\u11ab", 2, 0),
    ],
)
def test_what_is_one_sign_to_a_reader_stays_whole(text: str, position: int, boundary: int) -> None:
    assert find_boundary(text, position) == boundary
