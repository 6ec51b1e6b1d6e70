"""Keys: what Enter does while Japanese is being typed, and the whole page without a mouse."""

from playwright.sync_api import CDPSession, Locator, expect

from tests.e2e.chat_page import ChatPage
from tests.e2e.marks import MARKS

pytestmark = MARKS

QUESTION = "草津の湯のpHは?"
# The code of a key that the conversion has taken.
TAKEN = 229
ENTER = 13


class FakeInputMethod:
    """Types as an input method does, by the browser's own composition events."""

    def __init__(self, chat: ChatPage) -> None:
        self._session: CDPSession = chat.page.context.new_cdp_session(chat.page)

    def compose(self, text: str) -> None:
        """Show text that is not yet decided on."""
        place = {"selectionStart": len(text), "selectionEnd": len(text)}
        self._session.send("Input.imeSetComposition", {"text": text, **place})

    def commit(self, text: str) -> None:
        """Decide on a text."""
        self._session.send("Input.insertText", {"text": text})

    def press_enter(self, code: int) -> None:
        key = {"key": "Enter", "code": "Enter", "windowsVirtualKeyCode": code}
        # Without a character of its own, as a key that writes nothing.
        for kind in ("rawKeyDown", "keyUp"):
            self._session.send("Input.dispatchKeyEvent", {"type": kind, **key})


# Before any listener of the page, which lets none of those behind it see what it takes.
RECORD_KEYS = """
window.seen = [];
for (const type of ["keydown", "compositionstart", "compositionend"]) {
  window.addEventListener(type, (event) => {
    window.seen.push([type, event.key, event.keyCode, event.isComposing]);
  }, true);
}
"""


def test_enter_that_ends_a_conversion_does_not_send(open_context, shared_chat: str) -> None:
    """The keys as Chrome tells of them: whatever the conversion takes has one code."""
    context = open_context()
    context.add_init_script(RECORD_KEYS)
    chat = ChatPage(context.new_page(), shared_chat).open()
    keyboard = FakeInputMethod(chat)
    chat.question.focus()
    keyboard.compose("くさつのゆの")
    keyboard.press_enter(TAKEN)
    keyboard.compose("草津の湯の")
    keyboard.press_enter(TAKEN)
    keyboard.commit("草津の湯の")
    seen = chat.page.evaluate("window.seen")
    assert [kind for kind, *_ in seen] == [
        "compositionstart",
        "keydown",
        "keydown",
        "compositionend",
    ]
    assert seen.count(["keydown", "Enter", TAKEN, True]) == 2
    keyboard.commit("pHは?")
    expect(chat.question).to_have_value(QUESTION)
    expect(chat.turns).to_have_count(0)
    with chat.expect_answer():
        keyboard.press_enter(ENTER)
    expect(chat.turns.last.locator(".tk-said")).to_have_text(QUESTION)


def test_enter_is_the_conversions_while_it_composes_whatever_its_code(chat: ChatPage) -> None:
    """Some input methods tell of the key by its own code."""
    keyboard = FakeInputMethod(chat)
    chat.question.focus()
    keyboard.compose("くさつ")
    keyboard.press_enter(ENTER)
    keyboard.commit("草津")
    expect(chat.question).to_have_value("草津")
    expect(chat.turns).to_have_count(0)


def test_enter_right_after_the_end_of_a_conversion_is_its_own(chat: ChatPage) -> None:
    """Safari ends the composition before it tells of the Enter that ended it, in one go."""
    chat.question.fill("草津")
    chat.question.evaluate(
        """(area) => {
          const enter = { key: "Enter", code: "Enter", bubbles: true, cancelable: true };
          area.dispatchEvent(new CompositionEvent("compositionstart", { bubbles: true }));
          area.dispatchEvent(new CompositionEvent("compositionend", { bubbles: true }));
          area.dispatchEvent(new KeyboardEvent("keydown", enter));
        }"""
    )
    expect(chat.question).to_have_value("草津")
    expect(chat.turns).to_have_count(0)
    with chat.expect_answer():
        chat.question.press("Enter")


def test_shift_and_enter_make_a_line(chat: ChatPage) -> None:
    chat.question.focus()
    chat.page.keyboard.type("草津の湯の")
    chat.page.keyboard.press("Shift+Enter")
    chat.page.keyboard.type("pHは?")
    expect(chat.question).to_have_value("草津の湯の\npHは?")
    expect(chat.turns).to_have_count(0)
    with chat.expect_answer():
        chat.page.keyboard.press("Enter")
    assert chat.turns.last.locator(".tk-said").inner_text() == "草津の湯の\npHは?"


def test_enter_held_down_sends_once(chat: ChatPage) -> None:
    chat.question.fill(QUESTION)
    with chat.expect_answer():
        chat.page.keyboard.down("Enter")
        chat.page.keyboard.down("Enter")  # a repetition
        chat.page.keyboard.up("Enter")
    expect(chat.turns).to_have_count(1)


