"""A process may die before and after every single step of an answer: it still comes once."""

import itertools
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.apps.slack.access import Access
from assistant.apps.slack.archive import Archive
from assistant.apps.slack.blocks import SlackMessage
from assistant.apps.slack.jobs import Job, JobKind, Lane, Place
from assistant.apps.slack.kept_forms import AnswerForm
from assistant.apps.slack.ledger import Ledger
from assistant.apps.slack.ledger_file import LedgerFile
from assistant.apps.slack.posting import Poster
from assistant.apps.slack.question_work import QuestionWork
from assistant.apps.slack.worker import Duty, Pace, WorkerPool
from tests.assistant.apps.slack.bot_bench import UNLIMITED, VOICE
from tests.assistant.apps.slack.scripted_notes import ScriptedNotes, answer_to
from tests.assistant.apps.slack.slack_jobs import make_job

PACE = Pace(attempts=50)


class Death(BaseException):
    """The process ends here."""


class Reaper:
    """Lets the process die at the given step; steps are counted from 0."""

    def __init__(self, at: int) -> None:
        self.left = at
        self.steps = 0

    def step(self) -> None:
        self.steps += 1
        self.left -= 1
        if self.left == -1:
            raise Death


class Mortal:
    """Passes calls on; the process may die before and after each of them."""

    def __init__(self, target: object, reaper: Reaper) -> None:
        self._target = target
        self._reaper = reaper

    def __getattr__(self, name: str) -> Callable[..., Any]:
        act = getattr(self._target, name)

        def call(*arguments: Any, **named: Any) -> Any:
            self._reaper.step()
            result = act(*arguments, **named)
            self._reaper.step()
            return result

        return call


class Board:
    """Implements what is used of `SlackApi`: a place that keeps what is posted."""

    def __init__(self) -> None:
        self.messages: dict[str, tuple[str, SlackMessage]] = {}
        self.private: list[str] = []

    def post(self, place: Place, message: SlackMessage, key: str) -> str:
        ts = f"{len(self.messages) + 1}.000001"
        self.messages[ts] = (key, message)
        return ts

    def update(self, place: Place, ts: str, message: SlackMessage, key: str) -> None:
        assert self.messages[ts][0] == key
        self.messages[ts] = (key, message)

    def find(self, place: Place, key: str, bot_user: str, since: str) -> str | None:
        return next((ts for ts, (kept, _) in self.messages.items() if kept == key), None)

    def respond(self, url: str, message: SlackMessage, *, in_channel: bool = False) -> None:
        self.private.append(message.text)


def run_until_done(path: Path, job: Job, deaths: Sequence[int]) -> tuple[Board, int]:
    """Claim a job and work, dying at each of the steps in turn; return the steps without death."""
    board, now = Board(), 1000.0
    reaper = Reaper(-1)
    for death in [*deaths, -1]:
        reaper = Reaper(death)
        file = LedgerFile(path)
        ledger: Any = Mortal(Ledger(file), reaper)
        try:
            ledger.claim(job, now)  # Slack delivers again what was not acknowledged
            work = build_work(file, ledger, Mortal(board, reaper), now)
            while work._do_next("worker", Lane.ANSWERS):
                pass
        except Death:
            pass
        finally:
            file.close()
        now += 31.0
    return board, reaper.steps


def build_work(file: LedgerFile, ledger: Any, api: Any, now: float) -> WorkerPool:
    form = AnswerForm()
    poster = Poster(ledger, api, "UBOT", 30.0, lambda: now)
    access = Access(UNLIMITED, lambda: now)
    work = QuestionWork(
        ledger, Archive(file, form), form, api, poster, ScriptedNotes(), VOICE, access
    )
    duty = Duty(work.do, work.tell_failure)
    return WorkerPool(ledger, {Lane.ANSWERS: duty}, PACE, lambda: now)


def check_answered_once(board: Board) -> None:
    ((_, message),) = board.messages.values()
    assert message.text.startswith(answer_to("上限は?"))


def test_without_death_it_takes_so_many_steps(tmp_path) -> None:
    board, steps = run_until_done(tmp_path / "l", make_job(), [])
    check_answered_once(board)
    # claim, lease, renew, post, keep_posted, keep_reply, update, finish, and a lease of nothing.
    assert steps == 2 * 9


@pytest.mark.parametrize("death", range(18))
def test_dying_at_any_step_gives_one_answer(tmp_path, death) -> None:
    board, _ = run_until_done(tmp_path / "l", make_job(), [death])
    check_answered_once(board)


@settings(max_examples=60)
@given(st.lists(st.integers(0, 20), min_size=2, max_size=6))
def test_dying_again_and_again_gives_one_answer(tmp_path_factory, deaths) -> None:
    board, _ = run_until_done(tmp_path_factory.mktemp("l") / "l", make_job(), deaths)
    check_answered_once(board)


@pytest.mark.parametrize("death", range(14))
def test_what_one_person_sees_comes_at_most_once(tmp_path, death) -> None:
    job = make_job(kind=JobKind.COMMAND, thread="", response_url="https://hooks.example/1")
    board, _ = run_until_done(tmp_path / "l", job, [death])
    assert board.messages == {}
    # claim, lease, keep_reply, mark_sending, respond, finish: after `mark_sending` (step 7) and
    # before `respond` (step 8) nobody can tell whether it was sent.
    lost = death in (7, 8)
    assert len(board.private) == (0 if lost else 1)


def test_pairs_of_deaths_around_posting(tmp_path) -> None:
    # From the renewal before the post to the note of what was posted.
    for number, deaths in enumerate(itertools.product(range(4, 12), repeat=2)):
        board, _ = run_until_done(tmp_path / str(number), make_job(), deaths)
        check_answered_once(board)
