"""Every message is one that Slack takes, says all it should, and does nothing by itself."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.apps.slack.blocks import (
    SlackMessage,
    render_answer,
    render_failure,
    render_line,
    render_placeholder,
    render_shared,
)
from assistant.apps.slack.ids import (
    ASK_PATTERN,
    BAD_ACTION,
    GOOD_ACTION,
    LINES_PATTERN,
    MAX_JOB_KEY_CHARACTERS,
    SHARE_ACTION,
    build_block_id,
    read_job_key,
)
from assistant.apps.slack.texts import ENGLISH, JAPANESE, SlackTexts
from assistant.datatypes import AbstentionReason, Answer, Citation, Notice, OptionEvidence, Reading
from assistant.messages import ENGLISH as ENGLISH_MESSAGES
from assistant.messages import JAPANESE as JAPANESE_MESSAGES
from assistant.render import CLOSE_MARGIN, printable
from tests.assistant.apps.slack.answers import (
    PLAIN,
    REFUSED,
    ask_back,
    fill,
    odd_answers,
    odd_texts,
    refuse,
)
from tests.assistant.apps.slack.block_kit import find_violations
from tests.assistant.apps.slack.hostile_texts import HOSTILE_TEXTS
from tests.assistant.apps.slack.slack_reading import find_effects, find_texts, read_shown

BASE = "https://git.example/notes"
KEY = "T1:C1:1700000000.000100"
MARK = re.compile(r"\[\d{1,9}\]")


def link_to_base(citation: Citation) -> str | None:
    return f"{BASE}/{citation.path}#L{citation.line_start}"


def show(
    answer: Answer,
    *,
    link: Callable[[Citation], str | None] = link_to_base,
    is_private: bool = False,
) -> SlackMessage:
    return render_answer(answer, ENGLISH, ENGLISH_MESSAGES, link, KEY, is_private=is_private)


def seen(message: SlackMessage) -> list[str]:
    """Return every text that is seen, in order."""
    return [text for block in message.blocks for text in find_texts(block)]


def buttons(message: SlackMessage) -> list[dict[str, Any]]:
    blocks: list[Any] = [block for block in message.blocks if block["type"] == "actions"]
    return [button for block in blocks for button in block["elements"]]


def test_an_answer_shows_its_text_sources_and_confidence() -> None:
    message = show(PLAIN)
    assert seen(message) == [
        "本文。 [1]",
        "Sources",
        "[1] 題 > 節 — a.md line 4",
        f"<{BASE}/a.md#L4|Open the note>",
        "[1] Show the lines",
        "confidence 0.88 (high)",
        "👍 Helpful",
        "👎 Not right",
    ]
    assert message.text == "本文。 [1]\n[1] 題 &gt; 節 — a.\u2060md line 4"
    assert find_violations(message.blocks) == []


def test_the_buttons_carry_the_marker_and_lead_back_to_the_answer() -> None:
    message = show(replace(PLAIN, follow_ups=("次は?",)), is_private=True)
    values = {button["action_id"]: button["value"] for button in buttons(message)}
    assert values == {
        "tenkyo-lines-1": "1",
        "tenkyo-ask-0": "次は?",
        GOOD_ACTION: KEY,
        BAD_ACTION: KEY,
        SHARE_ACTION: KEY,
    }
    assert LINES_PATTERN.search("tenkyo-lines-1")
    assert ASK_PATTERN.search("tenkyo-ask-0")
    keys = {read_job_key(str(block["block_id"])) for block in message.blocks if "block_id" in block}
    assert keys == {KEY}


def test_what_everyone_sees_cannot_be_shared_again() -> None:
    assert SHARE_ACTION not in {button["action_id"] for button in buttons(show(PLAIN))}


@pytest.mark.parametrize("url", [None, "", "a.md#L4", "javascript:alert(1)", "file:///etc/passwd"])
def test_without_a_web_address_there_is_no_link(url: str | None) -> None:
    message = show(fill("文"), link=lambda _: url)
    assert find_effects(message.text, message.blocks) == []
    assert "Open the note" not in json.dumps(message.blocks)


@pytest.mark.parametrize(("confidence", "is_told"), [(0.49, True), (0.5, False)])
def test_below_even_odds_the_reader_is_told(confidence: float, is_told: bool) -> None:
    shown = seen(show(replace(PLAIN, confidence=confidence)))
    assert (ENGLISH_MESSAGES.uncertain in shown) == is_told


def test_notices_are_told_once_each() -> None:
    notices = (Notice.SOURCE_MOVED, Notice.MODEL_FAILED, Notice.SOURCE_MOVED)
    shown = seen(show(replace(PLAIN, notices=notices)))
    assert [text for text in shown if text in ENGLISH_MESSAGES.notices.values()] == [
        ENGLISH_MESSAGES.notices[Notice.SOURCE_MOVED],
        ENGLISH_MESSAGES.notices[Notice.MODEL_FAILED],
    ]


def test_options_stand_below_the_verdict_with_what_speaks_for_and_against_them() -> None:
    (citation,) = PLAIN.citations
    answer = replace(
        PLAIN,
        choice="B",
        options=(
            OptionEvidence("A", "甲", 0.1, None, replace(citation, quote="反対。", line_end=6)),
            OptionEvidence("B", "乙\n丙", 0.9, citation, None),
            OptionEvidence("C", "丁", 0.0, None, None),
        ),
        margin=CLOSE_MARGIN,
        requirements=("最小の費用", "すぐに"),
    )
    shown = seen(show(answer))
    assert shown[:11] == [
        "The notes support most: B",
        "\nAsked for: 最小の費用、すぐに",
        "本文。 [1]",
        "A. 甲",
        'against: "反対。" ',
        "題 > 節 — a.md lines 4-6",
        "→ B. 乙 丙",
        'for: "本文。" ',
        "題 > 節 — a.md line 4",
        "C. 丁",
        "Sources",
    ]
    assert show(answer).text.startswith("The notes support most: B\n本文。 [1]\n")
    assert f'"url": "{BASE}/a.md#L4"' in json.dumps(show(answer).blocks)


@pytest.mark.parametrize(("margin", "is_decided"), [(0.49, False), (0.5, True), (None, True)])
def test_close_options_are_said_to_be_close(margin: float | None, is_decided: bool) -> None:
    first, *_ = seen(show(replace(PLAIN, choice="A, C", margin=margin)))
    pattern = ENGLISH_MESSAGES.choice if is_decided else ENGLISH_MESSAGES.choice_undecided
    assert first == pattern.format(letters="A, C")


def test_an_abstention_names_the_three_nearest_sections_and_no_confidence() -> None:
    assert seen(show(REFUSED)) == [
        "この質問の答えはノートに見当たりません。",
        "Nearest sections:",
        "a > 節 — a.md lines 3-5",
        "b > 節 — b.md lines 3-5",
        "c > 節 — c.md lines 3-5",
        "👍 Helpful",
        "👎 Not right",
    ]


def test_without_notes_there_is_nothing_near() -> None:
    answer = replace(REFUSED, text="No notes.", hits=(), abstained=AbstentionReason.NO_NOTES)
    assert seen(show(answer)) == ["No notes.", "👍 Helpful", "👎 Not right"]


def test_readings_of_an_ambiguous_question_are_buttons_that_ask_what_was_meant() -> None:
    readings = (Reading("NAT > 料金", "NAT の料金は?"), Reading("TGW > 料金", "TGW の料金は?"))
    answer = replace(REFUSED, abstained=AbstentionReason.AMBIGUOUS, readings=readings)
    message = show(answer)
    assert ENGLISH_MESSAGES.nearest not in seen(message)
    asked = {button["text"]["text"]: button["value"] for button in buttons(message)[:2]}
    assert asked == {"NAT > 料金": "NAT の料金は?", "TGW > 料金": "TGW の料金は?"}


def test_a_long_question_is_asked_whole_or_not_at_all() -> None:
    message = show(replace(PLAIN, follow_ups=("あ" * 2_001, "い" * 2_000, "😀" * 1_001, " \0 ")))
    (asked,) = [button for button in buttons(message) if ASK_PATTERN.search(button["action_id"])]
    assert asked["value"] == "い" * 2_000
    assert asked["text"]["text"] == "い" * 74 + "…"


def test_without_a_question_to_ask_nothing_is_said_of_asking() -> None:
    assert ENGLISH_MESSAGES.follow_ups not in seen(show(replace(PLAIN, follow_ups=("あ" * 2_001,))))


def test_more_sources_than_are_shown_are_counted() -> None:
    (citation,) = PLAIN.citations
    cited = tuple(replace(citation, marker=marker) for marker in range(1, 71))
    message = show(replace(PLAIN, citations=cited), link=lambda _: None)
    sources = [text for text in seen(message) if text.endswith("a.md line 4")]
    assert len(sources) == 20
    assert "50 more" in seen(message)
    shown = [button for button in buttons(message) if LINES_PATTERN.search(button["action_id"])]
    assert [button["value"] for button in shown] == [str(marker) for marker in range(1, 26)]


def test_what_a_message_has_no_room_for_is_counted() -> None:
    (citation,) = PLAIN.citations
    long = replace(citation, quote="<" * 900, heading_path=("<" * 900,), path="<" * 900)
    options = tuple(OptionEvidence(letter, "<" * 900, 0.1, long, long) for letter in "ABCDE")
    message = show(replace(PLAIN, choice="A", options=options))
    assert find_violations(message.blocks) == []
    told = [text for text in seen(message) if text.endswith(" more")]
    count = sum(text.startswith(("→ A. ", "B. ", "C. ", "D. ", "E. ")) for text in seen(message))
    assert told == [f"{5 - count} more"]


@pytest.mark.parametrize("length", [1, 2_999, 3_000, 3_001, 5_400])
def test_a_text_that_fits_is_shown_whole(length: int) -> None:
    text = ("文は長い。 [1]\n" * (length // 10 + 1))[:length].strip()
    shown = [part for part in seen(show(replace(PLAIN, text=text))) if part in text and part]
    assert "".join(shown).replace("\n", "") == text.replace("\n", "")


@pytest.mark.parametrize("blank", [" " * 9_000, "\n" * 9_000, "\u3000" * 9_000])
def test_a_text_of_white_space_in_the_middle_makes_no_empty_block(blank: str) -> None:
    message = show(replace(PLAIN, text=f"始。{blank}終。"))
    assert find_violations(message.blocks) == []
    assert seen(message)[0].startswith("始。")


def test_of_a_text_that_does_not_fit_the_rest_is_counted() -> None:
    text = "あ" * 10_000
    first, second, told, *_ = seen(show(replace(PLAIN, text=text)))
    assert first == second == "あ" * 3_000
    assert told == ENGLISH.cut.format(count=4_000)


@given(odd_answers(), st.booleans(), st.sampled_from([JAPANESE, ENGLISH]))
@settings(deadline=None)
def test_slack_takes_every_answer_and_does_nothing_with_it(
    answer: Answer, is_private: bool, texts: SlackTexts
) -> None:
    messages = JAPANESE_MESSAGES if texts is JAPANESE else ENGLISH_MESSAGES
    message = render_answer(answer, texts, messages, link_to_base, KEY, is_private=is_private)
    assert find_violations(message.blocks) == []
    assert 1 <= len(message.text.encode()) <= 3_800
    effects = find_effects(message.text, message.blocks)
    assert all(effect.startswith(f"<{BASE}/") for effect in effects), effects
    action_ids = {button["action_id"] for button in buttons(message)}
    assert {GOOD_ACTION, BAD_ACTION} <= action_ids
    assert (SHARE_ACTION in action_ids) == is_private


@given(odd_answers())
@settings(deadline=None)
def test_the_text_can_be_read_whole_and_no_mark_is_broken(answer: Answer) -> None:
    shown = seen(show(replace(answer, choice=None)))
    text = printable(answer.text).strip("\n")
    parts: list[str] = []
    for part in shown:
        if not text.startswith("".join([*parts, part])):
            break
        parts.append(part)
    whole = "".join(parts)
    rest = len(text) - len(whole)
    if text.strip() and rest:
        # What is left is white space, or was told.
        assert not text[len(whole) :].strip() or shown[len(parts)] == ENGLISH.cut.format(count=rest)
    assert [mark for part in parts for mark in MARK.findall(part)] == MARK.findall(whole)


@pytest.mark.parametrize("text", HOSTILE_TEXTS.values(), ids=HOSTILE_TEXTS)
@pytest.mark.parametrize("build", [fill, refuse, ask_back], ids=["answer", "refusal", "reading"])
def test_a_hostile_text_does_nothing_wherever_it_stands(
    build: Callable[[str], Answer], text: str
) -> None:
    message = show(build(text), link=lambda _: f"{BASE}/{text}")
    assert find_violations(message.blocks) == []
    effects = find_effects(message.text, message.blocks)
    assert all(effect.startswith(f"<{BASE}/") for effect in effects), effects
    links = [effect for effect in effects if not effect.endswith("|Open the note>")]
    assert not [link for link in links if re.search(r"[<>|\s]", link[1:-1])]
    packed = json.dumps(message.blocks)
    assert '"mrkdwn"' not in re.sub(
        r'"mrkdwn", "text": "<https://[^<>|]*\|Open the note>"', "", packed
    )


@pytest.mark.parametrize("text", HOSTILE_TEXTS.values(), ids=HOSTILE_TEXTS)
def test_the_name_of_who_shares_and_what_was_asked_do_nothing_either(text: str) -> None:
    message = render_shared(
        PLAIN, JAPANESE, JAPANESE_MESSAGES, lambda _: None, KEY, text, asked=text
    )
    assert find_violations(message.blocks) == []
    assert find_effects(message.text, message.blocks) == []


def test_a_shared_answer_says_who_shared_it() -> None:
    message = render_shared(PLAIN, JAPANESE, JAPANESE_MESSAGES, lambda _: None, KEY, "佐藤")
    assert seen(message)[:2] == ["佐藤 さんが共有した回答です。", "本文。 [1]"]
    assert SHARE_ACTION not in {button["action_id"] for button in buttons(message)}


def test_what_was_asked_stands_above_where_it_stands_nowhere_else() -> None:
    shown = seen(
        render_answer(PLAIN, JAPANESE, JAPANESE_MESSAGES, link_to_base, KEY, asked="どれ?\n<!here>")
    )
    assert shown[:2] == ["「どれ? <!here>」", "本文。 [1]"]
    shown = seen(
        render_shared(PLAIN, JAPANESE, JAPANESE_MESSAGES, link_to_base, KEY, "佐藤", asked="どれ?")
    )
    assert shown[:3] == ["佐藤 さんが共有した回答です。", "「どれ?」", "本文。 [1]"]


@given(odd_answers(), st.text(max_size=200), odd_texts)
@settings(deadline=None, max_examples=50)
def test_slack_takes_every_shared_answer(answer: Answer, user: str, asked: str) -> None:
    message = render_shared(
        answer, ENGLISH, ENGLISH_MESSAGES, link_to_base, "k" * 200, user, asked=asked
    )
    assert find_violations(message.blocks) == []


def test_slack_takes_the_worst_of_all_answers() -> None:
    worst = fill("<" * 9_000)
    assert find_violations(show(worst, is_private=True).blocks) == []
    message = render_shared(
        worst, JAPANESE, JAPANESE_MESSAGES, link_to_base, "k" * 200, "<" * 90, asked=worst.question
    )
    assert find_violations(message.blocks) == []


@pytest.mark.parametrize("texts", [JAPANESE, ENGLISH], ids=["ja", "en"])
def test_what_else_the_bot_says_is_one_line_that_slack_takes(texts: SlackTexts) -> None:
    said = [
        (render_placeholder(texts), texts.placeholder),
        (render_failure(texts), texts.failure),
        *((render_line(line), line) for line in (texts.busy, texts.thanks, texts.greeting)),
        *((render_line(line), line) for line in texts.refusals.values()),
    ]
    for message, line in said:
        assert seen(message) == [line]
        assert read_shown(message.text) == line
        assert find_violations(message.blocks) == []
        assert find_effects(message.text, message.blocks) == []


def test_a_job_key_is_found_again_in_a_block_id() -> None:
    assert read_job_key(build_block_id("lines", "a|b:c")) == "a|b:c"
    assert read_job_key("lines") is None
    assert read_job_key("lines|") is None
    assert read_job_key("") is None
    assert len(build_block_id("follow-ups", "k" * MAX_JOB_KEY_CHARACTERS)) <= 255
    with pytest.raises(ValueError, match="201 characters"):
        build_block_id("lines", "k" * 201)
