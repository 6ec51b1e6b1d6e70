"""The one path from a question to an `Answer`, with a fixed ranking."""

import pytest

from assistant.answering.abstention import AbstentionRule, LogisticModel
from assistant.answering.answer import LISTED_SECTIONS, Assistant
from assistant.answering.headings.empty_sections import EmptySections
from assistant.answering.open_notes import OpenNotes
from assistant.answering.retrieve import Retriever
from assistant.datatypes import AbstentionReason, Choice, Draft, Notice, Question
from assistant.errors import GeneratorError, QuestionError
from assistant.messages import ENGLISH
from ingest.aliases import AliasGroup, AliasTable
from tests.assistant.evidence import build_evidence
from tests.assistant.fakes import FakeEmbeddedSearcher, FakeGenerator, FakeSentenceVectors
from tests.assistant.generators.fake_checker import FakeChecker
from tests.assistant.multiple_choice.fake_denial_meter import FakeDenialMeter
from tests.fake_embedder import FakeEmbedder

ITEMS = [build_evidence(f"n{n:02}", 1.0, [(f"甲 は {n}", 0.0)]) for n in range(12)]
RANKING = [(item.section.section_id, 1.0 - n / 20, 0.9) for n, item in enumerate(ITEMS)]
# Confidence is that of the dense legs' cosine alone: 20 * (.9 - .5) = 8 is near 1.
BY_COSINE = LogisticModel((20.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0), -10.0)
RULE = AbstentionRule(BY_COSINE, BY_COSINE, 0.5)


class Setting:
    """An assistant with its fakes at hand."""

    def __init__(self, ranking=RANKING, generator=None, items=ITEMS) -> None:
        self.searcher = FakeEmbeddedSearcher(ranking)
        self.generator = generator or FakeGenerator()
        sections = {item.section.section_id: item.section for item in items}
        self.retriever = Retriever(
            self.searcher,
            FakeSentenceVectors({}),
            FakeEmbedder(),
            sections,
            {item.section.section_id: item.sentences for item in items},
            str.split,
            lambda word: any(word in item.section.text for item in items),
        )
        self.texts = {item.section.path: item.section.text for item in items}
        filled = {item.section.section_id for item in items if item.sentences}
        notes = OpenNotes(
            sections,
            EmptySections(tuple(sections.values()), filled, str.split),
            AliasTable([AliasGroup(("VGW", "仮想プライベートゲートウェイ"), "test")]),
            self.texts.get,
        )
        self.assistant = Assistant(
            self.retriever,
            self.generator,
            FakeChecker(),
            FakeDenialMeter(),
            notes,
            str.split,
            ENGLISH,
            RULE,
        )


def test_an_answer_cites_what_the_generator_quoted_and_lists_ten_sections() -> None:
    setting = Setting()
    answer = setting.assistant.answer(Question("  甲\0は? "))
    assert answer.question == "甲 は?"
    assert answer.text == "3 sections [1]"
    assert answer.abstained is None
    # 1 / (1 + e^-8)
    assert answer.confidence == pytest.approx(0.999665, abs=1e-6)
    [citation] = answer.citations
    assert (citation.path, citation.line_start, citation.quote) == ("n00.md", 2, "甲 は 0")
    assert [hit.section_id for hit in answer.hits] == [section for section, _, _ in RANKING[:10]]
    assert len(answer.hits) == LISTED_SECTIONS == 10
    assert setting.generator.asked == ["甲 は?"]


def test_too_little_confidence_abstains_with_the_nearest_sections() -> None:
    setting = Setting([(section, score, 0.4) for section, score, _ in RANKING])
    answer = setting.assistant.answer(Question("甲は?"))
    assert answer.abstained is AbstentionReason.LOW_CONFIDENCE
    assert answer.text == ENGLISH.not_in_notes
    assert answer.citations == ()
    assert len(answer.hits) == 10
    # 20 * .4 - 10 = -2, and 1 / (1 + e^2) = .119203.
    assert answer.confidence == pytest.approx(0.119203, abs=1e-6)
    assert setting.generator.asked == []


