"""The local Socket Mode, tried through the real clients of slack_sdk and slack_bolt."""

import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.assistant.apps.slack.fake_slack.fake_slack import FakeSlack
from tests.assistant.apps.slack.fake_slack.faults import Break, SocketFaults
from tests.assistant.apps.slack.fake_slack.records import BOT, BOT_USER, Payload
from tests.assistant.apps.slack.fake_slack.timing import FAST
from tests.assistant.apps.slack.sdk_clients import listen, run_bot

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])


@pytest.fixture
def slack() -> Iterator[FakeSlack]:
    with FakeSlack() as running:
        yield running


def texts(slack: FakeSlack, payload: Payload) -> list[str]:
    return [answer.text for answer in slack.answers_to(payload.ts)]


def count_connects(slack: FakeSlack) -> int:
    return sum(call.method == "apps.connections.open" for call in slack.calls)


def test_a_bolt_app_gets_an_event_acknowledges_and_answers(slack: FakeSlack) -> None:
    with run_bot(slack):
        mention, as_message = slack.people.mention("上限は？")
        first, second = slack.deliver([mention, as_message])
        slack.wait_until(lambda: slack.is_settled() and len(texts(slack, mention)) == 1)
        assert texts(slack, mention) == [f"echo: <@{BOT_USER}> 上限は？"]
        assert mention.key != as_message.key
        assert mention.ts == as_message.ts
        for delivery in (first, second):
            assert (delivery.attempts, delivery.failures) == (1, [])
            assert delivery.ack_seconds is not None
            assert 0 < delivery.ack_seconds < FAST.ack_seconds


def test_a_large_frame_comes_through(slack: FakeSlack) -> None:
    with run_bot(slack, receive_buffer_size=65_536):
        long = "あ" * 34_000  # three bytes each: 102,000 bytes, more in JSON
        mention, _ = slack.people.mention(long)
        slack.deliver(mention)
        slack.wait_until(lambda: bool(texts(slack, mention)))
        assert texts(slack, mention)[0].endswith(long)


def test_an_event_waits_for_a_connection(slack: FakeSlack) -> None:
    mention, _ = slack.people.mention("早い")
    (delivery,) = slack.deliver(mention)
    with run_bot(slack):
        slack.wait_until(lambda: delivery.settled)
        assert (delivery.attempts, delivery.failures) == (1, [])


def test_an_unacknowledged_event_comes_again_until_slack_gives_up() -> None:
    timing = replace(FAST, ack_seconds=0.1, retry_gaps=(0.0, 0.1, 0.1))
    with FakeSlack(timing=timing) as slack, listen(slack) as client:
        mention, _ = slack.people.mention("無視")
        (delivery,) = slack.deliver(mention)
        slack.wait_until(lambda: delivery.abandoned and len(client.envelopes) == 4)
        assert client.messages[0]["type"] == "hello"
        sent = client.envelopes
        assert [item["retry_attempt"] for item in sent] == [0, 1, 2, 3]
        assert [item["retry_reason"] for item in sent] == ["", "timeout", "timeout", "timeout"]
        assert {item["payload"]["event_id"] for item in sent} == {mention.key}
        assert len({item["envelope_id"] for item in sent}) == 4


def test_a_late_acknowledgement_ends_the_redelivery() -> None:
    timing = replace(FAST, ack_seconds=0.1, retry_gaps=(0.0, 3.0))
    with FakeSlack(timing=timing) as slack, listen(slack) as client:
        mention, _ = slack.people.mention("遅い")
        (delivery,) = slack.deliver(mention)
        slack.wait_until(lambda: len(client.envelopes) == 2)
        client.acknowledge(client.envelopes[0])
        slack.wait_until(lambda: delivery.ack_seconds is not None)
        time.sleep(3.5)
        assert (delivery.attempts, delivery.abandoned) == (2, False)


