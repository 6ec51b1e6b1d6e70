"""The conversation of a page, used over HTTP as a browser would use it."""

import json
import re
import secrets

import pytest

from assistant.apps.chat.html_text import escape_line as escape
from assistant.apps.chat.texts import ENGLISH, JAPANESE
from assistant.messages import ENGLISH as MESSAGES
from tests.assistant.apps.chat.chat_process import RunningChat
from tests.assistant.apps.chat.page_client import PageClient
from tests.assistant.apps.chat.sayings import ANSWER, BEPPU, QUESTION, count_turns

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])

CHOICES = "一次発酵は何度ですか。\nA. 18度\nB. 28度\nC. 38度"


def test_a_page_begins_with_questions_that_the_notes_answer(shared_chat: RunningChat) -> None:
    page = shared_chat.open_page("ja")
    (example,) = re.findall('data-question="([^"]+)"', page.value("conversation"))
    assert example == "カメラの星空は?"
    page.act(kind="ask", question=example)
    assert "15秒露光して撮る" in page.value("conversation")


def test_a_question_is_answered_with_its_source(shared_chat: RunningChat) -> None:
    page = shared_chat.open_page("ja")
    shown = page.ask(QUESTION)
    assert ANSWER in shown
    assert '<button type="button" class="mark" data-turn="0" data-marker="1"' in shown
    assert JAPANESE.status_answered.format(count=1) in page.value("status")
    assert page.value("question") == ""
    assert page.is_visible("send")
    assert not page.is_visible("stop")
    assert page.is_usable("undo")
    assert 'data-turn="0" data-rating="good" aria-pressed="false"' in shown


def test_the_answer_is_the_same_as_on_the_command_line(shared_chat: RunningChat) -> None:
    page = shared_chat.open_page("ja")
    page.ask(QUESTION)
    kept = json.loads(page.kept["tenkyo-history"])["turns"][0]["answer"]
    reply = shared_chat.connect().post("/gradio_api/run/ask", json={"data": [QUESTION, [], "ja"]})
    (record,) = reply.json()["data"]
    assert [c["quote"] for c in kept["citations"]] == [c["quote"] for c in record["citations"]]
    assert {name: kept[name] for name in ("text", "abstained", "choice")} == {
        name: record[name] for name in ("text", "abstained", "choice")
    }


def test_a_follow_up_leans_on_what_was_asked_before(shared_chat: RunningChat) -> None:
    page = shared_chat.open_page("ja")
    page.ask(QUESTION)
    assert BEPPU in page.ask("別府では?")
    assert count_turns(page) == 2
    page.trigger("tab-explain", "select")
    assert QUESTION in page.value("explanation")


def test_a_pasted_exam_question_gets_a_table_whose_evidence_opens(
    shared_chat: RunningChat,
) -> None:
    page = shared_chat.open_page("ja")
    shown = page.ask(CHOICES)
    assert "ノートに最も合う選択肢: B" in shown or "最も近い選択肢: B" in shown
    letter, side = re.search(r'data-option="(\w)" data-side="(\w+)"', shown).groups()
    page.act(kind="option", turn=0, letter=letter, side=side)
    assert "一次発酵は28度で60分おく。" in page.value("source")
    assert f"{letter}: " in page.value("source")


def test_what_the_notes_do_not_answer_is_said(shared_chat: RunningChat) -> None:
    page = shared_chat.open_page("en")
    assert escape(MESSAGES.not_in_notes) in page.ask("zzz")
    assert ENGLISH.status_not_in_notes in page.value("status")


def test_a_conversation_is_there_again_after_a_reload(shared_chat: RunningChat) -> None:
    first = shared_chat.open_page("ja")
    first.ask(QUESTION)
    again = shared_chat.open_page("en", kept=first.kept)
    assert ANSWER in again.value("conversation")
    assert ENGLISH.history_restored in again.value("status")
    again.act(kind="cite", turn=0, marker=1)
    assert ANSWER in again.value("source")
    assert BEPPU in again.ask("別府では?")
    assert count_turns(again) == 2


def test_what_was_put_into_the_browser_is_shown_as_text(shared_chat: RunningChat) -> None:
    first = shared_chat.open_page("ja")
    first.ask(QUESTION)
    attack = "<img src=x onerror=alert(1)>"
    tampered = first.kept["tenkyo-history"].replace(ANSWER, attack).replace(QUESTION, attack)
    page = shared_chat.open_page("ja", kept={"tenkyo-history": tampered})
    shown = page.value("conversation")
    assert "<img" not in shown
    # The question, the answer, and what is copied of it.
    assert shown.count("&lt;img src=x onerror=alert(1)&gt;") == 3
    page.ask(attack)
    assert "<img" not in page.value("conversation")


@pytest.mark.parametrize("kept", ["{", '{"version": 1, "turns": [{}]}', "x" * 1_000_001])
def test_rubbish_in_the_browser_begins_a_new_conversation(shared_chat: RunningChat, kept) -> None:
    page = shared_chat.open_page("ja", kept={"tenkyo-history": kept, "tenkyo-settings": kept})
    assert "tk-welcome" in page.value("conversation")
    assert page.value("language") == "ja"


