"""The ledger: every event once, under threads, processes, kills and a clock that runs out."""

import random
import sqlite3
import stat
import subprocess
import sys
import threading
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.apps.slack.errors import LeaseLostError, LedgerError
from assistant.apps.slack.jobs import Job, JobKind, Lane, LeasedJob, Place
from assistant.apps.slack.ledger import Ledger, Retention
from assistant.apps.slack.ledger_file import LedgerFile
from tests.assistant.apps.slack.slack_jobs import CHANNEL, TEAM, THREAD, make_job, open_ledger

LATER = "1700000009.000100"


@pytest.fixture
def path(tmp_path) -> Path:
    return tmp_path / "data" / "ledger.sqlite3"


@pytest.fixture
def ledger(path):
    with open_ledger(path) as opened:
        yield opened


def lease(ledger: Ledger, now: float = 0.0, owner: str = "w", lane: Lane = Lane.ANSWERS):
    leased = ledger.lease(owner, lane, now, 30.0)
    assert leased is not None
    return leased


def test_a_second_delivery_finds_the_first(ledger) -> None:
    job = make_job()
    assert not ledger.knows(job.key)
    assert ledger.claim(job, 0.0)
    assert ledger.knows(job.key)
    # The other event of a mention carries the same text; were it another, the first one would win.
    assert not ledger.claim(make_job(text="別の文"), 1.0)
    assert lease(ledger).job == job
    assert ledger.lease("v", Lane.ANSWERS, 1.0, 30.0) is None


def test_what_is_settled_is_known_and_never_worked_on(ledger) -> None:
    job = make_job(kind=JobKind.IGNORED)
    assert ledger.settle(job, 0.0)
    assert ledger.knows(job.key)
    assert not ledger.claim(make_job(), 0.0)
    for lane in Lane:
        assert ledger.lease("w", lane, 1e9, 30.0) is None


def test_the_oldest_waits_shortest_and_lanes_are_apart(ledger) -> None:
    jobs = [make_job(f"1700000000.00000{n}") for n in (3, 1, 2)]
    for job in jobs:
        ledger.claim(job, 0.0)
    ledger.claim(make_job("1700000000.000009", kind=JobKind.NOTICE), 0.0)
    assert ledger.count_waiting(Lane.ANSWERS) == 3
    assert ledger.count_waiting(Lane.QUICK) == 1
    assert [lease(ledger, owner=str(n)).job for n in range(3)] == jobs
    assert ledger.count_waiting(Lane.ANSWERS) == 0
    assert lease(ledger, lane=Lane.QUICK).job.kind is JobKind.NOTICE


def test_a_lease_holds_until_it_runs_out(ledger) -> None:
    ledger.claim(make_job(), 0.0)
    first = lease(ledger, 100.0, "first")
    assert (first.attempts, first.claimed_at) == (1, 0.0)
    assert ledger.lease("second", Lane.ANSWERS, 129.9, 30.0) is None
    second = lease(ledger, 130.0, "second")
    assert second.attempts == 2
    ledger.renew(second, 150.0, 30.0)
    assert ledger.lease("third", Lane.ANSWERS, 179.9, 30.0) is None
    assert lease(ledger, 180.0, "third").attempts == 3


def test_who_was_overtaken_can_do_nothing(ledger) -> None:
    ledger.claim(make_job(), 0.0)
    slow = lease(ledger, 0.0, "slow")
    quick = lease(ledger, 30.0, "quick")
    for act in (
        lambda: ledger.renew(slow, 31.0, 30.0),
        lambda: ledger.keep_posted(slow, "1.1"),
        lambda: ledger.keep_reply(slow, "{}", None),
        lambda: ledger.mark_sending(slow),
        lambda: ledger.defer(slow, 99.0, counts=True),
        lambda: ledger.fail(slow, "why", 31.0),
        lambda: ledger.finish(slow, 31.0),
    ):
        with pytest.raises(LeaseLostError, match="another worker has it"):
            act()
    ledger.finish(quick, 32.0)
    with pytest.raises(LeaseLostError):
        ledger.finish(quick, 33.0)


