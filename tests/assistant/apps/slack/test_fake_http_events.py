"""Signed HTTP of the local Slack, tried through the request verification of slack_bolt."""

import json
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest
from slack_bolt import Ack, App, BoltRequest, BoltResponse
from slack_sdk import WebClient

from tests.assistant.apps.slack.fake_slack.fake_slack import FakeSlack
from tests.assistant.apps.slack.fake_slack.people import CHANNEL
from tests.assistant.apps.slack.fake_slack.records import Json
from tests.assistant.apps.slack.fake_slack.signed_requests import (
    build_request,
    build_url_verification,
)
from tests.assistant.apps.slack.fake_slack.timing import FAST
from tests.assistant.apps.slack.sdk_clients import connect, serve_app

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])

BUTTON = {"type": "button", "action_id": "share", "text": {"type": "plain_text", "text": "共有"}}


@pytest.fixture
def slack() -> Iterator[FakeSlack]:
    with FakeSlack() as running:
        yield running


def build_app(slack: FakeSlack, seen: list[tuple[str, str]]) -> App:
    """Return an app that notes events: id, and which retry it is."""
    client = WebClient(slack.bot_token, base_url=slack.base_url)
    app = App(client=client, signing_secret=slack.signing_secret)

    @app.event("app_mention")
    def note(body: Json, request: BoltRequest) -> None:
        seen.append((body["event_id"], request.headers.get("x-slack-retry-num", [""])[0]))

    @app.command("/tenkyo")
    def command(ack: Ack, command: dict[str, str]) -> None:
        ack(f"受付: {command['text']}")

    @app.action("share")
    def action(ack: Ack) -> None:
        ack()

    return app


def test_signed_requests_pass_the_check_of_bolt(slack: FakeSlack) -> None:
    seen: list[tuple[str, str]] = []
    posted = connect(slack).chat_postMessage(
        channel=CHANNEL, text="a", blocks=[{"type": "actions", "elements": [BUTTON]}]
    )
    message = slack.workspace.find(CHANNEL, posted["ts"])
    with serve_app(slack, build_app(slack, seen)):
        mention, _ = slack.people.mention("HTTP")
        command = slack.people.run_command("上限 & 下限は？")
        press = slack.people.press(message, "share")
        deliveries = slack.deliver([mention, command, press], via="http")
        slack.wait_until(slack.is_settled)
        assert [delivery.failures for delivery in deliveries] == [[], [], []]
        assert deliveries[1].response == "受付: 上限 & 下限は？"
        assert seen == [(mention.key, "")]


def test_an_address_is_verified(slack: FakeSlack) -> None:
    with serve_app(slack, build_app(slack, [])):
        question = build_url_verification("c-1")
        answer = slack.send(build_request(slack.request_url, question, int(time.time())))
        assert json.loads(answer.body) == {"challenge": "c-1"}


def test_a_request_with_a_wrong_signature_is_refused(slack: FakeSlack) -> None:
    seen: list[tuple[str, str]] = []
    with serve_app(slack, build_app(slack, seen)):
        mention, _ = slack.people.mention("HTTP")
        now = int(time.time())
        good = build_request(slack.request_url, mention, now)
        other = build_request(slack.request_url, mention, now, secret="f" * 32)
        old = build_request(slack.request_url, mention, now - 301)
        altered = replace(good, body=good.body.replace(b"HTTP", b"HTTQ"))
        headers = {k: v for k, v in good.headers.items() if k != "X-Slack-Signature"}
        unsigned = replace(good, headers=headers)
        requests = (other, old, altered, unsigned)
        assert [slack.send(request).status for request in requests] == [401] * 4
        assert seen == []
        assert slack.send(good).status == 200


def test_a_slow_app_is_sent_the_event_again() -> None:
    seen: list[tuple[str, str]] = []
    with (
        FakeSlack(timing=replace(FAST, ack_seconds=0.6)) as slack,
        serve_app(slack, build_app(slack, seen), delays=[1.0]),
    ):
        mention, _ = slack.people.mention("HTTP")
        (delivery,) = slack.deliver(mention, via="http")
        slack.wait_until(lambda: delivery.settled)
        assert delivery.failures[0] == "http_timeout"
        slack.wait_until(lambda: {(mention.key, ""), (mention.key, "1")} <= set(seen))


@pytest.mark.parametrize(("headers", "attempts"), [({}, 4), ({"x-slack-no-retry": "1"}, 1)])
def test_a_failing_app_is_sent_the_event_unless_it_wants_no_more(
    headers: dict[str, str | Sequence[str]], attempts: int
) -> None:
    with FakeSlack(timing=replace(FAST, retry_gaps=(0.0, 0.01, 0.01))) as slack:
        app = build_app(slack, [])

        @app.middleware
        def fail() -> BoltResponse:
            return BoltResponse(status=500, headers=headers)

        with serve_app(slack, app):
            mention, _ = slack.people.mention("HTTP")
            (delivery,) = slack.deliver(mention, via="http")
            slack.wait_until(lambda: delivery.settled)
            assert delivery.abandoned
            assert delivery.failures == ["http_error"] * attempts


def test_where_nobody_listens_slack_gives_up() -> None:
    with FakeSlack(timing=replace(FAST, retry_gaps=(0.0, 0.01, 0.01))) as slack:
        slack.request_url = "http://127.0.0.1:1/slack/events"
        mention, _ = slack.people.mention("HTTP")
        (delivery,) = slack.deliver(mention, via="http")
        slack.wait_until(lambda: delivery.settled)
        assert delivery.abandoned
        assert delivery.failures == ["connection_failed"] * 4
