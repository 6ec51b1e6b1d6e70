"""The client against a real server: what is sent, and what becomes of every way to fail."""

import re
import time
from collections.abc import Sequence

import pytest

from assistant.errors import GeneratorError, SettingsError
from assistant.generators.budget import Usage, UsageBudget, UsageLimits
from assistant.generators.chat_api import ChatApi
from assistant.generators.chat_settings import ChatSettings
from assistant.generators.text_stream import ChatMessage, TextStream
from tests.assistant.generators.chat_server import (
    ChatServer,
    Reply,
    event,
    refuse,
    say,
    serve,
)

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])

MESSAGES = [ChatMessage("system", "決まり"), ChatMessage("user", "質問\ud800")]
KEY = "sk-secret-0123456789"
WHOLE = say(event("上限は"), event("5 個です。[1]"), event(finish="stop"), event(usage=(70, 9)))


def build_api(
    server: ChatServer,
    *,
    retries: int = 0,
    read: float = 0.5,
    total: float = 0.9,
    key: str | None = KEY,
    budget: UsageBudget | None = None,
) -> ChatApi:
    settings = ChatSettings(
        server.url,
        "tiny",
        key,
        connect_seconds=0.2,
        read_seconds=read,
        total_seconds=total,
        retries=retries,
        backoff_seconds=0.01,
    )
    return ChatApi(settings, budget or UsageBudget(UsageLimits(), time.monotonic))


def ask(api: ChatApi, messages: Sequence[ChatMessage] = MESSAGES) -> str:
    return "".join(api.stream(messages))


def fail(api: ChatApi) -> tuple[str, list[str]]:
    """Return the message of the failure, and what was yielded before."""
    pieces: list[str] = []
    with pytest.raises(GeneratorError) as caught:
        pieces.extend(api.stream(MESSAGES))
    message = str(caught.value)
    assert "\n" not in message
    assert KEY not in message
    assert caught.value.__cause__ is None
    return message, pieces


def test_it_implements_the_protocol() -> None:
    settings = ChatSettings("http://127.0.0.1:1/v1", "tiny")
    assert isinstance(ChatApi(settings, UsageBudget(UsageLimits(), time.monotonic)), TextStream)


def test_an_address_that_the_client_cannot_read_is_refused() -> None:
    with pytest.raises(SettingsError, match="malformed host"):
        ChatApi(ChatSettings("http://ü..example/v1", "tiny"), build_budget())


def test_pieces_come_as_they_are_sent() -> None:
    with serve(WHOLE) as server:
        assert list(build_api(server).stream(MESSAGES)) == ["上限は", "5 個です。[1]"]


def test_only_what_is_needed_is_sent(monkeypatch) -> None:
    for name in ("API_KEY", "ADMIN_KEY", "ORG_ID", "PROJECT_ID", "WEBHOOK_SECRET"):
        monkeypatch.setenv(f"OPENAI_{name}", "from-the-environment")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:1/v1")
    monkeypatch.setenv("OPENAI_CUSTOM_HEADERS", "X-Extra: 1\nAuthorization: Bearer other")
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    with serve(WHOLE) as server:
        ask(build_api(server))
    (request,) = server.received
    assert request.path == "/v1/chat/completions"
    assert request.headers.pop("host") in server.url
    assert int(request.headers.pop("content-length")) > 0
    assert request.headers == {
        "accept": "text/event-stream, application/json",
        "accept-encoding": "identity",
        "authorization": f"Bearer {KEY}",
        "connection": "close",
        "content-type": "application/json",
        "user-agent": "tenkyo",
    }
    assert request.body == {
        "model": "tiny",
        "messages": [
            {"role": "system", "content": "決まり"},
            {"role": "user", "content": "質問\ufffd"},
        ],
        "stream": True,
        "stream_options": {"include_usage": True},
        "temperature": 0.0,
        "max_tokens": 1024,
    }


def test_without_a_key_none_is_sent(monkeypatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "from-the-environment")
    with serve(WHOLE) as server:
        ask(build_api(server, key=None))
    assert "authorization" not in server.received[0].headers


