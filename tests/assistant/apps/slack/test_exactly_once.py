"""Every question is answered once: duplicates, retries, both ways, faults, kills."""

import random
import sqlite3
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from tests.assistant.apps.slack.block_kit import find_violations
from tests.assistant.apps.slack.bot_bench import QUICK, run_on
from tests.assistant.apps.slack.changing_faults import ChangingFaults
from tests.assistant.apps.slack.fake_slack.bot_process import BotProcess
from tests.assistant.apps.slack.fake_slack.fake_slack import FakeSlack
from tests.assistant.apps.slack.fake_slack.faults import (
    Lost,
    RateLimited,
    Reset,
    ScriptedFaults,
    SeededFaults,
    ServerError,
    Slow,
    SocketFaults,
)
from tests.assistant.apps.slack.fake_slack.records import Payload
from tests.assistant.apps.slack.fake_slack.timing import FAST
from tests.assistant.apps.slack.scripted_notes import ScriptedNotes, answer_to

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])

# Slack would give up after three; here a process needs that long to start.
PATIENT = replace(FAST, retry_gaps=(0.0, *[0.5] * 400))


def ask(slack: FakeSlack, count: int) -> list[Payload]:
    """Have a person ask many questions, and return the events: two of each mention."""
    return [payload for n in range(count) for payload in slack.people.mention(f"質問 {n} は?")]


def is_answered(slack: FakeSlack, payloads: Sequence[Payload]) -> bool:
    """Tell whether the bot has answered every question; what it wrote beside is not looked at."""
    answered = {
        message.thread_ts
        for message in slack.workspace.read_all()
        if message.bot_id and answer_to("")[-4:] in message.text
    }
    return slack.is_settled() and {payload.ts for payload in payloads} <= answered


def check_each_once(slack: FakeSlack, payloads: Sequence[Payload]) -> None:
    """Check that the one thing the bot wrote in a question's thread is its answer."""
    for ts in {payload.ts for payload in payloads}:
        asked = slack.workspace.find(payloads[0].body["event"]["channel"], ts)
        question = asked.text.partition("> ")[2]
        answers = slack.answers_to(ts)
        assert [answer.text.split(" [1]")[0] for answer in answers] == [answer_to(question)]
    assert slack.violations == []


def test_a_mention_and_its_message_are_one_question(tmp_path) -> None:
    with FakeSlack(echoes=True, find_violations=find_violations) as slack:
        with run_on(slack, tmp_path) as bench:
            asked = ask(slack, 5)
            slack.deliver(asked, times=3, shuffle=random.Random(1))
            slack.wait_until(lambda: is_answered(slack, asked))
        check_each_once(slack, asked)
        assert len(bench.notes.asked) == 5


@pytest.mark.slow
def test_a_thousand_questions_each_four_times_over_both_ways(tmp_path) -> None:
    with FakeSlack(find_violations=find_violations) as slack:
        with run_on(slack, tmp_path, by_http=True):
            asked = ask(slack, 1_000)
            slack.deliver(asked, "both", shuffle=random.Random(2), per_second=200)
            slack.wait_until(lambda: is_answered(slack, asked), 240)
        assert len(slack.deliveries) == 4_000
        check_each_once(slack, asked)


@pytest.mark.slow
def test_drops_refreshes_and_late_acknowledgements_double_nothing(tmp_path) -> None:
    chance = SocketFaults(seed=3, drop=0.02, refresh=0.02)
    # A connection that broke is only noticed after some seconds, and another one opened.
    with FakeSlack(timing=PATIENT, socket_faults=chance) as slack:
        with run_on(slack, tmp_path):
            asked = ask(slack, 100)
            slack.deliver(asked, shuffle=random.Random(3), per_second=100)
            slack.wait_until(lambda: is_answered(slack, asked), 180)
        check_each_once(slack, asked)
        assert max(delivery.attempts for delivery in slack.deliveries) > 1


FAULTS = {
    "lost answer": Lost(),
    "reset": Reset(),
    "server error": ServerError(500),
    "bad gateway": ServerError(502),
    "429": RateLimited("1"),
    "429 without a time": RateLimited(None),
}


