"""A dropped file becomes a note whole, under a harmless name, and never in the place of another."""

import errno
import os
import threading
import unicodedata
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.serving.errors import NoteDropError
from assistant.serving.note_drop import add_note
from assistant.serving.note_name import check_note_name
from ingest.reader import ReadLimits, read_notes

TEXT = "# 湯\n本文。\n".encode()
LIMITS = ReadLimits()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    notes = tmp_path / "notes"
    notes.mkdir()
    return notes


def is_clean(text: str) -> bool:
    """Tell whether a text is one line, without controls, signs of direction and the like."""
    return not {unicodedata.category(c) for c in text} & {"Cc", "Cf", "Cs", "Zl", "Zp"}


def list_all(folder: Path) -> list[str]:
    """Return every name in a folder, hidden ones as well."""
    return sorted(file.name for file in folder.iterdir())


@pytest.mark.parametrize(
    "name",
    [
        "vpc.md",
        "VPC.MD",
        "note.markdown",
        "ネットワークの話.md",
        "a.b.c.md",
        "a b.md",
        "console.md",
        "(1) [x] 'y' &.md",
        "絵文字🗻.md",
        "あ" * 84 + ".md",  # 255 bytes
    ],
)
def test_a_file_becomes_a_note(folder: Path, name: str) -> None:
    assert add_note(folder, name, TEXT, LIMITS) == name
    assert list_all(folder) == [name]
    assert (folder / name).read_bytes() == TEXT
    assert [note.path for note in read_notes(folder).notes] == [name]


def test_a_name_from_a_mac_is_composed(folder: Path) -> None:
    decomposed = unicodedata.normalize("NFD", "ガイド.md")
    assert add_note(folder, decomposed, TEXT, LIMITS) == "ガイド.md"
    assert list_all(folder) == ["ガイド.md"]


HOSTILE = [
    "",
    ".",
    "..",
    ".md",
    "..md",
    " .md",
    "...md",
    "\u3000.md",
    ".hidden.md",
    "../up.md",
    "..\\up.md",
    "/etc/passwd.md",
    "sub/a.md",
    "sub\\a.md",
    "C:\\a.md",
    "C:a.md",
    "a.md:stream.md",
    "a.md/",
    "a.txt",
    "a.md.exe",
    "a",
    "md",
    "a.md ",
    " a.md",
    "a.md.",
    "a\0.md",
    "a\n.md",
    "a\x1b[31m.md",
    "a\x85.md",
    "a\u2028.md",
    "\u202egpj.md",
    "a\u2066b.md",
    "a\u200bb.md",
    "\ufeffa.md",
    "a\u200d.md",
    "a\U000e0041.md",
    "a\ud800.md",
    "a\ufffd.md",
    "con.md",
    "NUL.md",
    "Aux.tar.md",
    "com1.md",
    "LPT9.markdown",
    "com¹.md",
    "CONIN$.md",
    "con .md",
    "what?.md",
    "star*.md",
    '"quoted".md',
    "a|b.md",
    "<b>.md",
    "あ" * 85 + ".md",  # 258 bytes
    "x" * 100_000 + ".md",
]


