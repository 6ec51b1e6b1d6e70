"""Citations, facts, length and choice of answers."""

import pytest

from eval.answer_metrics import holds_fact, score_answers, squeeze
from eval.datatypes import AnswerRecord, Gold
from tests.eval.records import answered, ask, refused, result, run_of

GOLD = (Gold("n.md#a", 10, 12), Gold("n.md#b", 30, 30))
ALL_EMPTY = {
    "citation precision": {},
    "citation recall": {},
    "key facts": {},
    "length": {},
    "choice": {},
}


def scores_of(answer: AnswerRecord | None, **labels: object) -> dict[str, float]:
    scores = score_answers([ask("q", *GOLD, **labels)], run_of(result("q", answer=answer)))
    return {name: values["q"] for name, values in scores.items() if values}


@pytest.mark.parametrize(
    ("cited", "precision", "recall"),
    [
        ([("n.md#a", 12, 15)], 1.0, 1.0),  # touches the last gold line
        ([("n.md#a", 5, 10)], 1.0, 1.0),  # touches the first
        ([("n.md#a", 13, 15)], 0.0, 0.0),  # the right section, lines after the answer
        ([("n.md#a", 5, 9)], 0.0, 0.0),  # lines before
        ([("m.md#a", 10, 12)], 0.0, 0.0),  # another note
        ([("n.md#b", 10, 12)], 0.0, 0.0),  # the lines of the other right section
        ([("n.md#b", 30, 30), ("x.md#x", 1, 9)], 0.5, 1.0),
        ([("n.md#a", 1, 99), ("n.md#b", 1, 99), ("x", 1, 1)], 2 / 3, 1.0),
    ],
)
def test_citations_are_judged_by_section_and_line(
    cited: list[tuple[str, int, int]], precision: float, recall: float
) -> None:
    found = scores_of(answered("五文字です", *cited))
    assert found == {"citation precision": precision, "citation recall": recall, "length": 5.0}


def test_an_answer_that_cites_nothing_has_no_precision_and_no_recall() -> None:
    assert scores_of(answered("あ")) == {"citation recall": 0.0, "length": 1.0}


def test_key_facts_are_met_by_any_variant() -> None:
    facts = (("5 個", "五個"), ("引き上げ",), ("ない",))
    found = scores_of(answered("上限は五個、申請で引き上げ。"), key_facts=facts)
    assert found["key facts"] == pytest.approx(2 / 3)


def test_an_abstention_has_no_facts_and_its_citations_are_not_judged() -> None:
    assert scores_of(refused(), key_facts=(("a",),)) == {"key facts": 0.0}


@pytest.mark.parametrize(
    ("choice", "score"), [("AC", 1.0), ("CA", 1.0), ("A", 0.0), ("ABC", 0.0), (None, 0.0)]
)
def test_a_choice_is_right_if_exactly_the_right_letters_are_chosen(
    choice: str | None, score: float
) -> None:
    assert scores_of(answered(choice=choice), correct="AC")["choice"] == score


def test_an_abstention_from_a_multiple_choice_question_is_wrong() -> None:
    assert scores_of(refused(), correct="A") == {"choice": 0.0}


def test_an_unanswerable_question_is_not_judged_by_citations() -> None:
    run = run_of(result("q", answer=answered("あ", ("n.md#a", 10, 10))))
    assert score_answers([ask("q", near="n.md#a")], run) == ALL_EMPTY


def test_a_system_that_only_retrieves_has_no_scores() -> None:
    assert score_answers([ask("q", "a", correct="A")], run_of(result("q", "a"))) == ALL_EMPTY
    assert score_answers([ask("q", "a")], run_of()) == ALL_EMPTY
    assert score_answers([], run_of()) == ALL_EMPTY


@pytest.mark.parametrize(
    ("text", "variant"),
    [
        ("ＶＰＣは５個まで", "vpc は 5 個"),  # width, case, spaces
        ("Transit\nGateway", "transitgateway"),
        ("最大 5 個", "5個"),
        ("/16から/28", "/28"),
        ("80,443 を開く", "443"),
        ("1.2 です", "1.2"),
        ("版は 1.2.", "1.2"),
        ("5GB", "5"),
        ("インターフェイス", "インターフェース"),
        ("a+b", "A+B"),
    ],
)
def test_a_fact_stands_in_a_text_whatever_its_spelling(text: str, variant: str) -> None:
    assert holds_fact(text, ["違う", variant])


@pytest.mark.parametrize(
    ("text", "variant"),
    [
        ("15 個", "5 個"),
        ("0.5 個", "5 個"),
        ("50 個", "5"),
        ("1.25 倍", "1.2"),
        ("/280", "/28"),
        ("10.5", "10"),
        ("axb", "a.b"),  # signs mean themselves
        ("", "a"),
    ],
)
def test_a_fact_does_not_stand_in_another_number_or_word(text: str, variant: str) -> None:
    assert not holds_fact(text, [variant])
    assert not holds_fact(text, [])


def test_squeezing_leaves_no_white_space() -> None:
    assert squeeze(" Ａ\u3000b\n c ") == "abc"
