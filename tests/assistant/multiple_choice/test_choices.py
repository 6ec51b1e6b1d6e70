import pytest

from assistant.answering.multiple_choice.choice_wording import (
    asks_for_all,
    asks_for_denied,
    asks_for_wrong,
    asks_for_wrong_statement,
    asks_to_choose,
    count_wanted,
)
from assistant.answering.multiple_choice.choices import (
    ALL_THAT_APPLY_MARGIN,
    choose_options,
    measure_margin,
)
from assistant.datatypes import AbstentionReason, Answer, OptionEvidence
from tests.time_limit import time_limit


@pytest.mark.parametrize(
    "question",
    [
        "誤っているものはどれか",
        "誤りはどれですか",
        "誤りを含む記述を選べ",
        "間違っている説明を 1 つ選んでください。",
        "正しくないものを選べ",
        "どれが正しくないですか?",
        "どの説明が誤っていますか。",
        "利用できないものを 2 つ選べ",
        "適切でない構成はどれですか",
        "不適切なものを、次の A～D の中から 1 つ選びなさい。",
        "最も適切ではないのはどれ?",
        "DB 認証に対応しないエンジンを２つ選択してください",
        "この機能に当てはまらないものすべてを選んでください",
        "ログに記録されないものはどれですか",
        "避けるべき構成はどれか",
        "この方式でできないことを 2 つ選べ。",
        "設計書の誤っているところはどれか",
        "暗号化の説明として誤っているものは?",
        "認証を通らない接続が残っている。方針として正しくないものはどれか。",
        "Which of these is NOT true?",
        "Which of the following are not stored in the log?",
        "Which statement isn't correct?",
        "Which option is incorrect?",
        "All of the following encrypt data EXCEPT:",
        "All of these are load balancers except which one?",
        "Select the false statement.",
        "Which of these is the least likely cause?",
    ],
)
def test_questions_for_what_is_wrong(question: str) -> None:
    assert asks_for_wrong(question)
    assert asks_for_wrong_statement(question) is not asks_for_denied(question)


@pytest.mark.parametrize(
    "question",
    [
        "DB 認証に対応しないエンジンを２つ選択してください",
        "ログに記録されないものはどれですか",
        "この方式でできないことを 2 つ選べ。",
        "料金がかからないのは?",
        "条件に書けないものはどれか",
        "組み合わせとして選べないものはどれか",
        "止められない通信はどれですか。",
        "用途として向いていないものはどれか",
        "前もってやらなくてよいものを選べ",
        "不要なものはどれか",
        "保護に含まれないものはどれですか。",
        "Which of the following are not stored in the log?",
    ],
)
def test_questions_for_what_the_notes_deny(question: str) -> None:
    assert asks_for_denied(question)
    assert not asks_for_wrong_statement(question)


@pytest.mark.parametrize(
    "question",
    [
        "誤っているものはどれか",
        "正しくないものを選べ",
        "最も適切ではないのはどれ?",
        "Which of these is NOT true?",
        "All of the following encrypt data EXCEPT:",
        "料金をかけない方法はどれか",
        "有料版にしかないものはどれか",
        "正しいものはどれか",
        "",
    ],
)
def test_questions_for_what_the_notes_do_not_deny(question: str) -> None:
    assert not asks_for_denied(question)


@pytest.mark.parametrize(
    "question",
    [
        "正しいものはどれか",
        "接続できない。原因はどれか",
        "接続できない原因はどれか",
        "変更できないことを前提に、使える方法はどれか",
        "接続できないときに最初に確かめるものはどれか",
        "設定が誤っている。直す方法はどれか。",
        "誤って消したオブジェクトを戻す方法はどれか",
        "誤った設定を見つける手段はどれか",
        "インターネットを経由しない方法はどれか",
        "コードを変更しない構成を選べ",
        "最も手間の少ないものはどれか",
        "専用線を選ばない理由として正しいものを 2 つ選べ",
        "適切なのはどれですか。機器は変更できないものとする。",
        "料金が安いのはどれ",
        "Which is true?",
        "Which solution does this with the LEAST operational overhead?",
        "Traffic must NOT leave the network. Which solution meets this?",
        "The route is wrong. Which action fixes it?",
        "The cache is not used. Which setting helps?",
        "",
    ],
)
def test_questions_for_what_is_right(question: str) -> None:
    assert not asks_for_wrong(question)


@pytest.mark.parametrize(
    ("question", "count"),
    [
        ("どれか", 1),
        ("２つ選べ", 2),
        ("正しいものを二つ選んでください", 2),
        ("正しいものを 2 つ、選びなさい", 2),
        ("２つを選択", 2),
        ("2 つだけ選択してください", 2),
        ("ふたつ選べ", 2),
        ("3 つ選択せよ", 3),
        ("三つ答えよ", 3),
        ("どれですか。(2つ)", 2),
        ("次の中から 2 つ", 2),
        ("2 個選んで", 2),
        ("Choose TWO.", 2),
        ("(Select TWO.)", 2),
        ("Select 3 answers", 3),
        ("Pick any two", 2),
        ("Choose the two best options", 2),
        ("Which two actions help?", 2),
        ("Give three correct answers", 3),
        ("4 つ選べ", 3),  # of four options at least one is wrong
        ("2 つの AZ に置く。どれか", 1),
        ("サブネットを 2 つ選択した構成はどれか", 1),
        ("Two nodes fail. Which setting helps?", 1),
        ("すべて選べ", 1),
    ],
)
def test_how_many_are_wanted(question: str, count: int) -> None:
    assert count_wanted(question, 4) == count


