"""The citations of an answer as tabs."""

from dataclasses import replace

from assistant.apps.chat.citation_tabs_html import render_citation_tabs
from assistant.apps.chat.texts import ENGLISH
from tests.assistant.apps.chat.answers import CITATION, OTHER


def test_the_one_that_is_shown_is_marked() -> None:
    html = render_citation_tabs([CITATION, OTHER], 3, 2, ENGLISH)
    assert html.count("<li>") == 2
    assert 'data-turn="3" data-marker="1" aria-label' in html
    assert 'data-turn="3" data-marker="2" aria-current="true"' in html
    assert "題 &gt; 節" in html


def test_a_single_one_needs_no_tabs() -> None:
    assert render_citation_tabs([CITATION], 0, 1, ENGLISH) == ""
    assert render_citation_tabs([], 0, 1, ENGLISH) == ""


def test_headings_are_text() -> None:
    hostile = replace(OTHER, heading_path=('"><script>alert(1)</script>',))
    html = render_citation_tabs([CITATION, hostile], 0, 1, ENGLISH)
    assert "<script" not in html
    assert html.count('"') % 2 == 0
