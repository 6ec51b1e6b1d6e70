"""A question that two topics answer equally well is asked back; hardly any other is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.headings.reading_questions import ask_for_topic
from assistant.answering.headings.readings import find_readings
from assistant.datatypes import Reading
from index.datatypes import Hit
from tests.assistant.note_sections import find_section, read_sections, words
from tests.time_limit import time_limit

SECTIONS = read_sections(
    nat="# NAT\n出る。\n## NAT ゲートウェイ\n外へ。\n### 課金\n時間で。\n### 帯域\n100 Gbps。\n",
    tgw="# Transit Gateway (TGW)\n束ねる。\n## 料金\n接続で。\n## 帯域\n50 Gbps。\n",
    vif="# Direct Connect\n専用線。\n## プライベート VIF\n経路は 100。\n"
    "## パブリック VIF\n経路は 1000。\n## VIF の数\n50。経路も。\n",
    lambda_="# Lambda\n動く。\n## 料金\n回数で。\n",
    copy="# 旧 Lambda\n動く。\n## 料金\n回数で。\n",
)
BY_ID = {section.section_id: section for section in SECTIONS}


def hit(section, score, rank):
    return Hit(f"{section.section_id}:p0", section.section_id, score, rank)


def read(question, *found, sections=SECTIONS):
    """Return the readings where the sections `found` have these (headings, score)."""
    hits = [
        hit(find_section(sections, *headings), score, rank)
        for rank, (headings, score) in enumerate(found, start=1)
    ]
    return find_readings(question, hits, {s.section_id: s for s in sections}, words)


NAT_FEE = ("NAT ゲートウェイ", "課金"), 0.80
TGW_FEE = ("Transit Gateway (TGW)", "料金"), 0.78
LAMBDA_FEE = ("Lambda", "料金"), 0.79


def test_a_question_that_two_topics_answer_is_ambiguous():
    # 課金 is another word for 料金.
    assert read("ゲートウェイの料金は?", NAT_FEE, TGW_FEE) == (
        Reading("NAT ゲートウェイ", "NAT ゲートウェイの料金は?"),
        Reading("Transit Gateway", "Transit Gateway の料金は?"),
    )


def test_a_question_without_any_topic_is_ambiguous():
    assert [r.question for r in read("料金は?", NAT_FEE, LAMBDA_FEE, TGW_FEE)] == [
        "NAT ゲートウェイの料金は?",
        "Lambda の料金は?",
        "Transit Gateway の料金は?",
    ]


def test_siblings_of_one_kind_are_two_topics():
    found = [(("プライベート VIF",), 0.8), (("パブリック VIF",), 0.8)]
    assert read("VIF の経路は?", *found) == (
        Reading("プライベート VIF", "プライベート VIF の経路は?"),
        Reading("パブリック VIF", "パブリック VIF の経路は?"),
    )


def test_the_likeliest_comes_first_and_three_are_enough():
    sections = read_sections(
        **{f"n{i}": f"# 製品{'甲乙丙丁'[i]}\n\n## 料金\n{i} 円。\n" for i in range(4)}
    )
    found = [((f"製品{name}", "料金"), 0.9) for name in "丙甲丁乙"]
    assert [r.label for r in read("料金は?", *found, sections=sections)] == [
        "製品丙",
        "製品甲",
        "製品丁",
    ]


@pytest.mark.parametrize(
    ("question", "found"),
    [
        # It names the topic.
        ("NAT ゲートウェイの料金は?", [NAT_FEE, TGW_FEE]),
        ("Transit Gateway の料金は?", [TGW_FEE, NAT_FEE]),
        ("TGW の料金は?", [NAT_FEE, TGW_FEE]),
        # One answers clearly better.
        ("ゲートウェイの料金は?", [NAT_FEE, (TGW_FEE[0], 0.6)]),
        # Only one does.
        ("ゲートウェイの料金は?", [NAT_FEE]),
        ("ゲートウェイの料金は?", []),
        ("ゲートウェイの料金は?", [NAT_FEE, (("VIF の数",), 0.8)]),
        # Neither does: nothing on encryption is there.
        ("ゲートウェイの暗号化は?", [NAT_FEE, TGW_FEE]),
        # Parent and child, and two aspects of one topic.
        ("NAT は?", [(("NAT",), 0.8), (("NAT", "NAT ゲートウェイ"), 0.8)]),
        ("NAT ゲートウェイは?", [(("NAT", "NAT ゲートウェイ"), 0.8), NAT_FEE]),
        ("NAT ゲートウェイは?", [NAT_FEE, (("NAT ゲートウェイ", "帯域"), 0.8)]),
        # `VIF の数` is no kind of VIF.
        ("VIF の経路は?", [(("プライベート VIF",), 0.8), (("VIF の数",), 0.8)]),
        # The same text twice is one answer.
        ("料金は?", [LAMBDA_FEE, (("旧 Lambda", "料金"), 0.79)]),
        # Enough words say what is meant.
        ("ゲートウェイの料金は時間と接続と回数で違う?", [NAT_FEE, TGW_FEE]),
        ("", [NAT_FEE, TGW_FEE]),
        ("?", [NAT_FEE, TGW_FEE]),
    ],
)
def test_other_questions_are_not_asked_back(question, found):
    assert read(question, *found) == ()


def test_the_section_whose_headings_name_more_decides():
    sections = read_sections(
        a="# 製品甲\n\n## 料金\n請求書も。\n",
        b="# 製品乙\n\n## 料金\n請求書も。ほか。\n",
        c="# 製品丙\n\n## 請求書と料金\nある。\n",
    )
    two = [(("製品甲", "料金"), 0.9), (("製品乙", "料金"), 0.9)]
    assert len(read("請求書の料金は?", *two, sections=sections)) == 2
    more = [*two, (("製品丙", "請求書と料金"), 0.85)]
    assert read("請求書の料金は?", *more, sections=sections) == ()


def test_the_same_topic_in_two_notes_is_one():
    sections = read_sections(
        a="# AWS Direct Connect メモ\n\n## 料金\nポートで。\n",
        b="# ネットワーク\n\n## Direct Connect の料金\n転送量で。\n",
    )
    found = [(("料金",), 0.9), (("Direct Connect の料金",), 0.9)]
    assert read("Direct Connect の料金は?", *found, sections=sections) == ()


def test_hits_without_score_or_section_are_passed_over():
    nat, tgw = find_section(SECTIONS, *NAT_FEE[0]), find_section(SECTIONS, *TGW_FEE[0])
    unknown = Hit("gone:p0", "gone", 1.0, 1)
    assert (
        len(find_readings("料金は?", [unknown, hit(nat, 0.8, 2), hit(tgw, 0.8, 3)], BY_ID, words))
        == 2
    )
    assert find_readings("料金は?", [hit(nat, 0.0, 1), hit(tgw, 0.0, 2)], BY_ID, words) == ()


def test_brackets_stay_where_they_alone_tell():
    sections = read_sections(a="# 料金 (東京)\n高い。\n", b="# 料金 (大阪)\n安い。\n")
    found = [(("料金 (東京)",), 0.9), (("料金 (大阪)",), 0.9)]
    assert [r.label for r in read("料金は?", *found, sections=sections)] == [
        "料金 (東京)",
        "料金 (大阪)",
    ]


def test_three_of_which_one_has_no_word_of_its_own_are_two():
    sections = read_sections(
        a="# 東京 大阪\n\n## 料金\n一。\n",
        b="# 大阪 京都\n\n## 料金\n二。\n",
        c="# 東京 京都\n\n## 料金\n三。\n",
    )
    found = [((s.heading_path), 0.9) for s in sections if len(s.heading_path) == 2]
    assert read("料金は?", *found, sections=sections) == ()
    assert len(read("料金は?", *found[:2], sections=sections)) == 2


HEADING = st.sampled_from(
    ["料金", "VIF", "プライベート VIF", "Lambda", "3. 料金", "(料金)", "上限と料金", "🎉"]
)
NOTE = st.lists(
    st.tuples(st.integers(1, 3), HEADING, st.sampled_from(["", "料金。", "VIF。"])), max_size=4
)


@given(
    st.lists(NOTE, min_size=1, max_size=4),
    st.sampled_from(["料金は?", "VIF の料金は?", "VIF", "What is VIF?", "Lambda か VIF か"]),
    st.lists(st.floats(0, 1), min_size=8, max_size=8),
)
def test_readings_are_two_or_three_of_different_labels(notes, question, scores):
    texts = {
        f"n{i}": "\n".join(f"{'#' * level} {heading}\n{text}" for level, heading, text in note)
        for i, note in enumerate(notes)
    }
    sections = read_sections(**texts)
    ranked = sorted(zip(scores, sections, strict=False), key=lambda pair: -pair[0])
    hits = [hit(section, score, rank) for rank, (score, section) in enumerate(ranked, start=1)]
    readings = find_readings(question, hits, {s.section_id: s for s in sections}, words)
    assert len(readings) in (0, 2, 3)
    assert len({r.label for r in readings}) == len({r.question for r in readings}) == len(readings)
    for reading in readings:
        assert reading.label in reading.question
        assert reading.question != question


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_question_and_heading(question, heading):
    sections = read_sections(a=f"# {heading}\n料金。", b="# VIF 料金\n料金。円")
    hits = [hit(section, 0.9, rank) for rank, section in enumerate(sections, start=1)]
    by_id = {s.section_id: s for s in sections}
    assert len(find_readings(question, hits, by_id, words)) in (0, 2)
    assert len(find_readings("料金", hits, by_id, words)) in (0, 2)


def test_hostile_input_takes_no_long_time():
    for sign in ("あ", "料金 ", "(", "料", "a", "\u202e", "の"):
        text = sign * 8000  # longer questions are refused before
        headings = f"# VIF {sign * 20_000}\n料金。{sign * 20_000}"
        sections = read_sections(a=headings, b=f"{headings}円")
        hits = [hit(section, 0.9, rank) for rank, section in enumerate(sections, start=1)]
        by_id = {s.section_id: s for s in sections}
        with time_limit(1):
            find_readings(text, hits, by_id, words)
            find_readings("料金は?", hits, by_id, words)


@pytest.mark.parametrize(
    ("question", "topic", "asked"),
    [
        # In place of the topic's own words.
        ("ゲートウェイの料金は?", "NAT ゲートウェイ", "NAT ゲートウェイの料金は?"),
        ("ゲートウェイの料金は?", "Transit Gateway", "Transit Gateway の料金は?"),
        ("安いゲートウェイは?", "NAT ゲートウェイ", "安い NAT ゲートウェイは?"),
        ("関数の上限は?", "Lambda 関数の上限", "Lambda 関数の上限は?"),
        ("上限は、関数の?", "Lambda 関数の上限", "Lambda 関数の上限は、関数の?"),
        ("What is a gateway?", "NAT gateway", "What is a NAT gateway?"),
        # In front.
        ("料金は?", "Lambda", "Lambda の料金は?"),
        ("料金", "NAT ゲートウェイ", "NAT ゲートウェイの料金"),
        ("quota は?", "Lambda", "Lambda の quota は?"),
        ("いくらかかる?", "Lambda", "Lambda について、いくらかかる?"),
        ("料金って高い?", "Lambda", "Lambda の料金って高い?"),
        ("料金高い?", "Lambda", "Lambda について、料金高い?"),
        ("What is the quota?", "Lambda", "For Lambda: What is the quota?"),
        ("料金は?", "{topic}", "{topic}の料金は?"),
    ],
)
def test_the_question_for_one_topic(question, topic, asked):
    assert ask_for_topic(question, topic, lambda text: frozenset(words(text))) == asked
