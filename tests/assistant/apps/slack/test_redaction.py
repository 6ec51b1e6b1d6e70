"""No token, secret or ticket gets into the log."""

import io
import logging
from collections.abc import Iterator

import pytest

from assistant.apps.slack.redaction import REDACTED, RedactingFormatter, start_logging

BOT = "xoxb-123-456-AbC"
APP = "xapp-1-A0-99-0123abc"
SIGNING = "0123456789abcdef0123456789abcdef"


def write(message: str, *values: object, error: BaseException | None = None) -> str:
    problem = None if error is None else (type(error), error, None)
    record = logging.LogRecord("n", logging.INFO, __file__, 1, message, values, problem)
    return RedactingFormatter([SIGNING, ""]).format(record)


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        (f"token {BOT}.", f"token {REDACTED}."),
        (f"Authorization: Bearer {BOT}", f"Authorization: Bearer {REDACTED}"),
        (f"{{'app_token': '{APP}'}}", f"{{'app_token': '{REDACTED}'}}"),
        ("xoxe.xoxp-1-abc xoxp-2 xoxa-2-3", f"{REDACTED} {REDACTED} {REDACTED}"),
        (f"v0 {SIGNING}", f"v0 {REDACTED}"),
        ("wss://a.example/?ticket=abc&app_id=1", f"wss://a.example/?ticket={REDACTED}&app_id=1"),
        ("at https://hooks.slack.com/a/b", f"at https://hooks.slack.com/{REDACTED}"),
        ("xox is no token, nor boxb-1", "xox is no token, nor boxb-1"),
    ],
)
def test_what_may_speak_as_the_bot_is_not_written(line, kept) -> None:
    assert write(line).endswith(kept)
    assert write("%s", line).endswith(kept)
    assert BOT not in write("%r", {"token": BOT})


def test_tracebacks_are_redacted_too() -> None:
    text = write("failed", error=ValueError(f"bad token {BOT} and {SIGNING}"))
    assert f"ValueError: bad token {REDACTED} and {REDACTED}" in text


@pytest.fixture
def stream() -> Iterator[io.StringIO]:
    root, ours = logging.getLogger(), logging.getLogger("assistant")
    before = (root.level, root.handlers[:], ours.level)
    written = io.StringIO()
    start_logging(written, [SIGNING])
    yield written
    root.handlers[:] = before[1]
    root.setLevel(before[0])
    ours.setLevel(before[2])


def test_everything_that_is_logged_goes_through_it(stream) -> None:
    logging.getLogger("slack_sdk.web.base_client").warning("failed with %s", BOT)
    logging.getLogger("slack_bolt.App").debug("body %s", BOT)
    logging.getLogger("assistant.apps.slack.worker").info("secret %s", SIGNING)
    lines = stream.getvalue().splitlines()
    assert len(lines) == 2
    assert lines[0].endswith(f"slack_sdk.web.base_client: failed with {REDACTED}")
    assert lines[1].endswith(f"assistant.apps.slack.worker: secret {REDACTED}")
