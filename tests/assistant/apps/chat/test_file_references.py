"""Which files a request may name."""

import json
from pathlib import Path

import pytest

from assistant.apps.chat.file_references import names_foreign_file

META = {"_type": "gradio.FileData"}


def write(path: object, **more: object) -> bytes:
    return json.dumps({"data": [None, [{"path": path, "meta": META, **more}]]}).encode()


def test_an_uploaded_file_may_be_named(tmp_path: Path) -> None:
    assert not names_foreign_file(write(str(tmp_path / "ab12" / "note.md")), tmp_path)


@pytest.mark.parametrize(
    "path",
    [
        "/etc/passwd",
        "note.md",
        "{uploads}/../secret.md",
        "{uploads}-other/note.md",
        "http://evil.example/note.md",
        "https://evil.example/{uploads}/note.md",
        "file:///etc/passwd",
        "nul\0byte",
        "",
        None,
        5,
        ["{uploads}/note.md"],
    ],
)
def test_no_other_file_may_be_named(tmp_path: Path, path) -> None:
    if isinstance(path, str):
        path = path.replace("{uploads}", str(tmp_path))
    assert names_foreign_file(write(path), tmp_path)


def test_a_link_among_the_uploads_leads_nowhere_else(tmp_path: Path) -> None:
    (tmp_path / "link.md").symlink_to("/etc/passwd")
    assert names_foreign_file(write(str(tmp_path / "link.md")), tmp_path)


def test_files_are_found_however_deep_and_whatever_they_call_themselves(tmp_path: Path) -> None:
    deep: object = {"path": "/etc/passwd", "meta": None}
    for _ in range(50):
        deep = {"more": [deep]}
    assert names_foreign_file(json.dumps(deep).encode(), tmp_path)
    assert names_foreign_file(json.dumps(deep).encode("utf-16"), tmp_path)


@pytest.mark.parametrize(
    "value",
    [
        {"data": ["草津の湯のpHは?", [], "ja"]},
        {"data": [{"path": "onsen.md", "line": 4}]},
        {"data": ['{"path": "/etc/passwd", "meta": {"_type": "gradio.FileData"}}']},
    ],
)
def test_what_is_no_file_is_none(tmp_path: Path, value) -> None:
    assert not names_foreign_file(json.dumps(value).encode(), tmp_path)


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"{", "Expecting"),
        (b"\xff", "decode"),
        (b"[" * 100_000, "too deep"),
        (b"9" * 5_000, "digits"),
    ],
)
def test_what_cannot_be_read_is_not_let_through(tmp_path: Path, body, why) -> None:
    with pytest.raises(ValueError, match=why):
        names_foreign_file(body, tmp_path)
