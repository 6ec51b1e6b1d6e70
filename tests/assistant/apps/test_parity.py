"""Every face gives the same answer with the same citations as `tenkyo ask --json`."""

import asyncio
import json
import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from mcp import ClientSession
from mcp.client.streamable_http import streamable_http_client
from typer.testing import CliRunner

from assistant.apps.chat.browser_history import read_history
from assistant.apps.slack.archive import Archive
from assistant.apps.slack.kept_forms import AnswerForm
from assistant.apps.slack.ledger_file import LedgerFile
from assistant.cli import build_app
from assistant.records import answer_record
from assistant.serving.live_assistant import LiveAssistant
from assistant.settings import read_settings
from assistant.wiring import load_engine
from tests.assistant.apps.chat.chat_process import RunningChat, run_chat_in_thread
from tests.assistant.apps.slack.bot_bench import run_on
from tests.assistant.apps.slack.fake_slack.fake_slack import FakeSlack
from tests.assistant.apps.slack.fake_slack.people import CHANNEL

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])

BUNDLED = Path(__file__).parents[3] / "notes"
FILES = ("network/elb.md", "compute/ec2.md", "security/iam.md", "storage/s3.md")
# A question and the earlier ones of its conversation.
ASKED: tuple[tuple[str, ...], ...] = (
    ("NLBのクロスゾーン負荷分散は既定で有効?",),
    ("ALBで固定IPを使うには?",),
    ("ALBで固定IPを使うには?", "じゃあ NLB は?"),
    ("Does an NLB keep cross-zone load balancing off by default?",),
    ("ロールを引き受けるときに必要なものは?",),
    ("富士山の標高は何メートルですか?",),
    (
        (
            "静的な IP アドレスを持てるロードバランサーはどれですか。\n"
            "A. Application Load Balancer\nB. Network Load Balancer\nC. Classic Load Balancer\n"
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Faces:
    """What was asked, what the command line answered, and a chat on the same notes."""

    expected: dict[tuple[str, ...], dict[str, Any]]
    chat: RunningChat

    @property
    def live(self) -> LiveAssistant:
        return self.chat.live


def run_command(*arguments: object) -> str:
    outcome = CliRunner().invoke(build_app([str(arguments[0])]), [str(a) for a in arguments])
    assert outcome.exit_code == 0, outcome.output
    return outcome.stdout


@pytest.fixture(scope="module")
def faces(tmp_path_factory) -> Iterator[Faces]:
    folder = tmp_path_factory.mktemp("parity")
    notes = folder / "notes"
    for name in FILES:
        (notes / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(BUNDLED / name, notes / name)
    questions, answers = folder / "questions.jsonl", folder / "answers.jsonl"
    questions.write_text(
        "".join(
            f"{json.dumps({'id': str(n), 'question': text, 'history': earlier})}\n"
            for n, (*earlier, text) in enumerate(ASKED)
        )
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TENKYO_LANGUAGE", "ja")
        places = ("--notes", notes, "--index", folder / "index")
        run_command("batch", questions, "-o", answers, *places)
        first = json.loads(run_command("ask", ASKED[0][0], "--json", *places))
        engine = load_engine(read_settings({}))
        expected = {
            asked: json.loads(line) | {"id": "1"}
            for asked, line in zip(ASKED, answers.read_text().splitlines(), strict=True)
        }
        assert expected[ASKED[0]] == first
        with run_chat_in_thread(notes, engine=engine) as chat:
            yield Faces(expected, chat)


def test_the_questions_are_of_every_kind(faces: Faces) -> None:
    answers = list(faces.expected.values())
    assert sum(bool(answer["citations"]) for answer in answers) >= 5
    assert sum(answer["abstained"] is not None for answer in answers) >= 1
    assert sum(answer["choice"] is not None for answer in answers) == 1


def test_http(faces: Faces) -> None:
    client = faces.chat.connect()
    for (*earlier, text), expected in faces.expected.items():
        sent = client.post("/gradio_api/run/ask", json={"data": [text, earlier, "ja"]})
        assert sent.json()["data"] == [expected]


def test_mcp(faces: Faces) -> None:
    async def ask_all() -> list[object]:
        url = f"{faces.chat.url}gradio_api/mcp/"
        async with (
            streamable_http_client(url) as (read, write, _),
            ClientSession(read, write) as session,
        ):
            await session.initialize()
            return [
                (
                    await session.call_tool(
                        "ask", {"question": text, "history": earlier, "language": "ja"}
                    )
                ).content[0]
                for *earlier, text in faces.expected
            ]

    told = [json.loads(content.text) for content in asyncio.run(ask_all())]
    assert told == list(faces.expected.values())


def test_the_page(faces: Faces) -> None:
    for asked, expected in faces.expected.items():
        page = faces.chat.open_page("ja")
        for text in asked:
            page.ask(text)
        # What it gives the browser to keep is what it shows.
        (kept,) = [text for text in page.kept.values() if '"turns"' in text]
        answer = read_history(json.loads(kept) if kept.startswith('"') else kept)[-1].answer
        assert answer is not None
        assert answer_record(answer, "1") == expected


def test_slack(faces: Faces, tmp_path: Path) -> None:
    with FakeSlack() as slack, run_on(slack, tmp_path, faces.live) as bench:
        for asked, expected in faces.expected.items():
            mention, message = slack.people.mention(asked[0])
            slack.deliver([mention, message])
            last = mention
            for text in asked[1:]:
                slack.wait_until(lambda ts=mention.ts: bool(slack.answers_to(ts)))
                last = slack.people.write(text, thread_ts=mention.ts)
                slack.deliver(last)
            with closing(LedgerFile(bench.folder / "ledger.sqlite3")) as file:
                archive = Archive(file, AnswerForm())
                key = f"{mention.body['team_id']}:{CHANNEL}:{last.ts}"
                slack.wait_until(lambda k=key, a=archive: a.find_answer(k) is not None)
                kept = archive.find_answer(key)
            assert kept is not None
            record = answer_record(kept.answer, "1")
            # The bot of the bench speaks English; what it quotes is the same.
            if expected["abstained"]:
                record["text"] = expected["text"]
            assert record == expected
            shown = json.dumps([m.blocks for m in slack.answers_to(mention.ts)])
            for citation in expected["citations"]:
                assert json.dumps(citation["path"])[1:-1] in shown
