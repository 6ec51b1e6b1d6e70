"""Figures as a text gives them: value, unit, noun, period and bound, read by hand."""

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.checking.bounds import Bound, do_clash, find_bound
from assistant.checking.figures import find_figures, group_listed
from assistant.checking.numbers import find_numbers
from assistant.checking.units import UNITS, find_units, read_unit
from ingest.normalize import normalize


def read(text: str) -> list[tuple[str, str]]:
    """Size and dimension of every figure."""
    figures = find_figures(normalize(text))
    return [(f"{figure.size.normalize():f}", figure.dimension) for figure in figures]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("1,500 と 1500", [1500, 1500]),
        ("２５ 個", [25]),
        ("二十四時間", [24]),
        ("三百五十台", [350]),
        ("二〇二四年", [2024]),
        ("12 万件", [120000]),
        ("四分の一は 4 分の 1", [Decimal("0.25"), Decimal("0.25")]),
        ("ポート 443", [443]),
        ("443/tcp", [443]),
        ("at least three zones", [3]),
        ("on March 5", [3, 5]),
        ("it may march on", []),
        ("ec2 と sha-256 と t3.micro と v2", []),
        ("一般に三角形は十分に一度だけ", []),
        ("7" * 41, []),
    ],
)
def test_numbers(text, values):
    assert [number.value for number in find_numbers(normalize(text))] == values


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("1.5 時間", [("5400", "time")]),
        ("90分", [("5400", "time")]),
        ("1 時間 30 分", [("5400", "time")]),
        ("6 分半", [("390", "time")]),
        ("24 時間は 1 日", [("86400", "time"), ("86400", "time")]),
        ("2 年", [("24", "months")]),
        ("５ＧＢ", [("5000000000", "bytes")]),
        ("5 GiB", [("5368709120", "bytes")]),
        ("60%、60 %、六割、6 割", [("60", "percent")] * 4),
        ("$0.05 と 5 セント", [("0.05", "usd"), ("0.05", "usd")]),
        ("9〜15 文字", [("9", "characters"), ("15", "characters")]),
        ("9 から 15 文字", [("9", "characters"), ("15", "characters")]),
        ("10 / 100 Gbps", [("10000000000", "bps"), ("100000000000", "bps")]),
        ("3 分割して 5 回線", [("3", "count"), ("5", "count")]),
        ("2024 年 3 月", [("2024", "count"), ("3", "count")]),
        ("2024-03-05", [("2024", "count"), ("3", "count"), ("5", "count")]),
        ("数 10 台", []),
        ("1 アカウントあたり 5 個", [("5", "count")]),
    ],
)
def test_units(text, figures):
    assert read(text) == figures


def test_what_is_counted_is_told_where_no_unit_stands():
    figures = find_figures("5 リージョンで 3 azs と 2 を使う")
    assert [figure.noun for figure in figures] == ["リージョン", "azs", ""]


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("毎秒 300 件", "秒"),
        ("300 リクエスト/秒", "秒"),
        ("月額 5 ドル", "月"),
        ("1 日あたり 20 件", "日"),
        ("20 requests per minute", "分"),
        ("300 件", ""),
    ],
)
def test_periods(text, period):
    assert [figure.period for figure in find_figures(normalize(text))] == [period]


def test_a_list_shares_its_unit_and_is_one_group():
    text = "8 / 16 / 32 gb を選べ、既定は 64 gb"
    groups = group_listed(text, find_figures(text))
    assert [[int(f.value) for f in group] for group in groups] == [[8, 16, 32], [64]]


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("最大 5 個", Bound.AT_MOST),
        ("5 個まで", Bound.AT_MOST),
        ("5 個以下", Bound.AT_MOST),
        ("上限は 5 個", Bound.AT_MOST),
        ("5 個未満", Bound.BELOW),
        ("最小 5 個", Bound.AT_LEAST),
        ("5 個以上", Bound.AT_LEAST),
        ("5 個を超える", Bound.ABOVE),
        ("up to 5", Bound.AT_MOST),
        ("more than 5", Bound.ABOVE),
        ("no more than 5", Bound.AT_MOST),
        ("最大は別にあり、既定は 5 個", None),
        ("5 個ある", None),
    ],
)
def test_bounds(text, bound):
    assert [figure.bound for figure in find_figures(normalize(text))] == [bound]


def test_what_follows_a_figure_counts_first():
    assert find_bound("最大でも 5 個以上", 5, 8) is Bound.AT_LEAST


@pytest.mark.parametrize(
    ("left", "right", "clash"),
    [
        (Bound.AT_MOST, Bound.AT_LEAST, True),
        (Bound.AT_MOST, Bound.BELOW, True),
        (Bound.AT_MOST, Bound.ABOVE, False),
        (Bound.AT_LEAST, Bound.BELOW, False),
        (Bound.AT_MOST, Bound.AT_MOST, False),
        (Bound.AT_MOST, None, False),
    ],
)
def test_clashes(left, right, clash):
    assert do_clash(left, right) is clash
    assert do_clash(right, left) is clash


def test_units_that_stand_apart():
    assert find_units("timeout_seconds: 30") == {UNITS["秒"]}
    assert find_units("時間(分)") == {UNITS["時間"], UNITS["分"]}
    assert find_units("部分的に 5 mb") == set()


@pytest.mark.parametrize(("text", "unit", "end"), [("5 gb", "gb", 4), ("5 gbx", None, 1)])
def test_a_unit_is_read_behind_its_number(text, unit, end):
    assert read_unit(text, 1) == (UNITS[unit] if unit else None, end)


@given(st.integers(1, 10**9))
def test_separators_change_no_value(value):
    assert read(f"{value:,} 個") == read(f"{value}個") == [(str(value), "count")]


@given(st.integers(1, 999), st.sampled_from(sorted(UNITS)))
def test_every_unit_is_read_and_converted(value, spelling):
    unit = UNITS[spelling]
    (figure,) = find_figures(f"{value} {spelling} ")
    assert figure.dimension == unit.dimension
    assert figure.size == value * unit.factor


@given(st.text(alphabet="0129一二十万分の時間月年gb%$,.~-/ 以上最大", max_size=60))
def test_figures_never_overlap(text):
    spans = [(figure.start, figure.end) for figure in find_figures(text)]
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))
