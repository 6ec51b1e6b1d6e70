"""The panels of a page: sources, notes, settings, and what the user thinks of an answer."""

import json
import re
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from assistant.apps.chat.browser_history import write_history
from assistant.apps.chat.texts import ENGLISH, JAPANESE
from assistant.apps.chat.turns import ChatTurn, Progress
from assistant.datatypes import Citation, SectionHit
from assistant.messages import ENGLISH as MESSAGES
from tests.assistant.apps.chat.answers import build_answer
from tests.assistant.apps.chat.chat_process import RunningChat, run_chat_in_thread
from tests.assistant.apps.chat.conftest import write_notes
from tests.assistant.apps.chat.page_client import PageClient
from tests.assistant.apps.chat.sayings import ANSWER, BEPPU, QUESTION, count_turns
from tests.assistant.serving.live import write_note

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])


def read_lines(chat: RunningChat, name: str) -> list[dict[str, object]]:
    text = (chat.settings.feedback_folder / name).read_text("utf-8")
    return [json.loads(line) for line in text.splitlines()]


def read_notes(chat: RunningChat) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in chat.notes.rglob("*") if path.is_file()}


def test_the_source_shows_the_cited_lines_and_its_neighbours(shared_chat: RunningChat) -> None:
    page = shared_chat.open_page("ja")
    page.ask(QUESTION)
    page.act(kind="cite", turn=0, marker=1)
    source = page.value("source")
    assert f'<mark class="tk-cited" data-line="4">{ANSWER}</mark>' in source
    assert 'data-copy="onsen.md#L4"' in source
    assert 'data-copy="&gt; 草津の湯は強い酸性で' in source
    assert page.props[page.find("tabs")]["selected"] == "source"
    page.act(kind="section", section_id="onsen.md#別府")
    assert BEPPU in page.value("source")


def test_a_source_that_is_gone_is_said(shared_chat: RunningChat) -> None:
    page = shared_chat.open_page("en")
    before = page.value("source")
    page.act(kind="section", section_id="gone.md#節")
    assert ENGLISH.error_source_gone in page.value("status")
    page.act(kind="cite", turn=7, marker=1)
    page.fill("action", "{broken")
    page.click("act")
    assert page.value("source") == before


def test_several_citations_are_one_press_apart(shared_chat: RunningChat) -> None:
    citations = (
        Citation(1, "onsen.md#草津", "onsen.md", ("温泉めぐり", "草津"), 4, 4, ANSWER, "0" * 64),
        Citation(2, "onsen.md#別府", "onsen.md", ("温泉めぐり", "別府"), 7, 7, BEPPU, "0" * 64),
    )
    answer = replace(
        build_answer(),
        citations=citations,
        hits=tuple(SectionHit(c.section_id, c.path, c.heading_path, 3, 7, 1.0) for c in citations),
        text=f"{ANSWER} [1]\n{BEPPU} [2]",
    )
    kept = write_history((ChatTurn(QUESTION, Progress.DONE, answer),))
    page = shared_chat.open_page("ja", kept={"tenkyo-history": kept})
    page.act(kind="cite", turn=0, marker=2)
    source = page.value("source")
    tabs = re.findall(
        r'class="tk-citation" data-turn="0" data-marker="(\d)"( aria-current)?', source
    )
    assert tabs == [("1", ""), ("2", " aria-current")]
    assert f'<mark class="tk-cited" data-line="7">{BEPPU}</mark>' in source


def list_pressed(page: PageClient) -> list[tuple[str, str]]:
    """Return turn and meaning of what was said of the answers."""
    pattern = r'data-turn="(\d+)" data-(?:rating=")?(\w+)"? aria-pressed="true"'
    return re.findall(pattern, page.value("conversation"))


