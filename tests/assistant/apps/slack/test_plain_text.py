"""What people typed, out of what Slack makes of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.apps.slack.plain_text import (
    find_mentions,
    read_entities,
    read_plain_text,
    remove_mention,
)
from tests.time_limit import time_limit


@pytest.mark.parametrize(
    ("sent", "typed"),
    [
        ("EC2 の上限は?", "EC2 の上限は?"),
        ("  a &lt; b &amp;&amp; c &gt; d ", "a < b && c > d"),
        # An entity that was typed is not read twice.
        ("&amp;lt;", "&lt;"),
        ("<https://a.example/x?y=1&amp;z=2>", "https://a.example/x?y=1&z=2"),
        ("<https://a.example|この記事>の要点", "この記事の要点"),
        ("<mailto:a@b.example|a@b.example>", "a@b.example"),
        ("<https://a.example|>", "https://a.example"),
        ("<#C123|general> の話", "#general の話"),
        ("<#C123> の話", "の話"),
        ("<@U123> と <@U456|太郎>", "と @太郎"),
        ("<!here> <!channel|channel>", "@here channel"),
        ("<!subteam^S1|@infra>", "@infra"),
        ("<!date^1^{date}|1970年>", "1970年"),
        ("<<@U1>>", "<>"),
        ("1 < 2", "1 < 2"),
        ("<", "<"),
        ("<>", ""),
        ("", ""),
    ],
)
def test_escapes_are_turned_back(sent, typed) -> None:
    assert read_plain_text(sent) == typed


def test_mentions() -> None:
    text = "<@UBOT> と <@U2|花子> と &lt;@U3&gt;"
    assert find_mentions(text) == {"UBOT", "U2"}
    assert remove_mention(text, "UBOT") == " と <@U2|花子> と &lt;@U3&gt;"
    assert remove_mention("<@UBOT|tenkyo> 上限は?", "UBOT") == " 上限は?"


@given(st.text())
def test_typed_text_comes_back_as_slack_escapes_it(typed) -> None:
    sent = typed.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert read_plain_text(sent) == typed.strip()


@pytest.mark.parametrize("sent", ["<" * 100_000, "<@" * 50_000, "&amp" * 50_000, "<a|" * 30_000])
def test_odd_text_is_read_in_time_that_grows_with_it(sent) -> None:
    with time_limit(1.0):
        read_plain_text(sent)
        find_mentions(sent)


def test_entities_become_signs_once() -> None:
    assert read_entities("&amp;lt; A &lt;&gt; B &quot;") == "&lt; A <> B &quot;"
