"""Which language model is asked, and how patiently."""

import re
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import urlsplit

from assistant.errors import SettingsError

_BOUNDS: dict[str, tuple[float, float]] = {
    "connect_seconds": (0.05, 60),
    "read_seconds": (0.05, 3_600),
    "total_seconds": (0.05, 3_600),
    "max_output_tokens": (16, 32_768),
    "retries": (0, 10),
    "backoff_seconds": (0.0, 10.0),
    "temperature": (0.0, 2.0),
}
_MODEL = re.compile(r"[^\s\x00-\x1f\x7f-\x9f\ud800-\udfff]{1,200}")
# What may stand in a header. A key with a line break, say, would come back in an error's text.
_KEY = re.compile(r"[\x21-\x7e]{1,8192}")


@dataclass(frozen=True, slots=True)
class ChatSettings:
    """An OpenAI-compatible endpoint. The key is never part of a message, a log or a `repr`.

    url: up to the version (`http://localhost:11434/v1`); no credentials, query or fragment.
    key: sent as a bearer token; None sends none. With `http:` anyone on the way can read it.
    connect_seconds, read_seconds: for a connection, and for every silence of the endpoint.
    total_seconds: for the whole answer with all retries.
    retries: how often a request is repeated that failed before the first word.
    backoff_seconds: wait before the first retry; it doubles with every further one.
    temperature: 0 is the most predictable; None sends none, as some models demand.
    limit_name: how the endpoint calls the limit of output tokens; newer OpenAI models only
        know the second name, most other servers only the first.

    :raises SettingsError: a value is malformed or out of bounds.
    """

    url: str
    model: str
    key: str | None = field(default=None, repr=False)
    connect_seconds: float = 5.0
    read_seconds: float = 60.0
    total_seconds: float = 120.0
    max_output_tokens: int = 1_024
    retries: int = 2
    backoff_seconds: float = 0.5
    temperature: float | None = 0.0
    limit_name: Literal["max_tokens", "max_completion_tokens"] = "max_tokens"

    def __post_init__(self) -> None:
        _check_url(self.url)
        if not _MODEL.fullmatch(self.model):
            raise SettingsError(
                "the model's name is empty, too long or has white space; set llm_model to the name "
                "of one that is served"
            )
        if self.key is not None and not _KEY.fullmatch(self.key):
            raise SettingsError(
                "the key is empty, too long or holds other than printable ASCII; copy it anew into "
                "TENKYO_LLM_KEY"
            )
        for name, (low, high) in _BOUNDS.items():
            value: float | None = getattr(self, name)
            if value is not None and not low <= value <= high:
                raise SettingsError(f"{name} is {value}; set it within {low:g} and {high:g}")


def _check_url(url: str) -> None:
    """No message shows the address: what is wrong with it may be a password in it."""
    try:
        parts = urlsplit(url)
        host = parts.hostname
        _ = parts.port  # raises where it is no port
    except ValueError:
        raise SettingsError("llm_url is malformed; write http://host:port/v1") from None
    if parts.scheme not in ("http", "https") or not host:
        raise SettingsError("llm_url is no address of the web; write http://host:port/v1")
    if parts.username is not None or parts.password is not None:
        raise SettingsError("llm_url holds credentials; set them as TENKYO_LLM_KEY instead")
    if parts.query or parts.fragment or not url.isprintable() or " " in url:
        raise SettingsError("llm_url holds more than host and path; write http://host:port/v1")
