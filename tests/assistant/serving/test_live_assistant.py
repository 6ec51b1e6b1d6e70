"""Answers follow the notes: on real files, with a fake embedder."""

import shutil
from collections.abc import Generator, Iterator, Sequence
from pathlib import Path

import pytest

from assistant.datatypes import AbstentionReason, Answer, Notice, Question
from assistant.errors import QuestionError
from assistant.generators.scripted import ScriptedChat
from assistant.generators.text_stream import ChatMessage
from assistant.messages import ENGLISH, JAPANESE
from assistant.serving.datatypes import AnswerOptions, Scope
from assistant.serving.live_assistant import LiveAssistant, open_live_assistant
from assistant.settings import read_settings
from assistant.wiring import LanguageModel, open_assistant, refresh_notes
from ingest.errors import NotesFolderError
from tests.assistant.serving.live import FakeClock, build_engine, open_live, write_note

KUSATSU = Question("草津の湯は強い酸性で、pHはいくつ?")
SAUNA = Question("サウナの温度は何度?")


@pytest.fixture
def live(notes: Path, index: Path) -> Iterator[LiveAssistant]:
    made = open_live(notes, index)
    yield made
    made.close()


def cited(answer: Answer) -> list[str]:
    return [citation.section_id for citation in answer.citations]


def test_it_answers_as_the_command_line_does(live: LiveAssistant, notes: Path, index: Path) -> None:
    settings = read_settings({"notes": notes, "index": index})
    expected = open_assistant(settings, build_engine(), JAPANESE)
    assert live.answer(KUSATSU) == expected.answer(KUSATSU)
    assert live.explain(KUSATSU) == expected.explain(KUSATSU)
    assert live.search("トマトの苗", 3) == expected.search("トマトの苗", 3)
    *_, last = live.stream(KUSATSU)
    assert last == expected.answer(KUSATSU)
    assert cited(last) == ["onsen.md#草津"]


def test_a_note_that_was_added_is_answered_from(live: LiveAssistant, notes: Path) -> None:
    assert live.answer(SAUNA).abstained is not None
    write_note(notes, "new/sauna.md", "# サウナ\n\n## 温度\nサウナの温度は90度です。\n")
    answer = live.answer(SAUNA)
    assert cited(answer) == ["new/sauna.md#温度"]
    assert "90度" in answer.text


def test_a_note_that_was_edited_is_quoted_as_it_is_now(live: LiveAssistant, notes: Path) -> None:
    assert "pHは2.1" in live.answer(KUSATSU).citations[0].quote
    text = (notes / "onsen.md").read_text(encoding="utf-8")
    write_note(notes, "onsen.md", "はじめに。\n\n" + text.replace("2.1", "1.9"))
    answer = live.answer(KUSATSU)
    assert "pHは1.9" in answer.citations[0].quote
    assert answer.citations[0].line_start == 6
    assert answer.notices == ()


def test_a_note_that_was_deleted_is_cited_no_more(live: LiveAssistant, notes: Path) -> None:
    (notes / "onsen.md").unlink()
    answer = live.answer(KUSATSU)
    assert all(hit.path != "onsen.md" for hit in answer.hits)
    assert cited(answer) == []


def test_a_note_that_is_ignored_is_cited_no_more(live: LiveAssistant, notes: Path) -> None:
    write_note(notes, ".tenkyoignore", "onsen.md\n")
    assert cited(live.answer(KUSATSU)) == []
    (notes / ".tenkyoignore").unlink()
    assert cited(live.answer(KUSATSU)) == ["onsen.md#草津"]


def test_the_users_aliases_are_followed_as_well(live: LiveAssistant, notes: Path) -> None:
    question = Question("露天に入りたい")
    assert live.explain(question).aliases == ()
    write_note(notes, "aliases.toml", '[[group]]\nforms = ["露天", "砂むし風呂"]\n')
    assert live.explain(question).aliases == (("露天", "砂むし風呂"),)