@pytest.mark.parametrize(
    "question",
    [
        "正しいものをすべて選べ",
        "正しいものを全て選択してください。",
        "該当するものをすべて選んでください",
        "当てはまるものすべてを選びなさい",
        "正しいものはどれか。(複数選択)",
        "Select all that apply.",
        "Choose ALL correct answers",
    ],
)
def test_all_that_apply(question: str) -> None:
    assert asks_for_all(question)


@pytest.mark.parametrize(
    "question",
    [
        "すべての通信を記録する方法はどれか",
        "全てのうち 2 つ選べ",
        "Which logs all requests?",
        "どれか",
        "",
    ],
)
def test_one_that_applies(question: str) -> None:
    assert not asks_for_all(question)


@pytest.mark.parametrize(
    "text",
    [
        "どれですか",
        "どちらが安い?",
        "次のうち正しいものは?",
        "2 つ選べ",
        "Which one fits?",
        "Pick one",
    ],
)
def test_texts_that_ask_to_choose(text: str) -> None:
    assert asks_to_choose(text)


@pytest.mark.parametrize(
    "text",
    [
        "どれくらいかかる?",
        "どのように作る?",
        "いずれも使った。",
        "The route which I added works.",
        "How do I select a subnet?",
        "",
    ],
)
def test_texts_that_do_not_ask_to_choose(text: str) -> None:
    assert not asks_to_choose(text)


def test_the_best_supported_options_are_chosen_in_their_order() -> None:
    letters, supports = ["A", "B", "C", "D"], [0.5, 0.9, 0.1, 0.8]
    assert choose_options("どれか", letters, supports) == ("B",)
    assert choose_options("2 つ選べ", letters, supports) == ("B", "D")
    assert choose_options("誤っているものはどれか", letters, supports) == ("C",)
    assert choose_options("誤っているものを 2 つ選べ", letters, supports) == ("A", "C")


def test_all_that_apply_are_those_that_come_near_the_best() -> None:
    near, far = 0.9 - 0.9 * ALL_THAT_APPLY_MARGIN, 0.9 - 1.1 * ALL_THAT_APPLY_MARGIN
    letters = ["A", "B", "C", "D"]
    assert choose_options("正しいものをすべて選べ", letters, [near, 0.9, far, near]) == (
        "A",
        "B",
        "D",
    )
    assert choose_options("正しいものをすべて選べ", letters, [0.1, 0.9, 0.2, 0.3]) == ("B",)
    # 0.1 is supported least, 0.12 hardly more.
    wrong = "誤っているものをすべて選べ"
    assert choose_options(wrong, letters, [0.1, 0.9, 0.12, 0.5]) == ("A", "C")


def test_equal_supports_go_to_the_first_option() -> None:
    assert choose_options("どれか", ["ア", "イ"], [0.5, 0.5]) == ("ア",)
    assert choose_options("誤りはどれか", ["ア", "イ"], [0.5, 0.5]) == ("ア",)


@pytest.mark.parametrize(
    ("chosen", "is_wrong", "margin"),
    [
        ("B", False, 0.4),
        ("AB", False, 0.3),
        ("C", True, 0.3),
        ("AC", True, 0.4),
        ("ABC", False, None),
    ],
)
def test_the_margin_lies_between_the_last_chosen_and_the_next(
    chosen: str, is_wrong: bool, margin: float | None
) -> None:
    # Supports .5, .9, .2: B leads A by .4, A leads C by .3.
    measured = measure_margin("ABC", [0.5, 0.9, 0.2], chosen, is_wrong=is_wrong)
    assert measured == (None if margin is None else pytest.approx(margin))


@pytest.mark.parametrize(
    "piece",
    [
        "次の",
        "誤り",
        "誤りの",
        "どれが",
        "できない",
        "which of these ",
        "all of the ",
        "1 ",
        "\ud800",
    ],
)
def test_a_hostile_text_takes_no_time(piece: str) -> None:
    text = (piece * 100_000)[:100_000]
    with time_limit(1.0):
        for read in (asks_to_choose, asks_for_wrong, asks_for_all):
            read(text)
        count_wanted(text, 4)


@pytest.mark.parametrize(
    ("choice", "chosen"),
    [("10", {"10"}), ("1", {"1"}), ("110", {"1", "10"}), ("12", {"1", "2"}), (None, set())],
)
def test_the_tenth_of_ten_numbered_options_is_not_the_first(choice, chosen) -> None:
    options = tuple(OptionEvidence(str(n), "甲", 0.0, None, None) for n in range(1, 11))
    # An abstention needs no citations.
    none = AbstentionReason.LOW_CONFIDENCE
    answer = Answer("?", "", (), (), none, 0.5, choice=choice, options=options)
    assert answer.chosen_letters == chosen
    assert Answer("?", "", (), (), none, 0.5, choice="A").chosen_letters == set()


def test_ten_numbered_options_have_a_margin_each() -> None:
    letters = [str(n) for n in range(1, 11)]
    supports = [0.1] * 9 + [0.9]
    chosen = choose_options("どれか", letters, supports)
    assert chosen == ("10",)
    assert measure_margin(letters, supports, chosen, is_wrong=False) == pytest.approx(0.8)
