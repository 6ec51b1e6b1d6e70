import json
import re
import tomllib
from pathlib import Path

import pytest

from index import manifest
from index.errors import IndexDamagedError, IndexMismatchError
from index.layout import GenerationLayout
from index.manifest import (
    SCHEMA,
    Counts,
    Manifest,
    Recipe,
    describe_files,
    digest_ingest,
    dump_manifest,
    find_altered,
    read_manifest,
)

# SHA-256 of nothing, a known constant
EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


@pytest.fixture
def layout(tmp_path) -> GenerationLayout:
    (tmp_path / "words").mkdir()
    (tmp_path / "words" / "meta.json").write_bytes(b"")
    (tmp_path / "words" / ".tantivy-meta.lock").write_bytes(b"")
    (tmp_path / "in-use.lock").write_bytes(b"")
    (tmp_path / "sections.jsonl").write_bytes(b"{}\n")
    return GenerationLayout(tmp_path)


def make_manifest(layout: GenerationLayout) -> Manifest:
    return Manifest(
        tenkyo="1.0",
        recipe=Recipe(SCHEMA, digest_ingest(), "model@1", 4, ""),
        notes_folder="/ノート",
        notes={"あ.md": "0" * 64},
        counts=Counts(1, 0, 1, 2),
        files=describe_files(layout),
    )


def test_it_survives_the_round_trip(layout) -> None:
    manifest = make_manifest(layout)
    layout.manifest.write_bytes(dump_manifest(manifest))
    assert read_manifest(layout) == manifest


def test_it_describes_all_files_but_itself_and_locks(layout) -> None:
    layout.manifest.write_bytes(b"")
    files = describe_files(layout)
    assert sorted(files) == ["sections.jsonl", "words/meta.json"]
    assert (files["words/meta.json"].size, files["words/meta.json"].sha256) == (0, EMPTY)


def test_an_altered_file_is_found_by_size_and_below_the_limit_by_digest(layout) -> None:
    manifest = make_manifest(layout)
    assert find_altered(layout, manifest, digest_limit=3) is None
    layout.sections.write_bytes(b"[]\n")  # three bytes, as before
    assert find_altered(layout, manifest, digest_limit=2) is None
    assert find_altered(layout, manifest, digest_limit=3) == layout.sections
    layout.sections.write_bytes(b"[]")
    assert find_altered(layout, manifest, digest_limit=0) == layout.sections
    layout.sections.unlink()
    assert find_altered(layout, manifest, digest_limit=0) == layout.sections


def test_another_schema_asks_for_indexing_anew(layout) -> None:
    content = json.loads(dump_manifest(make_manifest(layout)))
    content["recipe"] = {"schema": SCHEMA + 1, "unknown": True}
    layout.manifest.write_text(json.dumps(content))
    with pytest.raises(IndexMismatchError, match=rf"format {SCHEMA + 1}.* run: tenkyo index$"):
        read_manifest(layout)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"null",
        b"[]",
        b"{}",
        b'{"recipe": 3}',
        b"\xff",
        b'{"recipe": {"schema": "1"}}',
        b'{"recipe": {"schema": 1}}',
    ],
)
def test_what_is_no_manifest_is_told_in_one_line(layout, content) -> None:
    layout.manifest.write_bytes(content)
    with pytest.raises(IndexDamagedError) as raised:
        read_manifest(layout)
    assert "manifest.json" in str(raised.value)
    assert str(raised.value).endswith("run: tenkyo doctor --repair")
    assert "\n" not in str(raised.value)


def test_the_digest_of_ingest_is_steady() -> None:
    assert digest_ingest() == digest_ingest()
    assert len(digest_ingest()) == 64


def test_the_libraries_that_are_digested_are_dependencies_of_the_project():
    declared = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text())["project"][
        "dependencies"
    ]
    names = {re.match(r"[A-Za-z0-9-]+", line).group() for line in declared}
    assert set(manifest._LIBRARIES) <= names
