"""The command line from end to end, on the real model: its words, its JSON, its exit codes."""

import json
import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from assistant.messages import ENGLISH, JAPANESE
from tests.assistant.conftest import Run
from tests.damage import put_in_place

ANSWER_FIELDS = ["id", "text", "abstained", "confidence", "choice", "citations", "hits"]
CITATION_FIELDS = ["marker", "path", "heading_path", "line_start", "line_end", "quote"]
HIT_FIELDS = ["path", "heading_path", "line_start", "line_end", "score"]
# The notes fixture has 5 notes with 13 headings, 5 of them titles without text.
COUNTS = "5 notes, 13 sections (5 without text), 10 sentences"
PROGRAM = "import sys; from assistant.cli import main; sys.argv[0] = 'tenkyo'; main()"


def test_index_says_what_it_holds_and_then_that_nothing_changed(run_cold: Run) -> None:
    first = run_cold("index")
    assert (first.code, first.err) == (0, "")
    assert first.out.startswith("Index refreshed: 5 notes, 13 sections (")
    assert "Sections without text: 5 (headings only, never cited)" in first.out
    again = run_cold("index")
    assert again.code == 0
    assert again.out.startswith("Index is up to date: 5 notes, 13 sections (")


def test_index_takes_its_folder_as_argument_or_option(run: Run, notes: Path, tmp_path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "a.md").write_text("# 題\n本文です。\n", encoding="utf-8")
    for arguments in ([other], ["--notes", other]):
        outcome = run("index", *arguments, "--index", tmp_path / "other-index")
        assert ": 1 notes, 1 sections" in outcome.out


def test_index_tells_which_files_the_user_left_out(run: Run, notes: Path) -> None:
    (notes / ".tenkyoignore").write_text("garden.md\n")
    (notes / ".draft.md").write_text("# 下書き\n")
    outcome = run("index")
    assert outcome.code == 0
    assert "Skipped: garden.md (excluded by .tenkyoignore)" in outcome.out
    assert "Skipped: .draft.md (hidden file)" in outcome.out


def test_ask_answers_with_section_and_lines(run: Run) -> None:
    outcome = run("ask", "草津の湯のpHは?")
    assert (outcome.code, outcome.err) == (0, "")
    lines = outcome.out.split("\n")
    assert lines[0] == "草津の湯は強い酸性で、pHは2.1です。 [1]"
    assert lines[2:4] == ["Sources", "  [1] 温泉めぐり > 草津 — onsen.md line 4"]


def test_ask_refreshes_first_and_never_serves_text_that_is_gone(run: Run, notes: Path) -> None:
    assert "7気圧" in run("ask", "タイヤの空気圧は?").out
    note = notes / "bicycle.md"
    note.write_text(note.read_text("utf-8").replace("7気圧", "8気圧"), encoding="utf-8")
    answer = run("ask", "タイヤの空気圧は?").out
    assert "8気圧" in answer
    assert "7気圧" not in answer


def test_ask_abstains_when_the_notes_do_not_know(run: Run) -> None:
    question = "フランス革命が始まった年は?"
    outcome = run("ask", question)
    assert outcome.code == 0
    assert outcome.out.startswith(f"{ENGLISH.not_in_notes}\n\n{ENGLISH.nearest}\n")
    record = json.loads(run("ask", question, "--json").out)
    assert record["abstained"] == "low-confidence"
    assert record["citations"] == []
    assert record["hits"]


def check_answer(record: dict[str, Any], notes: Path) -> None:
    """Check one answer object against the contract and the notes."""
    assert list(record) == ANSWER_FIELDS
    assert record["abstained"] is None
    assert record["choice"] is None
    assert 0 <= record["confidence"] <= 1
    assert [c["marker"] for c in record["citations"]] == [
        n for n in range(1, 100) if f"[{n}]" in record["text"]
    ]
    for citation in record["citations"]:
        assert list(citation) == CITATION_FIELDS
        lines = (notes / citation["path"]).read_text(encoding="utf-8").split("\n")
        cited = "\n".join(lines[citation["line_start"] - 1 : citation["line_end"]])
        assert citation["quote"] in cited
    # Eight sections have text: fewer than the ten that are listed at most.
    assert len(record["hits"]) == 8
    for hit in record["hits"]:
        assert list(hit) == HIT_FIELDS
    scores = [hit["score"] for hit in record["hits"]]
    assert scores == sorted(scores, reverse=True)


def test_ask_json_is_one_line_of_the_contract(run: Run, notes: Path) -> None:
    outcome = run("ask", "--json", "一次発酵は何度で何分?")
    assert outcome.out.count("\n") == 1
    record = json.loads(outcome.out)
    check_answer(record, notes)
    (citation,) = record["citations"]
    assert citation == {
        "marker": 1,
        "path": "kitchen/bread.md",
        "heading_path": ["パン作り", "発酵"],
        "line_start": 4,
        "line_end": 4,
        "quote": "一次発酵は28度で60分おく。",
    }
    assert record["hits"][0]["line_start"] == 3


