"""Says in one line what went wrong with a language model, and whether to try again."""

import re
from email.utils import parsedate_to_datetime

import httpx2
import openai

from assistant.errors import GeneratorError
from assistant.generators.chat_settings import ChatSettings
from ingest.normalize import clean_text

_DETAIL_CHARACTERS = 160
_PASSING_STATUS = frozenset((408, 409, 429))
_ADVICE = {
    400: "check the model's settings",
    401: "set the right key as TENKYO_LLM_KEY",
    403: "set a key that may use the model as TENKYO_LLM_KEY",
    404: "check llm_model and llm_url",
    408: "try again later",
    413: "shorten the prompt",
    422: "check the model's settings",
    429: "wait, or raise your limit there",
}
_UNSEEN = re.compile(r"[\s\x80-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]+")


class ChatError(GeneratorError):
    """A language model could not be asked, or broke off.

    may_pass: whether the same request may do better in a moment.
    retry_after: the value of the header of this name, "" without one.
    """

    def __init__(self, message: str, *, may_pass: bool = False, retry_after: str = "") -> None:
        super().__init__(message)
        self.may_pass = may_pass
        self.retry_after = retry_after


def describe_failure(error: Exception, settings: ChatSettings) -> ChatError:
    """Return what the user is told of a failure of the client or the endpoint."""
    if isinstance(error, openai.APIStatusError):
        return _describe_status(error, settings)
    cause = error.__cause__ if isinstance(error, openai.APIConnectionError) else error
    if isinstance(cause, httpx2.ConnectTimeout | httpx2.ConnectError):
        what = "cannot be reached; start the server, or correct llm_url"
        return ChatError(f"{settings.url}: {what}", may_pass=True)
    if isinstance(cause, httpx2.TimeoutException):
        return ChatError(
            f"{settings.url}: no whole answer in time (silent for {settings.read_seconds:g} s, or "
            f"{settings.total_seconds:g} s in all); raise llm_seconds, or choose a faster model"
        )
    if isinstance(cause, httpx2.HTTPError):
        what = "the connection broke; try again, and look into the server's log"
        return ChatError(f"{settings.url}: {what}", may_pass=True)
    if isinstance(error, openai.APIError):
        detail = _tell_detail(error.body, settings)
        return ChatError(f"{settings.url}: broke off with an error{detail}; see the server's log")
    what = "sent something that is no answer; check that llm_url is of an OpenAI-compatible API"
    return ChatError(f"{settings.url}: {what}")


def read_delay(retry_after: str, now: float) -> float | None:
    """Return the seconds that a `Retry-After` header asks to wait, or None if it is malformed.

    :param now: seconds since the epoch.
    """
    if re.fullmatch(r"\d{1,9}(\.\d{1,9})?", retry_after, re.ASCII):
        return float(retry_after)
    try:
        return max(0.0, parsedate_to_datetime(retry_after).timestamp() - now)
    except (ValueError, OverflowError):
        return None


def _describe_status(error: openai.APIStatusError, settings: ChatSettings) -> ChatError:
    status = error.status_code
    if status < 400:
        what = f"redirects elsewhere ({status}); set llm_url to where it redirects"
        return ChatError(f"{settings.url}: {what}")
    # An answer to a wrong key likes to repeat it, in part or with signs replaced.
    detail = "" if status == 401 else _tell_detail(error.body, settings)
    advice = _ADVICE.get(status, "see the server's log" if status >= 500 else "check the settings")
    return ChatError(
        f"{settings.url}: refused the request for {settings.model} ({status}{detail}); {advice}",
        may_pass=status in _PASSING_STATUS or status >= 500,
        retry_after=error.response.headers.get("retry-after", "").strip(),
    )


def _tell_detail(body: object, settings: ChatSettings) -> str:
    """Return what an endpoint says of its error, `: ` in front, as one short line of plain text."""
    inner = body.get("error", body) if isinstance(body, dict) else body
    text = inner.get("message") if isinstance(inner, dict) else inner
    if not isinstance(text, str) or text.lstrip().startswith("<"):  # the HTML of some gateway
        return ""
    if settings.key is not None:
        text = text.replace(settings.key, "(key)")
    line = _UNSEEN.sub(" ", clean_text(text[: 10 * _DETAIL_CHARACTERS])).strip()
    short = line if len(line) <= _DETAIL_CHARACTERS else line[:_DETAIL_CHARACTERS] + "…"
    return f": {short}" if short else ""
