import pytest

from assistant.answering.choices import (
    asks_for_wrong,
    choose_options,
    count_wanted,
    support_option,
)


@pytest.mark.parametrize(
    "question",
    [
        "誤っているものはどれか",
        "正しくないものを選べ",
        "利用できないものを 2 つ選べ",
        "適切でない構成はどれですか",
        "Which of these is NOT true?",
    ],
)
def test_questions_for_what_is_wrong(question: str) -> None:
    assert asks_for_wrong(question)


@pytest.mark.parametrize(
    "question",
    ["正しいものはどれか", "接続できない。原因はどれか", "Which is true?", "料金が安いのはどれ"],
)
def test_questions_for_what_is_right(question: str) -> None:
    assert not asks_for_wrong(question)


@pytest.mark.parametrize(
    ("question", "count"),
    [
        ("どれか", 1),
        ("２つ選べ", 2),
        ("正しいものを二つ選んでください", 2),
        ("3 つ選択せよ", 3),
        ("Choose TWO.", 2),
        ("Select 3 answers", 3),
        ("4 つ選べ", 3),  # of four options at least one is wrong
        ("2 つの AZ に置く。どれか", 1),
    ],
)
def test_how_many_are_wanted(question: str, count: int) -> None:
    assert count_wanted(question, 4) == count


def test_the_best_supported_options_are_chosen_in_their_order() -> None:
    letters, supports = ["A", "B", "C", "D"], [0.5, 0.9, 0.1, 0.8]
    assert choose_options("どれか", letters, supports) == "B"
    assert choose_options("2 つ選べ", letters, supports) == "BD"
    assert choose_options("誤っているものはどれか", letters, supports) == "C"
    assert choose_options("誤っているものを 2 つ選べ", letters, supports) == "AC"


def test_equal_supports_go_to_the_first_option() -> None:
    assert choose_options("どれか", ["ア", "イ"], [0.5, 0.5]) == "ア"
    assert choose_options("誤りはどれか", ["ア", "イ"], [0.5, 0.5]) == "ア"


def test_a_section_without_sentences_supports_nothing() -> None:
    assert support_option([], []) == 0.0


def test_the_sentence_that_fits_best_counts() -> None:
    # .8 + .15 * 0 against .7 + .15 * 1
    assert support_option([0.8, 0.7], [0.0, 1.0]) == pytest.approx(0.85)