def test_what_the_user_thinks_of_any_answer_is_recorded(chat: RunningChat) -> None:
    page = chat.open_page("ja")
    for question in (QUESTION, "別府では?", "トマトの苗は何月に植える?"):
        page.ask(question)
    page.act(kind="rate", turn=1, rating="bad")
    assert page.is_visible("feedback-form")
    assert page.value("reason") == ""
    assert JAPANESE.feedback_asked.format(question="別府では?") in page.value("feedback-asked")
    assert list_pressed(page) == []
    page.fill("reason", " 出典が違う ")
    page.click("send-feedback")
    assert not page.is_visible("feedback-form")
    assert JAPANESE.feedback_thanks in page.value("status")
    page.act(kind="propose", turn=1)
    assert JAPANESE.propose_done in page.value("status")
    page.act(kind="rate", turn=0, rating="good")
    assert list_pressed(page) == [("0", "good"), ("1", "bad"), ("1", "propose")]
    bad, good = read_lines(chat, "feedback.jsonl")
    assert (bad["face"], bad["rating"], bad["reason"]) == ("chat", "bad", "出典が違う")
    assert (bad["question"], bad["history"], BEPPU in bad["answer_text"]) == (
        "別府では?",
        [QUESTION],
        True,
    )
    assert (good["rating"], good["question"], good["history"]) == ("good", QUESTION, [])
    assert ANSWER in good["answer_text"]
    (candidate,) = read_lines(chat, "candidates.jsonl")
    assert (candidate["question"], candidate["history"]) == ("別府では?", [QUESTION])
    # What was said is there again after a reload, and the conversation goes on.
    again = chat.open_page("ja", kept=page.kept)
    assert list_pressed(again) == [("0", "good"), ("1", "bad"), ("1", "propose")]
    again.ask("草津では?")
    assert list_pressed(again) == [("0", "good"), ("1", "bad"), ("1", "propose")]


def test_an_answer_is_rated_once_unless_the_user_thinks_again(chat: RunningChat) -> None:
    page = chat.open_page("ja")
    page.ask(QUESTION)
    for rating in ("good", "good", "bad"):
        page.act(kind="rate", turn=0, rating=rating)
    page.click("close-feedback")
    assert not page.is_visible("feedback-form")
    assert list_pressed(page) == [("0", "good")]
    page.act(kind="rate", turn=0, rating="bad")
    page.trigger("reason", "submit")
    assert list_pressed(page) == [("0", "bad")]
    assert [line["rating"] for line in read_lines(chat, "feedback.jsonl")] == ["good", "bad"]


def test_what_is_no_answer_is_not_rated(chat: RunningChat) -> None:
    page = chat.open_page("ja")
    page.ask("???")  # a question that fails
    for turn in (0, 1):
        page.act(kind="rate", turn=turn, rating="good")
        page.act(kind="rate", turn=turn, rating="bad")
        page.act(kind="propose", turn=turn)
    page.click("send-feedback")
    assert not page.is_visible("feedback-form")
    assert not chat.settings.feedback_folder.exists()
    assert chat.unexpected == []


def test_rating_leaves_what_was_begun(shared_chat: RunningChat) -> None:
    page = shared_chat.open_page("ja")
    page.ask(QUESTION)
    page.click("edit")
    page.act(kind="rate", turn=0, rating="good")
    assert page.value("send") == JAPANESE.edit_send
    page.ask("別府では?")
    assert count_turns(page) == 1


def test_feedback_that_cannot_be_stored_is_told(chat: RunningChat) -> None:
    chat.settings.feedback_folder.write_text("a file in its place")
    page = chat.open_page("en")
    page.ask(QUESTION)
    told = ENGLISH.feedback_failed.partition("{")[0]
    page.act(kind="rate", turn=0, rating="good")
    assert told in page.value("status")
    page.act(kind="propose", turn=0)
    assert told in page.value("status")
    page.act(kind="rate", turn=0, rating="bad")
    page.fill("reason", "wrong source")
    page.click("send-feedback")
    assert told in page.value("status")
    # It can be sent once more.
    assert page.is_visible("feedback-form")
    assert list_pressed(page) == []
    assert chat.unexpected == []


def test_the_notes_are_listed_and_refreshed(tmp_path) -> None:
    # Nothing but the button looks for changes.
    with run_chat_in_thread(write_notes(tmp_path / "notes"), step=0.0) as chat:
        page = chat.open_page("en")
        page.trigger("tab-notes", "select")
        assert ENGLISH.notes_counts.format(notes=5, sections=13) in page.value("overview")
        assert page.props[page.find("folders")]["choices"] == [["kitchen", "kitchen"]]
        page.click("refresh")
        assert ENGLISH.refresh_unchanged in page.value("notes-status")
        write_note(chat.notes, "tea.md", "# 茶\n緑茶は70度で淹れる。\n")
        page.click("refresh")
        told = ENGLISH.refresh_done.partition("(")[0].format(changed=1, removed=0)
        assert told in page.value("notes-status")
        assert ENGLISH.notes_counts.format(notes=6, sections=14) in page.value("overview")