def test_the_last_question_is_asked_again(shared_chat: RunningChat) -> None:
    page = shared_chat.open_page("ja")
    page.ask(QUESTION)
    page.ask("別府では?")
    page.fill("question", "書きかけ")
    page.click("retry")
    assert count_turns(page) == 2
    assert BEPPU in page.value("conversation")
    assert page.value("question") == "書きかけ"


def test_a_question_is_mended_in_its_place(shared_chat: RunningChat) -> None:
    page = shared_chat.open_page("en")
    page.ask("草津の湯のphは")
    page.click("edit")
    assert page.value("question") == "草津の湯のphは"
    assert page.value("send") == ENGLISH.edit_send
    assert page.is_visible("cancel-edit")
    page.ask("トマトの苗は何月に植える?")
    assert count_turns(page) == 1
    assert "トマトの苗は5月に植える" in page.value("conversation")
    assert page.value("send") == ENGLISH.send
    assert not page.is_visible("cancel-edit")


def test_mending_can_be_given_up(shared_chat: RunningChat) -> None:
    page = shared_chat.open_page("en")
    page.ask(QUESTION)
    page.click("edit")
    page.click("cancel-edit")
    assert (page.value("question"), page.value("send")) == ("", ENGLISH.send)
    page.ask("トマトの苗は何月に植える?")
    assert count_turns(page) == 2


def test_a_suggestion_that_is_pressed_while_mending_is_a_question_of_its_own(
    shared_chat: RunningChat,
) -> None:
    page = shared_chat.open_page("ja")
    page.ask(QUESTION)
    page.click("edit")
    page.act(kind="ask", question="別府では?")
    assert count_turns(page) == 2
    assert page.value("send") == JAPANESE.send


def test_a_server_that_was_started_anew_takes_the_conversation_from_the_browser(
    shared_chat: RunningChat,
) -> None:
    page = shared_chat.open_page("ja")
    page.ask(QUESTION)
    page.session = "another"  # of which the server holds nothing
    page.ask("別府では?")
    assert count_turns(page) == 2


def test_what_a_server_has_forgotten_is_not_lost_whatever_is_pressed(
    shared_chat: RunningChat,
) -> None:
    first = shared_chat.open_page("ja")
    first.ask(QUESTION)
    first.ask("別府では?")
    kept = first.kept["tenkyo-history"]

    def forget() -> PageClient:
        page = shared_chat.open_page("ja", kept={"tenkyo-history": kept})
        page.session = secrets.token_hex(5)  # of which the server holds nothing
        return page

    page = forget()
    page.click("undo")
    assert count_turns(page) == 1
    assert QUESTION in page.kept["tenkyo-history"]
    page = forget()
    page.fill("language", "en")
    page.trigger("language", "input")
    assert page.kept["tenkyo-history"] == kept
    page = forget()
    page.act(kind="cite", turn=0, marker=1)
    assert ANSWER in page.value("source")
    page = forget()
    page.click("edit")
    assert page.value("question") == "別府では?"
    page = forget()
    page.click("retry")
    assert count_turns(page) == 2
    page = forget()
    page.click("export")
    assert QUESTION in json.loads(page.value("download"))["text"]
    page = forget()
    page.trigger("tab-explain", "select")
    assert "別府では?" in page.value("explanation")


def test_the_last_turn_is_taken_back(shared_chat: RunningChat) -> None:
    page = shared_chat.open_page("en")
    page.ask(QUESTION)
    page.ask("別府では?")
    page.click("undo")
    assert count_turns(page) == 1
    page.click("undo")
    assert "tk-welcome" in page.value("conversation")
    assert not page.is_usable("undo")
    assert page.kept["tenkyo-history"] == '{"version": 1, "turns": []}'


def test_all_turns_go_only_when_that_is_confirmed(shared_chat: RunningChat) -> None:
    page = shared_chat.open_page("en")
    page.ask(QUESTION)
    page.click("clear")
    assert page.is_visible("confirm-clear")
    assert not page.is_visible("clear")
    page.click("cancel-clear")
    assert (count_turns(page), page.is_visible("confirm-clear")) == (1, False)
    page.click("clear")
    page.click("confirm-clear")
    assert "tk-welcome" in page.value("conversation")
    assert page.kept["tenkyo-history"] == '{"version": 1, "turns": []}'


def test_a_conversation_is_saved_as_markdown(shared_chat: RunningChat) -> None:
    page = shared_chat.open_page("ja")
    page.ask(QUESTION)
    page.click("export")
    file = json.loads(page.value("download"))
    assert re.fullmatch(r"tenkyo-\d{4}-\d\d-\d\d\.md", file["name"])
    assert file["text"].startswith(f"# {JAPANESE.export_title} ")
    assert f"## {QUESTION}" in file["text"]
    assert "(onsen.md#L4)" in file["text"]
    assert file["name"] in page.value("status")
