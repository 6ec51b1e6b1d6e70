"""Measures the chat from outside: how soon a browser shows an answer, and how it bears many users.

    python -m eval.bench.chat [--browser-questions 10] [--users 20] [--questions 200]

The chat runs in a process of its own on the bundled notes, without a language model. The users ask
over its HTTP API, each from an address of its own of the loopback network (Linux has them), since
the chat holds a client to so many questions a minute.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles

import httpx
from playwright.sync_api import expect, sync_playwright
from rich.console import Console
from rich.table import Table

from eval.browser import HOW_TO_INSTALL, find_browser, start_browser
from eval.chat_process import run_chat_process
from eval.datatypes import Split
from eval.workspace import QUESTIONS, read_split

# Notes the milliseconds from Enter to the frame that draws the first words of an answer.
_NOTE_TIMES = """
window.times = [];
const find = () => document.querySelectorAll(".tk-turn .tk-text, .tk-turn .tk-told");
window.addEventListener("keydown", (event) => {
  if (event.key !== "Enter") return;
  const asked = performance.now();
  const before = find().length;
  new MutationObserver((changes, observer) => {
    if (find().length === before) return;
    observer.disconnect();
    requestAnimationFrame(() => window.times.push(performance.now() - asked));
  }).observe(document, { childList: true, subtree: true });
}, true);
"""


@dataclass(frozen=True, slots=True)
class Reply:
    """What became of a question of a user.

    seconds: until it was answered.
    problem: why it was not; empty if it was.
    """

    seconds: float
    problem: str = ""


def main() -> None:
    """Print seconds until answers, and how many questions failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--browser-questions", type=int, default=10)
    parser.add_argument("--users", type=int, default=20)
    parser.add_argument("--questions", type=int, default=200)
    arguments = parser.parse_args()
    asked = [
        labelled.question.text
        for labelled in read_split(QUESTIONS, Split.DEV)
        if not labelled.question.history
    ]
    console = Console()
    with (
        tempfile.TemporaryDirectory() as folder,
        run_chat_process(Path("notes").resolve(), Path(folder), {}) as url,
    ):
        shown = measure_browser(url, asked[: arguments.browser_questions])
        replies = ask_as_many(url, asked[: arguments.questions], arguments.users)
    table = Table("what", "questions", "errors", "p50 s", "p95 s", "worst s")
    table.add_row("Enter until shown, one browser", *_describe(shown, 0))
    answered = [reply.seconds for reply in replies if not reply.problem]
    problems = [reply.problem for reply in replies if reply.problem]
    name = f"{arguments.users} users at once, HTTP API"
    table.add_row(name, *_describe(answered, len(problems)))
    console.print(table)
    for problem in sorted(set(problems)):
        console.print(f"{problems.count(problem)} times: {problem}", markup=False)


def measure_browser(url: str, questions: Sequence[str]) -> list[float]:
    """Return the seconds from Enter to the first words of each answer, in one conversation."""
    with sync_playwright() as playwright:
        path = find_browser(playwright)
        if path is None:
            sys.exit(HOW_TO_INSTALL)
        with start_browser(playwright, path) as browser:
            page = browser.new_page(locale="ja-JP")
            page.add_init_script(_NOTE_TIMES)
            page.goto(url)
            expect(page.locator(".tk-welcome")).to_be_visible(timeout=60_000)
            box = page.locator("#tenkyo-question textarea")
            for number, question in enumerate(questions):
                box.fill(question)
                box.press("Enter")
                page.wait_for_function(f"window.times.length > {number}")
                expect(page.locator("button#tenkyo-send")).to_be_visible()
            return [milliseconds / 1000 for milliseconds in page.evaluate("window.times")]


def ask_as_many(url: str, questions: Sequence[str], users: int) -> list[Reply]:
    """Have so many users ask the questions between them, each one at a time; return all replies."""
    shares = [questions[user::users] for user in range(users)]
    with ThreadPoolExecutor(users) as executor:
        asking = [
            executor.submit(_ask_all, url, share, f"127.0.1.{user + 1}")
            for user, share in enumerate(shares)
        ]
        return [reply for user in asking for reply in user.result()]


def _ask_all(url: str, questions: Sequence[str], address: str) -> list[Reply]:
    transport = httpx.HTTPTransport(local_address=address)
    with httpx.Client(base_url=url, transport=transport, timeout=120) as client:
        return [_ask(client, question) for question in questions]


def _ask(client: httpx.Client, question: str) -> Reply:
    started = time.perf_counter()
    try:
        sent = {"data": [question, [], "ja"]}
        client.post("gradio_api/run/ask", json=sent).raise_for_status().json()["data"][0]["text"]
    except (httpx.HTTPError, LookupError, ValueError) as error:
        return Reply(time.perf_counter() - started, f"{type(error).__name__}: {error}")
    return Reply(time.perf_counter() - started)


def _describe(seconds: Sequence[float], errors: int) -> tuple[str, ...]:
    if len(seconds) < 2:
        return str(len(seconds) + errors), str(errors), "", "", ""
    figures = (median(seconds), quantiles(seconds, n=20, method="inclusive")[-1], max(seconds))
    return str(len(seconds) + errors), str(errors), *(f"{figure:.2f}" for figure in figures)


if __name__ == "__main__":
    main()
