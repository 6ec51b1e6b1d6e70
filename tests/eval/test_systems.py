"""The seam between what is evaluated and the assistant or a searcher."""

from assistant.datatypes import AbstentionReason, Answer, Choice, Citation, Question, SectionHit
from eval.datatypes import AnswerRecord, RetrievedText
from eval.systems import (
    AssistantSystem,
    RankingSystem,
    SearcherSystem,
    record_answer,
    retrieve_section,
)
from index.datatypes import Hit
from tests.eval.records import read_note

_, SECTIONS = read_note("n.md", "# a\n\n一\n\n# b\n\n二二\n")
A = RetrievedText("n.md#a", 0.5, "n.md", 1, 3, 6)


def locate(section_id: str, score: float) -> SectionHit:
    section = SECTIONS[section_id]
    lines = section.line_start, section.line_end
    return SectionHit(section_id, section.path, section.heading_path, *lines, score)


CITATION = Citation(1, "n.md#b", "n.md", ("b",), 7, 7, "二二", "0")
HITS = (locate("n.md#b", 0.9), locate("n.md#a", 0.5))
ANSWER = Answer("何?", "二二 [1]", (CITATION,), HITS, None, 0.75, "A")


class FakeAssistant:
    """Answers as `Assistant` does, always the same."""

    def __init__(self) -> None:
        self.asked: list[Question] = []

    def answer(self, question: Question) -> Answer:
        self.asked.append(question)
        return ANSWER

    def rank(self, question: Question, k: int) -> tuple[SectionHit, ...]:
        self.asked.append(question)
        return HITS[:k]


class FakeSearcher:
    """Implements `Searcher` with fixed hits; keeps what it was asked for."""

    def __init__(self, *hits: tuple[str, float]) -> None:
        self._hits = hits
        self.calls: list[tuple[str, int]] = []

    def search(self, query: str, k: int) -> list[Hit]:
        self.calls.append((query, k))
        rows = enumerate(self._hits[:k], start=1)
        return [Hit(f"{key}:s{rank}", key, score, rank) for rank, (key, score) in rows]


def test_a_section_is_read_whole() -> None:
    # `# a`, a blank line, `一`: 3 + 1 + 0 + 1 + 1 = 6 characters.
    assert retrieve_section(SECTIONS["n.md#a"], 0.5) == A


def test_the_assistant_is_asked_as_users_ask_it() -> None:
    assistant = FakeAssistant()
    system = AssistantSystem("tenkyo", assistant, SECTIONS)  # type: ignore[arg-type]
    question = Question("何?", "q1", history=("前",))
    retrieved, answer = system.query(question)
    assert system.name == "tenkyo"
    assert assistant.asked == [question]
    assert [item.section_id for item in retrieved] == ["n.md#b", "n.md#a"]
    assert retrieved[1] == A
    assert answer == AnswerRecord("二二 [1]", None, 0.75, "A", (("n.md#b", 7, 7),))


def test_an_abstention_is_recorded_by_its_reason() -> None:
    silent = Answer("何?", "", (), HITS, AbstentionReason.LOW_CONFIDENCE, 0.1)
    assert record_answer(silent) == AnswerRecord("", "low-confidence", 0.1, None, ())


def test_ranking_is_the_assistants_without_its_answer() -> None:
    assistant = FakeAssistant()
    system = RankingSystem("words", assistant, SECTIONS)  # type: ignore[arg-type]
    retrieved, answer = system.query(Question("何?"))
    assert system.name == "words"
    assert [item.section_id for item in retrieved] == ["n.md#b", "n.md#a"]
    assert retrieved[1] == A
    assert answer is None
    assert assistant.asked == [Question("何?")]


def test_a_searcher_is_asked_for_ten_sections_with_all_that_was_said() -> None:
    searcher = FakeSearcher(("n.md#b", 0.9), ("n.md#a", 0.5))
    system = SearcherSystem("grep", searcher, SECTIONS)
    question = Question("後", history=("前", "中"), choices=(Choice("A", "一"), Choice("B", "二")))
    retrieved, answer = system.query(question)
    assert system.name == "grep"
    assert [item.section_id for item in retrieved] == ["n.md#b", "n.md#a"]
    assert retrieved[1] == A
    assert answer is None
    assert searcher.calls == [("前 中 後 一 二", 10)]


def test_nothing_found_is_an_empty_list() -> None:
    assert SearcherSystem("s", FakeSearcher(), SECTIONS).query(Question("何")) == ([], None)
