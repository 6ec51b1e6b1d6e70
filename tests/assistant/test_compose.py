"""Which sentences an answer quotes."""

from assistant.answering.compose import select_sentences
from assistant.datatypes import Evidence
from tests.assistant.evidence import build_evidence


def texts(evidence: list[Evidence], limit: int = 400) -> list[list[str]]:
    return [[s.text for s in run] for run in select_sentences(evidence, limit)]


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
    assert select_sentences([], 400) == ()
    assert select_sentences([build_evidence("a", 1.0, [])], 400) == ()