def test_explain_goes_to_standard_error(run: Run) -> None:
    outcome = run("ask", "--json", "--explain", "トマトの苗を植えるのは何月?")
    json.loads(outcome.out)
    assert outcome.err.startswith("Searched for: トマトの苗を植えるのは何月?\n")
    for leg in ("words", "bigrams", "passages", "sentences"):
        assert leg in outcome.err


def test_search_ranks_sections(run: Run) -> None:
    outcome = run("search", "星空の撮り方", "-k", 2)
    assert outcome.code == 0
    first, second = outcome.out.splitlines()
    assert first.startswith(" 1. ")
    assert first.endswith("カメラ > 星空 — camera.md lines 3-4")
    assert second.startswith(" 2. ")


def test_search_json_is_one_section_a_line(run: Run) -> None:
    outcome = run("search", "チェーンを洗う", "--json", "-k", 3)
    hits = [json.loads(line) for line in outcome.out.splitlines()]
    assert len(hits) == 3
    assert all(list(hit) == HIT_FIELDS for hit in hits)
    assert (hits[0]["path"], hits[0]["line_start"], hits[0]["line_end"]) == ("bicycle.md", 6, 8)


def test_batch_answers_line_by_line_as_ask_does(run: Run, notes: Path, tmp_path: Path) -> None:
    asked = [
        {"id": "q1", "question": "草津の湯のpHは?"},
        {"id": "q2", "question": "じゃあ別府は?", "history": ["草津の温泉の湯は?"]},
        {"id": "q3", "question": "トマトの苗を植える月は?", "choices": {"A": "5月", "B": "9月"}},
    ]
    source, target = tmp_path / "q.jsonl", tmp_path / "a.jsonl"
    source.write_text("\n".join(json.dumps(line) for line in asked), encoding="utf-8")
    outcome = run("batch", source, "-o", target)
    assert (outcome.code, outcome.out) == (0, "")
    assert outcome.problems == [f"Wrote 3 answers to {target}"]
    answers = [json.loads(line) for line in target.read_text("utf-8").splitlines()]
    assert [answer["id"] for answer in answers] == ["q1", "q2", "q3"]
    for answer in answers:
        assert list(answer) == ANSWER_FIELDS
    check_answer(answers[0], notes)
    assert answers[0] == {**json.loads(run("ask", "草津の湯のpHは?", "--json").out), "id": "q1"}
    assert answers[1]["hits"][0]["heading_path"] == ["温泉めぐり", "別府"]


def test_status_counts_and_tells_what_changed(run: Run, notes: Path, index: Path) -> None:
    run("index")
    outcome = run("status")
    assert outcome.code == 0
    assert outcome.out.splitlines()[:2] == [f"Notes: {notes}", f"Index: {index}"]
    assert outcome.out.splitlines()[3:] == [COUNTS, "up to date"]
    (notes / "garden.md").write_text("# 庭\n水をやる。\n", encoding="utf-8")
    (notes / "camera.md").unlink()
    (notes / "new.md").write_text("# 新\n", encoding="utf-8")
    last = run("status").out.splitlines()[-1]
    assert last == "The notes changed: 1 changed, 1 added, 1 removed (tenkyo index refreshes)"


def test_doctor_finds_damage_and_repairs_it(run: Run, index: Path) -> None:
    run("index")
    healthy = run("doctor")
    assert (healthy.code, healthy.out) == (0, f"{ENGLISH.doctor_ok}\n")
    (damaged,) = index.glob("generations/*/sections.jsonl")
    put_in_place(damaged, damaged.read_bytes()[:-5] + b"xxxxx")
    found = run("doctor")
    assert found.code == 1
    assert "sections.jsonl" in found.out
    assert found.out.endswith(f"{ENGLISH.doctor_hint}\n")
    repaired = run("doctor", "--repair")
    assert repaired.code == 0
    assert repaired.out.endswith(f"{ENGLISH.doctor_repaired}\n")
    assert run("doctor").code == 0
    assert "2.1" in run("ask", "草津の湯のpHは?").out


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({"TENKYO_LANGUAGE": "ja"}, JAPANESE),
        ({"TENKYO_LANGUAGE": "en"}, ENGLISH),
        ({"TENKYO_LANGUAGE": "auto", "LANG": "en_GB.UTF-8"}, ENGLISH),
        ({"TENKYO_LANGUAGE": "auto", "LANG": "en_GB.UTF-8", "LC_ALL": "ja_JP.UTF-8"}, JAPANESE),
        ({"TENKYO_LANGUAGE": "auto", "LANG": "C.UTF-8"}, JAPANESE),
        ({"TENKYO_LANGUAGE": "auto"}, JAPANESE),
    ],
)
def test_results_and_errors_speak_the_users_language(
    run: Run, variables, expected, monkeypatch
) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    run("index")
    assert expected.status_fresh in run("status").out
    assert run("ask", "").err.startswith(f"{expected.error}: ")
    assert run("ask").err.startswith(f"{expected.error}: ")


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["nosuch"], "No such command 'nosuch'. (usage: tenkyo --help)"),
        (["ask"], "Missing argument 'question'. (usage: tenkyo ask --help)"),
        (["ask", "草津は?", "--nots", "x"], "--nots"),
        (["search", "草津", "-k", "0"], "'-k'"),
        (["search", "草津", "-k", "ten"], "'-k'"),
        (["batch", "q.jsonl"], "'-o'"),
        (["index", "a", "b"], "b"),
    ],
)
def test_wrong_usage_is_told_in_one_line_and_exits_with_2(run: Run, arguments, named) -> None:
    outcome = run(*arguments)
    assert (outcome.code, outcome.out) == (2, "")
    assert len(outcome.problems) == 1
    assert outcome.err.startswith("Error: ")
    assert named in outcome.err


