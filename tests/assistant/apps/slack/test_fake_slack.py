"""The local Slack as a whole: both ways at once, other processes, nothing left behind."""

import json
import random
import threading
import urllib.request
from collections.abc import Iterator
from dataclasses import replace

import pytest
from slack_bolt import App
from slack_sdk import WebClient

from tests.assistant.apps.slack.fake_slack.__main__ import add_controls
from tests.assistant.apps.slack.fake_slack.bot_process import BotProcess
from tests.assistant.apps.slack.fake_slack.fake_slack import FakeSlack
from tests.assistant.apps.slack.fake_slack.records import BOT_USER, Json
from tests.assistant.apps.slack.fake_slack.timing import FAST
from tests.assistant.apps.slack.sdk_clients import run_bot, serve_app

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])


@pytest.fixture
def slack() -> Iterator[FakeSlack]:
    with FakeSlack() as running:
        yield running


def test_duplicates_come_shuffled_over_both_ways(slack: FakeSlack) -> None:
    seen: list[str] = []
    app = App(
        client=WebClient(slack.bot_token, base_url=slack.base_url),
        signing_secret=slack.signing_secret,
    )

    @app.event("app_mention")
    def note(body: Json) -> None:
        seen.append(body["event_id"])

    with serve_app(slack, app), run_bot(slack):
        mentions = [slack.people.mention(str(number))[0] for number in range(10)]
        slack.deliver(mentions, via="both", times=2, shuffle=random.Random(1))
        # The echo bot on the socket keeps no ledger: it answers each of the twenty it gets.
        slack.wait_until(lambda: slack.is_settled() and len(slack.workspace.read_all()) == 30)
        in_order = [mention.key for mention in mentions] * 2
        assert sorted(seen) == sorted(in_order)
        assert [delivery.payload.key for delivery in slack.deliveries] != in_order * 2
        assert [delivery.attempts for delivery in slack.deliveries] == [1] * 40


def test_a_killed_process_is_sent_what_it_did_not_acknowledge() -> None:
    timing = replace(FAST, ack_seconds=0.5, retry_gaps=(0.0, *[0.3] * 20))
    with FakeSlack(timing=timing) as slack:
        environment = {
            "ECHO_BASE_URL": slack.base_url,
            "ECHO_BOT_TOKEN": slack.bot_token,
            "ECHO_APP_TOKEN": slack.app_token,
        }
        module = ["-m", "tests.assistant.apps.slack.fake_slack.echo_bot"]
        mention, _ = slack.people.mention("生きてる？")
        with BotProcess(module, {**environment, "ECHO_HANG": "1"}) as bot:
            bot.wait_for_line("ready")
            (delivery,) = slack.deliver(mention)
            bot.wait_for_line("hanging")
            bot.kill()
            assert not bot.is_alive
        slack.wait_until(lambda: slack.socket.connections == 0)
        assert not delivery.settled
        with BotProcess(module, environment) as bot:
            slack.wait_until(lambda: bool(slack.answers_to(mention.ts)), 20)
            assert bot.stop() == 0
        assert delivery.attempts >= 2
        assert delivery.failures[0] == "timeout"


def test_a_process_that_ends_early_is_told_of() -> None:
    with (
        BotProcess(["-c", "print('no token'); raise SystemExit(3)"], {}) as bot,
        pytest.raises(AssertionError, match="the process ended\nno token"),
    ):
        bot.wait_for_line("ready")


def test_another_process_can_act_and_look(slack: FakeSlack) -> None:
    add_controls(slack)

    def ask(path: str, body: Json) -> Json:
        url = f"{slack.web_api.root}/fake/{path}"
        headers = {"Content-Type": "application/json"}
        request = urllib.request.Request(url, json.dumps(body).encode(), headers)
        with urllib.request.urlopen(request, timeout=5) as answer:
            found: Json = json.load(answer)
            return found

    with run_bot(slack):
        assert len(ask("mention", {"text": "外から"})["keys"]) == 2
        slack.wait_until(lambda: len(slack.workspace.read_all()) == 2)
    messages = ask("state", {})["messages"]
    assert [message["text"] for message in messages] == [
        f"<@{BOT_USER}> 外から",
        f"echo: <@{BOT_USER}> 外から",
    ]


def test_it_runs_as_a_process_of_its_own() -> None:
    with BotProcess(["-m", "tests.assistant.apps.slack.fake_slack"], {}) as process:
        process.wait_for_line('"base_url": "http://127.0.0.1:')


def test_waiting_in_vain_says_how_far_things_have_come(slack: FakeSlack) -> None:
    slack.deliver(slack.people.mention("誰もいない"))
    with pytest.raises(AssertionError, match="0 of 2 deliveries settled, 0 connections, 0 calls"):
        slack.wait_until(slack.is_settled, 0.1)


def test_nothing_is_left_behind() -> None:
    before = set(threading.enumerate())
    with FakeSlack() as slack:
        slack.deliver(slack.people.mention("まだ誰もいない"))
        with run_bot(slack):
            slack.wait_until(slack.is_settled)
    # Bolt keeps idle workers of its own until the interpreter ends.
    left = {thread.name for thread in set(threading.enumerate()) - before}
    assert not [name for name in left if not name.startswith("ThreadPoolExecutor")]
