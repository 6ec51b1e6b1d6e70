import os
import shutil
import subprocess
import sys

import pytest

from index.errors import IndexFolderError, IndexMismatchError
from index.layout import IndexLayout
from index.load import load_generation
from index.locks import lock_for_writing
from index.refresh import refresh_index
from index.verify import verify_generation
from ingest.content_words import BigramAnalyzer
from ingest.errors import NotesFolderError
from ingest.reader import ReadLimits
from tests.damage import put_in_place
from tests.fake_embedder import FakeEmbedder


def snapshot(folder):
    """Every file's name, content and time of change, except what SQLite keeps beside its file."""
    return {
        path: (path.read_bytes(), path.stat().st_mtime_ns)
        for path in folder.rglob("*")
        if path.is_file()
    }


def write(path, text):
    path.write_text(text, encoding="utf-8")


def contents(index):
    with load_generation(index) as generation:
        return (
            dict(generation.sections),
            dict(generation.passages),
            generation.mined_aliases,
        )


def test_the_first_refresh_indexes_everything(refresh, index) -> None:
    report = refresh()
    assert report.changed
    assert (report.notes_read, report.notes_changed, report.notes_removed) == (2, 2, 0)
    # Of five sections two are headings alone; the other three have one sentence each.
    assert (report.sections, report.empty_sections) == (5, 2)
    assert (report.passages, report.sentences) == (3, 3)
    # A passage of one sentence is the same text as the sentence: embedded once.
    assert report.embedded == 3
    assert report.cache_problem is None
    assert verify_generation(index) == []


def test_nothing_changed_writes_nothing_and_asks_the_model_nothing(
    refresh, index, embedder
) -> None:
    first = refresh()
    before = snapshot(index)
    embedder.calls.clear()
    again = refresh()
    assert not again.changed
    assert again.generation == first.generation
    assert (again.notes_changed, again.notes_removed, again.embedded) == (0, 0, 0)
    assert (again.sections, again.empty_sections, again.passages, again.sentences) == (5, 2, 3, 3)
    assert snapshot(index) == before
    assert embedder.calls == []


def test_a_touched_note_has_not_changed(refresh, notes) -> None:
    refresh()
    os.utime(notes / "vpc.md", (1, 1))
    assert not refresh().changed


def test_a_changed_note_embeds_its_changed_section_only(refresh, notes, index, embedder) -> None:
    refresh()
    text = (notes / "vpc.md").read_text(encoding="utf-8")
    write(notes / "vpc.md", "前置き。\n\n" + text.replace("番号の順に調べる。", "順に調べる。"))
    embedder.calls.clear()
    report = refresh()
    assert (report.changed, report.notes_changed, report.notes_removed) == (True, 1, 0)
    asked = [text.split("\n")[1] for call in embedder.calls for text in call]
    # What stands before the first heading is a new section; ルートテーブル only moved down.
    assert sorted(asked) == sorted(["前置き。", "順に調べる。"])
    assert report.embedded == 2
    sections, _, _ = contents(index)
    assert sections["vpc.md#ルートテーブル"].line_start == 5


def test_a_refreshed_index_is_what_indexing_anew_gives(refresh, notes, index) -> None:
    refresh()
    write(
        notes / "vpc.md", "# VPC\n\n## ACL\n番号の順に調べる。以下NACLとする。\n\n## 新規\n追加。\n"
    )
    write(notes / "s3.md", "# S3\n強い整合性(SC)がある。\n")
    (notes / "dns" / "route53.md").rename(notes / "r53.md")
    report = refresh()
    assert (report.notes_read, report.notes_changed, report.notes_removed) == (3, 3, 1)
    refreshed = contents(index)
    shutil.rmtree(index)
    refresh()
    assert contents(index) == refreshed


def test_a_renamed_note_is_not_embedded_again(refresh, notes, index) -> None:
    refresh()
    (notes / "vpc.md").rename(notes / "network.md")
    report = refresh()
    assert (report.notes_changed, report.notes_removed, report.embedded) == (1, 1, 0)
    assert "network.md#acl" in contents(index)[0]


def test_another_model_gets_vectors_of_its_own(refresh, index, embedder) -> None:
    refresh()
    other = FakeEmbedder(dim=16, name="other@1")
    report = refresh(model=other)
    assert report.changed
    assert (report.notes_changed, report.embedded) == (0, 3)
    load_generation(index, "other@1").close()
    assert refresh(model=embedder).embedded == 0  # still in the cache