def test_a_model_without_temperature_gets_none_and_the_new_name_of_the_limit() -> None:
    with serve(WHOLE) as server:
        settings = ChatSettings(
            server.url, "o", temperature=None, limit_name="max_completion_tokens", retries=0
        )
        ask(ChatApi(settings, UsageBudget(UsageLimits(), time.monotonic)))
    assert server.received[0].body["max_completion_tokens"] == 1024
    assert not {"temperature", "max_tokens"} & server.received[0].body.keys()


def test_a_character_may_be_cut_between_two_chunks() -> None:
    body = event("漢字です") + event(finish="stop")
    middle = body.index("字".encode()) + 1

    def answer(reply: Reply) -> None:
        reply.start()
        reply.write(body[:middle])
        reply.wait(0.05)
        reply.write(body[middle:])
        reply.end()

    with serve(answer) as server:
        assert ask(build_api(server)) == "漢字です"


def test_a_slow_answer_is_waited_for() -> None:
    def answer(reply: Reply) -> None:
        reply.start()
        for text in "ゆっくり":
            reply.wait(0.05)
            reply.write(event(text))
        reply.write(event(finish="stop"))
        reply.end()

    with serve(answer) as server:
        assert ask(build_api(server, read=0.2)) == "ゆっくり"


@pytest.mark.parametrize("status", [408, 409, 429, 500, 503])
def test_a_passing_failure_is_tried_again(status) -> None:
    with serve(refuse(status, {"error": {"message": "busy"}}), WHOLE) as server:
        assert ask(build_api(server, retries=1)) == "上限は5 個です。[1]"
    assert len(server.received) == 2


def test_retry_after_is_waited_for() -> None:
    with serve(refuse(429, {}, Retry_After="0.2"), WHOLE) as server:
        begin = time.monotonic()
        ask(build_api(server, retries=1))
        assert time.monotonic() - begin >= 0.2


@pytest.mark.parametrize("wait", ["3600", "0.95", "Fri, 31 Dec 2100 23:59:59 GMT"])
def test_a_longer_wait_than_there_is_time_is_not_begun(wait) -> None:
    with serve(refuse(429, {}, Retry_After=wait), WHOLE) as server:
        begin = time.monotonic()
        message, _ = fail(build_api(server, retries=1))
        assert time.monotonic() - begin < 0.9
    assert "(429); wait" in message
    assert len(server.received) == 1


def test_retries_end() -> None:
    with serve(refuse(500, {"error": "boom"})) as server:
        message, _ = fail(build_api(server, retries=2))
    assert "(500: boom)" in message
    assert len(server.received) == 3


@pytest.mark.parametrize(
    ("status", "body", "expected"),
    [
        (401, {"error": {"message": f"Incorrect key {KEY[:9]}***"}}, "(401); set the right key"),
        (403, {"error": {"message": f"{KEY} may not"}}, "(403: (key) may not); set a key"),
        (404, {"error": {"message": "model 'tiny'\nnot found"}}, "(404: model 'tiny' not found)"),
        (400, {"message": "\x1b[31m\u202e" + "長" * 500}, "(400: [31m " + "長" * 155 + "…)"),
        (422, "plain", "(422: plain); check the model's settings"),
        (418, ["?"], "(418); check the settings"),
        (302, {}, "redirects elsewhere (302)"),
    ],
)
def test_a_refusal_is_told_in_one_line_and_not_tried_again(status, body, expected) -> None:
    with serve(refuse(status, body, Location="http://127.0.0.1:1/")) as server:
        message, _ = fail(build_api(server, retries=2))
    assert message.startswith(f"{server.url}: ")
    assert expected in message
    assert len(server.received) == 1


def test_a_page_of_html_is_not_shown() -> None:
    def answer(reply: Reply) -> None:
        reply.start(502, "text/html")
        reply.write(b"<html>gateway</html>")
        reply.end()

    with serve(answer) as server:
        message, _ = fail(build_api(server))
    assert "(502); see the server's log" in message
    assert "html" not in message


def test_no_server_is_told() -> None:
    with serve(WHOLE) as server:
        pass
    message, _ = fail(build_api(server, retries=1))
    assert message == f"{server.url}: cannot be reached; start the server, or correct llm_url"