def test_nothing_found_abstains() -> None:
    answer = Setting([]).assistant.answer(Question("甲は?"))
    assert (answer.abstained, answer.text) == (AbstentionReason.NO_MATCH, ENGLISH.not_in_notes)
    assert (answer.hits, answer.confidence) == ((), 0.0)


def test_without_notes_the_answer_says_so() -> None:
    answer = Setting([], items=[]).assistant.answer(Question("甲は?"))
    assert (answer.abstained, answer.text) == (AbstentionReason.NO_NOTES, ENGLISH.no_notes)


@pytest.mark.parametrize("text", ["", "。。。", "あ" * 100_000], ids=["empty", "signs", "long"])
def test_a_question_that_cannot_be_asked_is_refused_before_any_work(text: str) -> None:
    setting = Setting()
    for ask in (
        setting.assistant.answer,
        setting.assistant.explain,
        lambda question: setting.assistant.search(question.text, 3),
    ):
        with pytest.raises(QuestionError):
            ask(Question(text))
    assert setting.searcher.asked == []


def test_a_draft_that_cites_what_was_not_found_is_refused() -> None:
    stranger = build_evidence("stranger", 1.0, [("嘘", 1.0)])
    setting = Setting(generator=FakeGenerator(Draft("嘘 [1]", (stranger.sentences,))))
    with pytest.raises(GeneratorError, match=r"marker \[1\]"):
        setting.assistant.answer(Question("甲は?"))


def test_options_are_searched_with_the_question_and_history_behind_it() -> None:
    setting = Setting()
    question = Question("甲 は ?", "1", (Choice("A", "甲"), Choice("B", "0")), ("丙 の 話",))
    setting.assistant.answer(question)
    # The turn before tells the topic: the headings of what it finds.
    [[turn], [alone, topic]] = setting.searcher.asked
    assert turn.text == "丙 の 話"
    assert (alone.text, topic.text) == ("甲 は ? 甲 0", "n00 甲 は ? 甲 0")
    assert alone.share + topic.share == 1


def test_search_and_rank_return_as_many_sections_as_asked_for() -> None:
    assistant = Setting().assistant
    hits = assistant.search("甲は?", 11)
    assert len(hits) == 11
    assert assistant.rank(Question("甲は?"), 11) == hits
    assert (hits[0].path, hits[0].line_start, hits[0].line_end) == ("n00.md", 1, 2)


def test_an_explanation_names_texts_aliases_and_legs() -> None:
    explanation = Setting().assistant.explain(Question("VGW は", history=("甲 の 話",)))
    assert explanation.searched == (
        "VGW は",
        "n00 VGW は",
        "甲 の 話 VGW は",
    )
    assert explanation.aliases == (("VGW", "仮想プライベートゲートウェイ"),)
    assert len(explanation.hits) == 10
    assert len(explanation.hits[0].legs) == 4


def test_a_question_of_unknown_words_is_not_searched_behind_what_was_said() -> None:
    assistant = Setting().assistant
    history = ("甲 の 話",)
    # Of 富士山, の, 標高 and は? the notes hold none.
    alone = assistant.complete(Question("富士山 の 標高 は?", history=history))
    assert [text.text for text in alone] == ["富士山 の 標高 は?"]
    # It points back: what it means was said before.
    assert len(assistant.complete(Question("それ を 増やす と ?", history=history))) == 3
    # Of 甲, は, 標高, 0 and ? the notes hold three.
    assert len(assistant.complete(Question("甲 は 標高 0 ?", history=history))) == 2


def test_the_option_that_the_best_section_supports_is_chosen() -> None:
    # The best section says "甲 は 0"; all cosines are 0, so that the shared words decide.
    choices = (Choice("A", "乙"), Choice("B", "甲 0"), Choice("C", "丙"))
    answer = Setting().assistant.answer(Question("どれ ?", choices=choices))
    assert answer.choice == "B"
    wrong = Setting().assistant.answer(Question("誤っている もの は どれ ?", choices=choices))
    assert wrong.choice == "A"
    # The fake meter says that longer options are denied more.
    denied = Setting().assistant.answer(Question("使えない もの は どれ ?", choices=choices))
    assert denied.choice == "B"
    assert denied.margin == pytest.approx(2.02 * 2)