def test_other_analyzers_index_anew_without_embedding(refresh) -> None:
    refresh()
    report = refresh(analyzers="own dictionary")
    assert report.changed
    assert report.embedded == 0
    assert not refresh(analyzers="own dictionary").changed


def test_another_notes_folder_is_refused(refresh, tmp_path, index, notes) -> None:
    refresh()
    before = snapshot(index)
    (tmp_path / "others").mkdir()
    with pytest.raises(IndexMismatchError) as raised:
        refresh(tmp_path / "others", rebuild=True)
    message = str(raised.value)
    assert str(notes) in message
    assert str(tmp_path / "others") in message
    assert message.endswith("with --index")
    assert snapshot(index) == before


def test_a_notes_folder_that_may_not_be_looked_at_is_not_taken_for_gone(
    refresh, tmp_path, index, notes
) -> None:
    refresh()
    layout = IndexLayout(index)
    manifest = layout.generation(layout.current.read_text().strip()).manifest
    # As where permission is missing, the system refuses to say whether there is such a folder.
    text = manifest.read_text(encoding="utf-8").replace(str(notes), "/" + "x" * 1000)
    manifest.write_text(text, encoding="utf-8")
    with pytest.raises(IndexMismatchError, match=r"with --index$"):
        refresh()


def test_a_moved_notes_folder_keeps_its_index(refresh, notes, tmp_path) -> None:
    refresh()
    notes.rename(tmp_path / "moved")
    report = refresh(tmp_path / "moved")
    assert report.changed
    assert (report.notes_changed, report.embedded) == (0, 0)
    assert not refresh(tmp_path / "moved").changed


def test_the_same_folder_by_another_name_is_the_same(refresh, notes, tmp_path, monkeypatch) -> None:
    refresh()
    (tmp_path / "link").symlink_to(notes)
    assert not refresh(tmp_path / "link").changed
    monkeypatch.chdir(tmp_path)
    assert not refresh(type(notes)("notes/../notes")).changed


def test_every_kind_of_damage_is_rebuilt_without_embedding(refresh, index) -> None:
    refresh()
    good = contents(index)
    layout = IndexLayout(index)
    current = layout.generation(layout.current.read_text().strip())
    files = [layout.current, current.manifest, *current.list_files()]
    for name in [path.relative_to(index).as_posix() for path in files]:
        current_name = layout.current.read_text().strip()
        parts = name.split("/")
        if parts[0] == "generations":
            parts[1] = current_name
        path = index.joinpath(*parts)
        if not path.exists():  # tantivy names its files anew
            continue
        put_in_place(path, b"?")
        report = refresh()
        assert report.changed, name
        assert report.embedded == 0
        assert contents(index) == good
        assert verify_generation(index) == []
    assert len(list((index / "generations").iterdir())) == 1


def test_a_format_of_another_version_is_replaced(refresh, index) -> None:
    refresh()
    layout = IndexLayout(index)
    manifest = layout.generation(layout.current.read_text().strip()).manifest
    manifest.write_text('{"recipe": {"schema": 999}}')
    assert refresh().changed
    assert verify_generation(index) == []


def test_an_unreadable_note_is_told_and_leaves_the_index(refresh, notes, index) -> None:
    refresh()
    (notes / "vpc.md").write_bytes(b"\x00\x01\x02\xff" * 100)
    report = refresh()
    assert [skipped.path for skipped in report.skipped] == ["vpc.md"]
    assert (report.notes_read, report.notes_removed) == (1, 1)
    assert not any(section.path == "vpc.md" for section in contents(index)[0].values())


def test_limits_reach_the_reader(refresh) -> None:
    report = refresh(limits=ReadLimits(max_file_bytes=10))
    assert report.notes_read == 0
    assert [skipped.reason for skipped in report.skipped] == ["too-large", "too-large"]
    assert report.sections == 0


def test_progress_names_every_step(refresh) -> None:
    told = []
    refresh(on_progress=lambda *step: told.append(step))
    assert [step for step in told if step[1] == step[2]] == [
        ("split", 2, 2),
        ("analyze", 3, 3),
        ("embed", 3, 3),
        ("write", 1, 1),
    ]
    told.clear()
    refresh(on_progress=lambda *step: told.append(step))
    assert told == []


def test_a_missing_notes_folder_leaves_the_index_alone(refresh, tmp_path, index) -> None:
    refresh()
    before = snapshot(index)
    with pytest.raises(NotesFolderError):
        refresh(tmp_path / "nothing")
    assert snapshot(index) == before


