"""Asks Slack for things, and tells every way to fail apart by what may be done next.

Nothing is tried again here, and nothing waits: the ledger brings a job back later. What Slack asks
to wait for (429, `Retry-After`) is remembered by method, so that no other worker asks meanwhile.
"""

import http.client
import json
import math
import threading
from collections.abc import Callable, Mapping, Sequence

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.webhook import WebhookClient

from assistant.apps.slack.blocks import SlackMessage
from assistant.apps.slack.errors import (
    SlackBusyError,
    SlackCallError,
    SlackDoubtError,
    SlackRefusedError,
)
from assistant.apps.slack.jobs import Place

METADATA_TYPE = "tenkyo_answer"

# Slack says of these that some of what was asked for may have been done.
_DOUBTFUL = ("fatal_error", "internal_error", "request_timeout", "service_unavailable")
_RATE_LIMITED = ("ratelimited", "rate_limited")
# Who runs the bot can mend these; what was asked meanwhile is answered then.
_TOKEN_REFUSED = (
    "account_inactive",
    "invalid_auth",
    "not_authed",
    "token_expired",
    "token_revoked",
)
_OK, _CLIENT_ERROR, _TOO_MANY, _SERVER_ERROR = 200, 400, 429, 500
# Where Slack does not say how long to wait.
_DEFAULT_WAIT = 30.0
_MAX_WAIT = 86_400.0
_PAGE = 200
_MAX_PAGES = 10
_RESPOND = "response_url"
# Nobody's server is asked for a preview of what a message links to.
_NO_PREVIEW = {"unfurl_links": False, "unfurl_media": False}


class SlackApi:
    """The few things that the bot asks of Slack. Thread-safe.

    client: must not try again by itself (`retry_handlers=[]`): a message would come twice.
    clock: gives seconds that never go back.

    Every method raises `SlackBusyError`, `SlackDoubtError` or `SlackRefusedError`.
    """

    def __init__(self, client: WebClient, clock: Callable[[], float]) -> None:
        self._client = client
        self._clock = clock
        self._lock = threading.Lock()
        self._closed_until: dict[str, float] = {}

    def post(self, place: Place, message: SlackMessage, key: str) -> str:
        """Post a message and return its `ts`; into the thread, if the place is in one.

        :param key: stands in the message's metadata, so that it is found again.
        """
        body = {**_list_target(place), **_list_content(message), **_NO_PREVIEW}
        body["metadata"] = _build_metadata(key)
        ts = self._call("chat.postMessage", body).get("ts")
        if not isinstance(ts, str):
            raise SlackDoubtError("Slack took a message and did not name it; try again later")
        return ts

    def update(self, place: Place, ts: str, message: SlackMessage, key: str) -> None:
        """Put another message in the place of one of ours; more than once does no harm."""
        # Slack would look for names and links in the text of an update, unlike in a new message.
        body = {"channel": place.channel, "ts": ts, "parse": "none", **_list_content(message)}
        self._call("chat.update", {**body, "metadata": _build_metadata(key)})

    def find(self, place: Place, key: str, bot_user: str, since: str) -> str | None:
        """Return the `ts` of the message that was posted with a key, None if there is none.

        :param since: only what was posted after this `ts` is looked at; empty: everything.
        """
        method = "conversations.replies" if place.thread else "conversations.history"
        query: dict[str, object] = {
            "channel": place.channel,
            "limit": _PAGE,
            "include_all_metadata": True,
        }
        query |= {"ts": place.thread} if place.thread else {}
        query |= {"oldest": since} if since else {}
        for _ in range(_MAX_PAGES):
            try:
                page = self._call(method, query, is_form=True)
            except SlackRefusedError as error:
                if error.code == "thread_not_found":
                    return None
                raise
            ts = _find_key(page.get("messages"), key, bot_user)
            if ts is not None:
                return ts
            cursor = _read_cursor(page)
            if not cursor:
                return None
            query["cursor"] = cursor
        return None

    def whisper(self, place: Place, user: str, message: SlackMessage) -> None:
        """Show a message to one person; more than once shows it more than once."""
        body = {**_list_target(place), "user": user, **_list_content(message)}
        self._call("chat.postEphemeral", body)

    def respond(self, url: str, message: SlackMessage, *, in_channel: bool = False) -> None:
        """Answer an interaction; it is seen by the user alone, or by the whole channel."""
        self._check_open(_RESPOND)
        kind = "in_channel" if in_channel else "ephemeral"
        body = {"response_type": kind, "replace_original": False}
        body |= {**_list_content(message), **_NO_PREVIEW}
        client = WebhookClient(
            url,
            timeout=self._client.timeout,
            ssl=self._client.ssl,
            proxy=self._client.proxy,
            logger=self._client.logger,
            retry_handlers=[],
        )
        try:
            response = client.send_dict(body)
        except (OSError, http.client.HTTPException, SlackClientError, ValueError) as error:
            raise _doubt(_RESPOND, type(error).__name__) from error
        if response.status_code != _OK:
            code = _read_error(response.body)
            raise self._translate(_RESPOND, response.status_code, response.headers, code)

    def open_view(self, trigger: str, view: Mapping[str, object]) -> None:
        """Open a modal; a trigger opens but one, within three seconds."""
        self._call("views.open", {"trigger_id": trigger, "view": view})

    def publish_home(self, user: str, view: Mapping[str, object]) -> None:
        """Show a person their App Home."""
        self._call("views.publish", {"user_id": user, "view": view})

    def suggest(self, place: Place, title: str, prompts: Sequence[Mapping[str, str]]) -> None:
        """Show questions to choose from above the input, in a thread or in the conversation."""
        thread = {"thread_ts": place.thread} if place.thread else {}
        body = {"channel_id": place.channel, "title": title, "prompts": list(prompts)}
        self._call("assistant.threads.setSuggestedPrompts", {**body, **thread})

    def _call(
        self, method: str, body: dict[str, object], *, is_form: bool = False
    ) -> Mapping[str, object]:
        self._check_open(method)
        try:
            # Methods that only read take no JSON.
            response = (
                self._client.api_call(method, params=body)
                if is_form
                else self._client.api_call(method, json=body)
            )
        except SlackApiError as error:
            answer = error.response
            data = answer.data if isinstance(answer.data, dict) else {}
            code = str(data.get("error", ""))
            raise self._translate(method, answer.status_code, answer.headers, code) from error
        except (OSError, http.client.HTTPException, SlackClientError, ValueError) as error:
            raise _doubt(method, type(error).__name__) from error
        return response.data if isinstance(response.data, dict) else {}

    def _check_open(self, method: str) -> None:
        with self._lock:
            left = self._closed_until.get(method, 0.0) - self._clock()
        if left > 0:
            raise _busy(method, left)

    def _translate(
        self, method: str, status: int, headers: Mapping[str, object], code: str
    ) -> SlackCallError:
        """Return what became of a call that was answered, but not with success."""
        if status == _TOO_MANY or code in _RATE_LIMITED:
            seconds = _read_wait(headers)
            with self._lock:
                until = self._clock() + seconds
                self._closed_until[method] = max(until, self._closed_until.get(method, 0.0))
            return _busy(method, seconds)
        if code in _TOKEN_REFUSED:
            told = f"Slack refuses {method}: {code}; check TENKYO_SLACK_BOT_TOKEN, restart the bot"
            return SlackBusyError(told, _DEFAULT_WAIT)
        is_told = _is_code(code)
        word = code if is_told else f"status_{status}"
        if word in _DOUBTFUL or status >= _SERVER_ERROR or not (is_told or status >= _CLIENT_ERROR):
            return _doubt(method, word)
        return SlackRefusedError(f"Slack refused {method}: {word}; see docs/slack.md", word)