def test_a_command_is_never_sent_again_and_may_be_answered_at_once() -> None:
    with FakeSlack(timing=replace(FAST, ack_seconds=2.0)) as slack, listen(slack) as client:
        (answered,) = slack.deliver(slack.people.run_command("すぐに"))
        slack.wait_until(lambda: len(client.envelopes) == 1)
        assert client.envelopes[0]["accepts_response_payload"]
        client.acknowledge(client.envelopes[0], {"text": "すぐ"})
        (silent,) = slack.deliver(slack.people.run_command("黙って"))
        slack.wait_until(slack.is_settled)
        assert (answered.abandoned, answered.response) == (False, {"text": "すぐ"})
        assert (silent.abandoned, silent.attempts, silent.response) == (True, 1, None)


def test_events_spread_over_several_connections(slack: FakeSlack) -> None:
    with listen(slack) as first, listen(slack) as second:
        assert slack.socket.connections == 2
        assert [client.messages[0]["num_connections"] for client in (first, second)] == [1, 2]
        slack.deliver([slack.people.mention(str(number))[0] for number in range(40)])
        slack.wait_until(lambda: len(first.envelopes) + len(second.envelopes) == 40)
        assert first.envelopes
        assert second.envelopes


def test_events_come_as_dense_as_wanted(slack: FakeSlack) -> None:
    with listen(slack) as client:
        started = time.monotonic()
        slack.deliver([slack.people.mention(str(n))[0] for n in range(11)], per_second=20)
        slack.wait_until(lambda: len(client.envelopes) == 11)
        # Ten gaps of a twentieth of a second lie between eleven events.
        assert time.monotonic() - started >= 0.5


@pytest.mark.parametrize("reason", ["refresh_requested", "warning"])
def test_the_bot_comes_back_after_a_refresh(slack: FakeSlack, reason: str) -> None:
    with run_bot(slack):
        assert count_connects(slack) == 1
        slack.socket.refresh_connections(reason)
        mentions = [slack.people.mention(str(number))[0] for number in range(5)]
        slack.deliver(mentions)
        slack.wait_until(lambda: all(texts(slack, mention) for mention in mentions))
        slack.wait_until(lambda: count_connects(slack) >= 2)


@pytest.mark.parametrize("how", ["reset", "drop"])
def test_the_bot_comes_back_after_a_break(slack: FakeSlack, how: Break) -> None:
    with run_bot(slack):
        slack.socket.break_connections(how)
        slack.wait_until(lambda: slack.socket.connections == 0)
        mention, _ = slack.people.mention("戻った？")
        slack.deliver(mention)
        slack.wait_until(lambda: bool(texts(slack, mention)))


def test_connections_that_break_by_chance_lose_nothing() -> None:
    timing = replace(FAST, ack_seconds=0.5, retry_gaps=(0.0, *[0.3] * 20))
    chance = SocketFaults(3, reset=0.1, refresh=0.1)
    with FakeSlack(timing=timing, socket_faults=chance) as slack, run_bot(slack):
        mentions = [slack.people.mention(str(number))[0] for number in range(30)]
        deliveries = slack.deliver(mentions, per_second=50)
        slack.wait_until(lambda: all(texts(slack, mention) for mention in mentions), 20)
        assert not any(delivery.abandoned for delivery in deliveries)
        assert count_connects(slack) > 1


def test_a_ticket_admits_once(slack: FakeSlack) -> None:
    with listen(slack) as client:
        url = str(client.client.wss_uri).replace("ws://", "http://")
        with pytest.raises(urllib.error.HTTPError, match="401") as caught:
            urllib.request.urlopen(url, timeout=5)
        caught.value.close()


def test_the_app_is_told_of_what_it_writes_itself() -> None:
    with FakeSlack(echoes=True) as slack, run_bot(slack):
        mention, _ = slack.people.mention("一度")
        slack.deliver(mention)
        slack.wait_until(lambda: len(slack.deliveries) == 2 and slack.is_settled())
        event = slack.deliveries[1].payload.body["event"]
        assert (event["type"], event["bot_id"]) == ("message", BOT)
