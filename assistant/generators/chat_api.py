"""Asks a language model behind any OpenAI-compatible API (Ollama, llama.cpp, vLLM, OpenAI).

Sent are the messages, the model's name, the limits of its output, and as headers: the host, the
type and length of the content, what is accepted, `User-Agent: tenkyo` and, if there is one, the
key. No proxy is used, no redirect followed, no `OPENAI_*` variable heeded (but `OPENAI_LOG`, which
the client reads when it is imported).
"""

import time
from collections.abc import Generator, Sequence
from dataclasses import dataclass

import httpx2
import openai
from openai.types.chat import ChatCompletionMessageParam
from pydantic import BaseModel

from assistant.errors import SettingsError
from assistant.generators.budget import Usage, UsageBudget, estimate_tokens
from assistant.generators.chat_errors import ChatError, describe_failure, read_delay
from assistant.generators.chat_settings import ChatSettings
from assistant.generators.chat_transport import GuardedTransport
from assistant.generators.text_stream import ChatMessage
from ingest.normalize import clean_text

_LONGEST_WAIT_SECONDS = 30.0
# Before every message the API puts a few tokens of its own.
_TOKENS_PER_MESSAGE = 8
# The last two: bytes or JSON of a wrong form, and JSON nested too deeply.
_FAILURES = (openai.OpenAIError, httpx2.HTTPError, ValueError, RecursionError)


class _Delta(BaseModel):
    content: str | None = None


class _Choice(BaseModel):
    delta: _Delta | None = None
    finish_reason: str | None = None


class _Usage(BaseModel):
    prompt_tokens: int
    completion_tokens: int


class _Chunk(BaseModel):
    """What is read of a chunk. The client checks nothing that it receives."""

    choices: list[_Choice] | None = None
    usage: _Usage | None = None


@dataclass(slots=True)
class _Progress:
    """How far an answer has come; reported is the endpoint's own count, if it sent one."""

    tokens_in: int
    tokens_out: int = 0
    finish_reason: str | None = None
    reported: Usage | None = None
    was_accepted: bool = False

    @property
    def used(self) -> Usage:
        if self.reported is not None:
            return self.reported
        return Usage(self.tokens_in if self.was_accepted else 0, self.tokens_out)


