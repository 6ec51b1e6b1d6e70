import hashlib
import os
import time
import unicodedata

import pytest

from ingest.datatypes import Note, SkipReason
from ingest.errors import NotesFolderError
from ingest.reader import ReadLimits, decode_note, read_notes

as_root = getattr(os, "geteuid", lambda: 1)() == 0


def write(folder, path, content="# 題\n"):
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return file


def paths_of(result):
    return [note.path for note in result.notes]


def skips_of(result):
    return [(skipped.path, skipped.reason) for skipped in result.skipped]


def test_notes_are_read_and_sorted_by_path(tmp_path):
    write(tmp_path, "b.md", "本文\r\n")
    write(tmp_path, "a/深い/c.MARKDOWN")
    write(tmp_path, "a.Md")
    write(tmp_path, "a/x.txt")
    write(tmp_path, "md")
    result = read_notes(tmp_path)
    assert paths_of(result) == ["a.Md", "a/深い/c.MARKDOWN", "b.md"]
    digest = hashlib.sha256("本文\r\n".encode()).hexdigest()
    assert result.notes[2] == Note("b.md", "本文\n", digest, "utf-8")
    assert (result.skipped, result.warnings) == ((), ())


def test_an_empty_folder(tmp_path):
    assert paths_of(read_notes(tmp_path)) == []


def test_a_missing_folder_and_a_file_are_refused(tmp_path):
    with pytest.raises(NotesFolderError, match=r"does not exist.*create it"):
        read_notes(tmp_path / "none")
    with pytest.raises(NotesFolderError, match="is no folder"):
        read_notes(write(tmp_path, "a.md"))


@pytest.mark.skipif(as_root, reason="root may list and read everything")
def test_missing_permissions(tmp_path):
    write(tmp_path, "ok.md")
    file = write(tmp_path, "a.md")
    folder = write(tmp_path, "d/b.md").parent
    file.chmod(0)
    folder.chmod(0)
    try:
        result = read_notes(tmp_path)
        assert skips_of(result) == [("a.md", SkipReason.UNREADABLE), ("d", SkipReason.UNREADABLE)]
        assert paths_of(result) == ["ok.md"]
        with pytest.raises(NotesFolderError, match="permission"):
            read_notes(folder)
    finally:
        file.chmod(0o600)
        folder.chmod(0o700)


def test_a_file_that_fails_stops_no_other(tmp_path, monkeypatch):
    write(tmp_path, "a.md")
    write(tmp_path, "b.md")
    real_open = type(tmp_path).open

    def open_or_fail(path, *args, **kwargs):
        if path.name == "a.md":
            raise PermissionError(13, "Permission denied")
        return real_open(path, *args, **kwargs)

    monkeypatch.setattr(type(tmp_path), "open", open_or_fail)
    result = read_notes(tmp_path)
    assert paths_of(result) == ["b.md"]
    assert skips_of(result) == [("a.md", SkipReason.UNREADABLE)]
    assert "permission denied" in result.skipped[0].detail


def test_limits(tmp_path):
    write(tmp_path, "ten.md", b"0123456789")
    write(tmp_path, "eleven.md", b"0123456789a")
    write(tmp_path, "1/2/ok.md")
    write(tmp_path, "1/2/3/deep.md")
    result = read_notes(tmp_path, ReadLimits(max_file_bytes=10, max_depth=2))
    assert paths_of(result) == ["1/2/ok.md", "ten.md"]
    assert skips_of(result) == [
        ("1/2/3", SkipReason.TOO_DEEP),
        ("eleven.md", SkipReason.TOO_LARGE),
    ]
    assert "max_depth" in result.skipped[0].detail
    assert "max_file_bytes" in result.skipped[1].detail


def test_hidden_files_are_told_and_hidden_folders_passed_over(tmp_path):
    write(tmp_path, ".a.md")
    write(tmp_path, ".git/b.md")
    write(tmp_path, ".hidden")
    result = read_notes(tmp_path)
    assert skips_of(result) == [(".a.md", SkipReason.HIDDEN)]
    assert not result.skipped[0].reason.is_failure


def test_ignore_files(tmp_path):
    write(
        tmp_path,
        ".tenkyoignore",
        "# 注\n\ndraft*.md\n/old/\n!draft-keep.md\n下書き/\nsub/x.md\n[z\n",
    )
    write(tmp_path, "sub/.tenkyoignore", "y.md\n!draft2.md\n")
    for path in ["draft1.md", "draft-keep.md", "old/a.md", "new/old/b.md", "下書き/c.md"]:
        write(tmp_path, path)
    for path in ["sub/x.md", "sub/y.md", "sub/draft2.md", "sub/deep/y.md", "y.md"]:
        write(tmp_path, path)
    result = read_notes(tmp_path)
    assert paths_of(result) == ["draft-keep.md", "new/old/b.md", "sub/draft2.md", "y.md"]
    assert skips_of(result) == [
        (path, SkipReason.IGNORED)
        for path in ["draft1.md", "old", "sub/deep/y.md", "sub/x.md", "sub/y.md", "下書き"]
    ]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("下書き/".encode("utf-16-le"), SkipReason.ENCODING),
        (b"\x89PNG", SkipReason.BINARY),
    ],
)
def test_without_its_ignore_file_nothing_of_a_folder_is_read(tmp_path, content, reason):
    write(tmp_path, "sub/.tenkyoignore", content)
    write(tmp_path, "sub/下書き/a.md")
    write(tmp_path, "b.md")
    result = read_notes(tmp_path)
    assert paths_of(result) == ["b.md"]
    assert skips_of(result) == [("sub/.tenkyoignore", reason)]
    assert result.skipped[0].detail.endswith(
        "save it as UTF-8; until then nothing in its folder is read"
    )