def test_the_next_worker_goes_on_where_the_last_one_died(ledger) -> None:
    ledger.claim(make_job(), 0.0)
    leased = lease(ledger, 0.0)
    assert (leased.posted_ts, leased.reply, leased.is_sending) == (None, None, False)
    ledger.keep_posted(leased, "1700000001.000001")
    ledger.keep_reply(leased, '{"text": "答え"}', '{"answer": 1}')
    ledger.mark_sending(leased)
    taken = lease(ledger, 30.0, "v")
    assert taken == LeasedJob(
        make_job(), "v", 0.0, 2, "1700000001.000001", '{"text": "答え"}', True
    )


def test_a_job_given_back_comes_again_when_it_is_time(ledger) -> None:
    ledger.claim(make_job(), 0.0)
    leased = lease(ledger)
    ledger.mark_sending(leased)
    ledger.defer(leased, 50.0, counts=True)
    assert ledger.lease("w", Lane.ANSWERS, 49.9, 30.0) is None
    leased = lease(ledger, 50.0)
    # What may have been sent stays so; Slack's request to wait takes both back.
    assert (leased.attempts, leased.is_sending) == (2, True)
    ledger.defer(leased, 60.0, counts=False)
    leased = lease(ledger, 60.0)
    assert (leased.attempts, leased.is_sending) == (2, False)


@pytest.mark.parametrize(
    "end",
    [
        lambda ledger, leased: ledger.finish(leased, 1.0),
        lambda ledger, leased: ledger.fail(leased, "Slack refused", 1.0),
    ],
)
def test_what_ended_does_not_come_again(ledger, end) -> None:
    ledger.claim(make_job(), 0.0)
    leased = lease(ledger)
    end(ledger, leased)
    assert ledger.lease("w", Lane.ANSWERS, 1e9, 30.0) is None
    assert ledger.knows(leased.job.key)


class TestThreads:
    def test_a_follow_up_is_claimed_in_a_thread_with_a_question(self, ledger) -> None:
        ledger.claim(make_job(), 0.0)
        assert ledger.follows_up(Place(TEAM, CHANNEL, THREAD), LATER)
        assert ledger.claim_follow_up(make_job(LATER), 1.0)
        assert not ledger.claim_follow_up(make_job(LATER), 1.0)
        assert ledger.count_waiting(Lane.ANSWERS) == 2

    def test_a_follow_up_that_comes_before_its_question_is_held_for_it(self, ledger) -> None:
        assert not ledger.claim_follow_up(make_job(LATER), 0.0)
        assert not ledger.knows(make_job(LATER).key)
        assert ledger.count_waiting(Lane.ANSWERS) == 0
        ledger.claim(make_job(), 1.0)
        taken = [lease(ledger, 1.0, str(number)) for number in range(2)]
        assert [leased.job.ts for leased in taken] == [LATER, THREAD]

    def test_what_was_said_before_the_question_stays_the_peoples(self, ledger) -> None:
        ledger.claim_follow_up(make_job("1700000001.000001"), 0.0)
        ledger.claim(make_job("1700000002.000001"), 1.0)
        assert ledger.count_waiting(Lane.ANSWERS) == 1
        assert not ledger.claim_follow_up(make_job("1700000001.500000"), 2.0)

    @pytest.mark.parametrize(
        "other",
        [
            make_job(LATER, channel="C2"),
            make_job(LATER, thread="1600000000.000001"),
            make_job(LATER, thread=""),
        ],
    )
    def test_other_threads_are_not_followed(self, ledger, other) -> None:
        ledger.claim(make_job(), 0.0)
        assert not ledger.claim_follow_up(other, 1.0)

    @pytest.mark.parametrize("kind", [JobKind.LOOKUP, JobKind.REFUSAL, JobKind.NOTICE])
    def test_a_thread_without_a_question_of_its_own_is_not_followed(self, ledger, kind) -> None:
        ledger.claim(make_job(kind=kind), 0.0)
        assert not ledger.follows_up(Place(TEAM, CHANNEL, THREAD), LATER)

    def test_a_held_message_that_comes_again_as_a_mention_is_claimed(self, ledger) -> None:
        ledger.claim_follow_up(make_job(LATER), 0.0)
        assert ledger.claim(make_job(LATER), 1.0)
        assert not ledger.claim(make_job(LATER), 2.0)
        assert not ledger.claim_follow_up(make_job(LATER), 3.0)
        assert lease(ledger).claimed_at == 1.0

    def test_an_answer_outside_of_threads_begins_one(self, ledger) -> None:
        job = make_job(kind=JobKind.FOLLOW_UP, thread="")
        ledger.claim(job, 0.0)
        ledger.keep_posted(lease(ledger), "1700000005.000001")
        assert ledger.follows_up(Place(TEAM, CHANNEL, "1700000005.000001"), LATER)