class ChatApi:
    """A language model behind an API (`TextStream`). Safe between threads.

    budget: is asked before every answer and told after it.

    :raises SettingsError: the address cannot be used.
    """

    def __init__(self, settings: ChatSettings, budget: UsageBudget) -> None:
        try:
            httpx2.URL(settings.url)
        except httpx2.InvalidURL:
            raise SettingsError("llm_url has a malformed host; write http://host:port/v1") from None
        self._settings = settings
        self._budget = budget
        self._tls = httpx2.create_ssl_context()
        self._headers = {
            "Accept": "text/event-stream, application/json",
            "Accept-Encoding": "identity",
            "Connection": "close",
            "Content-Type": "application/json",
            "User-Agent": "tenkyo",
        }
        if settings.key is not None:
            self._headers["Authorization"] = f"Bearer {settings.key}"

    def stream(self, messages: Sequence[ChatMessage]) -> Generator[str, None, None]:
        """Yield what the model writes, as it comes.

        A request that fails before the first word is repeated where that may help.

        :raises GeneratorError: the endpoint failed, took too long or wrote nothing, or the budget
            is used up.
        """
        tokens_in = sum(estimate_tokens(m.content) + _TOKENS_PER_MESSAGE for m in messages)
        number = self._budget.reserve(Usage(tokens_in, self._settings.max_output_tokens))
        progress = _Progress(tokens_in)
        deadline = time.monotonic() + self._settings.total_seconds
        try:
            with self._open_client(deadline) as client:
                yield from self._stream_patiently(client, messages, progress, deadline)
        finally:
            self._budget.settle(number, progress.used)

    def _open_client(self, deadline: float) -> openai.OpenAI:
        """A client for one answer, so that closing it closes all that the answer opened."""
        transport = GuardedTransport(
            httpx2.HTTPTransport(verify=self._tls, trust_env=False), self._headers, deadline
        )
        # Whatever is left out here the client would take from the environment; the transport
        # replaces all headers that come of it.
        return openai.OpenAI(
            base_url=self._settings.url,
            api_key="unused",
            admin_api_key="",
            organization="",
            project="",
            webhook_secret="",
            max_retries=0,
            timeout=httpx2.Timeout(
                self._settings.read_seconds, connect=self._settings.connect_seconds
            ),
            http_client=httpx2.Client(transport=transport, trust_env=False, follow_redirects=False),
        )

    def _stream_patiently(
        self,
        client: openai.OpenAI,
        messages: Sequence[ChatMessage],
        progress: _Progress,
        deadline: float,
    ) -> Generator[str, None, None]:
        for attempt in range(self._settings.retries + 1):
            try:
                yield from self._stream_once(client, messages, progress)
            except ChatError as error:
                if progress.tokens_out or not error.may_pass or attempt == self._settings.retries:
                    raise
                time.sleep(self._choose_wait(error, attempt, deadline))
            else:
                return

    def _choose_wait(self, error: ChatError, attempt: int, deadline: float) -> float:
        """Return the seconds before the next attempt; raise the error where that is too long."""
        asked = read_delay(error.retry_after, time.time())
        wait = self._settings.backoff_seconds * 2.0**attempt if asked is None else asked
        if wait > _LONGEST_WAIT_SECONDS or time.monotonic() + wait >= deadline:
            raise error
        return wait

    def _stream_once(
        self, client: openai.OpenAI, messages: Sequence[ChatMessage], progress: _Progress
    ) -> Generator[str, None, None]:
        try:
            with self._request(client, messages) as chunks:
                progress.was_accepted = True
                for chunk in chunks:
                    text = _read_chunk(chunk, progress)
                    if text:
                        progress.tokens_out += estimate_tokens(text)
                        yield text
        except _FAILURES as error:
            # Not `from error`: a traceback would show the endpoint's words uncleaned.
            raise describe_failure(error, self._settings) from None
        self._check_end(progress)

    def _request(
        self, client: openai.OpenAI, messages: Sequence[ChatMessage]
    ) -> openai.Stream[openai.types.chat.ChatCompletionChunk]:
        settings = self._settings
        return client.chat.completions.create(
            model=settings.model,
            messages=[_to_param(message) for message in messages],
            stream=True,
            stream_options={"include_usage": True},
            temperature=openai.omit if settings.temperature is None else settings.temperature,
            extra_body={settings.limit_name: settings.max_output_tokens},
        )

    def _check_end(self, progress: _Progress) -> None:
        url = self._settings.url
        if progress.finish_reason is None:
            what = "the answer broke off; try again, and look into the server's log"
            raise ChatError(f"{url}: {what}", may_pass=True)
        if progress.finish_reason == "content_filter":
            raise ChatError(f"{url}: the endpoint's filter held the answer back; ask otherwise")
        if not progress.tokens_out:
            raise ChatError(
                f"{url}: {self._settings.model} wrote nothing ({progress.finish_reason}); "
                "raise llm_output_tokens, or choose another model"
            )


def _read_chunk(chunk: object, progress: _Progress) -> str:
    """Take note of what a chunk tells, and return its text.

    :raises ValidationError: it is none.
    """
    read = _Chunk.model_validate(chunk, from_attributes=True)
    if read.usage is not None:
        progress.reported = Usage(
            max(0, read.usage.prompt_tokens), max(0, read.usage.completion_tokens)
        )
    if not read.choices:
        return ""
    choice = read.choices[0]
    progress.finish_reason = choice.finish_reason or progress.finish_reason
    return (choice.delta.content if choice.delta is not None else None) or ""


def _to_param(message: ChatMessage) -> ChatCompletionMessageParam:
    content = clean_text(message.content)
    if message.role == "system":
        return {"role": "system", "content": content}
    return {"role": "user", "content": content}