def test_silence_before_the_head_ends_after_the_read_time() -> None:
    with serve(lambda reply: reply.wait(2)) as server:
        begin = time.monotonic()
        message, _ = fail(build_api(server, read=0.2, retries=2))
        assert time.monotonic() - begin < 1.5
    assert "no whole answer in time" in message
    assert len(server.received) == 1  # a busy server is not asked twice


def test_a_stall_in_the_middle_ends_after_the_read_time_and_is_not_tried_again() -> None:
    def answer(reply: Reply) -> None:
        reply.start()
        reply.write(event("初め"))
        reply.wait(2)

    with serve(answer) as server:
        message, pieces = fail(build_api(server, read=0.2, retries=2))
    assert "no whole answer in time" in message
    assert pieces == ["初め"]
    assert len(server.received) == 1


@pytest.mark.parametrize("body", [event("あ"), b": still here\n\n"])
def test_the_total_time_ends_an_answer_that_keeps_coming(body) -> None:
    def answer(reply: Reply) -> None:
        reply.start()
        for _ in range(100):
            reply.write(body)
            reply.wait(0.02)

    with serve(answer) as server:
        begin = time.monotonic()
        message, _ = fail(build_api(server, read=0.5, total=0.2, retries=2))
        assert 0.2 <= time.monotonic() - begin < 1.5
    assert "no whole answer in time" in message


def test_the_total_time_ends_a_silence_that_the_read_time_would_allow() -> None:
    def answer(reply: Reply) -> None:
        reply.start()
        reply.write(event("初め"))
        reply.wait(2)

    with serve(answer) as server:
        begin = time.monotonic()
        _, pieces = fail(build_api(server, read=5, total=0.2))
        assert time.monotonic() - begin < 1.5
    assert pieces == ["初め"]


def cut_off(reply: Reply) -> None:
    reply.start()
    reply.write(event("半分"))


def end_early(reply: Reply) -> None:
    cut_off(reply)
    reply.end()


@pytest.mark.parametrize("behaviour", [cut_off, end_early])
def test_an_answer_that_is_cut_off_is_a_failure(behaviour) -> None:
    with serve(behaviour, WHOLE) as server:
        message, pieces = fail(build_api(server, retries=2))
    assert "broke" in message
    assert pieces == ["半分"]
    assert len(server.received) == 1


def test_a_connection_lost_before_the_first_word_is_tried_again() -> None:
    def leave(reply: Reply) -> None:
        reply.start()

    with serve(lambda _: None, leave, WHOLE) as server:
        assert ask(build_api(server, retries=2)) == "上限は5 個です。[1]"
    assert len(server.received) == 3


@pytest.mark.parametrize(
    "body",
    [
        b"data: \xff\xfe\x80\n\n",
        b"data: {broken\n\n",
        b"data: " + b"[" * 100_000 + b"\n\n",
        b"data: [1, 2]\n\n",
        b'data: "text"\n\n',
        b'data: {"choices": {"a": 1}}\n\n',
        b'data: {"choices": [{"delta": {"content": 5}}]}\n\n',
        b'data: {"choices": [{"delta": "text"}]}\n\n',
        b'data: {"choices": [], "usage": {"prompt_tokens": "many"}}\n\n',
    ],
)
def test_what_is_no_answer_is_a_failure(body) -> None:
    with serve(say(body)) as server:
        message, _ = fail(build_api(server))
    assert "sent something that is no answer" in message


@pytest.mark.parametrize(
    "body",
    [b"<html>hello</html>", b'{"choices": [{"message": {"content": "whole"}}]}', b"\0" * 999],
)
def test_an_answer_that_is_no_stream_is_a_failure(body) -> None:
    with serve(say(body)) as server:
        message, _ = fail(build_api(server))
    assert "the answer broke off" in message


def test_odd_but_harmless_chunks_are_passed_over() -> None:
    odd = [
        b'data: {"choices": null}\n\n',
        b'data: {"choices": [{"delta": null}]}\n\n',
        b'data: {"choices": [{"delta": {"reasoning_content": "hm"}}]}\n\n',
        b"data: {}\n\n: comment\n\nevent: ping\ndata: {}\n\n",
    ]
    with serve(say(*odd, event("答え"), event(finish="eos_token"))) as server:
        assert ask(build_api(server)) == "答え"