def test_an_answer_that_was_begun_ends_with_the_notes_it_began_with(
    notes: Path, index: Path
) -> None:
    live = open_live(notes, index)
    parts = live.stream(KUSATSU)
    first = next(parts)
    generation = live._notes.current.snapshot.index.generation
    folder, name = generation.layout.folder, generation.name
    del generation
    for number in range(3):
        write_note(notes, "onsen.md", f"# 温泉めぐり\n\n## 別府\n{number}番目の湯。\n")
        live.refresh()
    # Writers delete every generation that nobody reads.
    assert folder.is_dir()
    assert live.refresh().generation != name
    assert cited(first) == ["onsen.md#草津"]
    assert list(parts) == []
    write_note(notes, "onsen.md", "# 温泉めぐり\n\n## 別府\n最後の湯。\n")
    live.refresh()
    live.refresh()
    assert not folder.exists()
    live.close()


@pytest.mark.parametrize("is_folder", [True, False])
def test_without_notes_it_says_so_until_there_are_some(
    tmp_path: Path, index: Path, is_folder: bool
) -> None:
    notes = tmp_path / "empty"
    notes.mkdir()
    if is_folder:
        write_note(notes, "blank.md", "")
    live = open_live(notes, index)
    answer = live.answer(KUSATSU)
    assert (answer.abstained, answer.text) == (AbstentionReason.NO_NOTES, JAPANESE.no_notes)
    assert live.search("草津", 3) == ()
    assert live.suggest_examples(3, "ja") == ()
    assert [entry.sections for entry in live.overview().notes] == [0] * is_folder
    write_note(notes, "onsen.md", "# 草津\n草津の湯は強い酸性で、pHは2.1です。\n")
    assert cited(live.answer(KUSATSU)) == ["onsen.md#草津"]
    live.close()


def test_a_notes_folder_that_does_not_exist_is_told_at_once(tmp_path: Path, index: Path) -> None:
    with pytest.raises(NotesFolderError, match="nowhere"):
        open_live(tmp_path / "nowhere", index)


def test_a_question_that_cannot_be_asked_is_refused(live: LiveAssistant) -> None:
    for ask in (live.answer, live.explain, lambda question: list(live.stream(question))):
        with pytest.raises(QuestionError):
            ask(Question("。"))


def test_the_language_and_the_length_are_those_of_the_options(
    live: LiveAssistant, notes: Path
) -> None:
    weather = Question("明日の東京の天気は?")
    assert live.answer(weather).text == JAPANESE.not_in_notes
    assert live.answer(weather, AnswerOptions(language="en")).text == ENGLISH.not_in_notes
    lines = "".join(f"- 洗車の手順{number}は部品{number}の洗車\n" for number in range(30))
    write_note(notes, "wash.md", f"# 洗車\n\n## 洗車の手順\n{lines}")
    question = Question("洗車の手順は部品の洗車?")
    short = live.answer(question, AnswerOptions(characters=80))
    long = live.answer(question, AnswerOptions(characters=800))
    assert len(short.text) < 200 < len(long.text)


def test_a_language_model_words_the_answer_only_where_it_is_asked_to(
    notes: Path, index: Path
) -> None:
    chat = ScriptedChat(["草津の湯は強い酸性で、pHは2.1です。[1]\n"])
    settings = read_settings({"notes": notes, "index": index})
    model = LanguageModel(chat, lambda error: None)
    live = open_live_assistant(settings, build_engine(), model, clock=FakeClock(10.0))
    assert live.has_model
    live.answer(KUSATSU)
    assert chat.asked == []
    assert "pHは2.1" in live.answer(KUSATSU, AnswerOptions(use_model=True)).text
    assert len(chat.asked) == 1
    live.close()