def test_without_options_nothing_is_chosen() -> None:
    assert Setting().assistant.answer(Question("甲は?")).choice is None


def test_whether_the_figure_that_is_asked_for_stands_there_is_a_signal() -> None:
    setting = Setting()
    assistant = setting.assistant
    for text, figure in (
        ("甲 は ?", 1.0),  # asks for no figure
        # Of the words 甲, は, 何個 and ? the sentence "甲 は 0" holds two. Each weighs
        # ln(1 + 1 / 1), as there is one sentence.
        ("甲 は 何個 ?", 0.5),
        ("甲 は 何円 ?", 0.0),  # no price
    ):
        found = setting.retriever.retrieve(assistant.complete(Question(text)), 10)
        assert assistant.read_signals(Question(text), found).figure == pytest.approx(figure)


def test_pasted_options_are_read_from_the_text() -> None:
    answer = Setting().assistant.answer(
        Question("どれ ? 一つ選べ。\nA. 乙\nB. 甲 0\nC. 丙\n正解: B")
    )
    assert answer.question == "どれ ? 一つ選べ。"
    assert answer.choice == "B"
    assert [(option.letter, option.text) for option in answer.options] == [
        ("A", "乙"),
        ("B", "甲 0"),
        ("C", "丙"),
    ]
    assert answer.options[1].supporting is not None
    # B has all its words in the sentence, and one of two is new; A and C have none.
    assert answer.margin is not None
    assert answer.margin > 0


def test_what_the_question_demands_is_named() -> None:
    choices = (Choice("A", "乙"), Choice("B", "甲"))
    answer = Setting().assistant.answer(Question("最も費用対効果の高いのはどれ ?", choices=choices))
    assert len(answer.requirements) == 1
    assert answer.requirements[0] in "最も費用対効果の高いのはどれ ?"


def test_moved_lines_are_told_and_followed() -> None:
    setting = Setting()
    setting.texts["n00.md"] = "# n00\n\n\n甲 は 0"
    answer = setting.assistant.answer(Question("甲は?"))
    assert (answer.citations[0].line_start, answer.notices) == (4, (Notice.SOURCE_MOVED,))


def test_changed_lines_are_told() -> None:
    setting = Setting()
    setting.texts["n00.md"] = "# n00\n甲 は 1"
    answer = setting.assistant.answer(Question("甲は?"))
    assert (answer.citations[0].line_start, answer.notices) == (2, (Notice.SOURCE_CHANGED,))


def test_a_heading_with_nothing_below_it_is_named_in_place_of_an_answer() -> None:
    empty = build_evidence("Firehose", 1.0, [])
    setting = Setting(items=[*ITEMS, empty])
    answer = setting.assistant.answer(Question("Firehose"))
    assert answer.abstained is AbstentionReason.EMPTY_SECTION
    assert answer.text == ENGLISH.empty_section.format(headings="Firehose")
    assert setting.generator.asked == []


def test_an_ambiguous_question_is_asked_back() -> None:
    items = [
        build_evidence(name, 1.0, [(f"ゲートウェイ {name} 料金", 0.0)])
        for name in ("NAT ゲートウェイ", "Transit ゲートウェイ")
    ]
    ranking = [(item.section.section_id, 0.9, 0.9) for item in items]
    setting = Setting(ranking, items=items)
    answer = setting.assistant.answer(Question("ゲートウェイ 料金"))
    assert (answer.abstained, answer.text) == (AbstentionReason.AMBIGUOUS, ENGLISH.ambiguous)
    assert [reading.label for reading in answer.readings] == [
        "NAT ゲートウェイ",
        "Transit ゲートウェイ",
    ]
    # What was said before tells which is meant.
    history = ("NAT ゲートウェイ の 話",)
    assert setting.assistant.answer(Question("ゲートウェイ 料金", history=history)).citations


def test_an_answer_grows_and_ends_as_a_whole() -> None:
    *parts, last = Setting().assistant.stream(Question("甲は?"))
    assert last == Setting().assistant.answer(Question("甲は?"))
    assert all(part.citations for part in parts)
