"""A note that tries to be more than text, wherever the page shows it."""

from collections.abc import Callable

from playwright.sync_api import expect

from tests.e2e.chat_page import ChatPage
from tests.e2e.marks import MARKS
from tests.e2e.notes import HOSTILE_HEADING, HOSTILE_LINES, HOSTILE_PATH
from tests.e2e.watch import Watch

pytestmark = MARKS

QUESTION = "罠の合言葉は?"
ATTACK = "罠の合言葉は? <img src=x onerror=\"window.pwned='question'\"><script>pwned=1</script>"


def assert_inert(chat: ChatPage, watch: Watch) -> None:
    """Nothing of the note ran, asked for anything, or became an element of the page."""
    assert chat.page.evaluate("window.pwned") is None
    ours = "#tenkyo-conversation, #tenkyo-source, #tenkyo-overview, #tenkyo-explanation"
    made = chat.page.locator(ours).locator(
        "script, img, iframe, form, input, svg, style, meta, object, embed, a, link, base"
    )
    expect(made).to_have_count(0)
    assert watch.foreign == []
    assert watch.problems == []


def test_in_an_answer_and_its_source(chat: ChatPage, watch: Watch) -> None:
    chat.ask(QUESTION)
    expect(chat.answer.locator(".tk-text")).to_contain_text("青いかわせみ")
    chat.open_source(1)
    chat.source.locator(".tk-as-written summary").click()
    rows = chat.source.locator(".tk-row").all_inner_texts()
    # As it was written, save for the direction signs.
    written = {line.translate({0x202E: None, 0x202C: None, 0x2066: None, 0x2069: None})
               for line in HOSTILE_LINES}  # fmt: skip
    assert written <= set(rows)
    shown = chat.source.locator(".tk-markdown").inner_text()
    for sentinel in "甲乙丙丁戊己庚辛壬":
        assert sentinel in shown or sentinel == "丁"  # an image's own is what follows it
    assert "絵" in shown
    expect(chat.source.locator(".tk-crumb").last).to_have_text("罠の節")
    expect(chat.source.locator(".tk-markdown h4")).to_have_text(HOSTILE_HEADING)
    buttons = chat.page.locator("#tenkyo-source button.mark")
    expect(buttons).to_have_count(0)  # that of the note is none of ours
    assert_inert(chat, watch)


def test_in_every_place_that_names_it(chat: ChatPage, watch: Watch) -> None:
    chat.ask(QUESTION)
    expect(chat.answer.locator(".tk-card .tk-place").first).to_contain_text(HOSTILE_PATH)
    chat.answer.locator(".tk-card").first.click()
    expect(chat.source).to_contain_text(HOSTILE_PATH)
    chat.open_tab("notes")
    overview = chat.page.locator("#tenkyo-overview")
    overview.locator("summary", has_text="検索できるノート").click()
    overview.locator("summary", has_text="memo/").click()
    expect(overview).to_contain_text(HOSTILE_PATH.removeprefix("memo/"))
    expect(overview).to_contain_text("#<b onclick=pwned=3>札</b>")
    chat.page.locator("#tenkyo-tags input").click()
    expect(chat.page.get_by_role("option", name="札")).to_be_visible()
    chat.open_tab("explain")
    expect(chat.page.locator(".tk-legs")).to_contain_text("onerror='pwned=2'")
    assert_inert(chat, watch)


def test_in_a_question_and_after_a_reload(chat: ChatPage, watch: Watch) -> None:
    chat.ask(ATTACK)
    expect(chat.turns.last.locator(".tk-said")).to_have_text(ATTACK)
    chat.reload()
    expect(chat.turns.last.locator(".tk-said")).to_have_text(ATTACK)
    chat.button("edit").click()
    expect(chat.question).to_have_value(ATTACK)
    assert_inert(chat, watch)


def test_in_its_example_questions_and_in_english(
    open_chat: Callable[..., ChatPage], watch: Watch
) -> None:
    chat = open_chat(locale="en-US")
    chat.ask(QUESTION)
    chat.open_source(1)
    assert_inert(chat, watch)