class FakeEndlessChat:
    """A language model that says the same for ever; `is_closed` tells that it was stopped."""

    def __init__(self) -> None:
        self.is_closed = False

    def stream(self, messages: Sequence[ChatMessage]) -> Generator[str, None, None]:
        try:
            while True:
                yield "草津の湯は強い酸性で、pHは2.1です。[1]\n"
        finally:
            self.is_closed = True


def test_closing_a_stream_stops_the_language_model(notes: Path, index: Path) -> None:
    chat = FakeEndlessChat()
    settings = read_settings({"notes": notes, "index": index})
    live = open_live_assistant(settings, build_engine(), LanguageModel(chat, lambda error: None))
    parts = live.stream(KUSATSU, AnswerOptions(use_model=True))
    assert "pHは2.1" in next(parts).text
    assert not chat.is_closed
    parts.close()
    assert chat.is_closed
    live.close()


def test_without_a_language_model_wanting_one_changes_nothing(live: LiveAssistant) -> None:
    assert not live.has_model
    assert live.answer(KUSATSU, AnswerOptions(use_model=True)) == live.answer(KUSATSU)


def test_a_scope_answers_from_its_notes_alone(live: LiveAssistant, notes: Path) -> None:
    write_note(
        notes, "kitchen/oven.md", "---\ntags: [台所, 道具]\n---\n# オーブン\n湯は使わない。\n"
    )
    kitchen = AnswerOptions(scope=Scope(folders=("kitchen",)))
    assert live.answer(KUSATSU, kitchen).abstained is not None
    found = live.search(KUSATSU.text, 10, kitchen)
    assert {hit.path for hit in found} == {"kitchen/bread.md", "kitchen/oven.md"}
    tagged = AnswerOptions(scope=Scope(tags=("道具",)))
    assert {hit.path for hit in live.search("発酵とオーブン", 10, tagged)} == {"kitchen/oven.md"}
    both = AnswerOptions(scope=Scope(folders=("kitchen",), tags=("道具",)))
    assert cited(live.answer(Question("一次発酵は28度で何分おく?"), both)) == [
        "kitchen/bread.md#発酵"
    ]


def test_a_scope_that_covers_nothing_has_no_notes(live: LiveAssistant) -> None:
    options = AnswerOptions(scope=Scope(folders=("nowhere",)))
    assert live.answer(KUSATSU, options).abstained is AbstentionReason.NO_NOTES


def test_a_tag_that_was_added_is_followed(live: LiveAssistant, notes: Path) -> None:
    options = AnswerOptions(scope=Scope(tags=("湯",)))
    assert live.answer(KUSATSU, options).abstained is AbstentionReason.NO_NOTES
    text = (notes / "onsen.md").read_text(encoding="utf-8")
    write_note(notes, "onsen.md", f"---\ntags: 湯\n---\n{text}")
    assert cited(live.answer(KUSATSU, options)) == ["onsen.md#草津"]


def test_a_source_is_read_as_it_is_now_and_leads_to_its_neighbours(
    live: LiveAssistant, notes: Path
) -> None:
    [citation] = live.answer(KUSATSU).citations
    lines = citation.line_start, citation.line_end
    view = live.read_source(citation.section_id, lines)
    assert view is not None
    assert (view.path, view.line_start, view.line_end) == ("onsen.md", 3, 4)
    assert view.text == "## 草津\n草津の湯は強い酸性で、pHは2.1です。"
    assert (view.is_current, view.cited) == (True, (4, 4))
    assert view.previous is not None
    assert view.next is not None
    assert view.previous.heading_path == ("温泉めぐり",)
    following = live.read_source(view.next.section_id)
    assert following is not None
    assert following.next is None
    assert following.cited is None
    assert live.read_source("onsen.md#無い節") is None
    # The note changes, and nobody has asked since.
    text = (notes / "onsen.md").read_text(encoding="utf-8")
    write_note(notes, "onsen.md", text.replace("# 温泉めぐり\n", "# 温泉めぐり\n\n前書き。\n"))
    moved = live.read_source(citation.section_id, lines, citation.quote)
    assert moved is not None
    assert (moved.line_start, moved.cited, moved.is_current) == (5, (6, 6), True)
    # The same once the index has followed: the lines of the old answer are found by the quote.
    live.refresh()
    again = live.read_source(citation.section_id, lines, citation.quote)
    assert again == moved