def test_help_is_printed_on_request_and_when_nothing_is_asked(run: Run) -> None:
    asked = run("--help")
    assert (asked.code, asked.err) == (0, "")
    bare = run()
    assert (bare.code, bare.err) == (2, "")
    for command in ("index", "ask", "search", "batch", "status", "doctor"):
        assert command in asked.out
        assert command in bare.out


def test_an_interrupted_command_says_that_nothing_is_lost(run: Run, monkeypatch) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("assistant.commands.options.refresh_notes", interrupt)
    outcome = run("index")
    assert outcome.code == 1
    assert outcome.problems == [f"Error: {ENGLISH.interrupted}"]


def test_what_nobody_expected_is_one_line_too_unless_debugging(run: Run, monkeypatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("first\nsecond")

    monkeypatch.setattr("assistant.commands.options.refresh_notes", fail)
    outcome = run("index")
    assert outcome.code == 1
    assert len(outcome.problems) == 1
    assert "RuntimeError: first second" in outcome.err
    assert "TENKYO_DEBUG=1" in outcome.err
    monkeypatch.setenv("TENKYO_DEBUG", "1")
    with pytest.raises(RuntimeError, match="first"):
        run("index")


def test_no_socket_is_opened(run_cold: Run, monkeypatch) -> None:
    """The real engine is loaded here too; pytest-socket stands aside for a stricter guard."""

    class FakeSocket(socket.socket):
        """Refuses to be made."""

        def __init__(self, *_: object, **__: object) -> None:
            raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "socket", FakeSocket)
    outcome = run_cold("ask", "草津の湯のpHは?")
    assert (outcome.code, outcome.err) == (0, "")


def run_process(code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", code, *arguments],
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2]), "PYTHONUTF8": "1"},
        check=False,
        timeout=120,
    )


def test_a_cold_answer_imports_no_deep_learning_library(run: Run) -> None:
    run("index")
    code = (
        "import atexit, sys\n"
        "heavy = ('torch', 'transformers', 'sentence_transformers', 'gradio', 'matplotlib')\n"
        "atexit.register(lambda: print('loaded:', [n for n in heavy if n in sys.modules]))\n"
        f"{PROGRAM}"
    )
    done = run_process(code, "ask", "草津の湯のpHは?")
    assert done.returncode == 0
    assert done.stderr == ""
    assert "pHは2.1です" in done.stdout
    assert done.stdout.endswith("loaded: []\n")


def test_the_console_script_exits_with_the_same_codes(run: Run) -> None:
    script = Path(sys.executable).with_name("tenkyo")
    if not script.is_file():
        pytest.skip("tenkyo is not installed in this environment (pip install -e .)")
    for arguments, code in ((["ask", "?"], 1), (["ask"], 2)):
        done = subprocess.run([script, *arguments], capture_output=True, check=False, timeout=120)
        assert done.returncode == code


def test_a_reader_who_goes_away_is_no_failure_to_report(run: Run) -> None:
    run("index")
    code = (
        "import os, sys\n"
        "reading, writing = os.pipe()\n"
        "os.close(reading)\n"
        "os.dup2(writing, 1)\n"
        f"{PROGRAM}"
    )
    done = run_process(code, "status")
    assert done.returncode in (0, 1)
    assert done.stderr == ""


def test_a_language_model_words_the_answer_where_it_is_asked_for(run: Run, monkeypatch) -> None:
    # The stand-in quotes the first sentence that it is shown, and nothing else.
    monkeypatch.setenv("TENKYO_LLM_URL", "scripted")
    plain = json.loads(run("ask", "草津の湯のpHは?", "--json").out)
    worded = json.loads(run("ask", "草津の湯のpHは?", "--json", "--llm").out)
    assert worded["text"].endswith(" [1]")
    assert "\n" not in worded["text"]
    assert worded["citations"][0]["path"] == plain["citations"][0]["path"]


def test_without_a_language_model_the_option_is_told_before_any_work(run: Run, monkeypatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise AssertionError("the index was refreshed")

    monkeypatch.setattr("assistant.commands.ask.prepare", fail)
    outcome = run("ask", "草津の湯のpHは?", "--llm")
    assert outcome.code == 1
    assert len(outcome.problems) == 1
    assert "llm_url" in outcome.err


def test_options_in_a_pasted_question_are_judged(run: Run) -> None:
    pasted = "草津の湯のpHとして正しいものを選べ。\nA. 2.1\nB. 9.9"
    answer = json.loads(run("ask", pasted, "--json").out)
    assert answer["choice"] == "A"