def test_a_scope_bounds_the_answers(chat: RunningChat) -> None:
    page = chat.open_page("ja")
    page.trigger("tab-notes", "select")
    page.fill("folders", ["kitchen"])
    assert "kitchen/bread.md 4 行目" in page.ask("一次発酵は28度で何分おく?")
    page.click("undo")
    places = re.findall(r'class="tk-place">([^< ]+)', page.ask(QUESTION))
    assert places
    assert set(places) == {"kitchen/bread.md"}


def test_a_dropped_note_is_answered_from_and_a_removed_one_no_more(chat: RunningChat) -> None:
    page = chat.open_page("ja")
    page.upload("お茶.md", "# お茶\n\n## 緑茶\n緑茶は70度の湯で淹れる。\n".encode())
    assert JAPANESE.drop_done.format(path="お茶.md") in page.value("notes-status")
    assert (chat.notes / "お茶.md").is_file()
    assert page.value("drop") is None
    assert "70度の湯で淹れる" in page.ask("緑茶は何度の湯で淹れる?")
    (chat.notes / "お茶.md").unlink()
    assert "70度" not in page.ask("緑茶を淹れる湯の温度は?").rpartition("tk-turn")[2]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("onsen.md", b"# another"),
        (".hidden.md", b"# text"),
        ("picture.md", b"\x89PNG\r\n\x1a\n\x00\x00"),
    ],
)
def test_what_cannot_become_a_note_is_told(chat: RunningChat, name, data) -> None:
    before = read_notes(chat)
    page = chat.open_page("en")
    page.upload(name, data)
    assert ENGLISH.drop_failed.partition("{detail}")[0].format(name=name) in page.value(
        "notes-status"
    )
    assert read_notes(chat) == before
    assert chat.unexpected == []


def test_a_file_that_is_no_markdown_is_not_even_taken(chat: RunningChat) -> None:
    before = read_notes(chat)
    page = chat.open_page("en")
    with pytest.raises(AssertionError, match="Invalid file type"):
        page.upload("page.html", b"<script>1</script>")
    assert read_notes(chat) == before


def test_no_file_but_an_uploaded_one_becomes_a_note(chat: RunningChat) -> None:
    secret = chat.notes.parent / "secret.md"
    secret.write_text("# secret")
    page = chat.open_page("en")
    meta = {"_type": "gradio.FileData"}
    for path in (str(secret), "http://127.0.0.1:1/secret.md"):
        page.fill("drop", [{"path": path, "orig_name": "secret.md", "meta": meta}])
        with pytest.raises(httpx.HTTPStatusError, match="403"):
            page.trigger("drop", "upload")
    assert secret.is_file()
    assert not (chat.notes / "secret.md").exists()


def test_the_language_can_be_chosen_and_is_kept(shared_chat: RunningChat) -> None:
    page = shared_chat.open_page("ja")
    page.ask(QUESTION)
    page.act(kind="cite", turn=0, marker=1)
    page.fill("language", "en")
    page.trigger("language", "input")
    assert page.value("send") == ENGLISH.send
    assert page.props[page.find("question")]["label"] == ENGLISH.question
    assert MESSAGES.sources in page.value("conversation")
    assert ENGLISH.source_copy_link in page.value("source")
    assert 'data-page-language="en"' in page.value("header")
    again = shared_chat.open_page("ja", kept=page.kept)
    assert (again.value("language"), again.value("send")) == ("en", ENGLISH.send)


def test_settings_are_kept_without_fixing_the_language(shared_chat: RunningChat) -> None:
    page = shared_chat.open_page("ja")
    page.fill("length", 800)
    page.fill("theme", "dark")
    page.trigger("theme", "input")
    again = shared_chat.open_page("en", kept=page.kept)
    assert (again.value("length"), again.value("theme")) == (800, "dark")
    assert again.value("language") == "en"


def test_without_a_language_model_none_is_offered(shared_chat: RunningChat) -> None:
    page = shared_chat.open_page("ja", kept={"tenkyo-settings": '{"use_model": true}'})
    assert not page.is_visible("model")
    assert page.value("model") is False