def test_an_index_folder_that_cannot_be_made_is_told(refresh, index) -> None:
    index.write_text("a file")
    with pytest.raises(IndexFolderError) as raised:
        refresh()
    assert str(index) in str(raised.value)
    assert "\n" not in str(raised.value)


def test_a_second_writer_gives_up_after_its_time_and_names_the_lock(refresh, notes, index) -> None:
    refresh()
    write(notes / "vpc.md", "# 新\n文。\n")
    lock = IndexLayout(index).writer_lock
    with lock_for_writing(lock, 0), pytest.raises(IndexFolderError, match=r"writer\.lock"):
        refresh(lock_timeout=0.1)
    assert "vpc.md#acl" in contents(index)[0]
    assert refresh().changed


def test_an_interrupted_build_leaves_no_half(refresh, notes, index) -> None:
    refresh()
    write(notes / "vpc.md", "# 新\n文。\n")

    def interrupt(step, done, total):
        if step == "write":
            (index / "generations" / "building-left").mkdir()
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        refresh(on_progress=interrupt)
    assert "vpc.md#acl" in contents(index)[0]
    assert refresh().changed
    assert len(list((index / "generations").iterdir())) == 1


def test_an_unusable_cache_is_told_and_costs_only_time(refresh, index) -> None:
    (index / "embeddings.sqlite").mkdir(parents=True)
    report = refresh()
    assert report.embedded == 3
    assert "embeddings.sqlite" in (report.cache_problem or "")
    assert verify_generation(index) == []


WRITER = """
import sys, pathlib
from index.refresh import refresh_index
from ingest.content_words import BigramAnalyzer
from tests.fake_embedder import FakeEmbedder
notes, index, name = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), sys.argv[3]
analyzer = BigramAnalyzer()
for number in range(4):
    text = f"# {name}{number}\\n{name}の{number}番の文。\\n"
    (notes / f"{name}.md").write_text(text, encoding="utf-8")
    refresh_index(notes, index, FakeEmbedder(), analyzer, analyzer)
"""

READER = """
import sys, pathlib
from index.load import load_generation, open_legs
from ingest.content_words import BigramAnalyzer
from tests.fake_embedder import FakeEmbedder
index, analyzer, embedder = pathlib.Path(sys.argv[1]), BigramAnalyzer(), FakeEmbedder()
seen = set()
print("ready", flush=True)
while not (index / "stop").exists():
    with load_generation(index, embedder.name) as generation:
        legs = open_legs(generation, analyzer, analyzer, embedder)
        seen.add(generation.name)
        digests = generation.manifest.notes
        assert {section.path for section in generation.sections.values()} == set(digests)
        for passage in generation.passages.values():
            headings = generation.sections[passage.section_id].heading_path
            text = " > ".join(headings) + "\\n" + passage.text
            [vector] = embedder.embed_passages([text])
            leg = legs.passages if passage.passage_id[-2] == "p" else legs.sentences
            # The vector is that of this text: all of one generation.
            assert leg.similarities(vector, [passage.passage_id])[0] > 0.999
            if leg is legs.passages:
                assert legs.words.search(text, 1)[0].passage_id == passage.passage_id
                assert legs.bigrams.search(text, 1)[0].passage_id == passage.passage_id
print(len(seen))
"""


def test_two_writers_and_two_readers_always_see_one_whole_generation(notes, index) -> None:
    analyzer = BigramAnalyzer()
    refresh_index(notes, index, FakeEmbedder(), analyzer, analyzer)
    run = [sys.executable, "-W", "error", "-c"]
    options = {"text": True, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    readers = [subprocess.Popen([*run, READER, str(index)], **options) for _ in range(2)]
    ready = [reader.stdout.readline() for reader in readers]
    writers = [
        subprocess.Popen([*run, WRITER, str(notes), str(index), name], **options)
        for name in ("一", "二")
    ]
    wrote = [writer.communicate(timeout=120) for writer in writers]
    (index / "stop").touch()
    read = [reader.communicate(timeout=60) for reader in readers]
    assert ready == ["ready\n"] * 2, read
    assert [process.returncode for process in writers + readers] == [0] * 4, (wrote, read)
    # They did see generations come and go.
    assert all(int(seen) > 1 for seen, _ in read)
    assert verify_generation(index) == []
    sections = contents(index)[0]
    assert {"一.md#一3", "二.md#二3"} <= set(sections)
    assert len(list((index / "generations").iterdir())) <= 2
