"""Slack hears within a second that an event was taken, whatever the bot is busy with."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from assistant.apps.slack.texts import ENGLISH as TEXTS
from tests.assistant.apps.slack.bot_bench import QUICK, run_on
from tests.assistant.apps.slack.changing_faults import ChangingFaults
from tests.assistant.apps.slack.fake_slack.fake_slack import FakeSlack
from tests.assistant.apps.slack.fake_slack.faults import RateLimited, ScriptedFaults
from tests.assistant.apps.slack.fake_slack.records import Delivery
from tests.assistant.apps.slack.fake_slack.timing import FAST
from tests.assistant.apps.slack.scripted_notes import ScriptedNotes

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])

# As Slack waits; a late acknowledgement is measured, not sent again.
REAL = replace(FAST, ack_seconds=3.0)


def find_percentile(deliveries: Sequence[Delivery], percent: int) -> float:
    """Return how many seconds so many percent of the acknowledgements took at the most."""
    seconds = sorted(d.ack_seconds for d in deliveries if d.ack_seconds is not None)
    assert len(seconds) == len(deliveries)
    return seconds[-(-len(seconds) * percent // 100) - 1]


def count_busy(slack: FakeSlack) -> int:
    """Return in how many threads stands that the bot is busy."""
    return sum(m.text == TEXTS.busy for m in slack.workspace.read_all() if m.bot_id)


@pytest.mark.slow
@pytest.mark.parametrize("via", ["socket", "http"])
def test_a_generator_of_thirty_seconds_holds_up_no_acknowledgement(tmp_path, via) -> None:
    notes = ScriptedNotes(30.0)
    with (
        FakeSlack(timing=REAL) as slack,
        run_on(
            slack,
            tmp_path,
            notes,
            by_socket=via == "socket",
            by_http=via == "http",
            most_waiting=100,
        ),
    ):
        asked = [slack.people.mention(f"質問 {n}")[0] for n in range(300)]
        asked += [slack.people.run_command(f"質問 {n}") for n in range(100)]
        slack.deliver(asked, via, per_second=20)
        slack.wait_until(slack.is_settled, 60)
        p99 = find_percentile(slack.deliveries, 99)
        print(f"p99 over {via}: {1_000 * p99:.0f} ms of {len(slack.deliveries)}")  # noqa: T201
        assert p99 < 1.0
        assert {delivery.attempts for delivery in slack.deliveries} == {1}
        # Nothing was answered meanwhile: two were begun, a hundred wait, the rest was told so.
        assert len(notes.asked) == 2
        # Of the mentions: the commands were told in their acknowledgements.
        slack.wait_until(lambda: count_busy(slack) == 300 - 102, 20)


@pytest.mark.slow
def test_a_storm_of_429_holds_up_no_acknowledgement(tmp_path) -> None:
    faults = ChangingFaults()
    with FakeSlack(timing=REAL, faults=faults) as slack, run_on(slack, tmp_path):
        faults.plan = ScriptedFaults({"*": [RateLimited("5")] * 100_000})
        asked = [slack.people.mention(f"質問 {n}")[0] for n in range(200)]
        slack.deliver(asked, per_second=20)
        slack.wait_until(slack.is_settled, 60)
        assert find_percentile(slack.deliveries, 99) < 1.0
        asks = [call.at for call in slack.calls if call.method == "chat.postMessage"]
        # Both workers may ask at once, and then nobody for five seconds.
        assert len(asks) <= 2 * (1 + (max(asks) - min(asks)) // 5.0)


def test_a_full_queue_says_so_at_once(tmp_path) -> None:
    notes = ScriptedNotes(60.0)
    with (
        FakeSlack() as slack,
        run_on(slack, tmp_path, notes, pace=QUICK, most_waiting=3),
    ):
        first = [slack.people.mention(f"質問 {n}")[0] for n in range(2)]
        slack.deliver(first)
        slack.wait_until(lambda: len(notes.asked) == 2)
        more = [slack.people.mention(f"質問 {n}")[0] for n in range(2, 7)]
        slack.deliver(more, times=2)

        def is_told() -> bool:
            texts = [m.text for mention in more for m in slack.answers_to(mention.ts)]
            return slack.is_settled() and texts.count(TEXTS.busy) == 2

        slack.wait_until(is_told)
        command = slack.people.run_command("質問")
        (delivery,) = slack.deliver(command)
        slack.wait_until(slack.is_settled)
        assert delivery.response == {"text": TEXTS.busy}
        notes.released.set()
        # What was taken is answered, what was told to be refused is not.
        slack.wait_until(lambda: len(notes.asked) == 5)
