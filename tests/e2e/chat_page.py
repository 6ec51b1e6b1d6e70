"""The page of the chat, by what a user does with it and sees on it."""

import json
import re
from dataclasses import dataclass

import httpx
from playwright.sync_api import Locator, Page, expect

# How many turns of this tab's conversation the browser keeps.
_COUNT_KEPT = """() => {
  const id = sessionStorage.getItem("tenkyo-conversation");
  const kept = localStorage.getItem(`tenkyo-conversation-${id}`);
  return kept === null ? 0 : JSON.parse(kept.slice(kept.indexOf("\\n") + 1)).turns.length;
}"""

# Gradio builds its page of some sixty files; answers take milliseconds, but not on a busy machine.
expect.set_options(timeout=15_000)
PHONE_WIDTH = 390


@dataclass
class ChatPage:
    """A tab with the chat."""

    page: Page
    url: str

    def open(self) -> "ChatPage":
        """Load the page, and wait until it can be used."""
        self.page.goto(self.url)
        expect(self.page.locator(".tk-welcome, .tk-turn").first).to_be_visible()
        expect(self.send).to_be_enabled()
        return self

    # Parts

    @property
    def question(self) -> Locator:
        return self.page.locator("#tenkyo-question textarea")

    @property
    def send(self) -> Locator:
        return self.button("send")

    @property
    def turns(self) -> Locator:
        return self.page.locator("#tenkyo-conversation .tk-turn")

    @property
    def answer(self) -> Locator:
        """The last answer."""
        return self.turns.last.locator(".tk-reply")

    @property
    def source(self) -> Locator:
        return self.page.locator("#tenkyo-source .tk-source")

    @property
    def status(self) -> Locator:
        return self.page.locator("#tenkyo-status .tk-status")

    @property
    def notes_status(self) -> Locator:
        return self.page.locator("#tenkyo-notes-status .tk-status")

    def button(self, name: str) -> Locator:
        return self.page.locator(f"button#tenkyo-{name}")

    def tab(self, name: str) -> Locator:
        return self.page.locator(f"#tenkyo-tab-{name}-button[role=tab]")

    def opinion(self, turn: int, meaning: str) -> Locator:
        """A button below an answer: `good`, `bad` or `propose`."""
        named = "[data-propose]" if meaning == "propose" else f"[data-rating='{meaning}']"
        return self.turns.nth(turn).locator(f".tk-opinion{named}")

    @property
    def reason(self) -> Locator:
        """The field of the form that asks why an answer is not good."""
        return self.page.locator("#tenkyo-reason textarea")

    @property
    def earlier(self) -> Locator:
        """The buttons of the other conversations that the browser keeps."""
        return self.page.locator(".tk-earlier button")

    def mark(self, marker: int) -> Locator:
        """A mark in the text of the last answer."""
        return self.turns.last.locator(f".tk-text .mark[data-marker='{marker}']").first

    # Acts

    def ask(self, question: str) -> None:
        """Type a question, send it with Enter, and wait for the whole answer."""
        self.question.fill(question)
        with self.expect_answer():
            self.question.press("Enter")

    def expect_answer(self, more: int = 1) -> "_AnswerExpected":
        """Wait, after what is done in the context, for the whole answer of a further turn."""
        return _AnswerExpected(self, self.turns.count() + more)

    def open_source(self, marker: int) -> None:
        """Press a mark of the last answer, and wait for what it opens."""
        self.mark(marker).click()
        turn = self.turns.count() - 1
        self.expect_source({"kind": "cite", "turn": turn, "marker": marker})

    def expect_source(self, opened_by: dict[str, object]) -> None:
        shown = json.dumps(opened_by, ensure_ascii=False, separators=(",", ":"))
        panel = self.page.locator("#tenkyo-source [data-opened-by]")
        expect(panel).to_have_attribute("data-opened-by", shown)
        expect(self.source).to_be_visible()

    def reload(self) -> None:
        """Load the page anew, once the browser keeps all that it shows."""
        wait = f"(count) => ({_COUNT_KEPT})() === count"
        self.page.wait_for_function(wait, arg=self.turns.count())
        self.page.reload()
        expect(self.page.locator(".tk-welcome, .tk-turn").first).to_be_visible()

    def open_tab(self, name: str) -> None:
        self.tab(name).click()
        expect(self.tab(name)).to_have_attribute("aria-selected", "true")

    # What is shown

    def read_cited_lines(self) -> list[int]:
        """Return the numbers of the lines that the rendered source highlights."""
        marks = self.source.locator(".tk-markdown .tk-cited[data-line]")
        numbers = [int(mark.get_attribute("data-line") or "") for mark in marks.all()]
        return sorted(set(numbers))

    def read_problem_count(self) -> int:
        return self.page.locator(".tk-problem").count()

    def read_questions(self) -> list[str]:
        return self.turns.locator(".tk-said").all_inner_texts()

    def scrolls_sideways(self) -> bool:
        return self.page.evaluate(
            "document.documentElement.scrollWidth > document.documentElement.clientWidth"
        )


@dataclass
class _AnswerExpected:
    chat: ChatPage
    turns: int

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: object, *_: object) -> None:
        if kind is not None:
            return
        expect(self.chat.turns).to_have_count(self.turns)
        expect(self.chat.turns.last).to_have_attribute("data-progress", "done")
        expect(self.chat.send).to_be_visible()


def ask_as_program(url: str, question: str, *history: str) -> dict[str, object]:
    """Return what a program is answered, over Gradio's own API."""
    reply = httpx.post(
        f"{url}gradio_api/run/ask",
        json={"data": [question, list(history), "ja"]},
        timeout=60,
        trust_env=False,
    )
    (answer,) = reply.raise_for_status().json()["data"]
    return answer


def list_cited_lines(answer: dict[str, object], marker: int) -> list[int]:
    """Return the lines of a citation of an answer."""
    citations = answer["citations"]
    assert isinstance(citations, list)
    (found,) = [c for c in citations if c["marker"] == marker]
    return list(range(found["line_start"], found["line_end"] + 1))


def match_whole(text: str) -> re.Pattern[str]:
    """Return a pattern of exactly this text."""
    return re.compile(rf"^\s*{re.escape(text)}\s*$")
