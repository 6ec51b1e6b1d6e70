"""`tenkyo slack` from the command line: tests of the set-up, start and stop."""

import logging
import re
import signal
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.apps.slack.errors import SlackSetupError
from assistant.apps.slack.running import stopping_by_signal
from assistant.apps.slack.scopes import NEEDED_SCOPES
from assistant.apps.slack.session import Choices, Session
from assistant.apps.slack.terminal_texts import ENGLISH, JAPANESE
from assistant.settings import Settings
from assistant.wiring import Engine
from tests.assistant.apps.slack.fake_slack.fake_slack import FakeSlack
from tests.assistant.apps.slack.fake_slack.gate import ALL_SCOPES
from tests.assistant.conftest import Run

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])

SECRETS = ("BOT_TOKEN", "APP_TOKEN", "SIGNING_SECRET")


@pytest.fixture
def slack() -> Iterator[FakeSlack]:
    with FakeSlack(scopes=NEEDED_SCOPES) as running:
        yield running


@pytest.fixture
def set_up(slack, notes, index, tmp_path, monkeypatch) -> None:
    """A user who did everything that the guide says."""
    for name, value in {
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_APP_TOKEN": slack.app_token,
        "SLACK_SIGNING_SECRET": slack.signing_secret,
        "SLACK_LEDGER": str(tmp_path / "ledger.sqlite3"),
        "SLACK_PORT": "0",
        "FEEDBACK": str(tmp_path / "feedback"),
        "NOTES": str(notes),
        "INDEX": str(index),
    }.items():
        monkeypatch.setenv(f"TENKYO_{name}", value)


def check(slack: FakeSlack, capsys, *, use_http: bool = False) -> tuple[bool, list[str]]:
    """Return whether all is well, and the lines that were printed."""
    session = Session(Choices(use_http=use_http), slack.base_url)
    capsys.readouterr()
    is_good = session.check()
    printed = capsys.readouterr()
    assert printed.err == ""
    for name in (slack.bot_token, slack.app_token, slack.signing_secret):
        assert name not in printed.out
    return is_good, printed.out.splitlines()


def test_both_languages_fill_in_the_same() -> None:
    for name in JAPANESE.__slots__:
        if name != "language":
            fields = [
                set(re.findall(r"\{(\w+)", getattr(texts, name))) for texts in (JAPANESE, ENGLISH)
            ]
            assert fields[0] == fields[1], name


@pytest.mark.usefixtures("set_up")
class TestCheck:
    def test_all_is_well(self, slack, run: Run, capsys, index: Path) -> None:
        assert run("index").code == 0
        is_good, lines = check(slack, capsys)
        assert is_good
        assert lines == [
            "OK bot token: works as tenkyo of Tenkyo",
            f"OK bot scopes: all {len(NEEDED_SCOPES)} are there",
            "OK app token: is set",
            f"OK index: {index}",
        ]
        is_good, lines = check(slack, capsys, use_http=True)
        assert is_good
        assert lines[2] == "OK signing secret: is set"

    def test_everything_is_missing(self, slack, capsys, monkeypatch) -> None:
        for name in SECRETS:
            monkeypatch.delenv(f"TENKYO_SLACK_{name}")
        is_good, lines = check(slack, capsys)
        assert not is_good
        assert lines[:2] == [
            "NG bot token: not set; set the variable TENKYO_SLACK_BOT_TOKEN",
            "NG app token: not set; set the variable TENKYO_SLACK_APP_TOKEN",
        ]
        assert lines[2].startswith("NG index: ")
        assert "tenkyo index" in lines[2]
        _, lines = check(slack, capsys, use_http=True)
        assert lines[1].endswith("set the variable TENKYO_SLACK_SIGNING_SECRET")

    def test_tokens_that_slack_refuses(self, slack, capsys, monkeypatch) -> None:
        monkeypatch.setenv("TENKYO_SLACK_BOT_TOKEN", "xoxb-wrong")
        monkeypatch.setenv("TENKYO_SLACK_APP_TOKEN", slack.bot_token)
        monkeypatch.setenv("TENKYO_SLACK_SIGNING_SECRET", "not-hexadecimal")
        _, lines = check(slack, capsys)
        refused = "refused by Slack ({}); check TENKYO_SLACK_{}"
        assert lines[0] == f"NG bot token: {refused.format('invalid_auth', 'BOT_TOKEN')}"
        assert lines[1] == f"NG app token: {refused.format('not_allowed_token_type', 'APP_TOKEN')}"
        _, lines = check(slack, capsys, use_http=True)
        assert lines[1].startswith("NG signing secret: is not 32 hexadecimal digits")

    def test_scopes_that_are_missing_are_named(self, capsys) -> None:
        scopes = tuple(scope for scope in ALL_SCOPES if scope != "im:history")
        with FakeSlack(scopes=scopes) as poor:
            is_good, lines = check(poor, capsys)
        assert not is_good
        missing = [scope for scope in NEEDED_SCOPES if scope not in scopes]
        assert "im:history" in missing
        assert lines[1].startswith(f"NG bot scopes: missing: {', '.join(missing)} (add them")

    def test_no_slack(self, slack, capsys) -> None:
        session = Session(Choices(), "http://127.0.0.1:9/api/")
        assert not session.check()
        lines = capsys.readouterr().out.splitlines()
        assert lines[0] == "NG bot token: Slack cannot be reached (URLError); check the network"

    def test_it_ends_with_1_on_the_command_line(self, run_cold: Run, monkeypatch) -> None:
        monkeypatch.delenv("TENKYO_SLACK_BOT_TOKEN")
        monkeypatch.delenv("TENKYO_SLACK_SIGNING_SECRET")
        outcome = run_cold("slack", "--check", "--http")
        assert outcome.code == 1
        assert len(outcome.out.splitlines()) == 3


