"""Bad input gets one line that names the file or option and the remedy, and nothing is lost.

Every test runs the real command line. Before the bad thing happens there is an index that answers;
afterwards, the bad thing removed, it still does.
"""

import json
import os
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.assistant.conftest import Outcome, Run
from tests.damage import put_in_place

QUESTION = "草津の湯のpHは?"
SOUND = "# 題\n\n## 節\n本文です。\n"


@pytest.fixture(autouse=True)
def _indexed(run: Run, notes: Path) -> Iterator[None]:
    """Index the notes first; at the end the assistant must answer from them."""
    assert run("index").code == 0
    yield
    for path in notes.glob("bad*"):
        path.unlink()
    after = run("ask", QUESTION, "--json")
    assert (after.code, after.err) == (0, "")
    [citation] = json.loads(after.out)["citations"]
    assert (citation["path"], citation["line_start"]) == ("onsen.md", 4)


def check_failure(outcome: Outcome, *named: str, code: int = 1) -> None:
    """Check that one line on standard error tells everything."""
    assert outcome.code == code
    assert len(outcome.problems) == 1, outcome.err
    assert outcome.err.startswith("Error: ")
    for name in named:
        assert name in outcome.err
    assert "Traceback" not in outcome.out + outcome.err
    assert "unexpected failure" not in outcome.err


def check_skipped(run: Run, path: str, *named: str) -> None:
    """Check that `index` names a file in one line, exits with 1, and serves all other notes."""
    outcome = run("index")
    assert outcome.code == 1
    assert len(outcome.problems) == 1, outcome.err
    assert outcome.err.startswith("Warning: ")
    for name in (path, *named):
        assert name in outcome.err
    asked = run("ask", QUESTION)
    assert asked.code == 0
    assert "2.1" in asked.out
    assert asked.problems == outcome.problems  # whoever asks is told as well


COMMANDS = (["index"], ["ask", QUESTION], ["search", QUESTION], ["status"])


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_no_notes_folder(run: Run, tmp_path: Path, command) -> None:
    missing = tmp_path / "nowhere"
    outcome = run(*command, "--notes", missing)
    check_failure(outcome, str(missing), "does not exist", "name another one")


def test_a_notes_folder_that_is_a_file(run: Run, notes: Path) -> None:
    check_failure(run("index", notes / "onsen.md"), "onsen.md is no folder", "name the folder")


@pytest.mark.parametrize("command", COMMANDS[:3], ids=lambda command: command[0])
def test_an_empty_folder(run: Run, tmp_path: Path, command) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    outcome = run(*command, "--notes", empty, "--index", tmp_path / "empty-index")
    check_failure(outcome, str(empty), "put *.md files there")
    assert outcome.out == ""


