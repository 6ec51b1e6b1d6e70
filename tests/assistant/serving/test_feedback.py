import dataclasses
import datetime
import json
import os
import subprocess
import sys
import threading
from pathlib import Path

import portalocker
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.datatypes import AbstentionReason, Answer, Citation, Question, SectionHit
from assistant.serving import line_file
from assistant.serving.errors import FeedbackError
from assistant.serving.feedback import CitedLines, FeedbackEntry, FeedbackStore, Rating
from assistant.serving.line_file import append_record
from index.locks import lock_for_writing

TOKYO = datetime.timezone(datetime.timedelta(hours=9))
ENTRY = FeedbackEntry(
    at=datetime.datetime(2026, 4, 1, 9, 0, 0, 500_000, TOKYO),
    face="chat",
    rating=Rating.BAD,
    reason="古い値",
    question="NAT の帯域は?",
    history=("VPC とは?",),
    answer_text="5 Gbps。 [1]",
    abstained=None,
    confidence=2 / 3,
    citations=(CitedLines("aws/vpc.md", 4, 5),),
    user=None,
)
RECORD = {
    "at": "2026-04-01T00:00:00.500+00:00",  # nine hours earlier
    "face": "chat",
    "rating": "bad",
    "reason": "古い値",
    "question": "NAT の帯域は?",
    "history": ["VPC とは?"],
    "answer_text": "5 Gbps。 [1]",
    "abstained": None,
    "confidence": 0.666667,
    "citations": [{"path": "aws/vpc.md", "line_start": 4, "line_end": 5}],
    "user": None,
}
as_root = getattr(os, "geteuid", lambda: 1)() == 0
# Appends its number of lines, each with its name, as a face would.
WRITER = """
import datetime, pathlib, sys
from assistant.serving.feedback import FeedbackEntry, FeedbackStore, Rating

folder, name, count = pathlib.Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
store = FeedbackStore(folder)
for number in range(count):
    now = datetime.datetime.now(datetime.timezone.utc)
    reason = f"{number} " + "長" * 500
    store.record(FeedbackEntry(
        now, "chat", Rating.GOOD, reason, "問", (), "答", None, 0.5, (), name
    ))
"""


def read_lines(path: Path) -> list[dict[str, object]]:
    """Return the objects of a file that must hold nothing but whole lines."""
    content = path.read_bytes()
    assert content.endswith(b"\n")
    return [json.loads(line) for line in content.decode("utf-8").split("\n")[:-1]]


def test_an_entry_is_one_line() -> None:
    assert dataclasses.asdict(ENTRY).keys() == RECORD.keys()


def test_entries_are_appended(tmp_path) -> None:
    store = FeedbackStore(tmp_path / "data" / "feedback")
    store.record(ENTRY)
    store.record(dataclasses.replace(ENTRY, rating=Rating.GOOD, user="U1", face="slack"))
    first, second = read_lines(tmp_path / "data" / "feedback" / "feedback.jsonl")
    assert list(first.items()) == list(RECORD.items())
    assert second == RECORD | {"rating": "good", "user": "U1", "face": "slack"}


def test_an_entry_of_an_answer() -> None:
    hit = SectionHit("a.md#節", "a.md", ("節",), 3, 8, 0.9)
    citations = tuple(
        Citation(marker, "a.md#節", "a.md", ("節",), line, line + 1, "本文", "0" * 64)
        for marker, line in ((1, 4), (2, 7))
    )
    answer = Answer("問?", "本文 [1] [2]", citations, (hit,), None, 0.75)
    question = Question("問?", history=("前の問",))
    at = ENTRY.at
    assert FeedbackEntry.from_answer(
        question, answer, Rating.GOOD, at=at, face="slack", reason="よい", user="U1"
    ) == FeedbackEntry(
        at=at,
        face="slack",
        rating=Rating.GOOD,
        reason="よい",
        question="問?",
        history=("前の問",),
        answer_text="本文 [1] [2]",
        abstained=None,
        confidence=0.75,
        citations=(CitedLines("a.md", 4, 5), CitedLines("a.md", 7, 8)),
        user="U1",
    )
    refusal = Answer("問?", "ない", (), (hit,), AbstentionReason.LOW_CONFIDENCE, 0.1)
    entry = FeedbackEntry.from_answer(question, refusal, Rating.BAD, at=at, face="chat")
    assert (entry.abstained, entry.citations, entry.reason, entry.user) == (
        "low-confidence",
        (),
        "",
        None,
    )


def test_a_stored_entry_outlasts_a_power_cut(tmp_path, monkeypatch) -> None:
    path = tmp_path / "feedback.jsonl"
    synced: list[tuple[int, int]] = []
    sync = os.fsync

    def record_sync(descriptor: int) -> None:
        status = os.fstat(descriptor)
        synced.append((status.st_ino, status.st_size))
        sync(descriptor)

    monkeypatch.setattr(os, "fsync", record_sync)
    FeedbackStore(tmp_path).record(ENTRY)
    assert synced[-1] == (path.stat().st_ino, path.stat().st_size)
    if os.name != "nt":  # the file's name is its folder's content
        assert tmp_path.stat().st_ino in {inode for inode, _ in synced}


