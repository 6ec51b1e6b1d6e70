"""What becomes of every answer of Slack: wait, doubt, or refusal; nothing is tried again."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from assistant.apps.slack.blocks import render_line
from assistant.apps.slack.bot import build_client
from assistant.apps.slack.client import SlackApi
from assistant.apps.slack.errors import SlackBusyError, SlackDoubtError, SlackRefusedError
from assistant.apps.slack.jobs import Place
from tests.assistant.apps.slack.changing_faults import ChangingFaults
from tests.assistant.apps.slack.fake_slack.fake_slack import FakeSlack
from tests.assistant.apps.slack.fake_slack.faults import (
    Fault,
    Lost,
    RateLimited,
    Reset,
    ScriptedFaults,
    ServerError,
)
from tests.assistant.apps.slack.fake_slack.people import ASKER, CHANNEL
from tests.assistant.apps.slack.fake_slack.records import BOT_USER, TEAM
from tests.assistant.apps.slack.fake_slack.surfaces import ResponseTarget

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])

PLACE = Place(TEAM, CHANNEL)
LINE = render_line("答え")


class Clock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def faults() -> ChangingFaults:
    return ChangingFaults()


@pytest.fixture
def slack(faults) -> Iterator[FakeSlack]:
    with FakeSlack(faults=faults) as running:
        yield running


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def api(slack, clock) -> SlackApi:
    return SlackApi(build_client(slack.bot_token, slack.base_url), clock)


def strike(faults: ChangingFaults, method: str, *struck: Fault) -> None:
    faults.plan = ScriptedFaults({method: struck})


def test_a_message_is_posted_changed_and_found(slack, api) -> None:
    ts = api.post(PLACE, LINE, "key")
    api.update(PLACE, ts, render_line("別の答え"), "key")
    (message,) = slack.workspace.read_channel(CHANNEL)
    assert (message.ts, message.text) == (ts, "別の答え")
    assert message.metadata == {"event_type": "tenkyo_answer", "event_payload": {"key": "key"}}
    assert api.find(PLACE, "key", BOT_USER, "") == ts
    assert api.find(PLACE, "key", BOT_USER, "1.1") == ts
    assert api.find(PLACE, "key", BOT_USER, ts) is None
    assert api.find(PLACE, "other", BOT_USER, "") is None


def test_what_another_app_posted_with_our_key_is_not_ours(slack, api) -> None:
    ts = api.post(PLACE, LINE, "key")
    assert api.find(PLACE, "key", "U0OTHER", "") is None
    slack.workspace._messages[CHANNEL, ts] = replace(
        slack.workspace.find(CHANNEL, ts), metadata={"event_type": "x", "event_payload": {}}
    )
    assert api.find(PLACE, "key", BOT_USER, "") is None


def test_a_thread_that_is_gone_holds_nothing(api) -> None:
    assert api.find(replace(PLACE, thread="1.1"), "key", BOT_USER, "") is None


def test_links_are_not_previewed(slack, api) -> None:
    api.post(PLACE, LINE, "key")
    (call,) = [call for call in slack.calls if call.method == "chat.postMessage"]
    assert (call.arguments["unfurl_links"], call.arguments["unfurl_media"]) == (False, False)


class TestBusy:
    def test_nobody_asks_again_before_it_is_time(self, slack, api, clock, faults) -> None:
        strike(faults, "chat.postMessage", RateLimited("30"))
        with pytest.raises(SlackBusyError) as caught:
            api.post(PLACE, LINE, "key")
        assert caught.value.seconds == 30.0
        clock.now = 29.0
        with pytest.raises(SlackBusyError, match="asks to wait 1 seconds") as caught:
            api.post(PLACE, LINE, "key")
        assert caught.value.seconds == 1.0
        assert [call.method for call in slack.calls] == ["chat.postMessage"]
        api.whisper(PLACE, ASKER, LINE)  # other methods are free
        clock.now = 30.0
        api.post(PLACE, LINE, "key")

    @pytest.mark.parametrize(
        ("header", "seconds"),
        [("1", 1.0), ("0", 1.0), ("2.5", 2.5), (None, 30.0), ("soon", 30.0), ("nan", 30.0)],
    )
    def test_the_header_may_be_odd(self, faults, api, header, seconds) -> None:
        strike(faults, "chat.update", RateLimited(header))
        with pytest.raises(SlackBusyError) as caught:
            api.update(PLACE, "1.1", LINE, "key")
        assert caught.value.seconds == seconds


class TestDoubt:
    @pytest.mark.parametrize(
        "fault", [Lost(), Reset(), ServerError(500), ServerError(502), ServerError(503)]
    )
    def test_a_call_is_never_made_twice(self, slack, api, faults, fault) -> None:
        strike(faults, "chat.postMessage", fault)
        with pytest.raises(SlackDoubtError) as caught:
            api.post(PLACE, LINE, "key")
        assert "\n" not in str(caught.value)
        assert len([call for call in slack.calls if call.method == "chat.postMessage"]) == 1
        found = api.find(PLACE, "key", BOT_USER, "")
        assert (found is not None) == isinstance(fault, Lost)

    def test_no_slack_at_all(self, clock) -> None:
        api = SlackApi(build_client("xoxb-1", "http://127.0.0.1:9/api/"), clock)
        with pytest.raises(SlackDoubtError, match="URLError"):
            api.post(PLACE, LINE, "key")


class TestRefused:
    def test_the_reason_is_kept(self, api) -> None:
        with pytest.raises(
            SlackRefusedError, match=r"chat\.postMessage: channel_not_found"
        ) as caught:
            api.post(Place(TEAM, "C0NONE"), LINE, "key")
        assert caught.value.code == "channel_not_found"

    def test_a_token_is_never_told(self, slack, clock) -> None:
        api = SlackApi(build_client("xoxb-wrong-1", slack.base_url), clock)
        expected = r"refuses chat\.postMessage: invalid_auth; check TENKYO_SLACK_BOT_TOKEN"
        with pytest.raises(SlackBusyError, match=expected) as caught:
            api.post(PLACE, LINE, "key")
        assert "xoxb" not in str(caught.value)


class TestResponseUrl:
    @pytest.fixture
    def url(self, slack) -> str:
        target = ResponseTarget(CHANNEL, ASKER, None, None)
        response = slack.workspace.surfaces.issue_response(target)
        return f"{slack.web_api.root}/response/{response}"

    def test_it_shows_a_line_to_one_person_or_to_all(self, slack, api, url) -> None:
        api.respond(url, LINE)
        (private,) = slack.workspace.ephemerals
        assert (private.user, private.text) == (ASKER, "答え")
        api.respond(url, LINE, in_channel=True)
        (public,) = slack.workspace.read_channel(CHANNEL)
        assert public.text == "答え"

    def test_used_up(self, api, url) -> None:
        for _ in range(5):
            api.respond(url, LINE)
        with pytest.raises(SlackRefusedError, match="used_url") as caught:
            api.respond(url, LINE)
        assert url not in str(caught.value)

    def test_unreachable(self, api) -> None:
        with pytest.raises(SlackDoubtError):
            api.respond("http://127.0.0.1:9/", LINE)
