"""The functions for programs, called over HTTP and MCP on a running chat."""

import asyncio
import json

import httpx
import pytest
from mcp import ClientSession
from mcp.client.streamable_http import streamable_http_client
from mcp.types import CallToolResult, TextContent

from assistant.apps.chat.limits import ChatLimits
from assistant.datatypes import Question
from assistant.records import answer_record, hit_record
from assistant.serving.datatypes import AnswerOptions
from tests.assistant.apps.chat.chat_process import RunningChat, run_chat_in_thread
from tests.assistant.apps.chat.conftest import write_notes

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])

QUESTION = "草津の湯のpHは?"


def run(chat: RunningChat, name: str, *values: object) -> httpx.Response:
    """Call a function at once."""
    return chat.connect().post(f"/gradio_api/run/{name}", json={"data": list(values)})


def call(chat: RunningChat, name: str, *values: object) -> object:
    """Call a function in the two steps that gradio's documentation shows."""
    client = chat.connect()
    joined = client.post(f"/gradio_api/call/{name}", json={"data": list(values)}).json()
    told = client.get(f"/gradio_api/call/{name}/{joined['event_id']}").text
    event, _, data = told.strip().rpartition("\n")
    assert event.endswith("event: complete")
    return json.loads(data.removeprefix("data: "))


def expected_answer(chat: RunningChat, question: Question, language: str = "ja") -> object:
    options = AnswerOptions(language, chat.settings.answer_characters)
    return answer_record(chat.live.answer(question, options), "1")


def test_ask_returns_what_the_command_line_prints(shared_chat: RunningChat) -> None:
    expected = expected_answer(shared_chat, Question(QUESTION))
    assert expected["citations"][0]["path"] == "onsen.md"
    assert run(shared_chat, "ask", QUESTION, [], "ja").json()["data"] == [expected]
    assert call(shared_chat, "ask", QUESTION, [], "ja") == [expected]


def test_ask_leans_on_the_history(shared_chat: RunningChat) -> None:
    follow_up, history = "別府では?", [QUESTION]
    expected = expected_answer(shared_chat, Question(follow_up, history=tuple(history)))
    assert run(shared_chat, "ask", follow_up, history, "ja").json()["data"] == [expected]


def test_ask_abstains_in_the_language_that_is_asked_for(shared_chat: RunningChat) -> None:
    for language, told in (("ja", "ノートに見当たりません"), ("en", "do not answer")):
        (answer,) = run(shared_chat, "ask", "zzz", [], language).json()["data"]
        assert answer["abstained"]
        assert told in answer["text"]


def test_names_of_parameters_and_defaults_will_do(shared_chat: RunningChat) -> None:
    client = shared_chat.connect()
    joined = client.post("/gradio_api/call/v2/ask", json={"question": QUESTION}).json()
    told = client.get(f"/gradio_api/call/ask/{joined['event_id']}").text
    assert "pHは2.1です" in json.loads(told.strip().rpartition("data: ")[2])[0]["text"]


def test_search_ranks_sections_which_read_section_reads(shared_chat: RunningChat) -> None:
    (hits,) = run(shared_chat, "search", "草津の湯", 2).json()["data"]
    expected = shared_chat.live.search("草津の湯", 2)
    assert hits == [{"section_id": hit.section_id, **hit_record(hit)} for hit in expected]
    assert len(hits) == 2
    (section,) = run(shared_chat, "read_section", hits[0]["section_id"]).json()["data"]
    assert section == {
        "section_id": "onsen.md#草津",
        "path": "onsen.md",
        "heading_path": ["温泉めぐり", "草津"],
        "line_start": 3,
        "line_end": 4,
        "text": "## 草津\n草津の湯は強い酸性で、pHは2.1です。",
        "is_current": True,
        "previous": {"section_id": "onsen.md#温泉めぐり", "heading_path": ["温泉めぐり"]},
        "next": {"section_id": "onsen.md#別府", "heading_path": ["温泉めぐり", "別府"]},
    }


