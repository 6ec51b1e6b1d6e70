"""Whatever training shares with the evaluation is told, and nothing else."""

import pytest

from assistant.datatypes import Question
from eval.training_check import find_leaks_into_training
from index.training.datatypes import TrainingQuestion, TrainingSection
from ingest.datatypes import Section
from tests.eval.records import read_note

# Texts without a common trigram.
LATIN, GREEK = "abcdefghijklmnopqrstuvwxyz", "αβγδεζηθικλμνξοπρστυφχψω"


def train(*questions: str, text: str = LATIN, near_misses: tuple[str, ...] = ()) -> TrainingSection:
    asked = tuple(TrainingQuestion(question, "direct") for question in questions)
    return TrainingSection("t-1", "file", "t.md", ("題",), text, asked, near_misses)


def write_section(text: str) -> Section:
    """Return a section without a heading, which would count as its text."""
    (section,) = read_note("n.md", text)[1].values()
    return section


def leaks(trained: TrainingSection, *evaluated: Question | Section) -> list[str]:
    questions = [item for item in evaluated if isinstance(item, Question)]
    sections = [item for item in evaluated if isinstance(item, Section)]
    return list(find_leaks_into_training([trained], questions, sections))


def test_data_of_its_own_leaks_nothing() -> None:
    trained = train("庭の話", near_misses=("海の話",))
    assert leaks(trained, Question("山の天気は?", "q1"), write_section(GREEK)) == []


def test_a_question_of_the_evaluation_is_told_with_both_names() -> None:
    trained = train("庭の話", "ＶＰＣ の上限は")
    told = ["t-1: 「ＶＰＣ の上限は」 is 1.00 like q2"]
    assert leaks(trained, Question("山の天気は?", "q1"), Question("vpcの上限は", "q2")) == told


def test_near_misses_are_questions_too() -> None:
    told = ["t-1: 「山の天気」 is 1.00 like q1"]
    assert leaks(train(near_misses=("海の話", "山の天気")), Question("山の天気", "q1")) == told


# Trigrams of abcde are 3, all of them among the 5 of abcdefg: 0.6. 4 of 8 are too few.
@pytest.mark.parametrize(
    ("trained", "measured", "told"),
    [
        ("abcde", "abcdefg", ["t-1: 「abcde」 is 0.60 like q1"]),
        ("abcdefgh", "abcdefxy", []),
    ],
)
def test_questions_are_the_same_from_six_tenths(
    trained: str, measured: str, told: list[str]
) -> None:
    assert leaks(train(trained), Question(measured, "q1")) == told


@pytest.mark.parametrize("trained", ["上限は", "VPC について教えて 上限は"])
def test_a_follow_up_is_found_with_and_without_its_history(trained: str) -> None:
    follow_up = Question("上限は", "q1", history=("VPC について教えて",))
    assert leaks(train(trained), follow_up) == [f"t-1: 「{trained}」 is 1.00 like q1"]


def test_a_question_that_comes_twice_is_told_for_both() -> None:
    asked = [Question("山の天気", "q1"), Question("山の天気", "q2")]
    told = [f"t-1: 「山の天気」 is 1.00 like {query_id}" for query_id in ("q1", "q2")]
    assert leaks(train("山の天気"), *asked) == told


# abcdefghi has 7 trigrams. abcdefgwxyz has 9, 5 of them shared: 5 of 11 are .4545. One character
# more makes it 5 of 12.
@pytest.mark.parametrize(
    ("text", "told"), [("abcdefgwxyz", ["t-1: is 0.45 like n.md#n"]), ("abcdefgwxyzv", [])]
)
def test_from_what_similarity_sections_are_the_same(text: str, told: list[str]) -> None:
    assert leaks(train(text="abcdefghi"), write_section(text)) == told


# The kana from あ on, each once: 25 characters with the first, without it 24.
LONG = "あいうえおかきくけこさしすせそたちつてとなにぬねの"


@pytest.mark.parametrize(
    ("line", "squeezed"),
    [
        (LONG, LONG),
        # White space and width do not count.
        (f"　{LONG[:10]} {LONG[10:]} ＡＢ", f"{LONG}ab"),
    ],
)
def test_a_long_line_of_the_notes_is_told(line: str, squeezed: str) -> None:
    # The line has 23 trigrams (25 with `ab`), the rest of the two texts more than 40: below 0.45.
    trained = train(text=f"{line}\n{LATIN}")
    assert leaks(trained, write_section(f"{GREEK}\n{squeezed}")) == [
        f"t-1: 「{squeezed}」 stands in n.md#n too"
    ]


@pytest.mark.parametrize("line", [LONG[1:], "systemctl enable --now httpd.service"])
def test_a_short_line_or_code_may_stand_in_any_notes(line: str) -> None:
    assert leaks(train(text=f"{line}\n{LATIN}"), write_section(f"{GREEK}\n{line}")) == []