@pytest.mark.parametrize("method", ["chat.postMessage", "chat.update"])
@pytest.mark.parametrize("name", ["lost answer", "reset", "server error", "bad gateway", "429"])
def test_each_call_may_fail_and_the_answer_still_comes_once(tmp_path, method, name) -> None:
    faults = ScriptedFaults({method: [FAULTS[name]] * 2})
    with FakeSlack(faults=faults) as slack:
        with run_on(slack, tmp_path) as bench:
            asked = ask(slack, 1)
            slack.deliver(asked)
            slack.wait_until(lambda: is_answered(slack, asked), 60)
        check_each_once(slack, asked)
        # What was worked out is kept, however often it has to be shown.
        assert len(bench.notes.asked) == 1


def test_a_message_that_slack_took_is_found_again_on_any_page(tmp_path) -> None:
    faults = ScriptedFaults({"chat.postMessage": [Lost()]})
    with FakeSlack(faults=faults) as slack:
        with run_on(slack, tmp_path):
            mention, _ = slack.people.mention("長いスレッドでは?")
            for number in range(450):
                slack.people.write(f"雑談 {number}", thread_ts=mention.ts)
            slack.deliver(mention)
            slack.wait_until(lambda: is_answered(slack, [mention]), 60)
        check_each_once(slack, [mention])
        methods = [call.method for call in slack.calls]
        assert methods.count("chat.postMessage") == 1
        # 450 replies and the message itself, 200 a page, the first message on every page.
        assert methods.count("conversations.replies") == 3


@pytest.mark.slow
def test_many_faults_at_once(tmp_path) -> None:
    chances = {Lost(): 0.1, Reset(): 0.1, ServerError(): 0.1, Slow(0.2): 0.1}
    faults = SeededFaults(4, chances, frozenset({"chat.postMessage", "chat.update"}), most=150)
    with FakeSlack(faults=faults) as slack:
        with run_on(slack, tmp_path, pace=replace(QUICK, answer_threads=4, attempts=50)):
            asked = ask(slack, 100)
            slack.deliver(asked, shuffle=random.Random(4), per_second=100)
            slack.wait_until(lambda: is_answered(slack, asked), 180)
        check_each_once(slack, asked)


def test_429_is_honoured_by_every_worker(tmp_path) -> None:
    faults = ScriptedFaults({"chat.postMessage": [None, RateLimited("2")]})
    with FakeSlack(faults=faults) as slack:
        with run_on(slack, tmp_path, pace=replace(QUICK, answer_threads=4)):
            asked = ask(slack, 20)
            slack.deliver(asked, per_second=200)
            slack.wait_until(lambda: is_answered(slack, asked), 60)
        check_each_once(slack, asked)
        posts = [call for call in slack.calls if call.method == "chat.postMessage"]
        limited = next(call for call in posts if isinstance(call.fault, RateLimited))
        # What the three others were just asking is not called back; then nobody asks.
        early = [call for call in posts if 0.0 < call.at - limited.at < 2.0]
        assert len(early) <= 3
        assert sum(call.fault is not None for call in posts) == 1


@pytest.mark.slow
def test_a_storm_of_429_loses_nothing(tmp_path) -> None:
    faults = ChangingFaults()
    with FakeSlack(faults=faults) as slack:
        with run_on(slack, tmp_path, pace=replace(QUICK, attempts=3)):
            faults.plan = SeededFaults(5, {RateLimited("1"): 0.5}, most=20)
            asked = ask(slack, 30)
            slack.deliver(asked, per_second=100)
            slack.wait_until(lambda: is_answered(slack, asked), 120)
        check_each_once(slack, asked)
        assert sum(call.fault is not None for call in slack.calls) >= 10


def run_process(slack: FakeSlack, folder: Path, seconds: float = 0.0) -> BotProcess:
    environment = {
        "BOT_URL": slack.base_url,
        "BOT_TOKEN": slack.bot_token,
        "APP_TOKEN": slack.app_token,
        "BOT_FOLDER": str(folder),
        "ANSWER_SECONDS": str(seconds),
    }
    return BotProcess(["-m", "tests.assistant.apps.slack.scripted_bot"], environment)