class TestDelay:
    def test_a_complaint_waits_for_its_reason(self, ledger) -> None:
        job = make_job(kind=JobKind.COMPLAINT, text="")
        ledger.claim(job, 0.0, 900.0)
        assert ledger.lease("w", Lane.QUICK, 899.0, 30.0) is None
        assert ledger.hasten(job.key, "数値が古い", 10.0)
        assert lease(ledger, 10.0, lane=Lane.QUICK).job.text == "数値が古い"

    def test_it_does_not_wait_for_ever(self, ledger) -> None:
        job = make_job(kind=JobKind.COMPLAINT, text="")
        ledger.claim(job, 0.0, 900.0)
        assert not ledger.hasten(job.key, "遅い", 900.0)
        assert lease(ledger, 900.0, lane=Lane.QUICK).job.text == ""
        assert not ledger.hasten(job.key, "もっと遅い", 901.0)
        assert not ledger.hasten("none", "", 0.0)


def test_rows_are_kept_for_a_week_and_held_messages_for_ten_minutes(ledger) -> None:
    week = 7 * 86_400.0
    for number in range(3):
        ledger.claim(make_job(f"170000000{number}.000001"), 0.0)
    ledger.finish(lease(ledger), 10.0)
    ledger.fail(lease(ledger), "why", 20.0)
    ledger.claim_follow_up(make_job(LATER, channel="C2"), 30.0)
    assert ledger.expire(630.0) == 0
    assert ledger.expire(630.1) == 1
    assert ledger.expire(week + 10.0) == 0
    assert ledger.expire(week + 10.1) == 1
    assert ledger.expire(week + 20.1) == 1
    # What is not done is never forgotten.
    assert ledger.expire(1e12) == 0
    assert lease(ledger, 1e12).job.ts == "1700000002.000001"


def test_retention_can_be_set(path) -> None:
    file = LedgerFile(path)
    ledger = Ledger(file, Retention(finished=5.0, held=1.0))
    ledger.settle(make_job(), 0.0)
    assert ledger.expire(5.1) == 1
    file.close()