@pytest.mark.parametrize("confidence", [-0.1, 1.1, float("nan")])
def test_a_confidence_out_of_bounds_is_refused(confidence) -> None:
    with pytest.raises(ValueError, match="confidence"):
        dataclasses.replace(ENTRY, confidence=confidence)


def test_a_time_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        dataclasses.replace(ENTRY, at=datetime.datetime(2026, 4, 1))


def test_long_texts_are_cut_with_a_mark(tmp_path) -> None:
    long = "長" * 20_001
    FeedbackStore(tmp_path).record(
        dataclasses.replace(
            ENTRY, question=long, history=(long,) * 12, reason=long, answer_text=long
        )
    )
    (record,) = read_lines(tmp_path / "feedback.jsonl")
    assert record["question"] == "長" * 7_999 + "…"
    assert record["history"] == ["長" * 7_999 + "…"] * 10
    assert record["reason"] == "長" * 1_999 + "…"
    assert record["answer_text"] == "長" * 19_999 + "…"


def test_texts_that_just_fit_are_not_cut(tmp_path) -> None:
    fitting = dataclasses.replace(
        ENTRY, question="問" * 8_000, reason="由" * 2_000, answer_text="答" * 20_000
    )
    FeedbackStore(tmp_path).record(fitting)
    (record,) = read_lines(tmp_path / "feedback.jsonl")
    assert (record["question"], record["reason"], record["answer_text"]) == (
        "問" * 8_000,
        "由" * 2_000,
        "答" * 20_000,
    )


def test_hostile_texts_stay_one_line_of_clean_text(tmp_path) -> None:
    hostile = 'a\x00b\x1b[31m\ud800\r\n\u2028"}\n{"rating": "good"'
    FeedbackStore(tmp_path).record(
        dataclasses.replace(
            ENTRY,
            question=hostile,
            history=(hostile,),
            reason=hostile,
            answer_text=hostile,
            citations=(CitedLines("\udcff.md", 1, 1),),
            user=hostile,
        )
    )
    (record,) = read_lines(tmp_path / "feedback.jsonl")
    clean = 'a b [31m\ufffd \n\u2028"}\n{"rating": "good"'
    assert record["history"] == [clean]
    assert [record[key] for key in ("question", "reason", "answer_text", "user")] == [clean] * 4
    assert record["citations"] == [{"path": "\ufffd.md", "line_start": 1, "line_end": 1}]
    assert record["rating"] == "bad"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_only_the_owner_may_read(tmp_path) -> None:
    folder = tmp_path / "feedback"
    store = FeedbackStore(folder)
    store.record(ENTRY)
    with (folder / "feedback.jsonl").open("ab") as stream:
        stream.write(b"half")
    store.record(ENTRY)
    assert folder.stat().st_mode & 0o777 == 0o700
    modes = {path.name: path.stat().st_mode & 0o777 for path in folder.iterdir()}
    assert modes == dict.fromkeys(["feedback.jsonl", "feedback.lock", "feedback.damaged"], 0o600)


def test_two_processes_append_at_once(tmp_path) -> None:
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITER, str(tmp_path), name, "200"])
        for name in ("first", "second")
    ]
    assert [writer.wait(timeout=120) for writer in writers] == [0, 0]
    records = read_lines(tmp_path / "feedback.jsonl")
    for name in ("first", "second"):
        reasons = [str(r["reason"]) for r in records if r["user"] == name]
        # Each writer's lines stand in its order.
        assert reasons == [f"{number} " + "長" * 500 for number in range(200)]
    assert len(records) == 400
    assert not (tmp_path / "feedback.damaged").exists()


