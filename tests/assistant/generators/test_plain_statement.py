"""Markdown of models is made plain."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.generators.plain_statement import is_lead_in, read_plain, says_something
from tests.time_limit import time_limit


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("普通の文です。[1]", "普通の文です。[1]"),
        ("- 項目 [1]", "項目 [1]"),
        ("  * 項目", "項目"),
        ("・項目", "項目"),
        ("12. 項目", "12. 項目".removeprefix("12. ")),
        ("1) 項目", "項目"),
        ("## 見出し", "見出し"),
        ("> 引用", "引用"),
        ("> - **項目**", "項目"),
        ("- [x] 済み", "済み"),
        ("✅ 有効です", "有効です"),
        ("⚠️ 注意です", "注意です"),
        ("1️⃣ 一つ目", "一つ目"),
        ("🚀 速い", "速い"),
        ("**S3** は*安い*です", "S3 は安いです"),
        ("***強い***", "強い"),
        ("`enableDnsHostnames` は __init__ とは別", "enableDnsHostnames は __init__ とは別"),
        ("~~古い~~", "古い"),
        ("[文書](https://example.com/x) を見る [1]", "文書 を見る [1]"),
        ("甲<br>乙", "甲 乙"),
        ("| 甲 | 5 分 | [1] |", "甲、5 分 [1]"),
        ("2**3 と 2*3*4 と -5 度 と 10.0.0.0", "2**3 と 2*3*4 と -5 度 と 10.0.0.0"),
        ("1.5 GB です", "1.5 GB です"),
        ("配列［0］は ＜値> を持つ", "配列[0]は <値> を持つ"),
        ("```python", ""),
        ("~~~", ""),
        ("\x1b[31m赤\u202e\u200b\ud800", "[31m赤\ufffd"),
        ("", ""),
    ],
)
def test_markup_goes_and_text_stays(line, expected) -> None:
    assert read_plain(line) == expected


@pytest.mark.parametrize(
    "text",
    [
        "以下の通りです。",
        "NLB の特徴は次のとおりです。",
        "手順：",
        "Here is the answer:",
        "Sure!",
        "はい。",
        "承知しました。",
    ],
)
def test_an_announcement_is_no_statement(text) -> None:
    assert is_lead_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "はい、有効です。",
        "次の日に届きます。",
        "比率は 1:2 です。",
        "Yes, it is on.",
        "",
        "長" * 300 + ":",
    ],
)
def test_a_statement_is_no_announcement(text) -> None:
    assert not is_lead_in(text)


@pytest.mark.parametrize(("text", "expected"), [("|---|:-:|", False), ("", False), ("甲", True)])
def test_signs_say_nothing(text, expected) -> None:
    assert says_something(text) is expected


@given(
    st.text(st.sampled_from("*`~_[](|)#->・1. 甲a\n\u200b✅<br>"))
    | st.text(st.characters(codec=None))
)
def test_the_result_is_one_clean_line(line) -> None:
    plain = read_plain(line)
    assert len(plain.splitlines()) <= 1
    assert plain == plain.strip()
    plain.encode()


@pytest.mark.parametrize(
    "line",
    [
        "*" * 100_000,
        "*a " * 33_000,
        "[" * 100_000,
        "[a](" * 25_000,
        "| " * 50_000,
        "> " * 50_000,
        "`a" * 50_000,
    ],
)
def test_a_hostile_line_takes_no_time(line) -> None:
    with time_limit(1):
        is_lead_in(read_plain(line))
