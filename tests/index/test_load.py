import pytest

from index.errors import (
    IndexDamagedError,
    IndexFolderError,
    IndexMismatchError,
    IndexNotFoundError,
)
from index.layout import IndexLayout
from index.load import load_generation, open_legs
from ingest.content_words import BigramAnalyzer
from ingest.datatypes import PassageKind
from tests.damage import put_in_place
from tests.fake_embedder import FakeEmbedder


def test_it_holds_what_was_indexed(refresh, index, embedder) -> None:
    report = refresh()
    with load_generation(index, embedder.name) as generation:
        assert generation.name == report.generation
        assert list(generation.sections) == [
            "dns/route53.md#名前解決",
            "dns/route53.md#加重ルーティング",
            "vpc.md#vpc",
            "vpc.md#ルートテーブル",
            "vpc.md#acl",
        ]
        section = generation.sections["vpc.md#acl"]
        assert (section.heading_path, section.line_start) == (("VPC", "ACL"), 6)
        passage = generation.passages["vpc.md#acl:p0"]
        assert (passage.kind, passage.text) == (PassageKind.PASSAGE, "番号の順に調べる。")
        assert all(
            passage.section_id in generation.sections for passage in generation.passages.values()
        )


def test_the_legs_search_the_kinds_of_passages_they_are_for(refresh, index, embedder) -> None:
    refresh()
    analyzer = BigramAnalyzer()
    with load_generation(index) as generation:
        legs = open_legs(generation, analyzer, analyzer, embedder)
        assert legs.bigrams.search("割合", 5)[0].passage_id == "dns/route53.md#加重ルーティング:p0"
        assert {hit.passage_id[-2:] for hit in legs.passages.search("割合", 9)} == {"p0"}
        assert {hit.passage_id[-2:] for hit in legs.sentences.search("割合", 9)} == {"s0"}
        # Headings are searched too.
        assert legs.bigrams.search("ルートテーブル", 1)[0].section_id == "vpc.md#ルートテーブル"


def test_no_index_yet_is_told_with_the_remedy(tmp_path) -> None:
    for folder in (tmp_path, tmp_path / "nothing"):
        with pytest.raises(IndexNotFoundError, match=r"run: tenkyo index$"):
            load_generation(folder)


def test_a_file_in_the_place_of_the_folder_is_told(tmp_path) -> None:
    (tmp_path / "index").write_text("")
    with pytest.raises(IndexFolderError, match="--index"):
        load_generation(tmp_path / "index")


def test_vectors_of_another_model_are_never_used(refresh, index) -> None:
    refresh()
    with pytest.raises(
        IndexMismatchError, match=r"fake-bigrams@0+, not other@1; run: tenkyo index"
    ):
        load_generation(index, "other@1")


def files_of(index):
    current = IndexLayout(index).generation((index / "CURRENT").read_text().strip())
    return [current.manifest, *current.list_files()]


def test_any_altered_cut_or_missing_file_is_damage(refresh, index) -> None:
    refresh()
    for path in files_of(index):
        content = path.read_bytes()
        middle = len(content) // 2
        flipped = bytes([content[middle] ^ 0x40]) if content else b""
        variants = [content[:-1], content + b"\n{}\n", None]
        if path.name != "manifest.json":  # nothing vouches for the manifest but its form
            variants.append(content[:middle] + flipped + content[middle + 1 :])
        for variant in variants:
            if variant is None:
                path.unlink()
            elif variant == content:
                continue
            else:
                put_in_place(path, variant)
            with pytest.raises(IndexDamagedError, match=r"doctor --repair$"):
                load_generation(index)
            put_in_place(path, content)
    load_generation(index).close()


@pytest.mark.parametrize(
    "content", [b"", b"../../elsewhere", b"\xff\xfe", b"20260102T030405-0a1b2c3d"]
)
def test_a_current_file_that_names_nothing_is_damage(refresh, index, content) -> None:
    refresh()
    (index / "CURRENT").write_bytes(content)
    with pytest.raises(IndexDamagedError, match=r"doctor --repair$"):
        load_generation(index)


def test_an_open_generation_outlives_its_successor(refresh, notes, index, embedder) -> None:
    refresh()
    analyzer = BigramAnalyzer()
    with load_generation(index) as old:
        (notes / "vpc.md").write_text("# 別\n全く別の文。\n", encoding="utf-8")
        refresh()
        assert old.layout.folder.is_dir()
        legs = open_legs(old, analyzer, analyzer, embedder)
        assert legs.bigrams.search("番号の順", 1)[0].section_id == "vpc.md#acl"
        with load_generation(index) as new:
            assert "vpc.md#別" in new.sections
    (notes / "vpc.md").unlink()
    refresh()
    names = [folder.name for folder in (index / "generations").iterdir()]
    assert names == [(index / "CURRENT").read_text().strip()]


def test_an_index_of_no_notes_opens_and_finds_nothing(refresh, index, tmp_path, embedder) -> None:
    (tmp_path / "empty").mkdir()
    refresh(tmp_path / "empty")
    analyzer = BigramAnalyzer()
    with load_generation(index) as generation:
        assert dict(generation.sections) == {}
        legs = open_legs(generation, analyzer, analyzer, embedder)
        for leg in (legs.words, legs.bigrams, legs.passages, legs.sentences):
            assert leg.search("割合", 3) == []


def test_another_dimension_is_damage(refresh, index) -> None:
    refresh()
    with load_generation(index) as generation, pytest.raises(IndexDamagedError):
        open_legs(generation, BigramAnalyzer(), BigramAnalyzer(), FakeEmbedder(dim=3))
