"""A note is read as the index read it, and nothing outside of the notes folder."""

import os
import unicodedata

import pytest

from assistant.answering.note_reader import NoteReader
from ingest.reader import ReadLimits


def test_notes_are_read_as_they_are_indexed(tmp_path):
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "a.md").write_bytes("\ufeff# 甲\r\n乙\r\n".encode())
    (tmp_path / "b.md").write_bytes("これは古い編集ソフトで書いた。".encode("cp932"))
    read = NoteReader(tmp_path).read
    assert read("sub/a.md") == "# 甲\n乙\n"
    assert read("b.md") == "これは古い編集ソフトで書いた。"


def test_a_name_in_another_normal_form_is_found(tmp_path):
    name = unicodedata.normalize("NFD", "ガイド/プロキシ.md")
    file = tmp_path / name
    file.parent.mkdir()
    file.write_text("甲", encoding="utf-8")
    assert NoteReader(tmp_path).read("ガイド/プロキシ.md") == "甲"


@pytest.mark.parametrize(
    "path",
    [
        "missing.md",
        "missing/a.md",
        "",
        ".",
        "folder",
        "../outside.md",
        "folder/../../outside.md",
        "link.md",
        "large.md",
        "binary.md",
        "pipe.md",
        "a.md/b.md",
        "a\x00.md",
        "a\ud800.md",
        "x" * 100_000,
    ],
)
def test_what_is_no_readable_note_within_the_folder_is_none(tmp_path, path):
    notes = tmp_path / "notes"
    (notes / "folder").mkdir(parents=True)
    (tmp_path / "outside.md").write_text("秘密", encoding="utf-8")
    (notes / "link.md").symlink_to(tmp_path / "outside.md")
    (notes / "large.md").write_text("x" * 101, encoding="utf-8")
    (notes / "binary.md").write_bytes(b"%PDF-1.7")
    (notes / "a.md").write_text("甲", encoding="utf-8")
    os.mkfifo(notes / "pipe.md")
    reader = NoteReader(notes, ReadLimits(max_file_bytes=100))
    assert reader.read("a.md") == "甲"
    assert reader.read(path) is None


def test_an_absolute_path_outside_is_none(tmp_path):
    (tmp_path / "notes").mkdir()
    (tmp_path / "outside.md").write_text("秘密", encoding="utf-8")
    assert NoteReader(tmp_path / "notes").read(str(tmp_path / "outside.md")) is None


def test_a_notes_folder_that_is_gone_gives_none(tmp_path):
    assert NoteReader(tmp_path / "gone").read("a.md") is None


def test_a_link_within_the_folder_is_read(tmp_path):
    (tmp_path / "a.md").write_text("甲", encoding="utf-8")
    (tmp_path / "b.md").symlink_to(tmp_path / "a.md")
    assert NoteReader(tmp_path).read("b.md") == "甲"