def test_the_overview_tells_what_is_answered_from(live: LiveAssistant, notes: Path) -> None:
    write_note(notes, "kitchen/deep/tea.md", "---\ntags: [台所, 茶]\n---\n# 茶\n80度で淹れる。\n")
    write_note(notes, "broken.md", "---\ntags: [\n---\n# 壊れた\n本文。\n")
    (notes / "picture.md").write_bytes(b"\x89PNG\r\n")
    live.refresh()
    overview = live.overview()
    assert [(entry.path, entry.sections, entry.tags) for entry in overview.notes] == [
        ("bicycle.md", 3, ()),
        ("broken.md", 2, ()),
        ("camera.md", 2, ()),
        ("garden.md", 2, ()),
        ("kitchen/bread.md", 3, ()),
        ("kitchen/deep/tea.md", 2, ("台所", "茶")),
        ("onsen.md", 3, ()),
    ]
    assert overview.folders == ("kitchen", "kitchen/deep")
    assert overview.tags == ("台所", "茶")
    assert [skipped.path for skipped in overview.skipped] == ["picture.md"]
    assert [warning.path for warning in overview.warnings] == ["broken.md"]
    # All titles but those of `broken.md` and `tea.md` have nothing below them, and neither have
    # the front matters of these two.
    assert (overview.sections, overview.empty_sections) == (17, 7)
    assert overview.refreshed_at.utcoffset() is not None
    assert overview.problem is None


def test_the_overview_follows_the_notes_too(live: LiveAssistant, notes: Path) -> None:
    shutil.rmtree(notes / "kitchen")
    live.overview()
    live._notes._refresher.wait(60)
    assert live.overview().folders == ()


def test_examples_are_answered_by_notes_of_the_scope(live: LiveAssistant, notes: Path) -> None:
    for path, tea in (
        ("a/1.md", "ルイボスティー"),
        ("a/2.md", "ミントティー"),
        ("b.md", "ほうじ茶"),
    ):
        text = f"# {tea}\n\n## 淹れる温度\n{tea}の淹れる温度は90度。\n\n## 空のカタカナ\n"
        write_note(notes, path, text)
    live.refresh()
    examples = live.suggest_examples(3, "ja")
    assert live.suggest_examples(3, "ja") == examples
    assert 1 <= len(examples) <= 3
    assert all(live.answer(Question(text)).citations for text in examples)
    assert set(live.suggest_examples(9, "ja", Scope(folders=("a",)))) == {
        "ルイボスティーの淹れる温度は?",
        "ミントティーの淹れる温度は?",
    }
    assert live.suggest_examples(3, "ja", Scope(tags=("無い",))) == ()


def test_moved_text_is_never_told_as_changed_where_the_index_follows(
    live: LiveAssistant, notes: Path
) -> None:
    for number in range(3):
        text = (notes / "onsen.md").read_text(encoding="utf-8")
        write_note(notes, "onsen.md", f"前書き{number}。\n\n{text}")
        assert Notice.SOURCE_MOVED not in live.answer(KUSATSU).notices


def test_two_processes_may_share_an_index(live: LiveAssistant, notes: Path, index: Path) -> None:
    write_note(notes, "sauna.md", "# サウナ\n\n## 温度\nサウナの温度は90度です。\n")
    # As another process does, on `tenkyo index`.
    settings = read_settings({"notes": notes, "index": index})
    assert refresh_notes(settings, build_engine()).changed
    assert cited(live.answer(SAUNA)) == ["sauna.md#温度"]
