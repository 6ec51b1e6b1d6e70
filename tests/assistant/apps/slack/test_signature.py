"""HTTP mode takes what Slack signed, once and in time, and nothing else."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.apps.slack.errors import SlackSetupError
from assistant.apps.slack.http_mode import HttpFace
from assistant.apps.slack.jobs import Lane
from assistant.apps.slack.replays import ReplayGuard
from tests.assistant.apps.slack.fake_slack.fake_slack import FakeSlack
from tests.assistant.apps.slack.fake_slack.records import Payload
from tests.assistant.apps.slack.fake_slack.signed_requests import (
    SIGNING_SECRET,
    SignedRequest,
    build_request,
    build_url_verification,
    sign,
)
from tests.assistant.apps.slack.listening import ListeningBot

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])


class Site:
    """A bot that is posted to, and a Slack that posts."""

    def __init__(self, bot: ListeningBot, slack: FakeSlack, url: str) -> None:
        self.bot = bot
        self.slack = slack
        self.url = url

    def build(self, payload: Payload, at: float = 0.0, secret: str = SIGNING_SECRET):
        """Return a signed request; at: seconds from now."""
        return build_request(self.url, payload, int(time.time() + at), secret=secret)

    def send(self, request: SignedRequest) -> int:
        return self.slack.send(request).status

    def count_taken(self) -> int:
        return len(self.bot.take_all(Lane.ANSWERS)) + len(self.bot.take_all(Lane.QUICK))


@contextmanager
def open_site(folder: Path) -> Iterator[Site]:
    bot = ListeningBot(folder)
    face = HttpFace(bot.app, SIGNING_SECRET, "127.0.0.1", 0)
    with FakeSlack() as slack:
        face.start()
        try:
            yield Site(bot, slack, face.url)
        finally:
            face.stop()
            bot.file.close()


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with open_site(tmp_path) as opened:
        yield opened


@pytest.fixture
def mention(site: Site) -> Payload:
    return site.bot.people.mention("上限は?")[0]


def test_what_slack_signed_is_taken(site, mention) -> None:
    assert site.send(site.build(mention)) == 200
    assert site.count_taken() == 1


def test_commands_and_buttons_come_as_forms(site) -> None:
    answer = site.slack.send(site.build(site.bot.people.run_command("上限は?")))
    assert (answer.status, answer.body.decode()) == (200, "Looking through the notes…")
    assert site.count_taken() == 1


def test_the_address_is_verified(site) -> None:
    answer = site.slack.send(site.build(build_url_verification("abc123")))
    assert (answer.status, json.loads(answer.body)) == (200, {"challenge": "abc123"})


def alter(request: SignedRequest, **headers: str | None) -> SignedRequest:
    """Return a request with other headers; None takes one away."""
    kept = {**request.headers, **{name.replace("_", "-"): value for name, value in headers.items()}}
    return replace(request, headers={n: v for n, v in kept.items() if v is not None})


@pytest.mark.parametrize(
    "headers",
    [
        {"X_Slack_Signature": None},
        {"X_Slack_Signature": ""},
        {"X_Slack_Signature": "v0="},
        {"X_Slack_Signature": "v0=" + "0" * 64},
        {"X_Slack_Signature": "v1=" + "0" * 64},
        {"X_Slack_Request_Timestamp": None},
        {"X_Slack_Request_Timestamp": ""},
        {"X_Slack_Request_Timestamp": "soon"},
        {"X_Slack_Request_Timestamp": "1e9"},
        {"X_Slack_Request_Timestamp": "0"},
        {"X_Slack_Request_Timestamp": "9" * 400},
    ],
)
def test_a_wrong_or_missing_signature_is_refused(site, mention, headers) -> None:
    assert site.send(alter(site.build(mention), **headers)) == 401
    assert site.count_taken() == 0


@pytest.mark.parametrize("secret", ["0" * 32, SIGNING_SECRET.upper(), SIGNING_SECRET[:-1]])
def test_another_secret_is_refused(site, mention, secret) -> None:
    assert site.send(site.build(mention, secret=secret)) == 401
    assert site.count_taken() == 0


@pytest.mark.parametrize("at", [-301.5, -3_600.0, 315.0, 86_400.0])
def test_an_old_time_or_one_to_come_is_refused(site, mention, at) -> None:
    assert site.send(site.build(mention, at)) == 401
    assert site.count_taken() == 0


@pytest.mark.parametrize("at", [-290.0, 290.0])
def test_five_minutes_are_allowed(site, mention, at) -> None:
    assert site.send(site.build(mention, at)) == 200


def test_another_time_than_the_signed_one_is_refused(site, mention) -> None:
    request = site.build(mention)
    other = str(int(request.headers["X-Slack-Request-Timestamp"]) + 1)
    assert site.send(alter(request, X_Slack_Request_Timestamp=other)) == 401


@pytest.mark.parametrize(
    "change",
    [
        lambda body: body.replace(b"U0ASKER", b"U0OTHER"),
        lambda body: body + b" ",
        lambda body: body[:-1],
        lambda body: b"",
        lambda body: b"{}",
        lambda body: b"\xff\xfe" + body,
        lambda body: b"ssl_check=1&token=x",
    ],
)
def test_an_altered_body_is_refused(site, mention, change) -> None:
    request = site.build(mention)
    assert site.send(replace(request, body=change(request.body))) == 401
    assert site.count_taken() == 0


def test_what_was_taken_is_refused_when_it_is_replayed(site, mention) -> None:
    request = site.build(mention)
    assert [site.send(request) for _ in range(3)] == [200, 401, 401]
    assert site.count_taken() == 1


def test_slacks_own_retry_has_another_signature_and_gives_no_second_answer(site, mention) -> None:
    assert site.send(site.build(mention)) == 200
    assert site.send(site.build(mention, 3.0)) == 200
    assert site.count_taken() == 1


def test_what_could_not_be_taken_may_come_again(site, mention) -> None:
    request = site.build(mention)
    site.bot.file.close()
    assert [site.send(request) for _ in range(2)] == [500, 500]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"not json", 404),
        (b'{"type": "event_callback"', 400),
        (b"\xff\xfe", 401),
        (b"payload=%7B", 400),
        (b"[1]", 400),
        (b'{"a":' * 5_000, 400),
        (b"x" * 1_000_001, 413),
    ],
)
def test_signed_nonsense_is_refused(site, body, status) -> None:
    at = int(time.time())
    headers = {
        "Content-Type": "application/json" if body[:1] in (b"{", b"[") else "text/plain",
        "X-Slack-Request-Timestamp": str(at),
        "X-Slack-Signature": sign(SIGNING_SECRET, at, body),
    }
    assert site.send(SignedRequest(site.url, body, headers)) == status
    assert site.count_taken() == 0


def test_nothing_else_is_served(site, mention) -> None:
    request = site.build(mention)
    other = replace(request, url=site.url.replace("/slack/events", "/"))
    assert site.send(other) == 404


def test_a_port_that_is_taken_is_told_in_one_line(site) -> None:
    port = int(site.url.rpartition(":")[2].partition("/")[0])
    with pytest.raises(SlackSetupError, match=f"port {port} .*choose another one") as caught:
        HttpFace(site.bot.app, SIGNING_SECRET, "127.0.0.1", port).start()
    assert "\n" not in str(caught.value)


class TestReplayGuard:
    def test_a_signature_counts_once_while_it_is_good(self) -> None:
        now = [0.0]
        guard = ReplayGuard(lambda: now[0])
        assert guard.admit("a")
        now[0] = 599.9
        assert not guard.admit("a")
        assert guard.admit("b")
        now[0] = 600.0
        assert guard.admit("a")
        assert not guard.admit("b")

    def test_what_was_not_taken_is_forgotten(self) -> None:
        guard = ReplayGuard(lambda: 0.0)
        assert guard.admit("a")
        guard.forget("a")
        guard.forget("never seen")
        assert guard.admit("a")