class TestStart:
    @pytest.mark.parametrize(
        ("arguments", "name"),
        [((), "BOT_TOKEN"), (("--http",), "SIGNING_SECRET"), ((), "APP_TOKEN")],
    )
    def test_a_secret_that_is_missing_is_told_before_any_work(
        self, run_cold: Run, monkeypatch, arguments, name
    ) -> None:
        if name != "BOT_TOKEN":
            monkeypatch.setenv("TENKYO_SLACK_BOT_TOKEN", "xoxb-1")
        outcome = run_cold("slack", *arguments)
        assert (outcome.code, outcome.out) == (1, "")
        assert outcome.err.startswith(f"Error: TENKYO_SLACK_{name} is not set")
        assert len(outcome.problems) == 1

    def test_the_help_needs_no_library_of_slack(self, run_cold: Run, monkeypatch) -> None:
        for name in [name for name in sys.modules if name.startswith("slack_")]:
            monkeypatch.delitem(sys.modules, name)
        monkeypatch.setitem(sys.modules, "slack_bolt", None)
        assert "--check" in run_cold("slack", "--help").out

    def test_a_missing_library_is_told(self, run_cold: Run, monkeypatch) -> None:
        monkeypatch.setattr("assistant.apps.slack.command.find_spec", lambda name: None)
        outcome = run_cold("slack", "--check")
        assert outcome.code == 1
        assert outcome.err == (
            "Error: slack-bolt is not installed; run: pip install 'tenkyo[slack]'\n"
        )

    @pytest.mark.usefixtures("set_up")
    @pytest.mark.parametrize("use_http", [False, True])
    def test_it_answers_until_it_is_told_to_stop(
        self, slack, engine: Engine, monkeypatch, capsys, caplog, use_http
    ) -> None:
        def load(settings: Settings, on_progress: object) -> Engine:
            return engine

        monkeypatch.setattr("assistant.apps.slack.session.load_engine", load)
        monkeypatch.setattr("assistant.apps.slack.session.start_logging", lambda *_: None)
        caplog.set_level(logging.INFO)
        stop = threading.Event()
        failures: list[Exception] = []
        session = Session(Choices(use_http=use_http), slack.base_url)

        def run() -> None:
            try:
                with session.open_bot() as (bot, face):
                    session.run(bot, face, stop)
            except Exception as error:  # noqa: BLE001  (told by the test)
                failures.append(error)

        thread = threading.Thread(target=run)
        thread.start()
        try:
            mention, message = slack.people.mention("草津の湯のpHは?")
            if use_http:
                slack.request_url = wait_for_url(caplog)
            slack.deliver([mention, message], "http" if use_http else "socket")
            slack.wait_until(
                lambda: any("pHは2.1" in m.text for m in slack.answers_to(mention.ts)), 60
            )
        finally:
            stop.set()
            thread.join(60)
        assert failures == []
        assert not thread.is_alive()
        (answer,) = slack.answers_to(mention.ts)
        assert "onsen.md" in answer.read_text()
        assert "Stopping" in capsys.readouterr().err

    @pytest.mark.usefixtures("set_up")
    def test_a_token_that_slack_refuses_is_told_in_one_line(
        self, slack, engine: Engine, monkeypatch
    ) -> None:
        monkeypatch.setenv("TENKYO_SLACK_BOT_TOKEN", "xoxb-wrong")
        monkeypatch.setattr("assistant.apps.slack.session.load_engine", lambda *_: engine)
        monkeypatch.setattr("assistant.apps.slack.session.start_logging", lambda *_: None)
        session = Session(Choices(), slack.base_url)
        expected = r"invalid_auth.*TENKYO_SLACK_BOT_TOKEN"
        with pytest.raises(SlackSetupError, match=expected) as caught, session.open_bot():
            pass
        assert "\n" not in str(caught.value)

    @pytest.mark.usefixtures("set_up")
    def test_an_app_token_that_slack_refuses(self, slack, engine: Engine, monkeypatch) -> None:
        monkeypatch.setenv("TENKYO_SLACK_APP_TOKEN", "xapp-wrong")
        monkeypatch.setattr("assistant.apps.slack.session.load_engine", lambda *_: engine)
        monkeypatch.setattr("assistant.apps.slack.session.start_logging", lambda *_: None)
        session = Session(Choices(), slack.base_url)
        with session.open_bot() as (bot, face):
            expected = r"invalid_auth.*TENKYO_SLACK_APP_TOKEN"
            with pytest.raises(SlackSetupError, match=expected):
                session.run(bot, face, threading.Event())


def wait_for_url(caplog: pytest.LogCaptureFixture, seconds: float = 60.0) -> str:
    """Return the address that the bot tells in its log."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if found := re.search(r"http://127\.0\.0\.1:\d+/slack/events", caplog.text):
            return found[0]
        time.sleep(0.05)
    raise AssertionError(caplog.text)


def test_the_first_signal_stops_and_handlers_are_put_back() -> None:
    before = signal.getsignal(signal.SIGTERM), signal.getsignal(signal.SIGINT)
    with stopping_by_signal() as stop:
        assert not stop.is_set()
        signal.raise_signal(signal.SIGTERM)
        assert stop.wait(5.0)
        # The second one ends the process.
        assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL
        assert signal.getsignal(signal.SIGINT) not in (signal.SIG_DFL, before[1])
    assert (signal.getsignal(signal.SIGTERM), signal.getsignal(signal.SIGINT)) == before
