"""Tests what the bot needs before it is run: tokens, scopes, the signing secret, the index."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web import SlackResponse

from assistant.apps.slack.scopes import NEEDED_SCOPES
from assistant.apps.slack.terminal_texts import TerminalTexts
from index.verify import verify_generation

_SECRET = re.compile(r"[0-9a-f]{32}")
BOT_VARIABLE = "TENKYO_SLACK_BOT_TOKEN"
APP_VARIABLE = "TENKYO_SLACK_APP_TOKEN"
SIGNING_VARIABLE = "TENKYO_SLACK_SIGNING_SECRET"


@dataclass(frozen=True, slots=True)
class Finding:
    """What became of one test."""

    name: str
    is_good: bool
    detail: str


def check_bot_token(client: WebClient, texts: TerminalTexts) -> Iterator[Finding]:
    """Yield whether Slack takes the bot token, and what it may do."""
    if not client.token:
        yield Finding(texts.of_bot, False, texts.missing.format(name=BOT_VARIABLE))
        return
    try:
        answer = client.auth_test()
    except (SlackApiError, OSError, HTTPException, SlackClientError) as error:
        yield Finding(texts.of_bot, False, _tell(error, BOT_VARIABLE, texts))
        return
    accepted = texts.accepted.format(team=answer["team"], user=answer["user"])
    yield Finding(texts.of_bot, True, accepted)
    yield _check_scopes(_read_scopes(answer), texts)


def check_app_token(client: WebClient, token: str, texts: TerminalTexts) -> Finding:
    """Return whether Slack would open a websocket with the app token; none is opened."""
    if not token:
        return Finding(texts.of_app, False, texts.missing.format(name=APP_VARIABLE))
    try:
        client.apps_connections_open(app_token=token)
    except (SlackApiError, OSError, HTTPException, SlackClientError) as error:
        return Finding(texts.of_app, False, _tell(error, APP_VARIABLE, texts))
    return Finding(texts.of_app, True, texts.present)


def check_signing_secret(secret: str, texts: TerminalTexts) -> Finding:
    """Return whether the signing secret may be one; only Slack's requests would prove it."""
    if not secret:
        return Finding(texts.of_signature, False, texts.missing.format(name=SIGNING_VARIABLE))
    is_good = _SECRET.fullmatch(secret) is not None
    detail = texts.present if is_good else texts.odd
    return Finding(texts.of_signature, is_good, detail)


def check_index(folder: Path, texts: TerminalTexts) -> Finding:
    """Return whether the index is there and whole."""
    problems = verify_generation(folder)
    return Finding(texts.of_index, not problems, problems[0] if problems else str(folder))


def _check_scopes(granted: frozenset[str], texts: TerminalTexts) -> Finding:
    missing = [scope for scope in NEEDED_SCOPES if scope not in granted]
    if missing:
        detail = texts.scopes_missing.format(scopes=", ".join(missing))
        return Finding(texts.of_scopes, False, detail)
    return Finding(texts.of_scopes, True, texts.scopes_complete.format(count=len(NEEDED_SCOPES)))


def _read_scopes(answer: SlackResponse) -> frozenset[str]:
    headers: Mapping[str, str] = answer.headers
    found: Iterable[str] = (
        value for name, value in headers.items() if name.lower() == "x-oauth-scopes"
    )
    return frozenset(scope.strip() for value in found for scope in value.split(","))


def _tell(error: Exception, name: str, texts: TerminalTexts) -> str:
    if isinstance(error, SlackApiError):
        return texts.refused.format(code=error.response["error"], name=name)
    return texts.unreachable.format(detail=type(error).__name__)