HOSTILE = [
    "'; DROP TABLE jobs; --",
    '"); DELETE FROM jobs; --',
    "a\x00b",
    "半分\ud800",
    "\U0001f4a3" * 3,
    "?" * 50,
    "%s{0}{name}",
    "x" * 200_000,
    "",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_only_text(ledger, text) -> None:
    job = Job(f"k{text[:150]}", JobKind.QUESTION, Place(text, text, text), text, text, text, text)
    assert ledger.claim(job, 0.0)
    assert not ledger.claim(job, 0.0)
    assert ledger.knows(job.key)
    leased = lease(ledger)
    assert leased.job.text == text.replace("\ud800", "?")
    ledger.keep_reply(leased, text, text.replace("\ud800", "?"))
    ledger.fail(leased, text, 1.0)
    assert ledger.count_waiting(Lane.ANSWERS) == 0


@given(st.text(), st.text(min_size=1))
def test_any_text_comes_back(tmp_path_factory, text, key) -> None:
    path = tmp_path_factory.mktemp("ledger") / "l.sqlite3"
    with open_ledger(path) as ledger:
        job = Job(key, JobKind.COMMAND, Place("T", "C"), "U", text)
        assert ledger.claim(job, 0.0)
        assert lease(ledger).job == job


COUNTER = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1])
print(connection.execute("SELECT count(*) FROM jobs").fetchone()[0])
connection.close()
"""


def count_elsewhere(path: Path) -> int:
    """Return how many jobs another process finds, which closes the file again."""
    command = [sys.executable, "-c", COUNTER, str(path)]
    return int(subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout)


class TestFile:
    def test_it_is_its_owners_alone_and_safe_from_a_power_cut(self, path) -> None:
        file = LedgerFile(path)
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        with file.read() as connection:
            values = [
                connection.execute(f"PRAGMA {name}").fetchone()[0]
                for name in ("journal_mode", "synchronous", "secure_delete")
            ]
        assert values == ["wal", 2, 1]
        file.close()

    def test_what_was_claimed_is_there_after_a_restart(self, path) -> None:
        with open_ledger(path) as ledger:
            ledger.claim(make_job(), 0.0)
        with open_ledger(path) as ledger:
            assert not ledger.claim(make_job(), 1.0)
            assert lease(ledger).job == make_job()

    def test_a_step_that_fails_leaves_nothing(self, path) -> None:
        file = LedgerFile(path)
        ledger = Ledger(file)
        ledger.claim(make_job(), 0.0)

        def fail() -> None:
            with file.write() as connection:
                connection.execute("DELETE FROM jobs")
                raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            fail()
        assert ledger.knows(make_job().key)
        file.close()

    def test_a_second_ledger_of_the_process_takes_no_lock_from_the_first(self, path) -> None:
        with open_ledger(path) as first, open_ledger(path):
            # Who closes a file that nobody else has open takes its log away.
            assert count_elsewhere(path) == 0
            assert first.claim(make_job(), 0.0)
            assert count_elsewhere(path) == 1

    def test_what_is_finished_does_not_slow_the_search_for_work(self, path) -> None:
        steps, finished = [], 200
        file = LedgerFile(path)
        ledger = Ledger(file)
        ledger.settle(make_job(kind=JobKind.IGNORED), 0.0)
        with file.write() as connection:
            names = ", ".join(
                name
                for _, name, *_ in connection.execute("PRAGMA table_info(jobs)").fetchall()
                if name not in ("position", "key")
            )
            connection.executemany(
                f"INSERT INTO jobs (key, {names}) SELECT ?, {names} FROM jobs LIMIT 1",
                ((str(number),) for number in range(finished)),
            )
            connection.set_progress_handler(lambda: steps.append(None), 1)
        assert ledger.lease("w", Lane.QUICK, 1.0, 30.0) is None
        # Steps of SQLite's machine; there would be several for every row that it looks at.
        assert 0 < len(steps) < finished
        file.close()

    @pytest.mark.parametrize("kind", ["folder", "text", "newer", "blocked"])
    def test_what_is_no_ledger_is_refused_in_one_line(self, tmp_path, kind) -> None:
        path = tmp_path / "ledger"
        if kind == "folder":
            path.mkdir()
        elif kind == "text":
            path.write_text("これは帳簿ではありません。" * 100)
        elif kind == "newer":
            LedgerFile(path).close()
            with sqlite3.connect(path) as connection:
                connection.execute("PRAGMA user_version = 99")
            connection.close()
        else:
            (tmp_path / "file").touch()
            path = tmp_path / "file" / "ledger"
        with pytest.raises(LedgerError) as caught:
            LedgerFile(path)
        assert "\n" not in str(caught.value)
        assert str(path) in str(caught.value)
        assert "slack_ledger" in str(caught.value)

    def test_a_closed_ledger_tells(self, path) -> None:
        with open_ledger(path) as ledger:
            pass
        with pytest.raises(LedgerError, match="cannot be used"):
            ledger.claim(make_job(), 0.0)


KEYS = [f"T:C:{number}" for number in range(200)]
CLAIMER = """
import random, sys, threading
from pathlib import Path
from tests.assistant.apps.slack.test_ledger import KEYS, claim_all
claims = claim_all(Path(sys.argv[1]), int(sys.argv[2]))
print("\\n".join(claims))
"""


def claim_all(path: Path, seed: int) -> list[str]:
    """Claim all keys in 8 threads, each in its own order; return those that were new, by thread."""
    claimed: list[str] = []
    with open_ledger(path) as ledger:

        def claim(number: int) -> None:
            order = random.Random(100 * seed + number).sample(KEYS, len(KEYS))
            for key in order:
                job = Job(key, JobKind.QUESTION, Place("T", "C"), "U", "質問")
                if ledger.claim(job, 0.0):
                    claimed.append(key)

        threads = [threading.Thread(target=claim, args=(number,)) for number in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    return claimed


def test_each_key_is_claimed_once_by_four_processes_of_eight_threads(path) -> None:
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", CLAIMER, str(path), str(seed)],
            stdout=subprocess.PIPE,
            text=True,
        )
        for seed in range(4)
    ]
    claimed = [key for process in processes for key in process.communicate()[0].split()]
    assert [process.returncode for process in processes] == [0] * 4
    assert Counter(claimed) == Counter(KEYS)
    with open_ledger(path) as ledger:
        assert ledger.count_waiting(Lane.ANSWERS) == len(KEYS)


# Claims, takes, posts and finishes jobs, and dies at any of these points.
DIER = """
import os, random, sys
from pathlib import Path
from assistant.apps.slack.errors import LedgerError
from assistant.apps.slack.jobs import Job, JobKind, Lane, Place
from assistant.apps.slack.ledger import Ledger
from assistant.apps.slack.ledger_file import LedgerFile
path, run, count = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
chance = random.Random(run)
ledger = Ledger(LedgerFile(Path(path)))

