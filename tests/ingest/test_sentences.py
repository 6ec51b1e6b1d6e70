from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.datatypes import TextBlock
from ingest.sentences import (
    MAX_ITEM_CHARS,
    MAX_SENTENCE_CHARS,
    Sentence,
    find_sentence_spans,
    split_sentences,
)


def block_of(text, kind="paragraph", first_line=1):
    lines = tuple(range(first_line, first_line + text.count("\n") + 1))
    return TextBlock(kind, text, lines)


def texts_of(text, kind="paragraph"):
    return [sentence.text for sentence in split_sentences(block_of(text, kind))]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("一つ。二つ！三つ？四つ", ["一つ。", "二つ！", "三つ？", "四つ"]),
        ("本当！？はい。。。次", ["本当！？", "はい。。。", "次"]),
        ("「甲。乙！」と言う。次", ["「甲。乙！」と言う。", "次"]),
        ("甲（注。『乙。』丙。）丁。戊", ["甲（注。『乙。』丙。）丁。", "戊"]),
        ("（閉じない。次", ["（閉じない。", "次"]),
        ("開かない。）次", ["開かない。）", "次"]),
        ("10.0.0.0/16とv1.2です。", ["10.0.0.0/16とv1.2です。"]),
        ("Ports open. Use TLS 1.2. Done", ["Ports open.", "Use TLS 1.2.", "Done"]),
        (
            "See e.g. Paris, the U.S. East and etc. Only",
            ["See e.g. Paris, the U.S. East and etc. Only"],
        ),
        ("https://a.example/?b=c!d と書く", ["https://a.example/?b=c!d と書く"]),
        ("本当?はい", ["本当?", "はい"]),
        ("使用します. 次です", ["使用します.", "次です"]),
        ("終わり．次は3．5です", ["終わり．", "次は3．5です"]),
        ("1. Start here. Go", ["1. Start here.", "Go"]),
        ("半角｡次", ["半角｡", "次"]),
    ],
)
def test_marks_that_end_a_sentence_and_marks_that_do_not(text, sentences):
    assert texts_of(text) == sentences


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("甲です\n乙です", ["甲です", "乙です"]),
        ("甲を、\n乙を，\n丙・\n丁", ["甲を、乙を，丙・丁"]),
        ("設定は次の通り：\nenableA\nenableB", ["設定は次の通り：enableA", "enableB"]),
        ("甲（\n乙）\n丙", ["甲（乙）", "丙"]),
        (
            "The gateway connects many\nnetworks of yours.\nNext",
            [
                "The gateway connects many networks of yours.",
                "Next",
            ],
        ),
        ("https://a.example/b/\nhttps://c.example", ["https://a.example/b/", "https://c.example"]),
    ],
)
def test_a_line_break_ends_a_sentence_unless_the_line_runs_on(text, sentences):
    assert texts_of(text) == sentences


def test_lines_are_those_of_the_note():
    sentences = split_sentences(block_of("甲を、\n乙。丙。\n丁", first_line=7))
    assert sentences == [
        Sentence("甲を、乙。", 7, 8),
        Sentence("丙。", 8, 8),
        Sentence("丁", 9, 9),
    ]


def test_a_short_item_is_one_sentence_and_a_long_one_is_not():
    assert texts_of("甲。\n乙。", "item") == ["甲。乙。"]
    long = "あ" * MAX_ITEM_CHARS
    assert texts_of(f"{long}。乙。", "item") == [f"{long}。", "乙。"]


def test_a_row_is_one_sentence_and_code_is_cut_by_lines():
    assert texts_of("甲: 一。二。 / 乙: 三", "row") == ["甲: 一。二。 / 乙: 三"]
    assert texts_of("if a. b:\n\n    c\n", "code") == ["if a. b:", "c"]


def test_an_endless_sentence_is_cut_at_a_comma_or_else_anywhere():
    head, tail = "あ" * 200 + "、", "い" * 200
    assert texts_of(head + tail) == [head, tail]
    assert [len(text) for text in texts_of("あ" * 700)] == [300, 300, 100]


PIECES = st.sampled_from(
    ["甲", "。", "、", "\n", "（", "）", "「", "」", ". ", "a b c", "!", "：", " ", "あ" * 150]
)


@settings(max_examples=300)
@given(
    st.lists(PIECES, min_size=1, max_size=30).map("".join).filter(str.strip),
    st.sampled_from(["paragraph", "item", "quote", "code", "row"]),
)
def test_no_character_is_lost(text, kind):
    block = block_of(text, kind)
    spans = find_sentence_spans(block)
    kept = "".join(text[start:end] for start, end in spans)
    assert "".join(kept.split()) == "".join(text.split())
    for before, after in pairwise(spans):
        assert before[1] <= after[0]
    sentences = split_sentences(block)
    assert "".join("".join(s.text.split()) for s in sentences) == "".join(text.split())
    assert all(s.line_start <= s.line_end and "\n" not in s.text for s in sentences)
    if kind != "row":
        assert all(len(s.text) <= MAX_SENTENCE_CHARS for s in sentences)
