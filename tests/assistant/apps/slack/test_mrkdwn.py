"""Text of others does nothing in Slack, and reads as it was written."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.apps.slack.mrkdwn import build_link, clean_url, escape_text
from assistant.apps.slack.shown_text import BLANK, build_fallback, cut_text, show_line, show_text
from assistant.render import printable
from tests.assistant.apps.slack.hostile_texts import HOSTILE_TEXTS
from tests.assistant.apps.slack.slack_reading import read_markup, read_shown

# What stands for what in an escaped text.
LOOKALIKES = {"∗": "*", "ˍ": "_", "∼": "~", "ˋ": "`"}
FULL_WIDTH = {"＊": "*", "＿": "_", "｀": "`"}
STEERING = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")

# Many signs that mean something to Slack, close to one another.
odd_texts = st.text(
    st.one_of(
        st.sampled_from("<>&|!@#*_~`:./-•＞＠＊＿｀ \n\t[]()0123abchtpsw。、あア漢👍"),
        st.sampled_from("\u200b\u2060\u202e"),
        st.characters(),
    ),
    max_size=200,
)


def plain(text: str) -> str:
    """Return a text with the signs that look alike made one."""
    table = str.maketrans(LOOKALIKES | FULL_WIDTH)
    return printable(text).replace("\u2060", "").translate(table)


def test_there_are_at_least_thirty_hostile_texts() -> None:
    assert len(HOSTILE_TEXTS) >= 30


@pytest.mark.parametrize("text", HOSTILE_TEXTS.values(), ids=HOSTILE_TEXTS)
def test_a_hostile_text_does_nothing_and_reads_the_same(text: str) -> None:
    escaped = escape_text(text)
    assert read_markup(escaped) == []
    assert not STEERING.search(escaped)
    assert plain(read_shown(escaped)) == plain(text)
    escaped.encode()  # no half of a surrogate pair is left


def test_the_model_of_slack_finds_what_is_not_escaped() -> None:
    harmless = {
        "pipe", "bidi", "controls", "lone surrogate", "line separator", "mark", "braces", "json",
        "token over two lines", "nothing seen", "blank", "combining", "joined emoji",
        "zero width in a token", "entities",
    }  # fmt: skip
    for name, text in HOSTILE_TEXTS.items():
        entities = text.replace("&", "&amp;").replace(">", "&gt;") if "<" not in text else text
        assert name in harmless or read_markup(entities), name


@given(odd_texts)
def test_no_text_does_anything(text: str) -> None:
    escaped = escape_text(text)
    assert read_markup(escaped) == []
    assert plain(read_shown(escaped)) == plain(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        ("NLBの既定は 3 つ。 [1]", "NLBの既定は 3 つ。 [1]"),
        ("a < b && c > d", "a &lt; b &amp;&amp; c &gt; d"),
        ("<!channel>", "&lt;!channel&gt;"),
        ("> 引用", "\u2060&gt; 引用"),
        ("*x* _y_ ~z~ `w`", "∗x∗ ˍyˍ ∼z∼ ˋwˋ"),
        ("1. 一つ\n- 二つ", "\u20601.\u0020一つ\n\u2060- 二つ"),
        ("https://e.com", "https:\u2060//e.\u2060com"),
        ("@here #a :b:", "@\u2060here #\u2060a :\u2060b:"),
        ("3.5 と v1.2", "3.5 と v1.2"),
        ("時刻 12:30", "時刻 12:\u206030"),
    ],
)
def test_a_text_is_escaped_so(text: str, expected: str) -> None:
    assert escape_text(text) == expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://h/a.md#L3-L7", "https://h/a.md#L3-L7"),
        ("http://h/%E5%BA%AD.md?x=1&y=2", "http://h/%E5%BA%AD.md?x=1&y=2"),
        ("HTTPS://h/x", "HTTPS://h/x"),
        ("https://h/a b|c>d<e", "https://h/a%20b%7Cc%3Ed%3Ce"),
        ("https://h/庭.md\n<!channel>", "https://h/%E5%BA%AD.md%0A%3C!channel%3E"),
        ("https://h/\ud800", "https://h/?"),
        ("庭.md#L3", None),
        ("javascript:alert(1)//https://h/", None),
        ("https:///a", None),
        ("https:// h", None),
        (" https://h", None),
        ("ftp://h/a", None),
        ("", None),
        (None, None),
        ("https://h/" + "a" * 2_990, "https://h/" + "a" * 2_990),
        ("https://h/" + "a" * 2_991, None),
    ],
)
def test_only_web_addresses_are_linked_to(url: str | None, expected: str | None) -> None:
    assert clean_url(url) == expected


def test_a_link_is_one_link_and_nothing_is_read_beside_it() -> None:
    assert build_link("https://h/?a=1&b=2", "開く") == {
        "type": "mrkdwn",
        "text": "<https://h/?a=1&amp;b=2|開く>",
        "verbatim": True,
    }


@given(st.text(max_size=300))
def test_no_url_ends_its_link(text: str) -> None:
    url = clean_url(f"https://h/{text}")
    assert url is not None
    assert re.fullmatch(r"https://h/[!-~]*", url)
    assert not re.search(r"[<>|\"\s]", url)


@given(odd_texts, st.integers(1, 100))
def test_a_line_is_one_line_and_never_too_long_or_empty(text: str, limit: int) -> None:
    line = show_line(text, limit)
    assert "\n" not in line
    assert 1 <= len(line.encode("utf-16-le")) // 2 <= max(limit, 1)
    assert line.strip()


@pytest.mark.parametrize(
    ("text", "limit", "expected"),
    [
        ("一\n二  三", 10, "一 二 三"),
        ("一二三四", 4, "一二三四"),
        ("一二三四五", 4, "一二三…"),
        ("😀😀", 4, "😀😀"),
        ("😀😀", 3, "😀…"),
        ("か\u3099き\u3099", 3, "か\u3099…"),
        ("👩‍👩‍👧です", 9, "👩‍👩‍👧…"),
        ("です👩‍👩‍👧", 9, "です…"),
        ("a\u0301\u0301\u0301", 3, "a\u0301…"),  # one sign that is longer than the whole line
        ("ab\U0001f1ef\U0001f1f5\U0001f1ef\U0001f1f5", 8, "ab\U0001f1ef\U0001f1f5…"),
        ("a" + " " * 1_000 + "b", 10, "a…"),  # so much white space is not looked through
        (" \n ", 10, BLANK),
        ("\u202e", 10, BLANK),
    ],
)
def test_a_line_is_cut_where_a_sign_ends(text: str, limit: int, expected: str) -> None:
    assert show_line(text, limit) == expected


@pytest.mark.parametrize("text", ["", "\n\n", "\u202e", "\0"])
def test_a_text_of_nothing_is_shown_as_blank(text: str) -> None:
    assert show_text(text) == BLANK


def test_what_is_not_too_long_is_not_cut() -> None:
    assert cut_text("あ" * 3_000, 3_000) == "あ" * 3_000


@given(st.text(st.sampled_from("あ<&.:a漢か\u3099👍\n"), max_size=3_000))
def test_a_fallback_is_short_enough_to_replace_another_and_breaks_no_entity(text: str) -> None:
    fallback = build_fallback(text)
    assert len(fallback.encode()) <= 3_800
    assert read_markup(fallback) == []
    assert not re.search(r"&(?!(?:amp|lt|gt);)", fallback)
    shown, whole = read_shown(fallback), show_text(text)
    assert shown == whole or (
        shown.endswith("…")
        and whole.startswith(shown[:-1])
        and not unicodedata.combining(whole[len(shown) - 1])
    )


@pytest.mark.parametrize("sign", ["あ", "<", "👍", ":", "\u0301"])
def test_a_long_fallback_is_nearly_full(sign: str) -> None:
    assert 3_700 < len(build_fallback(sign * 100_000).encode()) <= 3_800


def test_a_fallback_that_is_cut_behind_an_at_sign_names_nobody() -> None:
    assert build_fallback("@" * 1_000).endswith("@\u2060…")