def maybe_die():
    if chance.random() < 0.05:
        os._exit(9)

def say(word, key):
    os.write(1, f"{word} {key}\\n".encode())

for number in range(count):
    key = f"T:C:{number}"
    is_new = ledger.claim(Job(key, JobKind.QUESTION, Place("T", "C"), "U", "質問"), 0.0)
    say("claimed" if is_new else "known", key)
    maybe_die()
    # Time flies: a lease of the run before has run out.
    leased = ledger.lease(f"run-{run}", Lane.ANSWERS, 100.0 * run, 30.0)
    if leased is None:
        continue
    maybe_die()
    ledger.keep_posted(leased, f"{run}.1")
    maybe_die()
    ledger.finish(leased, 100.0 * run)
    say("finished", leased.job.key)
    maybe_die()
"""


def test_no_job_is_lost_or_doubled_when_processes_die_anywhere(path) -> None:
    count, said, codes = 60, [], []
    for run in range(1, 200):
        ended = subprocess.run(
            [sys.executable, "-c", DIER, str(path), str(run), str(count)],
            stdout=subprocess.PIPE,
            text=True,
            check=False,
        )
        said += ended.stdout.split("\n")
        codes.append(ended.returncode)
        with open_ledger(path) as ledger:
            known = {n for n in range(count) if ledger.knows(f"T:C:{n}")}
            # What was told to be claimed is, whatever came then.
            told = {int(line.split(":")[2]) for line in said if line.startswith("claimed")}
            assert told <= known
            leftover = ledger.lease("parent", Lane.ANSWERS, 100.0 * run + 50, 0.0)
        if ended.returncode == 0 and leftover is None:
            break
    else:
        pytest.fail("never done")
    assert set(codes) == {0, 9}
    finished = Counter(line.split()[1] for line in said if line.startswith("finished"))
    assert all(times == 1 for times in finished.values())
    with sqlite3.connect(path) as connection:
        rows = connection.execute("SELECT state, count(*) FROM jobs GROUP BY state").fetchall()
    connection.close()
    assert rows == [("done", count)]
