"""Questions to begin with: from many notes, each answered, always the same."""

from assistant.datatypes import AbstentionReason, Answer, Citation, Question, SectionHit
from assistant.errors import GeneratorError, QuestionError
from assistant.serving.examples import find_examples
from ingest.datatypes import Section
from tests.assistant.note_sections import read_sections

NAMES = ["ルータ", "サーバ", "メモリ", "ディスク", "キャッシュ", "プロキシ", "コンテナ", "クラスタ"]
NOTES = [
    read_sections(**{f"n{number}": f"# {name}\n本文。\n\n## {name}の設定値\n本文。\n"})
    for number, name in enumerate(NAMES)
]


class FakeAnswers:
    """Answers a question by the section whose heading it holds; `asked` records the questions.

    unanswered: headings that it has no answer for, by what it does then.
    """

    def __init__(self, **unanswered: Exception | None) -> None:
        self.unanswered = unanswered
        self.asked: list[str] = []

    def __call__(self, question: Question) -> Answer:
        self.asked.append(question.text)
        for heading, error in self.unanswered.items():
            if heading in question.text:
                if error is not None:
                    raise error
                return _abstain(question)
        sections = [section for note in NOTES for section in note]
        fitting = [s for s in sections if s.heading_path[-1] in question.text]
        return _cite(question, max(fitting, key=lambda s: len(s.heading_path[-1])))


def _abstain(question: Question) -> Answer:
    return Answer(question.text, "無い", (), (), AbstentionReason.LOW_CONFIDENCE, 0.1)


def _cite(question: Question, section: Section) -> Answer:
    place = section.section_id, section.path, section.heading_path, 1, 2
    citation = Citation(1, *place, "本文。", section.digest)
    return Answer(question.text, "本文。 [1]", (citation,), (SectionHit(*place, 1.0),), None, 0.9)


def test_each_comes_from_another_note_spread_over_all() -> None:
    found = find_examples(NOTES, 4, "ja", FakeAnswers())
    assert found == ("ルータとは?", "メモリとは?", "キャッシュとは?", "コンテナとは?")
    assert find_examples(NOTES, 4, "ja", FakeAnswers()) == found


def test_in_english() -> None:
    assert find_examples(NOTES, 1, "en", FakeAnswers()) == ("What about ルータ?",)


def test_what_is_not_answered_is_passed_over() -> None:
    answers = FakeAnswers(
        ルータ=None, サーバ=QuestionError("no"), メモリ=GeneratorError("no"), キャッシュ=None
    )
    found = find_examples(NOTES, 4, "ja", answers)
    assert found == ("コンテナとは?", "ディスクとは?", "プロキシとは?", "クラスタとは?")


def test_an_answer_from_elsewhere_does_not_count() -> None:
    [stranger] = read_sections(stranger="# 余所\n本文。\n")
    assert find_examples(NOTES, 2, "ja", lambda question: _cite(question, stranger)) == ()


def test_only_so_many_are_tried() -> None:
    answers = FakeAnswers(**dict.fromkeys(NAMES))
    assert find_examples(NOTES, 2, "ja", answers) == ()
    assert len(answers.asked) == 8


def test_a_second_question_of_a_note_comes_after_the_first_ones_of_all() -> None:
    found = find_examples(NOTES[:2], 9, "ja", FakeAnswers())
    assert found == ("ルータとは?", "サーバとは?", "ルータの設定値は?", "サーバの設定値は?")


def test_no_question_comes_twice() -> None:
    assert find_examples([NOTES[0], NOTES[0]], 9, "ja", FakeAnswers()) == (
        "ルータとは?",
        "ルータの設定値は?",
    )


def test_none_of_nothing() -> None:
    assert find_examples([], 3, "ja", FakeAnswers()) == ()
    assert find_examples([[]], 3, "ja", FakeAnswers()) == ()
    assert find_examples(NOTES, 0, "ja", FakeAnswers()) == ()
    assert find_examples(NOTES, -1, "ja", FakeAnswers()) == ()


def test_the_title_of_a_note_without_headings_is_no_topic() -> None:
    assert find_examples([read_sections(ルータ="本文。\n")], 3, "ja", FakeAnswers()) == ()
