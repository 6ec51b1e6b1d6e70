"""Questions and what comes of them: answers, sources, options, abstentions, ways on."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from eval.chat_process import build_environment
from tests.e2e.chat_page import ChatPage, ask_as_program, list_cited_lines
from tests.e2e.marks import MARKS

pytestmark = MARKS

CROSS_ZONE = "NLBのクロスゾーン負荷分散は既定で有効?"
OPTIONS = """NAT ゲートウェイのアイドルタイムアウトは何秒か。

A. 60 秒
B. 350 秒
C. 900 秒
D. 3,600 秒"""


def test_a_question_is_answered_with_its_sources(chat: ChatPage) -> None:
    expected = ask_as_program(chat.url, CROSS_ZONE)
    chat.ask(CROSS_ZONE)
    expect(chat.turns).to_have_count(1)
    expect(chat.turns.first.locator(".tk-said")).to_have_text(CROSS_ZONE)
    expect(chat.question).to_have_value("")
    citations = expected["citations"]
    assert isinstance(citations, list)
    expect(chat.answer.locator(".tk-card")).to_have_count(len(citations))
    expect(chat.status).to_have_text(f"回答しました: 出典 {len(citations)} 件")
    # The page breaks no line between a statement and its marks.
    lines = chat.answer.locator(".tk-text p, .tk-text li").all_inner_texts()
    shown = "\n".join(line.replace("\N{NO-BREAK SPACE}", " ") for line in lines)
    assert shown == expected["text"]


def test_the_highlighted_lines_are_exactly_the_cited_ones(chat: ChatPage) -> None:
    answer = ask_as_program(chat.url, CROSS_ZONE)
    citations = answer["citations"]
    assert isinstance(citations, list)
    assert len(citations) == 3
    chat.ask(CROSS_ZONE)
    for citation in citations:
        marker = citation["marker"]
        chat.open_source(marker)
        assert chat.read_cited_lines() == list_cited_lines(answer, marker)
        rows = chat.source.locator(".tk-row-cited")
        numbers = [int(row.get_attribute("data-number") or "") for row in rows.all()]
        assert numbers == list_cited_lines(answer, marker)
        expect(chat.source.locator(".tk-place").first).to_contain_text(citation["path"])
        crumbs = chat.source.locator(".tk-crumb").all_inner_texts()
        assert crumbs == citation["heading_path"]


def test_the_page_the_api_and_the_command_line_answer_alike(
    chat: ChatPage, shared_notes: Path, chat_settings: dict[str, str]
) -> None:
    command = "from assistant.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", command, "ask", CROSS_ZONE, "--json"],
        env=build_environment(shared_notes, shared_notes.parent, chat_settings),
        capture_output=True,
        check=True,
        timeout=120,
    )
    by_command = json.loads(done.stdout)
    assert by_command == ask_as_program(chat.url, CROSS_ZONE)
    chat.ask(CROSS_ZONE)
    cards = chat.answer.locator(".tk-card").all_inner_texts()
    assert len(cards) == len(by_command["citations"])
    for card, citation in zip(cards, by_command["citations"], strict=True):
        start, end = citation["line_start"], citation["line_end"]
        lines = f"{start}" if start == end else f"{start}〜{end}"
        assert card.startswith(f"[{citation['marker']}]")
        assert f"{citation['path']} {lines} 行目" in card


def test_sources_can_be_walked_through(chat: ChatPage) -> None:
    chat.ask(CROSS_ZONE)
    chat.open_source(1)
    chat.page.locator("#tenkyo-source .tk-citation[data-marker='2']").click()
    chat.expect_source({"kind": "cite", "turn": 0, "marker": 2})
    following = chat.source.locator(".tk-next")
    section = following.get_attribute("data-section")
    name = following.locator(".tk-headings").inner_text()
    following.click()
    chat.expect_source({"kind": "section", "section_id": section})
    expect(chat.source.locator(".tk-crumb").last).to_have_text(name)
    assert chat.read_cited_lines() == []
    chat.answer.locator(".tk-card").first.click()
    chat.expect_source({"kind": "cite", "turn": 0, "marker": 1})


def test_link_quote_and_answer_are_copied(open_chat: Callable[..., ChatPage]) -> None:
    chat = open_chat(permissions=["clipboard-read", "clipboard-write"])
    chat.ask("草津の湯のpHは?")
    chat.open_source(1)
    link = "memo/湯.md#L8"
    said = "草津の湯は強い酸性で、pH は 2.1 です。"
    copies = {
        chat.source.locator(".tk-copy").first: link,
        chat.source.locator(".tk-copy").last: f"> {said}\n\n— [温泉の覚え書き > 草津の湯]({link})",
        chat.answer.locator(".tk-copy"): f"{said} [1]",
    }
    for button, copied in copies.items():
        button.click()
        expect(chat.page.locator(".tk-toast")).to_have_text("コピーしました。")
        chat.page.wait_for_function(
            "async (copied) => await navigator.clipboard.readText() === copied", arg=copied
        )


def test_a_suggested_question_is_asked_when_it_is_pressed(chat: ChatPage) -> None:
    chat.ask(CROSS_ZONE)
    suggested = chat.answer.locator(".ask").first
    question = suggested.get_attribute("data-question")
    chat.question.fill("書きかけ")
    with chat.expect_answer():
        suggested.click()
    expect(chat.turns.last.locator(".tk-said")).to_have_text(question or "")
    expect(chat.question).to_have_value("書きかけ")


def test_an_example_begins_a_conversation(chat: ChatPage) -> None:
    example = chat.page.locator(".tk-welcome .ask").first
    question = example.inner_text()
    with chat.expect_answer():
        example.click()
    expect(chat.turns.last.locator(".tk-said")).to_have_text(question)
    expect(chat.answer.locator(".tk-text .mark").first).to_be_visible()


def test_a_question_leans_on_those_before_it(chat: ChatPage) -> None:
    first, second = "別府の砂むし風呂はどんなもの?", "何分まで?"
    alone = ask_as_program(chat.url, second)
    leaning = ask_as_program(chat.url, second, first)
    assert alone["text"] != leaning["text"]
    chat.ask(first)
    chat.ask(second)
    expect(chat.answer.locator(".tk-text")).to_contain_text("砂むしは 15 分までにします。")


def test_the_options_of_an_exam_question_stand_in_a_table(chat: ChatPage) -> None:
    chat.ask(OPTIONS)
    table = chat.answer.locator("table.tk-options")
    letters = table.locator("tbody .tk-letter").all_inner_texts()
    assert letters == ["A", "B", "C", "D"]
    chosen = table.locator("tr.tk-chosen")
    expect(chosen).to_have_count(1)
    expect(chosen.locator(".tk-letter")).to_have_text("B")
    shares = [int(value.rstrip(" %")) for value in table.locator(".tk-share").all_inner_texts()]
    assert shares[1] == max(shares)
    evidence = chosen.locator(".tk-evidence.tk-supporting")
    evidence.click()
    chat.expect_source({"kind": "option", "turn": 0, "letter": "B", "side": "supporting"})
    (cited,) = chat.read_cited_lines()
    expect(evidence.locator(".tk-place")).to_have_text(f"network/nat.md {cited} 行目")


def test_what_the_notes_do_not_say_is_not_answered(chat: ChatPage) -> None:
    chat.ask("カレーの作り方を教えて")
    expect(chat.answer.locator(".tk-told")).to_contain_text("ノートに見当たりません")
    expect(chat.answer.locator(".mark, .tk-copy")).to_have_count(0)
    nearest = chat.answer.locator(".tk-card")
    expect(nearest).to_have_count(3)
    section = nearest.first.get_attribute("data-section")
    nearest.first.click()
    chat.expect_source({"kind": "section", "section_id": section})


def test_what_could_mean_several_things_is_asked_back(chat: ChatPage) -> None:
    chat.ask("上限は?")
    readings = chat.answer.locator(".ask")
    assert readings.count() >= 2
    question = readings.last.get_attribute("data-question")
    with chat.expect_answer():
        readings.last.click()
    expect(chat.turns.last.locator(".tk-said")).to_have_text(question or "")
    expect(chat.answer.locator(".tk-text .mark").first).to_be_visible()


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("", "質問を入力してください。"),
        (" \n ", "質問を入力してください。"),
        ("?" * 10_001, "質問が長すぎます"),
    ],
)
def test_what_cannot_be_asked_is_told(chat: ChatPage, typed: str, told: str) -> None:
    chat.question.fill(typed)
    chat.question.press("Enter")
    expect(chat.status).to_contain_text(told)
    expect(chat.turns).to_have_count(0)
    expect(chat.question).to_have_value(typed)
