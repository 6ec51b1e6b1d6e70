"""Which sentences an answer quotes."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.answering.composition.compose import (
    DEFAULT_RULES,
    CompositionRules,
    select_sentences,
)
from assistant.answering.composition.question_parts import split_question
from assistant.answering.composition.units import split_units
from assistant.datatypes import Evidence
from tests.assistant.evidence import build_evidence
from tests.time_limit import time_limit

NONE = CompositionRules(False, False, False, False, False, False, False)
ONLY_PARTS = CompositionRules(only_parts=True)


def texts(
    evidence: list[Evidence],
    limit: int = 400,
    question: str = "甲",
    rules: CompositionRules = DEFAULT_RULES,
) -> list[list[str]]:
    runs = select_sentences(question, evidence, limit, rules=rules)
    return [[s.text for s in run] for run in runs]


def without_marks(item: Evidence) -> Evidence:
    """Take the sentences away that only mark the begin and end of code."""
    kept = [
        (sentence, relevance)
        for sentence, relevance in zip(item.sentences, item.relevance, strict=True)
        if not sentence.text.startswith(("```", "~~~"))
    ]
    return replace(
        item,
        sentences=tuple(replace(s, ordinal=i) for i, (s, _) in enumerate(kept)),
        relevance=tuple(relevance for _, relevance in kept),
    )


def test_the_most_relevant_sentence_is_quoted_and_weak_ones_are_not() -> None:
    item = build_evidence("a", 1.0, [("導入。", 0.1), ("答え。", 0.9), ("余談。", 0.2)])
    assert texts([item]) == [["答え。"]]


def test_sentences_come_in_reading_order_and_neighbours_share_a_run() -> None:
    item = build_evidence("a", 1.0, [("一。", 0.8), ("二。", 0.9), ("三。", 0.1), ("四。", 0.7)])
    assert texts([item]) == [["一。", "二。"], ["四。"]]


def test_a_short_list_stays_whole() -> None:
    item = build_evidence("a", 1.0, [("前置き。", 0.2), ("甲", 0.9, 1), ("乙", 0.1, 1)])
    assert texts([item]) == [["甲", "乙"]]


def test_a_list_longer_than_its_share_is_quoted_item_by_item() -> None:
    # 90 + 90 characters are more than 0.75 * 200.
    item = build_evidence("a", 1.0, [("甲" * 90, 0.9, 1), ("乙" * 90, 0.1, 1)])
    assert texts([item], 200) == [["甲" * 90]]


def test_a_table_row_is_quoted_without_the_other_rows() -> None:
    item = build_evidence("a", 1.0, [("種別: A", 0.9, 1), ("種別: B", 0.1, 1)], table=True)
    assert texts([item]) == [["種別: A"]]


def test_the_length_limit_holds_but_for_the_first_unit() -> None:
    item = build_evidence("a", 1.0, [("長" * 500, 0.9), ("短。", 0.8)])
    assert texts([item], 400) == [["長" * 500]]


def test_a_close_second_section_is_quoted_after_the_first() -> None:
    first = build_evidence("a", 1.0, [("甲。", 0.8)])
    second = build_evidence("b", 0.9, [("乙。", 0.9)])
    assert texts([first, second]) == [["甲。"], ["乙。"]]


def test_a_distant_second_section_is_left_out() -> None:
    first = build_evidence("a", 1.0, [("甲。", 0.8)])
    second = build_evidence("b", 0.5, [("乙。", 0.9)])
    assert texts([first, second]) == [["甲。"]]


def test_the_same_sentence_is_not_said_twice() -> None:
    first = build_evidence("a", 1.0, [("同じ文。", 0.8)])
    second = build_evidence("b", 0.95, [("同じ文。", 0.8)])
    assert texts([first, second]) == [["同じ文。"]]


def test_no_evidence_selects_nothing() -> None:
    assert select_sentences("甲", [], 400) == ()
    assert select_sentences("甲", [build_evidence("a", 1.0, [])], 400) == ()


# A reason is asked for.
def test_a_question_for_a_reason_prefers_the_sentence_that_gives_one() -> None:
    scored = [("切断される。", 0.8), ("間。", 0.1), ("古い鍵のため。", 0.7)]
    item = build_evidence("a", 1.0, scored)
    assert texts([item], 7, "なぜ切れる?") == [["古い鍵のため。"]]
    assert texts([item], 7, "なぜ切れる?", NONE) == [["切断される。"]]


# A list is asked for.
def test_a_question_for_a_list_gets_it_whole_with_its_introduction() -> None:
    scored = [("余談。", 0.1), ("種類は次のとおり。", 0.2), ("甲", 0.1, 1), ("乙", 0.4, 1)]
    item = build_evidence("a", 1.0, scored)
    assert texts([item], 400, "どんな種類がある?") == [["種類は次のとおり。", "甲", "乙"]]
    assert texts([item], 400, "どんな種類がある?", NONE) == [["種類は次のとおり。", "甲", "乙"]]
    assert texts([item], 5, "どんな種類がある?") == [["甲", "乙"]]  # no room for it


def test_a_list_that_is_asked_for_may_fill_the_whole_answer() -> None:
    item = build_evidence("a", 1.0, [("甲" * 90, 0.1, 1), ("乙" * 90, 0.9, 1)])
    question = "一覧を教えて"
    assert texts([item], 200, question) == [["甲" * 90, "乙" * 90]]
    assert texts([item], 200, question, NONE) == [["乙" * 90]]


def test_of_a_list_that_is_too_long_neighbouring_items_are_quoted() -> None:
    scored = [("甲" * 40, 0.1, 1), ("乙" * 40, 0.1, 1), ("丙" * 40, 0.9, 1), ("丁" * 40, 0.3, 1)]
    item = build_evidence("a", 1.0, scored)
    assert texts([item], 100, "一覧を教えて") == [["丙" * 40, "丁" * 40]]


def test_a_table_that_is_asked_for_as_a_list_is_quoted_whole_if_it_fits() -> None:
    rows = [("種類: 甲" * 5, 0.9, 1), ("種類: 乙" * 5, 0.05, 1)]  # 25 characters each
    item = build_evidence("a", 1.0, rows, table=True)
    question = "種類を教えて"
    assert texts([item], 50, question) == [[rows[0][0], rows[1][0]]]
    assert texts([item], 49, question) == [[rows[0][0]]]
    assert texts([item], 50, question, NONE) == [[rows[0][0]]]
    assert texts([item], 50, "甲は何?") == [[rows[0][0]]]


# Code.
CODE = [
    ("作る。", 0.1),
    ("```sh", 0.0),
    ("make a", 0.9),
    ("make b", 0.1),
    ("```", 0.0),
    ("以上。", 0.1),
]


def test_code_is_quoted_whole() -> None:
    item = without_marks(build_evidence("a", 1.0, CODE))
    assert texts([item]) == [["make a", "make b"]]
    assert texts([item], rules=NONE) == [["make a"]]


def test_long_code_is_quoted_in_part() -> None:
    item = without_marks(build_evidence("a", 1.0, CODE))
    assert texts([item], 10) == [["make a"]]


def test_code_without_an_end_reaches_to_the_end_of_the_section() -> None:
    item = without_marks(build_evidence("a", 1.0, [("~~~", 0.0), ("x = 1", 0.2), ("y = 2", 0.9)]))
    assert texts([item]) == [["x = 1", "y = 2"]]


# A comparison.
def test_a_comparison_quotes_each_side_also_from_a_distant_section() -> None:
    first = build_evidence("a", 1.0, [("ALB は L7 で働く。", 0.8), ("余談。", 0.1)])
    second = build_evidence("b", 0.3, [("余談。", 0.2), ("NLB は L4 で働く。", 0.1)])
    question = "ALB と NLB の違いは?"
    assert texts([first, second], 400, question) == [["ALB は L7 で働く。"], ["NLB は L4 で働く。"]]
    assert texts([first, second], 400, question, NONE) == [["ALB は L7 で働く。"]]


def test_a_side_that_only_a_heading_names_is_quoted() -> None:
    first = build_evidence("ALB", 1.0, [("L7 で働く。", 0.8)])
    second = build_evidence("NLB", 0.3, [("L4 で働く。", 0.2), ("余談。", 0.1)])
    # The lead names neither side by its text, so that its own heading stands for ALB.
    found = texts([first, second], 400, "ALB と NLB の違いは?")
    assert found == [["L7 で働く。"], ["L4 で働く。"]]


def test_the_rows_that_tell_the_sides_apart_are_quoted() -> None:
    rows = [
        ("項目: 層 / ALB: L7 / NLB: L4", 0.8, 1),
        ("項目: 料金 / ALB: 有料 / NLB: 有料", 0.1, 1),
        ("項目: 遅れ / ALB: 大 / NLB: 小", 0.1, 1),
    ]
    item = build_evidence("a", 1.0, rows, table=True)
    assert texts([item], 400, "ALB と NLB の違いは?") == [[rows[0][0]], [rows[2][0]]]


# A row that is asked for by its name.
ROWS = [
    ("食材: 大豆 / 加圧: 5 分", 0.9, 1),
    ("食材: 玄米 / 加圧: 20 分", 0.8, 1),
    ("食材: 牛すじ / 加圧: 25 分", 0.7, 1),
]


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ("大豆は何分?", [0]),
        ("玄米は何分?", [0, 1]),  # what leads stays
        ("大豆と牛すじはどれくらい?", [0, 2]),
        ("鶏手羽は何分?", [0, 1, 2]),  # no row has that name
        ("大豆の一覧を教えて", [0, 1, 2]),
        ("大豆の炊き方は?", [0, 1, 2]),  # asks for no fact
    ],
)
def test_of_a_table_the_rows_are_quoted_that_a_question_for_a_fact_names(question, rows) -> None:
    item = build_evidence("a", 1.0, ROWS, table=True)
    assert [text for run in texts([item], 400, question) for text in run] == [
        ROWS[row][0] for row in rows
    ]


def test_the_name_of_a_row_without_a_column_is_its_first_cell() -> None:
    rows = [("階層 / ALB: L7 / NLB: L4", 0.9, 1), ("固定 IP / ALB: 不可 / NLB: 可", 0.8, 1)]
    item = build_evidence("a", 1.0, rows, table=True)
    assert texts([item], 400, "NLB の階層は何?") == [[rows[0][0]]]


def test_a_name_of_one_letter_names_no_row() -> None:
    rows = [("型: A / 用途: 住所", 0.9, 1), ("型: CAA / 用途: 発行元", 0.8, 1)]
    item = build_evidence("a", 1.0, rows, table=True)
    assert texts([item], 400, "What is a record?") == [[rows[0][0], rows[1][0]]]


def test_rows_of_another_table_and_sentences_stay() -> None:
    first = build_evidence("a", 1.0, ROWS[:2], table=True)
    second = build_evidence("b", 0.95, [("道具: 鍋 / 数: 2", 0.8, 1)], table=True)
    third = build_evidence("c", 0.95, [("豆は洗う。", 0.8)])
    found = texts([first, second, third], 400, "大豆は何分?")
    assert found == [[ROWS[0][0]], ["道具: 鍋 / 数: 2"], ["豆は洗う。"]]


# A sentence that points back.
@pytest.mark.parametrize(
    "pointing",
    ["この場合は開かない。", "ただし、冬は別。", "※ それは古い。", "However, not in winter."],
)
def test_a_sentence_that_points_back_is_quoted_behind_the_one_before_it(pointing) -> None:
    item = build_evidence("a", 1.0, [("余談。", 0.0), ("鍵をかける。", 0.1), (pointing, 0.9)])
    assert texts([item]) == [["鍵をかける。", pointing]]


@pytest.mark.parametrize(
    "standing",
    ["それぞれ鍵が要る。", "これまで無事故。", "その他は不要。", "Items are kept."],
)
def test_a_sentence_that_stands_alone_is_quoted_alone(standing) -> None:
    item = build_evidence("a", 1.0, [("鍵をかける。", 0.1), (standing, 0.9)])
    assert texts([item]) == [[standing]]


def test_what_a_sentence_points_back_to_must_fit_and_is_said_once() -> None:
    scored = [("鍵をかける。", 0.8), ("この鍵は重い。", 0.9), ("余談。", 0.0)]
    item = build_evidence("a", 1.0, scored)
    assert texts([item]) == [["鍵をかける。", "この鍵は重い。"]]
    assert texts([item], 10) == [["この鍵は重い。"]]


def test_a_list_is_no_sentence_to_point_back_to() -> None:
    item = build_evidence("a", 1.0, [("甲", 0.1, 1), ("乙", 0.1, 1), ("この二つ。", 0.9)])
    assert texts([item]) == [["この二つ。"]]


def test_the_first_sentence_of_a_section_has_none_before_it() -> None:
    item = build_evidence("a", 1.0, [("この鍵は重い。", 0.9), ("余談。", 0.0)])
    assert texts([item]) == [["この鍵は重い。"]]


# Several parts.
PARTS = [
    build_evidence(
        "a",
        1.0,
        [("上限は 7 個。", 0.9), ("歴史が長い。", 0.6), ("上限は引き上げできる。", 0.3)],
    )
]


def test_a_question_with_two_parts_gets_a_unit_for_each_before_anything_else() -> None:
    question = "上限はいくつで、引き上げできる?"
    both = [["上限は 7 個。"], ["上限は引き上げできる。"]]
    assert texts(PARTS, 400, question, ONLY_PARTS) == both
    assert texts(PARTS, 20, question) == both  # room for two sentences
    assert texts(PARTS, 20, question, NONE) == [["上限は 7 個。", "歴史が長い。"]]


def test_one_unit_may_answer_both_parts() -> None:
    item = build_evidence("a", 1.0, [("鍵が必要で、台帳に設定する。", 0.9), ("余談。", 0.5)])
    question = "何の鍵が必要で、どの台帳に設定する?"
    found = texts([item], 400, question, ONLY_PARTS)
    assert found == [["鍵が必要で、台帳に設定する。"]]


def test_a_part_that_near_sections_do_not_touch_is_sought_in_the_others() -> None:
    first = build_evidence("a", 1.0, [("上限は 7 個。", 0.9)])
    second = build_evidence("b", 0.2, [("保守料は月末に払う。", 0.3)])
    found = texts([first, second], 400, "上限はいくつで、保守料はいつ払う?")
    assert found == [["上限は 7 個。"], ["保守料は月末に払う。"]]


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("上限はいくつで、引き上げられる?", ("上限はいくつで", "引き上げられる?")),
        ("何が必要で、どこに設定する?", ("何が必要で", "どこに設定する?")),
        ("何本まで書ける?増やせる?", ("何本まで書ける?", "増やせる?")),
        ("窓口の料金と時間は?", ("窓口の料金", "窓口の時間")),
        ("上限と期限を教えて", ("上限", "期限")),
        ("Is it encrypted, and what is the limit?", ("is it encrypted", "what is the limit?")),
        ("夜に止めたい。方法は?", ("方法は?",)),  # a situation is no part
        ("何分放置すると、切れる?", ("何分放置すると、切れる?",)),  # a condition is none either
        ("ALB と NLB の違いは?", ("alb と nlb の違いは?",)),
        ("鍵の更新", ("鍵の更新",)),
        ("", ()),
    ],
)
def test_the_parts_of_a_question(question: str, parts: tuple[str, ...]) -> None:
    assert split_question(question) == parts


@given(st.text(max_size=200))
def test_any_question_has_at_most_four_parts(question: str) -> None:
    assert len(split_question(question)) <= 4


@settings(max_examples=50)
@given(
    st.lists(
        st.tuples(st.text("甲乙。abこの", min_size=1, max_size=30), st.floats(0, 1)),
        min_size=1,
        max_size=12,
    ),
    st.sampled_from(["甲は?", "甲と乙の違いは?", "一覧は?", "なぜ?", "いくつで、何?", ""]),
    st.integers(1, 100),
)
def test_every_answer_is_short_ordered_and_without_repeats(scored, question, limit) -> None:
    item = build_evidence("a", 1.0, scored)
    runs = select_sentences(question, [item], limit)
    ordinals = [s.ordinal for run in runs for s in run]
    assert ordinals
    assert ordinals == sorted(set(ordinals))
    assert sum(len(s.text) for run in runs for s in run) <= limit or len(ordinals) == 1


@pytest.mark.parametrize("keep_long_lists", [True, False])
def test_every_sentence_is_in_one_unit(keep_long_lists: bool) -> None:
    scored = [("前。", 0.1), ("甲", 0.2, 1), ("乙", 0.3, 1), ("```", 0.1), ("x", 0.1), ("```", 0.1)]
    item = build_evidence("a", 1.0, scored)
    units = split_units(0, item, 1, 100, keep_long_lists=keep_long_lists)
    assert [s for unit in units for s in unit.sentences] == list(item.sentences)


@pytest.mark.parametrize(
    "piece", ["あ", "何で、", "甲と乙", "いくつ?", "[(", "and what ", "\ud800"]
)
def test_a_long_question_takes_no_long_time(piece: str) -> None:
    question = piece * (100_000 // len(piece))
    item = build_evidence("a", 1.0, [(f"{n} 個の甲。", 0.5) for n in range(50)])
    with time_limit(1):
        assert select_sentences(question, [item], 400)