def test_an_error_in_the_stream_is_told() -> None:
    body = b'data: {"error": {"message": "out of\\u001b memory"}}\n\n'
    with serve(say(event("初め"), body)) as server:
        message, pieces = fail(build_api(server))
    assert "broke off with an error: out of memory" in message
    assert pieces == ["初め"]


def test_more_than_an_answer_can_be_is_not_read(monkeypatch) -> None:
    monkeypatch.setattr("assistant.generators.chat_transport.MAX_RESPONSE_BYTES", 100_000)

    def answer(reply: Reply) -> None:
        reply.start()
        while not reply_is_over.is_set():
            reply.write(b"data: " + b"x" * 50_000)

    with serve(answer) as server:
        reply_is_over = server.stopping
        message, _ = fail(build_api(server))
    assert "the connection broke" in message


def test_a_compressed_answer_is_refused() -> None:
    def answer(reply: Reply) -> None:
        reply.start(Content_Encoding="gzip")
        reply.end()

    with serve(answer) as server:
        message, _ = fail(build_api(server))
    assert "the connection broke" in message


def test_an_answer_that_reached_its_length_is_given_as_far_as_it_came() -> None:
    with serve(say(event("長い話の"), event(finish="length"))) as server:
        assert ask(build_api(server)) == "長い話の"


@pytest.mark.parametrize(
    ("finish", "expected"),
    [
        ("stop", "tiny wrote nothing (stop)"),
        ("length", "tiny wrote nothing (length); raise llm_output_tokens"),
        ("content_filter", "filter held the answer back"),
    ],
)
def test_an_answer_without_a_word_is_a_failure(finish, expected) -> None:
    with serve(say(event(finish=finish))) as server:
        message, _ = fail(build_api(server, retries=1))
    assert expected in message
    assert len(server.received) == 1


def test_closing_closes_the_connection() -> None:
    def answer(reply: Reply) -> None:
        reply.start()
        reply.write(event("初め"))
        reply.wait_until_client_left()

    with serve(answer) as server:
        pieces = build_api(server).stream(MESSAGES)
        assert next(pieces) == "初め"
        pieces.close()
        assert server.client_left.wait(1)


def test_a_key_is_shown_nowhere() -> None:
    settings = ChatSettings("http://127.0.0.1:1/v1", "tiny", KEY)
    assert KEY not in repr(settings)


# Usage


# More than any answer here may take.
LIMIT = 5_000


def build_budget(tokens_per_hour: int = LIMIT) -> UsageBudget:
    return UsageBudget(UsageLimits(tokens_per_hour=tokens_per_hour), lambda: 0.0)


def read_booked(budget: UsageBudget) -> int:
    """Return the tokens that are booked, as the refusal of one more than is left tells them."""
    with pytest.raises(GeneratorError) as caught:
        budget.reserve(Usage(LIMIT + 1, 0))
    found = re.search(r"and ([\d,]+) of 5,000", str(caught.value))
    assert found is not None
    return int(found[1].replace(",", ""))


def test_what_the_endpoint_counted_is_booked() -> None:
    budget = build_budget()
    with serve(WHOLE) as server:
        ask(build_api(server, budget=budget))
    assert read_booked(budget) == 79


def test_without_a_count_it_is_estimated() -> None:
    budget = build_budget()
    with serve(say(event("五文字です"), event(finish="stop"))) as server:
        ask(build_api(server, budget=budget))
    # Messages of 3 characters each (one is replaced) with 8 tokens around, and 5 of the answer.
    assert read_booked(budget) == 3 + 8 + 3 + 8 + 5


def test_a_refused_request_costs_nothing_and_one_that_was_left_what_came() -> None:
    budget = build_budget()
    with serve(refuse(401, {})) as server:
        fail(build_api(server, budget=budget))
    assert read_booked(budget) == 0
    with serve(say(event("あい"), event("う"), event(finish="stop"))) as server:
        pieces = build_api(server, budget=budget).stream(MESSAGES)
        next(pieces)
        pieces.close()
    assert read_booked(budget) == 22 + 2


def test_a_spent_budget_asks_nobody() -> None:
    with serve(WHOLE) as server:
        message, _ = fail(build_api(server, budget=build_budget(100)))
    assert "llm_tokens_per_hour" in message
    assert server.received == []
