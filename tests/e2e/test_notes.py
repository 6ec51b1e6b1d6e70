"""Notes that come, change and go while the chat is open, and which of them are asked."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.e2e.chat_page import ChatPage
from tests.e2e.marks import MARKS
from tests.e2e.notes import MOST_BYTES

pytestmark = MARKS

NEW = "# 漆の覚え書き\n\n## 漆風呂\n\n漆風呂の湿度は 75 % に保ちます。\n"
QUESTION = "漆風呂の湿度は?"


@pytest.fixture
def folder(changing_notes: Path) -> Path:
    return changing_notes


@pytest.fixture
def chat(open_context: Callable, changing_chat: str) -> ChatPage:
    return ChatPage(open_context().new_page(), changing_chat).open()


def drop(chat: ChatPage, *files: tuple[str, str]) -> None:
    """Give the chat files as a file dialog does."""
    chat.page.locator("#tenkyo-drop input[type=file]").set_input_files(
        [
            {"name": name, "mimeType": "text/markdown", "buffer": text.encode()}
            for name, text in files
        ]
    )


def test_a_note_is_added_answered_from_and_deleted(
    chat: ChatPage, folder: Path, open_context: Callable
) -> None:
    chat.ask(QUESTION)
    expect(chat.answer.locator(".tk-told")).to_contain_text("見当たりません")
    chat.open_tab("notes")
    counts = chat.page.locator("#tenkyo-overview .tk-counts")
    expect(counts).to_contain_text("ノート 7 件")
    drop(chat, ("漆.md", NEW))
    expect(chat.notes_status).to_contain_text("漆.md を追加しました。")
    expect(counts).to_contain_text("ノート 8 件")
    assert (folder / "漆.md").read_text(encoding="utf-8") == NEW
    chat.ask(QUESTION)
    expect(chat.answer.locator(".tk-text")).to_contain_text("漆風呂の湿度は 75 % に保ちます。")
    chat.open_source(1)
    assert chat.read_cited_lines() == [5]
    (folder / "漆.md").unlink()
    other = ChatPage(open_context().new_page(), chat.url).open()
    other.ask(QUESTION)
    expect(other.answer.locator(".tk-told")).to_contain_text("見当たりません")
    # What was answered from it still stands there; its source is said to be gone.
    chat.mark(1).click()
    expect(chat.status).to_have_text("この出典は今のノートにありません。質問し直してください。")


def test_a_note_that_is_changed_is_answered_from_as_it_is(chat: ChatPage, folder: Path) -> None:
    note = folder / "memo/窯.md"
    before = note.read_text(encoding="utf-8")
    chat.ask("素焼きの窯は何度?")
    expect(chat.answer.locator(".tk-text")).to_contain_text("800 度")
    note.write_text(before.replace("800 度", "780 度"), encoding="utf-8")
    chat.ask("素焼きの窯は何度ですか")
    expect(chat.answer.locator(".tk-text")).to_contain_text("780 度")
    note.write_text(before, encoding="utf-8")


def test_a_file_that_is_no_note_is_refused_and_others_are_taken(
    chat: ChatPage, folder: Path
) -> None:
    chat.open_tab("notes")
    drop(chat, ("湯.md", "# 別の湯\n\n源泉は 42 度です。\n"), ("空.md", ""))
    expect(chat.notes_status).to_contain_text("湯.md を追加しました。")
    drop(chat, ("湯.md", "# また別\n"))
    expect(chat.notes_status).to_contain_text("湯.md を追加できませんでした")
    assert "別の湯" in (folder / "湯.md").read_text(encoding="utf-8")
    (folder / "湯.md").unlink()


def test_notes_are_refreshed_by_hand(chat: ChatPage, folder: Path) -> None:
    chat.open_tab("notes")
    chat.button("refresh").click()
    expect(chat.notes_status).to_contain_text("ノートは変わっていません。")
    (folder / "炭.md").write_text("# 炭\n\n白炭は 1,000 度で焼きます。\n", encoding="utf-8")
    chat.button("refresh").click()
    expect(chat.notes_status).to_contain_text("追加・変更 1 件")
    (folder / "炭.md").unlink()
    chat.button("refresh").click()
    expect(chat.notes_status).to_contain_text("削除 1 件")


def test_what_could_not_be_read_is_told(chat: ChatPage, folder: Path) -> None:
    (folder / "巨.md").write_text("大きい\n" * MOST_BYTES, encoding="utf-8")
    chat.open_tab("notes")
    chat.button("refresh").click()
    failed = chat.page.locator("#tenkyo-overview details.tk-warning")
    expect(failed).to_contain_text("読めなかったファイル: 1 件")
    failed.locator("summary").click()
    expect(failed).to_contain_text("巨.md")
    (folder / "巨.md").unlink()


def choose_scope(chat: ChatPage, name: str, choice: str) -> None:
    box = chat.page.locator(f"#tenkyo-{name} input")
    box.click()
    chat.page.get_by_role("option", name=choice).click()
    box.press("Escape")
    expect(chat.page.locator(f"#tenkyo-{name}")).to_contain_text(choice)


def test_only_the_chosen_folder_is_answered_from(chat: ChatPage) -> None:
    chat.open_tab("notes")
    choose_scope(chat, "folders", "network")
    scope = chat.page.locator("#tenkyo-scope")
    expect(scope).to_have_text("network のノートだけから答えます。")
    chat.ask("草津の湯のpHは?")
    expect(chat.answer.locator(".tk-told")).to_contain_text("見当たりません")
    chat.ask("NLBのクロスゾーン負荷分散は既定で有効?")
    expect(chat.answer.locator(".tk-text .mark").first).to_be_visible()
    chat.page.locator("#tenkyo-folders .token-remove").first.click()
    expect(scope).to_have_text("")
    chat.ask("草津の湯のpHは?")
    expect(chat.answer.locator(".tk-text")).to_contain_text("pH は 2.1")


def test_only_notes_with_the_chosen_tag_are_answered_from(chat: ChatPage) -> None:
    chat.open_tab("notes")
    choose_scope(chat, "tags", "温泉")
    expect(chat.page.locator("#tenkyo-scope")).to_have_text("#温泉 のノートだけから答えます。")
    chat.ask("素焼きの窯は何度?")
    expect(chat.answer.locator(".tk-told")).to_contain_text("見当たりません")
    chat.ask("草津の湯のpHは?")
    expect(chat.answer.locator(".tk-text")).to_contain_text("pH は 2.1")
