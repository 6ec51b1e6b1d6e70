"""Refreshes that fail, take long, meet or are broken off never keep an answer from being given."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from assistant.datatypes import Question
from assistant.serving.datatypes import AnswerOptions, Scope
from assistant.serving.errors import ServingError
from assistant.serving.live_assistant import LiveAssistant
from index.errors import ModelError
from index.locks import lock_for_writing
from ingest.errors import AliasFileError, NotesFolderError
from tests.assistant.serving.live import (
    FakeClock,
    FakeTroubledEmbedder,
    fail_to_embed,
    open_live,
    write_note,
)

LONG = 60.0
KUSATSU = Question("草津の湯は強い酸性で、pHはいくつ?")
SAUNA = Question("サウナの温度は何度?")
SAUNA_NOTE = "# サウナ\n\n## 温度\nサウナの温度は90度です。\n"


@pytest.fixture
def embedder() -> FakeTroubledEmbedder:
    return FakeTroubledEmbedder()


@pytest.fixture
def live(notes: Path, index: Path, embedder: FakeTroubledEmbedder) -> Iterator[LiveAssistant]:
    made = open_live(notes, index, embedder, patience=LONG)
    embedder.reached.clear()
    yield made
    embedder.gate.set()
    made.close()


def find_paths(live: LiveAssistant, question: Question) -> list[str]:
    return [citation.path for citation in live.answer(question).citations]


def test_a_refresh_that_fails_keeps_answering_and_is_told(
    live: LiveAssistant, notes: Path, embedder: FakeTroubledEmbedder
) -> None:
    before = live.overview()
    embedder.problem = fail_to_embed()
    write_note(notes, "sauna.md", SAUNA_NOTE)
    assert find_paths(live, KUSATSU) == ["onsen.md"]
    failed = live.overview()
    assert failed.problem == "the model is broken; mend it"
    assert failed.notes == before.notes
    assert find_paths(live, SAUNA) == []
    assert live.overview().refreshed_at == failed.refreshed_at
    # Mended: the next change of the notes tries again.
    embedder.problem = None
    write_note(notes, "other.md", "# 別\n別の話。\n")
    assert find_paths(live, SAUNA) == ["sauna.md"]
    assert live.overview().problem is None
    assert live.overview().refreshed_at > failed.refreshed_at


def test_what_is_no_error_of_ours_is_told_in_one_line_with_its_kind(
    live: LiveAssistant, notes: Path, embedder: FakeTroubledEmbedder
) -> None:
    embedder.problem = RuntimeError("two\nlines")
    write_note(notes, "sauna.md", SAUNA_NOTE)
    assert find_paths(live, KUSATSU) == ["onsen.md"]
    assert live.overview().problem == "RuntimeError: two lines"


def test_a_failure_is_retried_after_a_while(
    notes: Path, index: Path, embedder: FakeTroubledEmbedder
) -> None:
    clock = FakeClock()
    live = open_live(notes, index, embedder, clock, patience=LONG)
    embedder.problem = fail_to_embed()
    write_note(notes, "sauna.md", SAUNA_NOTE)
    clock.now += 5
    assert find_paths(live, SAUNA) == []
    embedder.problem = None
    clock.now += 29
    assert find_paths(live, SAUNA) == []
    clock.now += 2
    assert find_paths(live, SAUNA) == ["sauna.md"]
    live.close()


def test_refresh_raises_what_is_wrong_and_goes_on_answering(
    live: LiveAssistant, notes: Path, embedder: FakeTroubledEmbedder
) -> None:
    embedder.problem = fail_to_embed()
    write_note(notes, "sauna.md", SAUNA_NOTE)
    with pytest.raises(ModelError, match="broken"):
        live.refresh()
    assert find_paths(live, KUSATSU) == ["onsen.md"]
    assert live.overview().problem is not None
    embedder.problem = None
    assert live.refresh().notes_changed == 1
    assert live.overview().problem is None


def test_a_notes_folder_that_vanishes_for_a_moment_does_no_harm(
    live: LiveAssistant, notes: Path
) -> None:
    generation = live._notes.current.snapshot.index.generation.name
    away = notes.with_name("away")
    notes.rename(away)
    assert find_paths(live, KUSATSU) == ["onsen.md"]
    problem = live.overview().problem
    assert problem is not None
    assert "does not exist" in problem
    with pytest.raises(NotesFolderError):
        live.refresh()
    away.rename(notes)
    assert find_paths(live, KUSATSU) == ["onsen.md"]
    assert live.overview().problem is None
    assert live._notes.current.snapshot.index.generation.name == generation


def test_a_broken_file_of_aliases_is_told_and_does_no_harm(
    live: LiveAssistant, notes: Path
) -> None:
    write_note(notes, "aliases.toml", "[[group]\n")
    assert find_paths(live, KUSATSU) == ["onsen.md"]
    problem = live.overview().problem
    assert problem is not None
    assert "aliases.toml" in problem
    with pytest.raises(AliasFileError):
        live.refresh()


def test_a_long_refresh_is_not_waited_for(
    notes: Path, index: Path, embedder: FakeTroubledEmbedder
) -> None:
    live = open_live(notes, index, embedder, patience=0.05)
    embedder.gate.clear()
    embedder.reached.clear()
    write_note(notes, "sauna.md", SAUNA_NOTE)
    assert find_paths(live, SAUNA) == []
    assert embedder.reached.wait(LONG)
    assert live.overview().is_refreshing
    assert find_paths(live, KUSATSU) == ["onsen.md"]
    embedder.gate.set()
    live._notes._refresher.wait(LONG)
    assert find_paths(live, SAUNA) == ["sauna.md"]
    live.close()


def test_all_who_ask_during_a_refresh_get_the_new_notes_from_that_one(
    live: LiveAssistant, notes: Path, embedder: FakeTroubledEmbedder
) -> None:
    embedder.gate.clear()
    write_note(notes, "sauna.md", SAUNA_NOTE)
    calls = embedder.passage_calls
    with ThreadPoolExecutor(8) as pool:
        asked = [pool.submit(find_paths, live, SAUNA) for _ in range(8)]
        assert embedder.reached.wait(LONG)
        embedder.gate.set()
        assert [answer.result(LONG) for answer in asked] == [["sauna.md"]] * 8
    assert embedder.passage_calls == calls + 1


def test_a_change_during_a_refresh_is_followed_too(
    live: LiveAssistant, notes: Path, embedder: FakeTroubledEmbedder
) -> None:
    embedder.gate.clear()
    write_note(notes, "other.md", "# 別\n別の話。\n")
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(find_paths, live, KUSATSU)
        assert embedder.reached.wait(LONG)
        write_note(notes, "sauna.md", SAUNA_NOTE)
        second = pool.submit(find_paths, live, SAUNA)
        while not live._notes._refresher._is_wanted:  # until the second one has asked
            assert not second.done()
        embedder.gate.set()
        assert first.result(LONG) == ["onsen.md"]
        assert second.result(LONG) == ["sauna.md"]


def test_progress_is_told_in_the_thread_that_refreshes(live: LiveAssistant, notes: Path) -> None:
    steps: dict[str, int] = {}
    threads = set()

    def tell(step: str, done: int, total: int) -> None:
        threads.add(threading.current_thread())
        steps[step] = done

    write_note(notes, "sauna.md", SAUNA_NOTE)
    live.refresh(tell)
    assert set(steps) == {"split", "analyze", "embed", "write"}
    assert threads == {threading.current_thread()}


def test_closing_breaks_a_refresh_off_and_leaves_what_was_there(
    live: LiveAssistant, notes: Path, embedder: FakeTroubledEmbedder
) -> None:
    embedder.gate.clear()
    write_note(notes, "sauna.md", SAUNA_NOTE)
    with ThreadPoolExecutor(3) as pool:
        asked = pool.submit(find_paths, live, KUSATSU)
        assert embedder.reached.wait(LONG)
        refreshing = pool.submit(live.refresh)
        closing = pool.submit(live.close)
        assert live._notes._is_closed.wait(LONG)
        assert asked.result(LONG) == ["onsen.md"]  # it waits no more
        embedder.gate.set()
        closing.result(LONG)
        with pytest.raises(ServingError, match="not followed"):
            refreshing.result(LONG)
    assert find_paths(live, SAUNA) == []
    assert find_paths(live, KUSATSU) == ["onsen.md"]
    with pytest.raises(ServingError):
        live.refresh()
    live.close()


def test_after_closing_nothing_is_refreshed_and_answers_go_on(
    live: LiveAssistant, notes: Path
) -> None:
    live.close()
    with pytest.raises(ServingError, match="not followed"):
        live.refresh()
    write_note(notes, "sauna.md", SAUNA_NOTE)
    assert find_paths(live, SAUNA) == []
    assert find_paths(live, KUSATSU) == ["onsen.md"]
    assert not live.overview().is_refreshing


def test_an_index_that_another_process_writes_is_waited_for_in_the_background(
    notes: Path, index: Path
) -> None:
    live = open_live(notes, index, patience=0.05)
    write_note(notes, "sauna.md", SAUNA_NOTE)
    with lock_for_writing(index / "writer.lock", LONG):
        assert find_paths(live, SAUNA) == []
        assert find_paths(live, KUSATSU) == ["onsen.md"]
        assert live.overview().is_refreshing
    live._notes._refresher.wait(LONG)
    assert find_paths(live, SAUNA) == ["sauna.md"]
    live.close()


def test_many_threads_ask_while_the_notes_change(notes: Path, index: Path) -> None:
    """8 threads with 20 questions each, in three scopes, while the notes change 12 times."""
    live = open_live(notes, index, patience=LONG)
    scopes = (Scope(), Scope(folders=("kitchen",)), Scope(folders=("new",)))

    def change() -> int:
        for number in range(12):
            write_note(notes, f"new/{number % 4}.md", f"# 新着{number}\n新着の話{number}。\n")
            if number % 3 == 2:
                (notes / "new" / f"{number % 4}.md").unlink()
            live.refresh()
        return 12

    def ask(thread: int) -> int:
        for number in range(20):
            scope = scopes[(thread + number) % 3]
            options = AnswerOptions("en" if thread % 2 else "ja", scope=scope)
            *_, answer = live.stream(KUSATSU, options)
            if scope == Scope():
                assert answer.citations[0].section_id == "onsen.md#草津"
            else:
                assert all(scope.covers(hit.path, ()) for hit in answer.hits)
            live.overview()
            assert live.read_source("onsen.md#草津") is not None
        return 20

    with ThreadPoolExecutor(9) as pool:
        changed = pool.submit(change)
        asked = [pool.submit(ask, thread) for thread in range(8)]
        assert [answered.result(600) for answered in asked] == [20] * 8
        assert changed.result(600) == 12
    assert live.overview().problem is None
    assert {entry.path for entry in live.overview().notes if entry.path.startswith("new/")} == {
        # Of the notes 0 to 3, changed in turn, those of the changes 2, 5, 8 and 11 were deleted:
        # 2, 1, 0 and 3; 2 and 1 were written again by the changes 10 and 9, 0 was not.
        "new/1.md",
        "new/2.md",
    }
    live.close()
