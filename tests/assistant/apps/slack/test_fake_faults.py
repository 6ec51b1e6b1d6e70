"""What goes wrong on purpose in the local Slack, seen by the real client of slack_sdk."""

import time

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_handlers import (
    RateLimitErrorRetryHandler,
    ServerErrorRetryHandler,
)
from slack_sdk.http_retry.builtin_interval_calculators import FixedValueRetryIntervalCalculator

from tests.assistant.apps.slack.fake_slack.fake_slack import FakeSlack
from tests.assistant.apps.slack.fake_slack.faults import (
    Fault,
    Lost,
    RateLimited,
    Reset,
    ScriptedFaults,
    SeededFaults,
    ServerError,
    Slow,
)
from tests.assistant.apps.slack.fake_slack.people import CHANNEL
from tests.assistant.apps.slack.sdk_clients import connect

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])


def test_a_storm_of_429_ends_and_the_client_waits_as_told() -> None:
    faults = ScriptedFaults({"chat.postMessage": [RateLimited("0"), RateLimited("0")]})
    with FakeSlack(faults=faults) as slack:
        connect(slack, RateLimitErrorRetryHandler(3)).chat_postMessage(channel=CHANNEL, text="a")
        assert [call.fault for call in slack.calls] == [RateLimited("0"), RateLimited("0"), None]
        assert len(slack.workspace.read_channel(CHANNEL)) == 1


@pytest.mark.parametrize("header", ["0", "1.5", None])
def test_retry_after_comes_as_written(header: str | None) -> None:
    with FakeSlack(faults=ScriptedFaults({"*": [RateLimited(header)]})) as slack:
        with pytest.raises(SlackApiError) as caught:
            connect(slack).auth_test()
        response = caught.value.response
        assert (response.status_code, response["error"]) == (429, "ratelimited")
        assert response.headers.get("Retry-After") == header


def test_a_server_error_and_a_reset_have_no_effect() -> None:
    script: list[Fault | None] = [ServerError(503), Reset()]
    with FakeSlack(faults=ScriptedFaults({"chat.postMessage": script})) as slack:
        handler = ServerErrorRetryHandler(
            interval_calculator=FixedValueRetryIntervalCalculator(0.01)
        )
        client = connect(slack, handler)
        with pytest.raises(ConnectionResetError):
            client.chat_postMessage(channel=CHANNEL, text="a")
        assert slack.workspace.read_channel(CHANNEL) == ()


def test_a_lost_answer_had_its_effect_and_the_default_client_doubles_it() -> None:
    with FakeSlack(faults=ScriptedFaults({"chat.postMessage": [Lost()]})) as slack:
        # Without being asked to, slack_sdk tries once more after a broken connection.
        WebClient(slack.bot_token, base_url=slack.base_url).chat_postMessage(
            channel=CHANNEL, text="a"
        )
        assert len(slack.workspace.read_channel(CHANNEL)) == 2
    with FakeSlack(faults=ScriptedFaults({"chat.postMessage": [Lost()]})) as slack:
        with pytest.raises(ConnectionResetError):
            connect(slack).chat_postMessage(channel=CHANNEL, text="a")
        assert len(slack.workspace.read_channel(CHANNEL)) == 1


def test_a_slow_answer_outlasts_the_client() -> None:
    with FakeSlack(faults=ScriptedFaults({"chat.postMessage": [Slow(5)]})) as slack:
        client = connect(slack)
        client.timeout = 0.1  # type: ignore[assignment]
        with pytest.raises(TimeoutError):
            client.chat_postMessage(channel=CHANNEL, text="a")
        slack.wait_until(lambda: len(slack.workspace.read_channel(CHANNEL)) == 1)
        ending = time.monotonic()
    # Ending the context does not wait for what is slow on purpose.
    assert time.monotonic() - ending < 3


def test_chance_comes_from_the_seed_and_ends() -> None:
    def draw(seed: int) -> list[Fault | None]:
        plan = SeededFaults(seed, {Reset(): 0.3, Lost(): 0.2}, frozenset({"a"}), most=20)
        return [plan.draw_fault("a") for _ in range(200)]

    assert draw(1) == draw(1)
    assert draw(1) != draw(2)
    assert sum(fault is not None for fault in draw(1)) == 20
    assert {Reset(), Lost()} <= set(draw(1))
    assert SeededFaults(1, {Reset(): 1.0}, frozenset({"a"})).draw_fault("b") is None