def test_links(tmp_path):
    root, outside = tmp_path / "notes", tmp_path / "outside"
    write(outside, "secret.md", "秘密")
    write(root, "real/a.md")
    (root / "file.md").symlink_to(outside / "secret.md")
    (root / "folder").symlink_to(outside)
    (root / "inside.md").symlink_to(root / "real" / "a.md")
    (root / "real" / "loop").symlink_to(root)
    (root / "self.md").symlink_to(root / "self.md")
    (root / "nothing.md").symlink_to(root / "none.md")
    result = read_notes(root)
    assert paths_of(result) == ["inside.md", "real/a.md"]
    assert skips_of(result) == [
        ("file.md", SkipReason.OUTSIDE),
        ("folder", SkipReason.OUTSIDE),
        ("nothing.md", SkipReason.UNREADABLE),
        ("self.md", SkipReason.UNREADABLE),
    ]


def test_an_ignored_link_is_no_failure(tmp_path):
    root = tmp_path / "notes"
    write(root, ".tenkyoignore", "shared\n")
    (root / "shared").symlink_to(tmp_path)
    assert skips_of(read_notes(root)) == [("shared", SkipReason.IGNORED)]


def test_a_notes_folder_may_be_a_link_itself(tmp_path):
    write(tmp_path, "real/a.md")
    (tmp_path / "notes").symlink_to(tmp_path / "real")
    assert paths_of(read_notes(tmp_path / "notes")) == ["a.md"]


def test_a_pipe_is_never_opened(tmp_path):
    os.mkfifo(tmp_path / "pipe.md")
    assert skips_of(read_notes(tmp_path)) == [("pipe.md", SkipReason.UNREADABLE)]


def test_a_folder_may_be_named_like_a_note(tmp_path):
    write(tmp_path, "topic.md/a.md")
    assert paths_of(read_notes(tmp_path)) == ["topic.md/a.md"]


def test_paths_are_nfc_and_twins_are_told(tmp_path):
    decomposed = unicodedata.normalize("NFD", "が.md")
    write(tmp_path, decomposed)
    assert paths_of(read_notes(tmp_path)) == ["が.md"]
    write(tmp_path, "が.md")
    if len(list(tmp_path.iterdir())) == 2:  # some file systems take both for one name
        result = read_notes(tmp_path)
        assert paths_of(result) == ["が.md"]
        assert skips_of(result) == [("が.md", SkipReason.UNREADABLE)]


def test_names_that_are_no_utf8_are_told(tmp_path):
    try:
        write(tmp_path, os.fsdecode(b"\x83\x65.md"))
    except OSError:
        pytest.skip("this file system takes no such name")
    assert skips_of(read_notes(tmp_path)) == [("\ufffde.md", SkipReason.UNREADABLE)]


def test_files_that_are_no_text_are_told_in_one_line(tmp_path):
    write(tmp_path, "a.md", b"%PDF-1.4")
    write(tmp_path, "b.md", "это текст".encode("cp1251"))
    result = read_notes(tmp_path)
    assert skips_of(result) == [("a.md", SkipReason.BINARY), ("b.md", SkipReason.ENCODING)]
    assert "UTF-8" in result.skipped[1].detail
    assert all("\n" not in skipped.detail for skipped in result.skipped)


def test_warnings_of_notes_that_were_read(tmp_path):
    write(tmp_path, "b.md", "---\ntitle: a: b\n---\n")
    write(tmp_path, "a.md", "一\n".encode() * 100 + b"\xff\n")
    result = read_notes(tmp_path)
    assert paths_of(result) == ["a.md", "b.md"]
    assert [(w.path, w.line) for w in result.warnings] == [("a.md", 101), ("b.md", 1)]


def test_decode_note_composes_the_path():
    note, warnings = decode_note("か\u3099.md", b"a")
    assert (note.path, warnings) == ("が.md", ())


def test_a_thousand_small_files_take_no_time(tmp_path):
    for number in range(1000):
        write(tmp_path, f"{number % 10}/{number}.md", "---\ntitle: 題\n---\n# 見出し\n本文です。\n")
    begun = time.monotonic()
    result = read_notes(tmp_path)
    elapsed = time.monotonic() - begun
    assert len(result.notes) == 1000
    assert elapsed < 5, elapsed  # measured 0.3 s


def test_nul_bytes_are_told_with_their_line_but_not_in_utf16(tmp_path):
    (tmp_path / "a.md").write_bytes(b"# one\ntwo\0\nthree\0\n")
    (tmp_path / "b.md").write_bytes("# 一\ntwo\n".encode("utf-16"))
    read = read_notes(tmp_path)
    assert [(w.path, w.line, w.detail) for w in read.warnings] == [
        ("a.md", 2, "NUL bytes are read as spaces: remove them")
    ]
    assert [note.text for note in read.notes] == ["# one\ntwo \nthree \n", "# 一\ntwo\n"]