def test_an_unreadable_file(run: Run, notes: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may read every file, whatever its permissions")
    bad = notes / "bad.md"
    bad.write_text(SOUND)
    bad.chmod(0)
    check_skipped(run, "bad.md", "permission denied", "check the file")


def test_a_link_to_nothing(run: Run, notes: Path) -> None:
    (notes / "bad.md").symlink_to(notes / "gone.md")
    check_skipped(run, "bad.md", "link to nothing", "check the file")


def test_a_pipe_named_as_a_note(run: Run, notes: Path) -> None:
    os.mkfifo(notes / "bad.md")
    check_skipped(run, "bad.md", "no regular file", "remove it")


def test_a_link_out_of_the_notes(run: Run, notes: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_text("# 秘密\n合言葉はひらけごま。\n", encoding="utf-8")
    (notes / "bad.md").symlink_to(tmp_path / "secret.md")
    check_skipped(run, "bad.md", "out of the notes folder")
    assert "ひらけごま" not in run("ask", "合言葉は?").out


def test_a_binary_file_named_as_a_note(run: Run, notes: Path) -> None:
    (notes / "bad.md").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20)
    check_skipped(run, "bad.md", "not a text file", "give the file another suffix")


def test_a_file_of_50_megabytes(run: Run, notes: Path) -> None:
    with (notes / "bad.md").open("wb") as stream:
        stream.truncate(50_000_000)
    check_skipped(run, "bad.md", "50,000,000 bytes", "max_file_bytes")


def test_broken_front_matter_keeps_the_note(run: Run, notes: Path) -> None:
    (notes / "bad.md").write_text(f"---\ntitle: [a\n---\n{SOUND}", encoding="utf-8")
    check_skipped(run, "bad.md:1", "front matter", "line 3", "quotes")
    assert "bad.md lines 6-7" in run("search", "節の本文").out


def test_nul_bytes_keep_the_note_and_are_named(run: Run, notes: Path) -> None:
    (notes / "bad.md").write_text("# 題\n将棋の\x00棋戦は八つある。\n", encoding="utf-8")
    check_skipped(run, "bad.md:2", "NUL bytes are read as spaces: remove them")
    outcome = run("ask", "将棋の棋戦はいくつ?")
    assert outcome.code == 0
    assert "\0" not in outcome.out
    assert "bad.md line 2" in outcome.out


def test_invalid_utf8_keeps_the_rest_of_the_note(run: Run, notes: Path) -> None:
    text = "# 将棋\n\n将棋の棋戦は八つある。\nもっとも古いのは名人戦である。\n".encode()
    (notes / "bad.md").write_bytes(text.replace("もっとも".encode(), b"\xff", 1))
    check_skipped(run, "bad.md:4", "save the file as UTF-8")
    assert "八つ" in run("ask", "将棋の棋戦はいくつ?").out


def test_a_file_of_many_encodings(run: Run, notes: Path) -> None:
    (notes / "bad.md").write_bytes(bytes(range(0x80, 0x100)) * 3)
    check_skipped(run, "bad.md", "unknown text encoding", "save it as UTF-8")


def test_a_hostile_file_name_is_one_harmless_line(run: Run, notes: Path) -> None:
    (notes / "bad\x1b[31m[red]:bomb:\n.md").symlink_to("gone")
    outcome = run("index")
    assert outcome.code == 1
    assert len(outcome.problems) == 1
    assert "\x1b" not in outcome.err
    assert "[red]:bomb:" in outcome.err


@pytest.mark.parametrize("below", [".", "deeper/index"])
def test_an_index_below_a_file(run: Run, notes: Path, below: str) -> None:
    place = notes / "onsen.md" / below
    check_failure(run("index", "--index", place), "onsen.md", "--index")
    assert (notes / "onsen.md").is_file()


def test_an_index_folder_without_write_permission(run: Run, tmp_path: Path) -> None:
    if os.geteuid() == 0 and not Path("/proc/self").is_dir():
        pytest.skip("root may write everywhere, and there is no /proc")
    locked = tmp_path / "locked"
    locked.mkdir(mode=0o500)
    place = Path("/proc/tenkyo") if os.geteuid() == 0 else locked / "index"
    check_failure(run("index", "--index", place), str(place), "cannot be written", "--index")


@contextmanager
def small_files(limit: int) -> Iterator[None]:
    """Let no file grow beyond `limit` bytes: the system refuses the write as on a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


# The limits stop, in turn, the manifest's neighbours, the lexical index, and the vectors.
@pytest.mark.parametrize("limit", [0, 500, 3_000, 12_000])
def test_a_full_disk_leaves_the_old_index(run: Run, notes: Path, index: Path, limit: int) -> None:
    (notes / "bad.md").write_text("# 将棋\n\n棋戦は八つある。\n", encoding="utf-8")
    current = (index / "CURRENT").read_bytes()
    with small_files(limit):
        outcome = run("index")
    check_failure(outcome, str(index), "--index")
    assert (index / "CURRENT").read_bytes() == current
    assert run("doctor").code == 0
    assert "Index refreshed" in run("index").out


def test_a_full_disk_leaves_the_old_answers(run: Run, tmp_path: Path) -> None:
    source, target = tmp_path / "q.jsonl", tmp_path / "a.jsonl"
    source.write_text(json.dumps({"id": "1", "question": QUESTION}), encoding="utf-8")
    target.write_text("old\n")
    with small_files(100):
        outcome = run("batch", source, "-o", target)
    check_failure(outcome, str(target), "cannot be written", "-o")
    assert target.read_text() == "old\n"
    assert sorted(path.name for path in tmp_path.glob("*a.jsonl*")) == ["a.jsonl"]


def change_manifest(index: Path, **changes: object) -> None:
    (path,) = index.glob("generations/*/manifest.json")
    manifest = json.loads(path.read_bytes())
    manifest["recipe"] |= changes
    path.write_text(json.dumps(manifest))


def test_an_index_of_another_version_is_told_and_made_anew(run: Run, index: Path) -> None:
    change_manifest(index, schema=999)
    check_failure(run("status"), str(index), "format 999", "run: tenkyo index")
    assert run("doctor").code == 1
    assert run("index").out.startswith("Index refreshed: 5 notes")


def test_an_index_of_another_model_is_made_anew(run: Run, index: Path) -> None:
    change_manifest(index, model="another@000000000000")
    assert run("index").out.startswith("Index refreshed: 5 notes")


def test_an_index_of_other_notes_is_refused(run: Run, tmp_path: Path, index: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "a.md").write_text(SOUND, encoding="utf-8")
    check_failure(run("index", other), str(index), str(other), "--index")


def test_a_damaged_index_names_its_mending(run: Run, index: Path) -> None:
    (damaged,) = index.glob("generations/*/sections.jsonl")
    put_in_place(damaged, damaged.read_bytes()[:-5] + b"xxxxx")
    check_failure(run("ask", QUESTION), "sections.jsonl", "tenkyo doctor --repair")
    assert run("doctor", "--repair").code == 0


def test_an_unknown_model(run: Run) -> None:
    outcome = run("ask", QUESTION, "--model", "no/such-model")
    check_failure(outcome, "cannot load the embedding model no/such-model", "--model")


@pytest.mark.parametrize("command", ["ask", "search"])
@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("", "empty"),
        ("\u3000 \n", "empty"),
        ("あ" * 100_000, "100,000 characters"),
        ("?!。、…", "only signs"),
    ],
    ids=["empty", "blank", "long", "signs"],
)
def test_a_question_that_cannot_be_asked(run: Run, command, question, named) -> None:
    outcome = run(command, question)
    check_failure(outcome, "question", named)
    assert len(outcome.err) < 200


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ('{"id": "2", "question": "。。"}', "only signs"),
        ('{"id": "2", "question": ""}', "empty"),
        ('{"id": "2", "question": "' + "あ" * 100_000 + '"}', "100,000 characters"),
        ('{"id": "1", "question": "別府は?"}', "comes twice"),
        ('{"id": "2"}', "question"),
        ("{", "not valid JSON"),
        ('{"id": ' + "1" * 5_000 + "}", "not valid JSON"),
    ],
    ids=range(7),
)
def test_a_bad_line_of_a_question_file(run: Run, tmp_path: Path, line: str, named: str) -> None:
    source, target = tmp_path / "q.jsonl", tmp_path / "a.jsonl"
    source.write_text(f'{{"id": "1", "question": "草津は?"}}\n{line}\n', encoding="utf-8")
    check_failure(run("batch", source, "-o", target), f"{source}:2: ", named)
    assert not target.exists()


def test_no_question_file_and_no_place_for_answers(run: Run, tmp_path: Path) -> None:
    source = tmp_path / "q.jsonl"
    check_failure(run("batch", source, "-o", tmp_path / "a.jsonl"), str(source), "check the path")
    source.write_text('{"id": "1", "question": "草津は?"}', encoding="utf-8")
    target = tmp_path / "no" / "a.jsonl"
    check_failure(run("batch", source, "-o", target), str(target), "-o")
    check_failure(run("batch", source, "-o", tmp_path), str(tmp_path), "-o")


def test_answers_never_replace_their_questions(run: Run, tmp_path: Path) -> None:
    source = tmp_path / "q.jsonl"
    source.write_text('{"id": "1", "question": "草津は?"}', encoding="utf-8")
    (tmp_path / "link.jsonl").symlink_to(source)
    for target in (source, tmp_path / "link.jsonl"):
        check_failure(run("batch", source, "-o", target), str(target), "holds the questions", "-o")
    assert "草津" in source.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("content", "named"),
    [("colour = 1\n", "colour"), ("answer_characters = 3\n", "answer_characters"), ("=", "TOML")],
)
def test_a_bad_settings_file(run: Run, content: str, named: str) -> None:
    file = Path("tenkyo.toml")
    file.write_text(content)
    check_failure(run("ask", QUESTION), "tenkyo.toml", named)
    file.unlink()


def test_a_bad_variable(run: Run, monkeypatch) -> None:
    monkeypatch.setenv("TENKYO_ANSWER_CHARACTERS", "many")
    check_failure(run("ask", QUESTION), "TENKYO_ANSWER_CHARACTERS")
    monkeypatch.delenv("TENKYO_ANSWER_CHARACTERS")


@pytest.mark.parametrize("content", ["groups = 3\n", "= ["])
def test_a_bad_file_of_aliases(run: Run, notes: Path, content: str) -> None:
    file = notes / "aliases.toml"
    file.write_text(content)
    check_failure(run("ask", QUESTION), "aliases.toml")
    file.unlink()


def test_a_damaged_cache_of_embeddings_is_named_and_begun_anew(
    run: Run, notes: Path, index: Path
) -> None:
    assert run("index").code == 0
    (index / "embeddings.sqlite").write_bytes(b"no database at all" * 100)
    (notes / "new.md").write_text("# 将棋\n\n将棋の棋戦は八つある。\n", encoding="utf-8")
    outcome = run("index")
    assert outcome.code == 0
    (problem,) = outcome.problems
    assert "embeddings.sqlite was damaged" in problem
    assert "八つ" in run("ask", "将棋の棋戦はいくつ?").out