@pytest.mark.parametrize("name", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_name_is_refused_in_one_clean_line(
    folder: Path, tmp_path: Path, name: str
) -> None:
    with pytest.raises(NoteDropError) as caught:
        add_note(folder, name, TEXT, LIMITS)
    message = str(caught.value)
    assert len(message) < 300
    assert is_clean(message)
    assert list_all(folder) == []
    assert list_all(tmp_path) == ["home", "notes"]


@given(st.text(max_size=8).map(lambda text: f"{text}.md"))
def test_no_name_leaves_the_folder_or_hides(name: str) -> None:
    try:
        checked = check_note_name(name)
    except NoteDropError:
        return
    assert Path(checked).name == checked
    assert not checked.startswith(".")
    assert is_clean(checked)
    assert check_note_name(checked) == checked


@pytest.mark.parametrize(
    ("there", "dropped"),
    [
        ("a.md", "a.md"),
        ("A.md", "a.md"),
        ("a.MD", "a.md"),
        ("ガイド.md", unicodedata.normalize("NFD", "ガイド.md")),
        (unicodedata.normalize("NFD", "ガイド.md"), "ガイド.md"),
        ("Straße.md", "STRASSE.md"),
        (unicodedata.normalize("NFD", "É.md"), "é.md"),
    ],
)
def test_a_note_that_is_there_stays(folder: Path, there: str, dropped: str) -> None:
    (folder / there).write_text("先にあった", encoding="utf-8")
    with pytest.raises(NoteDropError, match="already"):
        add_note(folder, dropped, TEXT, LIMITS)
    assert list_all(folder) == [there]
    assert (folder / there).read_text(encoding="utf-8") == "先にあった"


def test_a_link_in_the_folder_is_not_followed(folder: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside.md"
    (folder / "a.md").symlink_to(outside)
    with pytest.raises(NoteDropError, match="already"):
        add_note(folder, "a.md", TEXT, LIMITS)
    assert not outside.exists()


def test_a_folder_of_that_name_stays(folder: Path) -> None:
    (folder / "a.md").mkdir()
    with pytest.raises(NoteDropError, match="already"):
        add_note(folder, "a.md", TEXT, LIMITS)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"%PDF-1.7", "no text"),
        (b"\x89PNG\r\n\x1a\n", "no text"),
        (bytes(range(256)) * 10, "no text"),
        ("é".encode("latin-1") * 200, "not in UTF-8"),
        (b"x" * 3001, "3,001 bytes"),
    ],
)
def test_what_is_no_text_or_too_large_is_refused(folder: Path, data: bytes, reason: str) -> None:
    with pytest.raises(NoteDropError, match=reason):
        add_note(folder, "a.md", data, ReadLimits(max_file_bytes=3000))
    assert list_all(folder) == []


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp932", "euc_jp", "utf-16"])
def test_the_bytes_stay_as_they_were_dropped(folder: Path, encoding: str) -> None:
    data = "# 温泉\n草津の湯は酸性です。\n".encode(encoding)
    add_note(folder, "a.md", data, LIMITS)
    assert (folder / "a.md").read_bytes() == data


def test_a_folder_that_is_gone_is_told(tmp_path: Path) -> None:
    with pytest.raises(NoteDropError, match="folder is there"):
        add_note(tmp_path / "gone", "a.md", TEXT, LIMITS)


def test_of_many_at_once_one_is_kept_whole(folder: Path) -> None:
    barrier = threading.Barrier(8)

    def drop(number: int) -> bool:
        barrier.wait(60)
        try:
            add_note(folder, "a.md", f"# {number}\n".encode() * 1000, LIMITS)
        except NoteDropError:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        kept = list(pool.map(drop, range(8)))
    assert kept.count(True) == 1
    assert list_all(folder) == ["a.md"]
    assert (folder / "a.md").read_bytes() == f"# {kept.index(True)}\n".encode() * 1000


def refuse(number: int) -> Callable[..., None]:
    def fail(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    return fail


@pytest.mark.parametrize("number", [errno.EPERM, errno.ENOTSUP, errno.ENOSYS])
def test_without_hard_links_it_works_as_well(folder: Path, monkeypatch, number: int) -> None:
    monkeypatch.setattr(os, "link", refuse(number))
    assert add_note(folder, "a.md", TEXT, LIMITS) == "a.md"
    assert list_all(folder) == ["a.md"]
    assert (folder / "a.md").read_bytes() == TEXT


def test_without_hard_links_another_note_stays_too(folder: Path, monkeypatch) -> None:
    def appear(*_: object) -> None:
        """Let another program write the note between the look and the writing."""
        (folder / "a.md").write_text("先にあった", encoding="utf-8")
        raise OSError(errno.EPERM, "no links")

    monkeypatch.setattr(os, "link", appear)
    with pytest.raises(NoteDropError, match="already"):
        add_note(folder, "a.md", TEXT, LIMITS)
    assert list_all(folder) == ["a.md"]
    assert (folder / "a.md").read_text(encoding="utf-8") == "先にあった"


@pytest.mark.parametrize("act", ["link", "fsync"])
def test_a_full_disk_leaves_nothing(folder: Path, monkeypatch, act: str) -> None:
    monkeypatch.setattr(os, act, refuse(errno.ENOSPC))
    with pytest.raises(NoteDropError, match="No space left"):
        add_note(folder, "a.md", TEXT, LIMITS)
    assert list_all(folder) == []


def test_a_rename_that_fails_leaves_nothing(folder: Path, monkeypatch) -> None:
    monkeypatch.setattr(os, "link", refuse(errno.EPERM))
    monkeypatch.setattr(Path, "replace", refuse(errno.EIO))
    with pytest.raises(NoteDropError):
        add_note(folder, "a.md", TEXT, LIMITS)
    assert list_all(folder) == []
