"""Which requests the chat answers, of all that gradio knows."""

import pytest

from assistant.apps.chat.route_list import find_route

ASK = "/gradio_api/call/ask"


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/gradio_api/file=/etc/passwd"),
        ("GET", "/gradio_api/file=https://evil.example/"),
        ("GET", "/gradio_api/file/etc/passwd"),
        ("GET", "/gradio_api/proxy=https://x.hf.space/"),
        ("GET", "/gradio_api/deep_link"),
        ("GET", "/gradio_api/runs"),
        ("GET", "/gradio_api/dev/reload"),
        ("GET", "/gradio_api/mcp/"),
        ("GET", "/gradio_api/mcp/sse"),
        ("POST", "/gradio_api/mcp/messages/"),
        ("POST", "/gradio_api/run/ask_1"),
        ("POST", "/gradio_api/component_server"),
        ("POST", "/gradio_api/process_recording"),
        ("POST", "/gradio_api/vibe-edit"),
        ("POST", "/login"),
        ("GET", "/monitoring"),
        ("GET", "/static/../../secret"),
        ("GET", "/assets/"),
        ("GET", "//evil.example"),
        ("DELETE", "/"),
        ("OPTIONS", ASK),
        ("GET", ASK),
    ],
)
def test_what_the_chat_does_not_need_is_not_there(method, path) -> None:
    assert find_route(method, path) is None


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("HEAD", "/"),
        ("GET", "/healthz"),
        ("GET", "/assets/index-DphvyggB.js"),
        ("GET", "/static/img/logo.svg"),
        ("GET", "/favicon.ico"),
        ("GET", "/theme.css"),
        ("GET", "/gradio_api/info"),
        ("GET", "/gradio_api/heartbeat/ab12cd34ef5"),
        ("GET", f"{ASK}/0123456789abcdef0123456789abcdef"),
        ("POST", "/gradio_api/queue/join"),
        ("POST", "/gradio_api/run/predict"),
        ("POST", "/gradio_api/run/read_section"),
        ("POST", "/gradio_api/call/v2/search"),
        ("POST", "/gradio_api/mcp"),
        ("POST", "/gradio_api/cancel"),
        ("POST", "/gradio_api/upload"),
    ],
)
def test_what_the_chat_needs_is_there(method, path) -> None:
    assert find_route(method, path) is not None


@pytest.mark.parametrize(
    ("path", "is_asking"),
    [
        (ASK, True),
        ("/gradio_api/run/search", True),
        ("/gradio_api/mcp/", True),
        ("/gradio_api/queue/join", False),
        ("/gradio_api/run/predict", False),
    ],
)
def test_calls_of_programs_count_as_questions(path, is_asking) -> None:
    route = find_route("POST", path)
    assert route is not None
    assert route.is_asking is is_asking