def test_threads_append_at_once(tmp_path) -> None:
    store = FeedbackStore(tmp_path)

    def write(name: str) -> None:
        for _ in range(10):
            store.record(dataclasses.replace(ENTRY, user=name))

    threads = [threading.Thread(target=write, args=(name,)) for name in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    users = [record["user"] for record in read_lines(tmp_path / "feedback.jsonl")]
    assert sorted(map(str, users)) == sorted("abcd" * 10)


# Takes the lock, writes half a line, and waits to be killed.
HALF_WRITER = """
import pathlib, sys, time
from index.locks import lock_for_writing

folder = pathlib.Path(sys.argv[1])
with lock_for_writing(folder / "feedback.lock", 1), (folder / "feedback.jsonl").open("ab") as file:
    file.write('{"at": "2026", "reason": "途'.encode()[:-1])
    file.flush()
    print("half", flush=True)
    time.sleep(120)
"""


def test_half_a_line_of_a_killed_writer_is_set_aside(tmp_path) -> None:
    store = FeedbackStore(tmp_path)
    store.record(ENTRY)
    writer = subprocess.Popen(
        [sys.executable, "-c", HALF_WRITER, str(tmp_path)], stdout=subprocess.PIPE
    )
    assert writer.stdout is not None
    with writer.stdout:
        assert writer.stdout.readline() == b"half\n"
        writer.kill()
        writer.wait(timeout=30)
    store.record(dataclasses.replace(ENTRY, user="later"))
    records = read_lines(tmp_path / "feedback.jsonl")
    assert [record["user"] for record in records] == [None, "later"]
    assert (tmp_path / "feedback.damaged").read_bytes() == (
        '{"at": "2026", "reason": "途'.encode()[:-1] + b"\n"
    )


@given(st.integers(0, 10_000), st.integers(0, 10_000))
def test_a_line_torn_anywhere_loses_nothing(tmp_path_factory, first_cut, second_cut) -> None:
    path = tmp_path_factory.mktemp("torn") / "lines.jsonl"
    append_record(path, {"number": 1})
    whole = '{"text": "文 \\n", "inner": {"a": [1, {}]}}'.encode()
    expected = [b'{"number": 1}']
    fragments = []
    for cut in (first_cut, second_cut):
        torn = whole[: cut % (len(whole) + 1)]
        with path.open("ab") as stream:
            stream.write(torn)
        append_record(path, {"number": 2})
        if torn == whole:  # only its line feed was missing
            expected.append(torn)
        elif torn:
            fragments.append(torn)
        expected.append(b'{"number": 2}')
    assert path.read_bytes().split(b"\n") == [*expected, b""]
    damaged = path.with_suffix(".damaged")
    kept = damaged.read_bytes().split(b"\n")[:-1] if damaged.exists() else []
    assert kept == fragments


def test_a_fragment_stands_on_a_line_of_its_own(tmp_path) -> None:
    path = tmp_path / "lines.jsonl"
    path.write_bytes(b"\x00\xff\x00")  # what a power cut may leave
    path.with_suffix(".damaged").write_bytes(b"torn itself")
    append_record(path, {"number": 1})
    assert path.read_bytes() == b'{"number": 1}\n'
    assert path.with_suffix(".damaged").read_bytes() == b"torn itself\n\x00\xff\x00\n"


# The system lets the file grow by ten bytes more: the next line is written in part, then refused.
FULL_DISK = """
import pathlib, resource, sys
from assistant.serving.errors import FeedbackError
from assistant.serving.line_file import append_record

path = pathlib.Path(sys.argv[1])
append_record(path, {"number": 1})
size = path.stat().st_size + 10
resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
try:
    append_record(path, {"number": 2, "text": "longer than ten bytes"})
except FeedbackError as error:
    print(error)
append_record(path, {"n": 3})
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows sets no limit to a file")
def test_a_line_that_does_not_fit_leaves_nothing_behind(tmp_path) -> None:
    path = tmp_path / "lines.jsonl"
    done = subprocess.run(
        [sys.executable, "-c", FULL_DISK, str(path)], capture_output=True, text=True, check=True
    )
    assert done.stdout == (
        f"{path}: cannot be written (File too large); mend that, or choose another folder with "
        "the setting 'feedback'\n"
    )
    assert path.read_bytes() == b'{"number": 1}\n{"n": 3}\n'
    assert not path.with_suffix(".damaged").exists()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_full_disk_is_told_in_one_line(tmp_path) -> None:
    (tmp_path / "feedback.jsonl").symlink_to("/dev/full")
    with pytest.raises(FeedbackError, match=r"feedback\.jsonl: .*No space left") as caught:
        FeedbackStore(tmp_path).record(ENTRY)
    assert "\n" not in str(caught.value)


@pytest.mark.skipif(as_root, reason="root may write anywhere")
def test_a_folder_without_permission_is_told_in_one_line(tmp_path) -> None:
    folder = tmp_path / "read\nonly"
    folder.mkdir(mode=0o500)
    with pytest.raises(FeedbackError, match=r"Permission denied.*setting 'feedback'") as caught:
        FeedbackStore(folder).record(ENTRY)
    assert "\n" not in str(caught.value)


def test_a_file_in_place_of_the_folder_is_told(tmp_path) -> None:
    (tmp_path / "file\nname").write_text("", encoding="utf-8")
    with pytest.raises(FeedbackError, match=r"file name/feedback\.jsonl: cannot be written \(\w"):
        FeedbackStore(tmp_path / "file\nname").record(ENTRY)


def test_a_writer_that_never_ends_is_told(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(line_file, "_LOCK_SECONDS", 0.1)
    with (
        lock_for_writing(tmp_path / "feedback.lock", 0),
        pytest.raises(FeedbackError, match=r"feedback\.jsonl: another process") as caught,
    ):
        FeedbackStore(tmp_path).record(ENTRY)
    assert "index" not in str(caught.value)
    assert not (tmp_path / "feedback.jsonl").exists()


def test_a_file_system_without_locks_is_told(tmp_path, monkeypatch) -> None:
    def refuse(stream: object, flags: object) -> None:
        raise portalocker.LockException(1, "No locks available")

    monkeypatch.setattr(portalocker, "lock", refuse)
    with pytest.raises(FeedbackError, match=r"cannot be written \(.*No locks available\)"):
        FeedbackStore(tmp_path).record(ENTRY)