def _list_target(place: Place) -> dict[str, object]:
    return {"channel": place.channel, **({"thread_ts": place.thread} if place.thread else {})}


def _list_content(message: SlackMessage) -> dict[str, object]:
    return {"text": message.text, "blocks": message.blocks}


def _build_metadata(key: str) -> dict[str, object]:
    return {"event_type": METADATA_TYPE, "event_payload": {"key": key}}


def _find_key(messages: object, key: str, bot_user: str) -> str | None:
    """Return the `ts` of the first message of ours with a key; other apps write metadata too."""
    for message in messages if isinstance(messages, list) else []:
        if not isinstance(message, dict) or message.get("user") != bot_user:
            continue
        if message.get("metadata") == _build_metadata(key):
            return str(message.get("ts"))
    return None


def _read_cursor(page: Mapping[str, object]) -> str:
    metadata = page.get("response_metadata")
    return str(metadata.get("next_cursor") or "") if isinstance(metadata, dict) else ""


def _read_wait(headers: Mapping[str, object]) -> float:
    lowered = {name.lower(): value for name, value in headers.items()}
    try:
        seconds = float(str(lowered["retry-after"]))
    except (KeyError, ValueError):
        return _DEFAULT_WAIT
    return min(max(seconds, 1.0), _MAX_WAIT) if math.isfinite(seconds) else _DEFAULT_WAIT


def _read_error(body: str) -> str:
    """Return the error that a response URL tells, in JSON or as bare text."""
    try:
        fields = json.loads(body)
    except ValueError:
        return body.strip()
    return str(fields.get("error", "")) if isinstance(fields, dict) else ""


def _is_code(code: str) -> bool:
    return code.isascii() and code.replace("_", "").isalnum()


def _busy(method: str, seconds: float) -> SlackBusyError:
    return SlackBusyError(f"Slack asks to wait {seconds:.0f} seconds with {method}", seconds)


def _doubt(method: str, why: str) -> SlackDoubtError:
    return SlackDoubtError(
        f"no clear answer came to {method} ({why}); it may have been done or not"
    )