@pytest.mark.parametrize(
    ("name", "values", "told"),
    [
        ("ask", (" ", [], "en"), "the question is empty"),
        ("ask", ("???", [], "en"), "holds no word"),
        ("ask", ("長" * 8_001, [], "en"), "at most 8000 characters"),
        ("ask", (5, [], "en"), "valid string"),
        ("ask", (None, [], "en"), "valid string"),
        ("ask", (QUESTION, "before", "en"), "'history'"),
        ("ask", (QUESTION, [1], "en"), "'history.0'"),
        ("ask", (QUESTION, ["x"] * 51, "en"), "at most 50 items"),
        ("ask", (QUESTION, [], "fr"), "'ja' or 'en'"),
        ("ask", (" ", [], "ja"), "この質問は検索できません"),
        ("search", ("草津", 0), "greater than or equal to 1"),
        ("search", ("草津", 101), "less than or equal to 100"),
        ("search", ("草津", "2"), "valid integer"),
        ("search", ("", 3), "the question is empty"),
        ("read_section", ("nowhere.md#節",), "no section of this id"),
        ("read_section", ("../../etc/passwd",), "no section of this id"),
        ("read_section", ("",), "at least 1 character"),
        ("read_section", ({"path": "x"},), "valid string"),
    ],
)
def test_a_bad_call_is_told_in_one_line(
    shared_chat: RunningChat, capfd, name, values, told
) -> None:
    reply = run(shared_chat, name, *values)
    assert reply.status_code == 500
    error = reply.json()["error"]
    assert told in error
    assert "\n" not in error
    assert capfd.readouterr() == ("", "")
    assert shared_chat.unexpected == []


def test_too_few_values_leave_no_traceback_on_the_terminal(shared_chat: RunningChat, capfd) -> None:
    assert run(shared_chat, "ask", QUESTION).status_code == 500
    assert capfd.readouterr() == ("", "")


def test_a_mistake_of_the_program_is_told_to_the_terminal_and_not_to_the_caller(
    tmp_path, monkeypatch
) -> None:
    with run_chat_in_thread(write_notes(tmp_path / "notes")) as chat:

        def fail(*_: object) -> None:
            raise RuntimeError("/home/hana/secret")

        monkeypatch.setattr(chat.live, "search", fail)
        reply = run(chat, "search", "草津", 3)
        assert "RuntimeError" in reply.json()["error"]
        assert "secret" not in reply.text
        assert [str(error) for error in chat.unexpected] == ["/home/hana/secret"]


def test_no_event_of_the_page_is_offered_to_programs(shared_chat: RunningChat) -> None:
    client = shared_chat.connect()
    offered = client.get("/gradio_api/info").json()
    assert list(offered["named_endpoints"]) == ["/ask", "/search", "/read_section"]
    assert offered["unnamed_endpoints"] == {}
    paths = client.get("/gradio_api/openapi.json").json()["paths"]
    assert [path for path in paths if path.startswith("/gradio_api/call/v2/")] == [
        "/gradio_api/call/v2/ask",
        "/gradio_api/call/v2/search",
        "/gradio_api/call/v2/read_section",
    ]


def test_questions_of_a_program_are_bounded(tmp_path) -> None:
    notes = write_notes(tmp_path / "notes")
    with run_chat_in_thread(notes, limits=ChatLimits(questions=2)) as chat:
        statuses = [run(chat, "search", "草津", 1).status_code for _ in range(3)]
        assert statuses == [200, 200, 429]


async def use_mcp(url: str) -> tuple[list[str], dict[str, CallToolResult]]:
    async with (
        streamable_http_client(f"{url}gradio_api/mcp/") as (read, write, _),
        ClientSession(read, write) as session,
    ):
        await session.initialize()
        tools = (await session.list_tools()).tools
        assert all(tool.description and tool.inputSchema["required"] for tool in tools)
        results = {
            "ask": await session.call_tool("ask", {"question": QUESTION}),
            "search": await session.call_tool("search", {"query": "草津の湯", "k": 1}),
            "read_section": await session.call_tool(
                "read_section", {"section_id": "onsen.md#草津"}
            ),
            "bad": await session.call_tool("ask", {"question": " ", "language": "en"}),
        }
        return [tool.name for tool in tools], results


def read_text(result: CallToolResult) -> str:
    (content,) = result.content
    assert isinstance(content, TextContent)
    return content.text


def test_the_same_functions_are_there_over_mcp_and_return_json(shared_chat: RunningChat) -> None:
    names, results = asyncio.run(use_mcp(shared_chat.url))
    assert names == ["ask", "search", "read_section"]
    expected = expected_answer(shared_chat, Question(QUESTION))
    assert json.loads(read_text(results["ask"])) == expected
    assert json.loads(read_text(results["search"]))[0]["section_id"] == "onsen.md#草津"
    assert json.loads(read_text(results["read_section"]))["is_current"] is True
    assert results["bad"].isError
    assert read_text(results["bad"]) == (
        "This question cannot be searched: the question is empty; write what you want to know"
    )
