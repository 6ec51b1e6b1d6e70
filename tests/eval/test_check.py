"""Every fault of a question set is found, and a sound set has none."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from eval.check import SLICES, Problem, check_questions, count_slices
from eval.datatypes import Gold, LabelledQuestion, Split
from tests.eval.records import ask, read_note

TEXT = """\
# 甲

上限は 5 個です。
申請で増える。

## 空

## 乙

別の話。15 台まで。
"""
NOTE, SECTIONS = read_note("n.md", TEXT)
GOLD = Gold("n.md#甲", 3, 4)


def check(*questions: LabelledQuestion, sections: object = None) -> list[str]:
    problems = check_questions(questions, SECTIONS, {"n.md": NOTE}, str.split)
    return [problem.text for problem in problems]


def test_a_sound_set_has_no_problem() -> None:
    digest = SECTIONS["n.md#甲"].digest
    sound = [
        ask("q1", replace(GOLD, digest=digest), key_facts=(("５個", "五つ"), ("増える",))),
        ask("q2", tags=["unanswerable", "keywords"], near="n.md#乙", text="全く別の質問です"),
        ask("q3", tags=["unanswerable"], text="何にも近くない問い"),
        ask(
            "q4",
            GOLD,
            Gold("n.md#乙", 10, 10),
            tags=["multi-section", "follow-up", "multiple-choice"],
            history=["前の話"],
            choices=["一", "二", "三"],
            correct="AC",
            text="では、どれとどれ?",
        ),
    ]
    assert check_questions(sound, SECTIONS, {"n.md": NOTE}, str.split) == []


def test_an_empty_set_has_no_problem() -> None:
    assert check() == []


@pytest.mark.parametrize(
    ("question", "told"),
    [
        (ask("q", GOLD, tags=[]), f"has no tags; use {sorted(SLICES)}"),
        (ask("q", GOLD, tags=["keyword"]), f"tags ['keyword'] are unknown; use {sorted(SLICES)}"),
        (ask("q"), "is answerable exactly if it has gold"),
        (ask("q", GOLD, tags=["unanswerable"]), "is answerable exactly if it has gold"),
        (ask("q", GOLD, tags=["follow-up"]), "is a follow-up without history"),
        (ask("q", GOLD, GOLD, tags=["multi-section"]), "is multi-section with fewer than two"),
        (ask("q", GOLD, tags=["multiple-choice"]), "has choices exactly if"),
        (ask("q", GOLD, choices="一二三", correct="A"), "has choices exactly if"),
        (ask("q", GOLD, correct="A"), "has the correct letters 'A' without choices"),
        (ask("q", tags=["unanswerable"], near="x#x"), "near section x#x does not exist"),
        (ask("q", Gold("x#x", 1, 1)), "gold section x#x does not exist"),
        (ask("q", Gold("n.md#甲", 3, 6)), "gold lines 3-6 are not within n.md#甲 (1-4)"),
        (ask("q", Gold("n.md#乙", 7, 9)), "gold lines 7-9 are not within n.md#乙 (8-"),
        (ask("q", Gold("n.md#甲", 4, 3)), "gold lines 4-3 are not within"),
        (ask("q", Gold("n.md#空", 6, 6)), "gold section n.md#空 has no text"),
        (ask("q", replace(GOLD, digest="0")), "gold section n.md#甲 changed since"),
        (ask("q", GOLD, key_facts=(("6 個",),)), "key fact ['6 個'] does not stand"),
        # In the section, but not in the gold lines.
        (ask("q", Gold("n.md#甲", 4, 4), key_facts=(("5 個",),)), "key fact ['5 個'] does not"),
        # 15 台 is not 5 台.
        (ask("q", Gold("n.md#乙", 10, 10), key_facts=(("5 台",),)), "key fact ['5 台'] does not"),
    ],
)
def test_a_fault_is_told_once(question: LabelledQuestion, told: str) -> None:
    (text,) = check(question)
    assert text.startswith(told)


def choose(choices: Sequence[str], correct: str) -> list[str]:
    return check(ask("q", GOLD, tags=["multiple-choice"], choices=choices, correct=correct))


@pytest.mark.parametrize(
    "choices", [["一", "二"], ["一", "二", "一"], ["Ａ 1", "a1", "二"], ["一", "二", " "]]
)
def test_choices_must_be_three_different_ones(choices: list[str]) -> None:
    assert choose(choices, "A") == ["needs at least three different choices, none of them empty"]


@pytest.mark.parametrize("correct", ["", "D", "AD", "ABC"])
def test_some_but_not_all_letters_are_correct(correct: str) -> None:
    assert choose(["一", "二", "三"], correct) == [
        f"correct letters '{correct}' are not some of ABC"
    ]


def test_facts_may_stand_in_different_gold_sections() -> None:
    both = ask("q", GOLD, Gold("n.md#乙", 10, 10), key_facts=(("5 個",), ("15 台",)))
    assert check(both) == []


def test_a_scenario_must_not_share_words_with_its_section() -> None:
    # The analyser is str.split. `使う` and numbers give nothing away; headings count as text.
    def analyze(text: str) -> list[str]:
        return [word for word in ("甲", "使う", "申請", "5", "1.5", "別") if word in text]

    _, sections = read_note("n.md", "# 甲\n\n使う 5 1.5 申請\n")
    notes = {"n.md": read_note("n.md", "# 甲\n\n使う 5 1.5 申請\n")[0]}
    gold = Gold("n.md#甲", 3, 3)

    def problems(text: str, tag: str = "scenario") -> list[str]:
        asked = ask("q", gold, tags=[tag], text=text)
        return [found.text for found in check_questions([asked], sections, notes, analyze)]

    assert problems("5 個 1.5 倍 使う 別") == []
    assert problems("甲 と 申請") == ["is a scenario that shares ['甲', '申請'] with n.md#甲"]
    assert problems("甲 と 申請", tag="keywords") == []


def test_nearly_the_same_questions_are_named() -> None:
    def near(first: str, second: str) -> list[str]:
        return check(ask("q1", GOLD, text=first), ask("q2", GOLD, text=second))

    told = ["is nearly the same question as q1"]
    assert near("VPC の上限は?", "ｖｐｃの上限は？") == told
    assert near("上限", "上限") == told
    assert near("上限", "下限") == []
    # Trigrams of abcdefgh are 6; of abcdefxy 4 are shared, 8 in all: 0.5.
    assert near("abcdefgh", "abcdefxy") == []
    # Of abcdefg's 5 and abcdefgxyz's... abcdef (4) and abcdefgh (6): 4 of 6 are 0.67.
    assert near("abcdef", "abcdefgh") == told
    # 3 of 5 trigrams are just 0.6.
    assert near("abcde", "abcdefg") == told


def test_the_history_is_part_of_the_question() -> None:
    first = ask("q1", GOLD, text="上限は?", tags=["follow-up"], history=["VPC について教えて"])
    second = ask("q2", GOLD, text="上限は?", tags=["follow-up"], history=["バケットの話です"])
    assert check(first, second) == []


def test_a_section_in_both_splits_is_a_problem_of_the_set() -> None:
    leaky = [
        ask("q1", GOLD, split=Split.DEV),
        ask("q2", GOLD, split=Split.TEST, text="少しも似ていない問い"),
    ]
    assert check_questions(leaky, SECTIONS, {"n.md": NOTE}, str.split) == [
        Problem("", "section n.md#甲 has questions in both splits")
    ]


def test_slices_are_counted_by_split() -> None:
    questions = [
        ask("q1", tags=["code", "table"], split=Split.DEV),
        ask("q2", tags=["code"]),
        ask("q3", tags=["code"]),
    ]
    assert count_slices(questions) == {
        "all": {Split.DEV: 1, Split.TEST: 2},
        "code": {Split.DEV: 1, Split.TEST: 2},
        "table": {Split.DEV: 1, Split.TEST: 0},
    }
    assert count_slices([]) == {"all": {Split.DEV: 0, Split.TEST: 0}}