@pytest.mark.slow
def test_fifty_kills_lose_no_answer_and_double_none(tmp_path) -> None:
    chance = random.Random(6)
    # Slow calls make it likely to be killed between posting and writing down that it was posted.
    faults = SeededFaults(6, {Slow(0.1): 0.5}, frozenset({"chat.postMessage", "chat.update"}))
    kills, asked = 0, []
    with FakeSlack(timing=PATIENT, faults=faults) as slack:
        while kills < 50:
            with run_process(slack, tmp_path, 0.05) as bot:
                bot.wait_for_line("started", 60)
                fresh = ask(slack, 6)
                asked += fresh
                slack.deliver(fresh, times=2, shuffle=chance, per_second=100)
                time.sleep(chance.uniform(0.0, 0.8))
                bot.kill()
                kills += 1
        with run_process(slack, tmp_path) as bot:
            bot.wait_for_line("started", 60)
            slack.wait_until(lambda: is_answered(slack, asked), 180)
            assert bot.stop() == 0
        check_each_once(slack, asked)
        assert len(asked) == 50 * 6 * 2
        searches = [call for call in slack.calls if call.method == "conversations.replies"]
    assert len(searches) > 20  # so often a worker died before it had written down its message
    with closing(sqlite3.connect(tmp_path / "ledger.sqlite3")) as connection:
        states = Counter(state for (state,) in connection.execute("SELECT state FROM jobs"))
    assert states == {"done": 300}


@pytest.mark.slow
def test_a_command_is_answered_at_most_once_when_killed(tmp_path) -> None:
    chance = random.Random(7)
    with FakeSlack(timing=replace(PATIENT, ack_seconds=60.0)) as slack:
        for number in range(10):
            with run_process(slack, tmp_path, 0.05) as bot:
                bot.wait_for_line("started", 60)
                slack.deliver([slack.people.run_command(f"{number}-{n}") for n in range(4)])
                # Slack sends a command once: what was not taken yet is nobody's.
                slack.wait_until(slack.is_settled)
                time.sleep(chance.uniform(0.0, 0.4))
                bot.kill()
        with run_process(slack, tmp_path) as bot:
            bot.wait_for_line("started", 60)
            slack.wait_until(lambda: set(read_states(tmp_path)) == {"done"}, 60)
            assert bot.stop() == 0
        told = Counter(e.text.split(" [1]")[0] for e in slack.workspace.ephemerals)
        assert max(told.values()) == 1
        assert len(told) > 20
        # A kill can only take what was just being sent, so that it was tried again in vain.
        with closing(sqlite3.connect(tmp_path / "ledger.sqlite3")) as connection:
            rows = connection.execute("SELECT text, attempts FROM jobs").fetchall()
        assert len(rows) == 40
        assert {answer_to(text) for text, attempts in rows if attempts == 1} <= told.keys()


def read_states(folder: Path) -> Counter[str]:
    """Count the rows of a ledger by state."""
    with closing(sqlite3.connect(folder / "ledger.sqlite3")) as connection:
        return Counter(state for (state,) in connection.execute("SELECT state FROM jobs"))


@pytest.mark.slow
def test_a_graceful_stop_finishes_what_is_being_answered_and_leaves_the_rest(tmp_path) -> None:
    with FakeSlack(timing=PATIENT) as slack:
        with run_process(slack, tmp_path, 1.0) as bot:
            bot.wait_for_line("started", 60)
            asked = ask(slack, 40)  # ten seconds of work
            slack.deliver(asked)
            slack.wait_until(slack.is_settled)
            assert bot.stop() == 0
            assert "stopping" in bot.output
        states = read_states(tmp_path)
        assert states["working"] == 0
        assert states["done"] >= 4
        assert states["claimed"] >= 1
        with run_process(slack, tmp_path) as bot:
            bot.wait_for_line("started", 60)
            slack.wait_until(lambda: is_answered(slack, asked), 60)
            assert bot.stop() == 0
        check_each_once(slack, asked)


def test_a_worker_that_was_overtaken_adds_nothing(tmp_path) -> None:
    slow, quick = ScriptedNotes(60.0), ScriptedNotes()
    with FakeSlack() as slack:
        with run_on(slack, tmp_path, slow, pace=replace(QUICK, lease=0.6)) as halted:
            asked = ask(slack, 2)
            slack.deliver(asked)
            slack.wait_until(lambda: len(slow.asked) == 2)
            # Nobody renews the leases of this one any more.
            halted.bot._pool._stopped.set()
            with run_on(slack, tmp_path, quick):
                slack.wait_until(lambda: is_answered(slack, asked), 60)
                updates = [call.method for call in slack.calls].count("chat.update")
        check_each_once(slack, asked)
        assert len(quick.asked) == 2
        methods = [call.method for call in slack.calls]
        assert methods.count("chat.postMessage") == 2
        # When its answers came at last, they were not shown any more.
        assert methods.count("chat.update") == updates == 2
