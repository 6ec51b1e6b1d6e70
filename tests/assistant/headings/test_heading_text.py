"""Headings lose what only their place in a note needs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.headings import heading_text
from assistant.answering.headings.heading_text import (
    clean_heading,
    drop_gloss,
    find_head,
    join_texts,
    names_topic,
)
from ingest.normalize import normalize
from tests.time_limit import time_limit


@pytest.mark.parametrize(
    ("heading", "clean"),
    [
        ("3.2 料金", "料金"),
        ("3.2. 料金", "料金"),
        ("1.料金", "料金"),
        ("１．料金", "料金"),
        ("2) 料金", "料金"),
        ("(3) 料金", "料金"),
        ("（3）料金", "料金"),
        ("第 2 章 料金", "料金"),
        ("第三節:料金", "料金"),
        ("①料金", "料金"),
        ("Q1. なぜ遅い?", "なぜ遅い?"),
        ("🚀 料金", "料金"),
        ("1️⃣ 料金 ⚠️", "料金"),
        ("■料金★", "料金"),
        ("👨‍👩‍👧 家族", "家族"),
        ("【重要】料金:", "料金"),
        ("【料金】", "【料金】"),
        ("料金 ：", "料金"),
        ("- 料金。", "料金"),
        ("・料金", "料金"),
        ("※料金", "料金"),
        ("**料金**と`EC2`", "料金とEC2"),
        ("~~古い~~料金", "古い料金"),
        ("[料金](https://example.com/a_b)", "料金"),
        ("![図](a.png) 料金", "図 料金"),
        ("[[ec2|EC2 の料金]]", "EC2 の料金"),
        ("[[EC2]]", "EC2"),
        ("料金 {#fee}", "料金"),
        ("料金 ##", "料金"),
        ("料金<br>上限", "料金 上限"),
        ('<span style="x">料金</span>', "料金"),
        ("料\u200b金\u202e", "料金"),
        ("料金\x00\x1b[31m", "料金 [31m"),
        ("  料金 \u3000 と\t上限 ", "料金 と 上限"),
        ("2025-03-11 料金", "料金"),
        ("2025/3 料金", "料金"),
        ("4/24〜 料金", "料金"),
        ("2025年3月: 料金", "料金"),
        ("料金 2024-09-02", "料金"),
        ("料金（6/3）", "料金"),
        ("料金 (app03, 2025-09)", "料金"),
        ("2025-03-11", "2025-03-11"),
        ("", ""),
        ("###", "###"),
        ("🎉", ""),
        ("3.2 ", "3.2"),
    ],
)
def test_decoration_goes(heading, clean):
    assert clean_heading(heading) == clean


@pytest.mark.parametrize(
    "heading",
    [
        "1.5 倍にする",
        "2.0 の変更点",
        "1 つの VPC を 2 回は付けられない",
        "3 層構成のサブネット",
        "5XX はどちらのせいか",
        "10.0.0.0/16 とは",
        "802.1X 認証",
        "1.5 TB まで",
        "--dry-run オプション",
        "*.example.com の証明書",
        "enable_dns_support",
        "C#",
        "s3:*",
        "Transit Gateway (TGW)",
        "s3://<bucket> の一覧",
        "配列[0]",
        "24/7 サポート",
        "1/2 の確率",
        "10/100 イーサネット",
        "10.1/24 料金",
        "EC2 (2 台)",
        "2025 年の変更",
    ],
)
def test_what_belongs_to_the_heading_stays(heading):
    assert clean_heading(heading) == heading


def test_a_heading_beyond_any_length_is_cut():
    assert clean_heading("あ" * 100_000) == "あ" * 240


@given(
    st.text(alphabet="0123456789.)( 料金A#*[]【】<>br|🚀ー:", max_size=30) | st.text(max_size=30)
)
def test_any_heading_becomes_one_clean_line(heading):
    clean = clean_heading(heading)
    assert clean == clean.strip()
    assert "\n" not in clean
    assert "🚀" not in clean
    assert "**" not in clean
    assert bool(drop_gloss(clean)) == bool(clean)
    assert find_head(clean) in clean


@pytest.mark.parametrize(
    "heading",
    [
        "[" * 240,
        "](" * 120,
        "<a" * 120,
        "【" * 240,
        "1." * 120,
        "- " * 120,
        "(" * 240,
        "(2025-01" * 30,
        "1/1" * 80,
        "#" * 240,
        "\ud800" * 240,
        "あ" * 100_000,
    ],
)
def test_hostile_headings_take_no_time(heading):
    with time_limit(0.5):
        clean = clean_heading(heading)
        drop_gloss(clean), find_head(clean), names_topic(clean)


@pytest.mark.parametrize(
    ("heading", "without"),
    [
        ("Transit Gateway (TGW)", "Transit Gateway"),
        ("終了保護（DeleteProtection）", "終了保護"),
        ("(仮)", "(仮)"),
        ("甲 (乙) 丙", "甲 (乙) 丙"),
        ("", ""),
    ],
)
def test_brackets_at_the_end_go(heading, without):
    assert drop_gloss(heading) == without


@pytest.mark.parametrize(
    "heading",
    ["NAT ゲートウェイ", "EC2 の料金", "ビヘイビア", "S3", "Pod", "gp3", "Kinesis を使う"],
)
def test_a_name_in_latin_letters_or_katakana_is_a_topic(heading):
    assert names_topic(heading)


@pytest.mark.parametrize(
    "heading",
    [
        *["概要", "注意点", "まとめ", "料金", "制限", "有効のとき", "作成後は変更できない"],
        *["料金（LCU）", "ログ", "ポート", "クォータ", "メトリクス", "v2 の注意", "7R", "鍵"],
        *["Overview", "Best practices", "Pros and cons", "Costs", ""],
    ],
)
def test_aspects_are_no_topics(heading):
    assert not names_topic(heading)


def test_aspects_are_listed_as_they_are_compared():
    for word in heading_text._ASPECTS:
        assert normalize(word) == word


@pytest.mark.parametrize(
    ("heading", "head"),
    [
        ("NAT ゲートウェイ", "ゲートウェイ"),
        ("Transit Gateway (TGW)", "Gateway"),
        ("VIF の数", "数"),
        ("プライベート VIF", "VIF"),
        ("使い分け", ""),
        ("", ""),
    ],
)
def test_the_last_noun_of_a_heading(heading, head):
    assert find_head(heading) == head


@pytest.mark.parametrize(
    ("left", "right", "joined"),
    [
        ("NLB", "の", "NLB の"),
        ("の", "NLB", "の NLB"),
        ("料金 (LCU)", "は", "料金 (LCU) は"),
        ("料金", "は", "料金は"),
        ("NLB", "?", "NLB?"),
        ("、", "NLB", "、NLB"),
        ("NLB ", "の", "NLB の"),
        ("", "NLB", "NLB"),
        ("", "", ""),
    ],
)
def test_latin_letters_are_set_apart(left, right, joined):
    assert join_texts(left, right) == joined
