"""`tenkyo chat`: what it refuses, what it prints, and how it ends."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from tests.assistant.conftest import Run

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])

PROGRAM = "import sys; from assistant.cli import main; sys.argv[0] = 'tenkyo'; main()"


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "notes.example"])
def test_other_machines_are_not_let_in_unless_somebody_says_so(run_cold: Run, host) -> None:
    outcome = run_cold("chat", "--host", host)
    assert outcome.code == 1
    (problem,) = outcome.problems
    assert problem == (
        f"Error: other machines can reach host '{host}'; set TENKYO_CHAT_AUTH to user:password, "
        "or add --open to let in whoever asks"
    )


def test_the_host_of_the_settings_is_held_to_the_same(run_cold: Run, monkeypatch) -> None:
    monkeypatch.setenv("TENKYO_CHAT_HOST", "0.0.0.0")
    assert "other machines can reach host '0.0.0.0'" in run_cold("chat").err


@pytest.mark.parametrize("given", ["secret", ":secret", "hana:", ":"])
def test_a_password_without_a_user_is_refused_and_not_shown(
    run_cold: Run, monkeypatch, given
) -> None:
    monkeypatch.setenv("TENKYO_CHAT_AUTH", given)
    outcome = run_cold("chat")
    assert outcome.code == 1
    assert outcome.problems == [
        "Error: variable TENKYO_CHAT_AUTH: is not of the form user:password; set both, with a colon"
    ]


def test_a_port_that_is_taken_is_told_before_any_slow_work(run_cold: Run, monkeypatch) -> None:
    def fail(*_: object) -> None:
        raise AssertionError("the model was loaded")

    monkeypatch.setattr("assistant.apps.chat.command.load_engine", fail)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        outcome = run_cold("chat", "--port", port)
    assert outcome.code == 1
    (problem,) = outcome.problems
    assert problem.startswith(f"Error: cannot listen on 127.0.0.1:{port} (")
    assert problem.endswith("choose another port with --port, or stop what uses this one")


def test_a_language_model_that_is_not_set_is_told_before_any_slow_work(run_cold: Run) -> None:
    outcome = run_cold("chat", "--port", 0, "--llm")
    assert outcome.code == 1
    assert "no language model is set" in outcome.problems[0]


def test_a_folder_that_is_not_there_is_told_in_one_line(run_cold: Run, tmp_path) -> None:
    outcome = run_cold("chat", "--port", 0, "--notes", tmp_path / "none")
    assert outcome.code == 1
    (problem,) = outcome.problems
    assert "none" in problem


@pytest.mark.parametrize("port", ["-1", "65536", "many"])
def test_a_port_out_of_bounds_is_wrong_usage(run_cold: Run, port) -> None:
    assert run_cold("chat", "--port", port).code == 2


def run_process(code: str, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        env={**os.environ, **environment},
    )


def test_gradio_is_not_imported_before_it_is_needed() -> None:
    code = (
        "import sys\n"
        "from assistant.apps.chat.command import app\n"
        "print([name for name in sys.modules if name.split('.')[0] == 'gradio'])\n"
    )
    assert run_process(code).stdout == "[]\n"


def test_gradio_comes_in_by_one_module_alone() -> None:
    package = Path(__file__).parents[4] / "assistant"
    importing = re.compile(r"^\s*(?:import|from) (?:gradio|huggingface_hub)\b", re.MULTILINE)
    found = [p.name for p in package.rglob("*.py") if importing.search(p.read_text("utf-8"))]
    assert found == ["gradio_library.py"]


def test_gradio_comes_in_quiet_and_offline() -> None:
    code = (
        "import os\n"
        "from assistant.apps.chat.gradio_library import gr\n"
        "from gradio.analytics import analytics_enabled\n"
        "from huggingface_hub.constants import HF_HUB_OFFLINE\n"
        "print(analytics_enabled(), HF_HUB_OFFLINE)\n"
    )
    done = run_process(code, GRADIO_ANALYTICS_ENABLED="True", HF_HUB_OFFLINE="0")
    assert (done.stdout, done.stderr) == ("False True\n", "")


def test_it_prints_its_address_and_stops_quietly(notes: Path, index: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, "chat", "--port", "0", "--notes", notes, "--index", index],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        address = re.fullmatch(
            r"Chat: (http://127\.0\.0\.1:\d+/) \(Ctrl-C stops it\)\n", process.stdout.readline()
        )
        assert address is not None
        reply = httpx.post(
            f"{address[1]}gradio_api/run/ask",
            json={"data": ["草津の湯のpHは?", [], "ja"]},
            trust_env=False,
            timeout=60,
        )
        record = reply.json()["data"][0]
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=30)
    finally:
        process.kill()
        process.wait()
    assert (process.returncode, out, err) == (0, "", "")
    # The same object as on the command line: same notes, same model.
    asked = run_process(
        PROGRAM,
        *("ask", "草津の湯のpHは?", "--json", "--notes", str(notes), "--index", str(index)),
        TENKYO_LANGUAGE="ja",
    )
    assert record == json.loads(asked.stdout)
