"""What a browser is given of a source: the cited lines, where they stand, and ways on."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.apps.chat.excerpt import MOST_CHARACTERS
from assistant.apps.chat.source_html import render_source
from assistant.apps.chat.texts import ENGLISH, JAPANESE
from assistant.messages import ENGLISH as MESSAGES
from assistant.messages import JAPANESE as JAPANESE_MESSAGES
from assistant.render import printable
from assistant.serving.datatypes import SectionLink, SourceView
from tests.assistant.apps.chat.hostile_notes import HOSTILE_NOTES
from tests.assistant.apps.chat.html_reading import Page, read_html

VIEW = SourceView(
    section_id="a.md#節",
    path="a.md",
    heading_path=("題", "節"),
    line_start=3,
    line_end=4,
    text="## 節\n本文。",
    is_current=True,
    cited=(4, 4),
    previous=None,
    next=SectionLink("a.md#次", ("題", "次")),
)


def show(view: SourceView, label: str = "[1]", link: str = "a.md#L3", quote: str = "") -> str:
    return render_source(view, label, ENGLISH, MESSAGES, link, quote)


def read(view: SourceView) -> Page:
    return read_html(show(view))


def test_a_source_says_where_it_stands_and_highlights_what_is_cited() -> None:
    assert show(VIEW, quote="> 本文。") == (
        '<article class="tk-source">'
        '<h3 class="tk-source-heading" tabindex="-1"'
        ' data-announce="Opened the source: 題 &gt; 節">'
        '<span class="tk-marker">[1]</span> <span class="tk-crumb">題</span>'
        ' <span class="tk-divider" aria-hidden="true">›</span> <span class="tk-crumb">節</span>'
        "</h3>"
        '<p class="tk-place">a.md lines 3-4</p>'
        '<p class="tk-cited-lines">Cited is the marked line 4.</p>'
        '<div class="tk-markdown"><h4 class="tk-h2"><span class="tk-line" data-line="3">節</span>'
        '</h4><p><mark class="tk-cited" data-line="4">本文。</mark></p></div>'
        '<details class="tk-as-written"><summary>As written, with line numbers</summary>'
        '<pre><code><span class="tk-row" data-number="3">## 節</span>\n'
        '<span class="tk-row tk-row-cited" data-number="4">本文。</span></code></pre></details>'
        '<div class="tk-tools">'
        '<button type="button" class="tk-copy" data-copy="a.md#L3">Copy link</button>'
        '<button type="button" class="tk-copy" data-copy="&gt; 本文。">Copy quote</button></div>'
        '<nav class="tk-neighbours" aria-label="Sections before and after">'
        '<button type="button" class="tk-next" data-section="a.md#次">'
        '<span class="tk-direction">After</span> <span class="tk-headings">次</span></button>'
        "</nav></article>"
    )


def test_a_section_of_its_own_has_no_mark_no_cited_lines_and_no_quote() -> None:
    page = read_html(show(replace(VIEW, cited=None, next=None), label=""))
    for kind in ("tk-marker", "tk-cited-lines", "tk-cited", "tk-row-cited", "tk-neighbours"):
        assert not page.find(kind=kind)
    assert [button.text for button in page.find("button")] == ["Copy link"]


def test_both_neighbours_can_be_gone_to() -> None:
    page = read(replace(VIEW, previous=SectionLink("a.md#前", ("題", "前"))))
    (neighbours,) = page.find("nav")
    assert neighbours.text == "Before 前After 次"
    sections = [b.attributes.get("data-section") for b in page.find("button")]
    assert sections[-2:] == ["a.md#前", "a.md#次"]


def test_a_section_without_headings_has_neighbours_all_the_same() -> None:
    page = read(replace(VIEW, heading_path=(), next=SectionLink("a.md#次", ())))
    assert page.find(kind="tk-next")[0].attributes["data-section"] == "a.md#次"


def test_text_that_is_no_more_the_notes_is_said_to_be_so() -> None:
    assert [p.text for p in read(VIEW).find(kind="tk-notice")] == []
    page = read(replace(VIEW, is_current=False))
    assert [p.text for p in page.find(kind="tk-notice")] == [ENGLISH.source_changed]


def test_several_cited_lines_are_named_in_the_readers_language() -> None:
    view = replace(VIEW, cited=(3, 4))
    page = read_html(render_source(view, "[1]", JAPANESE, JAPANESE_MESSAGES, "a.md#L3"))
    told = [p.text for p in page.find(kind="tk-cited-lines")]
    assert told == ["印の付いた 3〜4 行目が引用箇所です。"]
    assert [e.attributes["data-line"] for e in page.find(kind="tk-cited")] == ["3", "4"]
    assert [e.attributes["data-number"] for e in page.find(kind="tk-row-cited")] == ["3", "4"]


def test_a_long_section_is_cut_and_says_so() -> None:
    # Four signs a line; of the 100,000 signs that are shown, each is shown twice.
    view = replace(VIEW, text="あいう\n" * MOST_CHARACTERS, line_start=1, line_end=100_000)
    page = read(replace(view, cited=(90_000, 90_000)))
    assert [p.text for p in page.find(kind="tk-notice")] == [
        "This is long: only the first 100,000 characters are shown."
    ]
    assert [e.attributes["data-line"] for e in page.find(kind="tk-cited")] == ["90000"]
    assert [e.attributes["data-number"] for e in page.find(kind="tk-row-cited")] == ["90000"]


@given(st.text(max_size=200) | st.sampled_from(list(HOSTILE_NOTES.values())))
def test_any_text_comes_out_as_text(text: str) -> None:
    view = replace(
        VIEW,
        section_id=text,
        path=text,
        heading_path=(text, text),
        text=text,
        line_end=3 + text.count("\n"),
        cited=(3, 3),
        previous=SectionLink(text, (text,)),
    )
    page = read_html(show(view, label=text, link=f"l{text}", quote=f"q{text}"))
    rows = page.find(kind="tk-row")
    assert [row.text for row in rows] == [printable(line) for line in text.split("\n")]
    for kind in ("tk-marker", "tk-crumb", "tk-place"):
        if text.strip():
            shown = "".join(page.find(kind=kind)[0].text.split())
            assert "".join(printable(text).split()) in shown
    # What is copied is the text itself.
    sent = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    copies = [button.attributes["data-copy"] for button in page.find(kind="tk-copy")]
    assert [copy.replace("\0", "\ufffd") for copy in copies] == [
        f"l{sent}".replace("\0", "\ufffd"),
        f"q{sent}".replace("\0", "\ufffd"),
    ]


@pytest.mark.parametrize("name", HOSTILE_NOTES)
def test_a_hostile_note_has_no_button_but_ours(name: str) -> None:
    view = replace(VIEW, text=HOSTILE_NOTES[name], heading_path=(HOSTILE_NOTES[name],))
    labels = [button.text for button in read(view).find("button")]
    assert labels == ["Copy link", "After 次"]