def test_a_pasted_exam_question_keeps_its_lines(chat: ChatPage) -> None:
    chat.question.focus()
    chat.page.evaluate(
        """(text) => {
          const data = new DataTransfer();
          data.setData("text/plain", text);
          const options = { clipboardData: data, bubbles: true, cancelable: true };
          if (document.activeElement.dispatchEvent(new ClipboardEvent("paste", options))) {
            document.execCommand("insertText", false, text);
          }
        }""",
        "問題文\nA. 一\nB. 二",
    )
    expect(chat.question).to_have_value("問題文\nA. 一\nB. 二")
    expect(chat.turns).to_have_count(0)


def is_marked_as_focused(element: Locator) -> bool:
    """Tell whether an element, or the frame around it, is drawn with an outline, within sight."""
    return element.evaluate(
        """(focused) => {
          const box = focused.getBoundingClientRect();
          const isInSight = box.width > 0 && box.right > 0 && box.left < innerWidth
            && box.bottom > 0 && box.top < innerHeight;
          const frame = focused.closest(
            "#tenkyo-input:has(textarea:focus), .wrap:has(input:focus)"
          );
          const drawn = [focused, frame, focused.closest("label")].filter(Boolean);
          return isInSight && drawn.some((part) => {
            const style = getComputedStyle(part);
            return style.outlineStyle !== "none" || style.boxShadow !== "none";
          });
        }"""
    )


def test_the_page_can_be_walked_with_the_tab_key(chat: ChatPage) -> None:
    """Up from the input to the way past the head, and down to the tabs of the panel."""
    focused = chat.page.locator(":focus")
    expect(chat.question).to_be_focused()
    assert is_marked_as_focused(focused)
    examples = chat.page.locator(".tk-welcome .ask").count()
    for _ in range(examples):
        chat.page.keyboard.press("Shift+Tab")
        expect(focused).to_have_class("ask")
        assert is_marked_as_focused(focused)
    chat.page.keyboard.press("Shift+Tab")
    expect(focused).to_have_text("質問欄へ移動")
    assert is_marked_as_focused(focused)
    chat.page.keyboard.press("Enter")
    expect(chat.question).to_be_focused()
    # The tools are of no use yet.
    tabs = [f"tenkyo-tab-{name}-button" for name in ("source", "notes", "settings", "explain")]
    for name in ["tenkyo-send", *tabs]:
        chat.page.keyboard.press("Tab")
        expect(focused).to_have_id(name)
        assert is_marked_as_focused(focused)


def test_a_source_is_opened_and_left_by_keyboard(chat: ChatPage) -> None:
    chat.ask(QUESTION)
    chat.mark(1).focus()
    assert is_marked_as_focused(chat.mark(1))
    chat.page.keyboard.press("Enter")
    heading = chat.source.locator(".tk-source-heading")
    expect(heading).to_be_focused()
    chat.page.keyboard.press("Tab")
    expect(chat.source.locator("summary")).to_be_focused()
    chat.page.keyboard.press("Enter")
    expect(chat.source.locator(".tk-row-cited")).to_be_visible()
    chat.page.keyboard.press("Escape")
    expect(chat.mark(1)).to_be_focused()


def test_tabs_of_the_panel_are_chosen_by_keyboard(chat: ChatPage) -> None:
    chat.tab("settings").focus()
    chat.page.keyboard.press("Enter")
    expect(chat.page.locator("#tenkyo-language")).to_be_visible()
    chat.page.keyboard.press("Tab")
    chat.page.keyboard.press("Tab")
    focused = chat.page.locator(":focus")
    assert is_marked_as_focused(focused)


def test_the_focus_goes_where_what_had_it_has_gone(chat: ChatPage) -> None:
    chat.ask(QUESTION)
    chat.button("clear").focus()
    for name in ("cancel-clear", "clear", "cancel-clear"):
        chat.page.keyboard.press("Enter")
        expect(chat.button(name)).to_be_focused()
    chat.page.keyboard.press("Shift+Tab")
    expect(chat.button("confirm-clear")).to_be_focused()
    chat.page.keyboard.press("Enter")
    expect(chat.turns).to_have_count(0)
    expect(chat.question).to_be_focused()
    chat.question.fill(QUESTION)
    chat.page.keyboard.press("Tab")
    expect(chat.send).to_be_focused()
    with chat.expect_answer():
        chat.page.keyboard.press("Enter")
    expect(chat.question).to_be_focused()


def test_what_happens_is_said_to_screen_readers(chat: ChatPage) -> None:
    expect(chat.page.get_by_role("log", name="会話")).to_have_count(0)
    chat.ask(QUESTION)
    expect(chat.page.get_by_role("log", name="会話")).to_have_attribute("aria-busy", "false")
    expect(chat.page.get_by_role("textbox", name="質問")).to_be_visible()
    expect(chat.page.get_by_role("button", name="送信")).to_be_visible()
    expect(
        chat.page.get_by_role("button", name="出典 1: 温泉の覚え書き > 草津の湯")
    ).to_be_visible()
    chat.open_source(1)
    said = chat.page.get_by_role("status").filter(has_text="出典を開きました: 温泉の覚え書き")
    expect(said).to_have_count(1)
    expect(chat.page.get_by_role("heading", name="出典")).to_have_count(1)
