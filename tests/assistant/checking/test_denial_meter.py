"""Which options a section denies, on sections written for it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.checking.denial_meter import ClauseDenialMeter
from tests.time_limit import time_limit


@pytest.fixture(scope="module")
def meter(words):
    return ClauseDenialMeter(words)


CASES = {
    "sentence": (
        "倉庫の鍵にできないことは?",
        ["複製する", "貸し出す"],
        "鍵",
        "鍵は受付で貸し出す。複製はできない。",
    ),
    "cell": (
        "子ども会員が使えない設備は?",
        ["サウナ", "プール"],
        "設備",
        "| 設備 | 大人 | 子ども |\n|---|---|---|\n| プール | ○ | ○ |\n| サウナ | ○ | × |",
    ),
    "list below a heading that denies": (
        "記録されないものは?",
        ["来客の氏名", "荷物の重さ"],
        "記録されないもの",
        "- 来客の氏名\n- 天気",
    ),
    "only one of two is denied": (
        "館内で使えない組み合わせは?",
        ["回数券と割引券の併用", "会員証と回数券の併用"],
        "券",
        "会員証と回数券の併用は可。回数券と割引券の併用は不可。",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_the_option_that_is_denied_has_the_most(meter, name) -> None:
    question, options, heading, text = CASES[name]
    denied, said = meter.measure(question, options, heading, text)
    assert denied > 0
    assert denied > said


def test_what_is_said_is_below_nothing_and_what_is_not_spoken_of_at_it(meter) -> None:
    said, strange = meter.measure("鍵は?", ["貸し出す", "天気"], "鍵", "鍵は受付で貸し出す。")
    assert said < 0
    assert strange == 0


def test_an_option_that_denies_is_said_by_what_denies(meter) -> None:
    text = "鍵の複製はできない。"
    plain, denying = meter.measure("鍵は?", ["複製できる", "複製できない"], "鍵", text)
    assert plain > 0 > denying


def test_a_condition_denies_nothing(meter) -> None:
    [measure] = meter.measure("鍵は?", ["貸し出す"], "鍵", "鍵は登録しないと貸し出す。")
    assert measure < 0


@pytest.mark.parametrize("text", ["", "\n\n", "|||\n|-|", "。" * 50])
def test_a_section_without_words_denies_nothing(meter, text) -> None:
    assert meter.measure("", ["甲", ""], "", text) == [0, 0]


@given(st.text(max_size=60), st.lists(st.text(max_size=20), max_size=4), st.text(max_size=200))
def test_any_text_is_measured_within_bounds(words, question, options, text) -> None:
    measures = ClauseDenialMeter(words).measure(question, options, question[:10], text)
    assert len(measures) == len(options)
    assert all(-1.6 <= measure <= 1.6 for measure in measures)


@pytest.mark.parametrize("text", ["ない" * 20_000, "× | " * 5_000, "| a " * 5_000, "、" * 50_000])
def test_a_hostile_section_takes_no_time(meter, text) -> None:
    with time_limit(3):
        meter.measure("鍵は?", ["複製", "貸し出し", "返却", "紛失"], "鍵", text)
