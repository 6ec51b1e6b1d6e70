"""What a browser is given of an answer: every mark has its source, and text is text."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.apps.chat.answer_html import render_answer
from assistant.apps.chat.texts import ENGLISH, JAPANESE
from assistant.datatypes import (
    AbstentionReason,
    Answer,
    Citation,
    Notice,
    OptionEvidence,
    Reading,
    SectionHit,
)
from assistant.messages import ENGLISH as MESSAGES
from assistant.messages import JAPANESE as JAPANESE_MESSAGES
from assistant.render import CLOSE_MARGIN, printable
from tests.assistant.apps.chat.hostile_notes import HOSTILE_NOTES
from tests.assistant.apps.chat.html_reading import Page, read_html


def cite(marker: int, quote: str = "本文。", start: int = 4, end: int = 4) -> Citation:
    return Citation(marker, "a.md#節", "a.md", ("題", "節"), start, end, quote, "0" * 64)


HIT = SectionHit("a.md#節", "a.md", ("題", "節"), 3, 5, 0.5)
ANSWER = Answer("問?", "本文。 [1]", (cite(1),), (HIT,), None, 0.876)


def show(answer: Answer, turn: int = 3) -> str:
    return render_answer(answer, ENGLISH, MESSAGES, turn)


def read(answer: Answer) -> Page:
    return read_html(show(answer))


def abstain(reason: AbstentionReason, hits: tuple[SectionHit, ...] = (HIT,)) -> Answer:
    return Answer("問?", "ない。", (), hits, reason, 0.1)


def test_an_answer_is_its_text_its_sources_and_its_confidence() -> None:
    assert show(ANSWER) == (
        '<div class="tk-answer"><div class="tk-text"><p>本文。'
        '<span class="tk-marks">\N{NO-BREAK SPACE}'
        '<button type="button" class="mark" data-turn="3" data-marker="1"'
        ' aria-label="Source 1: 題 &gt; 節">[1]</button></span></p></div>'
        '<p class="tk-label" id="tk-3-sources">Sources</p>'
        '<ul class="tk-cards" aria-labelledby="tk-3-sources">'
        '<li><button type="button" class="tk-card" data-turn="3" data-marker="1">'
        '<span class="tk-marker">[1]</span> <span class="tk-headings">題 &gt; 節</span> '
        '<span class="tk-place">a.md line 4</span></button></li></ul>'
        '<p class="tk-confidence" title="0.88 of 0 to 1">Confidence: high</p></div>'
    )


def test_in_japanese_a_mark_says_what_it_opens() -> None:
    shown = render_answer(ANSWER, JAPANESE, JAPANESE_MESSAGES, 0)
    (mark,) = read_html(shown).find(kind="mark")
    assert mark.attributes["aria-label"] == "出典 1: 題 > 節"
    assert "確信度: 高い" in read_html(shown).text


def test_every_line_is_a_paragraph_and_items_are_a_list() -> None:
    answer = replace(ANSWER, text="はい。一 [1]\n\n- 二 [1]\n1. 三\n四")
    text = show(answer).split('<div class="tk-text">')[1].split("</div>")[0]
    marks = (
        '<span class="tk-marks">\N{NO-BREAK SPACE}'
        '<button type="button" class="mark" data-turn="3" data-marker="1"'
        ' aria-label="Source 1: 題 &gt; 節">[1]</button></span>'
    )
    assert text == (
        f'<p>はい。一{marks}</p><ul class="tk-items"><li>- 二{marks}</li><li>1. 三</li></ul>'
        "<p>四</p>"
    )


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("一 [1][2]", ["[1]", "[2]"]),
        ("一 [1][9]", ["[1]"]),  # 9 is none of the sources
        ("[2]", ["[2]"]),
        ("一[1]", []),  # a subscript of the text
        ("配列 a[1] の値 [2]", ["[2]"]),
        ("一 [1] は", []),
        ("一 [01]", []),
        ("一 [1] \n二 [2]", ["[1]", "[2]"]),
        ("一 [１]", []),
    ],
)
def test_only_marks_at_the_end_of_a_line_are_buttons(text: str, marks: list[str]) -> None:
    page = read(replace(ANSWER, text=text, citations=(cite(1), cite(2))))
    assert [mark.text for mark in page.find(kind="mark")] == marks


@given(
    st.lists(st.tuples(st.text(max_size=20), st.lists(st.integers(0, 12), max_size=4)), max_size=6),
    st.integers(1, 5),
)
def test_every_mark_is_of_a_source_and_every_source_has_a_card(
    lines: list[tuple[str, list[int]]], count: int
) -> None:
    text = "\n".join(f"{said} {''.join(f'[{n}]' for n in numbers)}" for said, numbers in lines)
    page = read(replace(ANSWER, text=text, citations=tuple(cite(n + 1) for n in range(count))))
    known = {str(n + 1) for n in range(count)}
    for mark in page.find(kind="mark"):
        assert mark.attributes["data-marker"] in known
        assert mark.attributes["data-turn"] == "3"
        assert mark.text == f"[{mark.attributes['data-marker']}]"
    assert [card.attributes["data-marker"] for card in page.find(kind="tk-card")] == sorted(known)


def squeeze(text: str) -> str:
    return "".join(printable(text).split())


@given(st.text(max_size=200) | st.sampled_from(list(HOSTILE_NOTES.values())))
def test_any_text_comes_out_as_text(text: str) -> None:
    citation = replace(cite(1), heading_path=(text, "節"), path=text, quote=text, section_id=text)
    hit = replace(HIT, section_id=text, path=text, heading_path=(text,))
    answer = replace(
        ANSWER,
        text=text,
        citations=(citation,),
        hits=(hit,),
        follow_ups=(text,),
        choice="A",
        options=(OptionEvidence("A", text, 0.0, citation, citation),),
        requirements=(text,),
    )
    page = read(answer)
    assert squeeze(text) in squeeze(page.find(kind="tk-text")[0].text)
    assert squeeze(text) in squeeze(page.find(kind="tk-headings")[0].text)
    assert squeeze(text) in squeeze(page.find("th")[3].text)
    abstained = read(abstain(AbstentionReason.NO_MATCH, (hit,)))
    assert squeeze(text) in squeeze(abstained.find(kind="tk-card")[0].text)


@pytest.mark.parametrize("text", ["a\r\nb\tc\n\nd", " 前後 ", "\u202eabc\u2066", "a\"'<>&amp;"])
def test_what_is_sent_back_is_what_was_given(text: str) -> None:
    page = read(replace(ANSWER, follow_ups=(text,)))
    assert page.find(kind="ask")[0].attributes["data-question"] == text
    hit = replace(HIT, section_id=text)
    (card,) = read(abstain(AbstentionReason.NO_MATCH, (hit,))).find(kind="tk-card")
    assert card.attributes["data-section"] == text


def test_a_surrogate_which_cannot_be_sent_becomes_a_sign_that_can() -> None:
    page = read(replace(ANSWER, follow_ups=("a\ud800b",)))
    assert page.find(kind="ask")[0].attributes["data-question"] == "a\ufffdb"


@pytest.mark.parametrize(("confidence", "is_told"), [(0.49, True), (0.5, False)])
def test_below_even_odds_the_reader_is_told(confidence: float, is_told: bool) -> None:
    page = read(replace(ANSWER, confidence=confidence))
    assert [p.text for p in page.find(kind="tk-warning")] == [MESSAGES.uncertain] * is_told


def test_notices_are_told_and_name_no_command() -> None:
    page = read(replace(ANSWER, notices=(Notice.SOURCE_MOVED, Notice.SOURCE_CHANGED)))
    assert [p.text for p in page.find(kind="tk-notice")] == [
        MESSAGES.notices[Notice.SOURCE_MOVED],
        ENGLISH.source_was_changed,
    ]
    assert "tenkyo index" not in page.text


def test_what_to_ask_next_are_buttons() -> None:
    assert show(replace(ANSWER, follow_ups=("乙とは?",))).endswith(
        '<p class="tk-label" id="tk-3-next">Ask next:</p>'
        '<ul class="tk-asks" aria-labelledby="tk-3-next"><li>'
        '<button type="button" class="ask" data-question="乙とは?">乙とは?</button></li></ul></div>'
    )


def test_an_abstention_names_the_three_nearest_sections() -> None:
    hits = tuple(replace(HIT, section_id=f"{n}.md#節", path=f"{n}.md") for n in range(1, 6))
    assert show(abstain(AbstentionReason.LOW_CONFIDENCE, hits)).startswith(
        '<div class="tk-answer"><p class="tk-told">ない。</p>'
        '<p class="tk-label" id="tk-3-nearest">Nearest sections:</p>'
        '<ul class="tk-cards" aria-labelledby="tk-3-nearest">'
        '<li><button type="button" class="tk-card" data-section="1.md#節">'
        '<span class="tk-headings">題 &gt; 節</span> '
        '<span class="tk-place">1.md lines 3-5</span></button></li>'
    )
    page = read(abstain(AbstentionReason.EMPTY_SECTION, hits))
    sections = [card.attributes["data-section"] for card in page.find(kind="tk-card")]
    assert sections == ["1.md#節", "2.md#節", "3.md#節"]


def test_an_abstention_has_neither_confidence_nor_sources() -> None:
    page = read(abstain(AbstentionReason.NO_MATCH, ()))
    assert page.text == "ない。"


def test_without_notes_the_reader_is_told_where_to_add_one() -> None:
    assert read(abstain(AbstentionReason.NO_NOTES, ())).text == ENGLISH.no_notes


def test_an_ambiguous_question_has_a_button_for_every_reading_and_no_sections() -> None:
    readings = (Reading("甲 > 料金", "甲の料金は?"), Reading("乙", "乙の料金は?"))
    answer = replace(abstain(AbstentionReason.AMBIGUOUS), readings=readings)
    assert show(answer) == (
        '<div class="tk-answer"><p class="tk-told">ない。</p><ul class="tk-asks">'
        '<li><button type="button" class="ask" data-question="甲の料金は?">甲 &gt; 料金</button>'
        '</li><li><button type="button" class="ask" data-question="乙の料金は?">乙</button></li>'
        "</ul></div>"
    )


OPTIONS = (
    OptionEvidence("A", "甲", 0.0, cite(1, "甲である。"), None),
    OptionEvidence("B", "乙", 0.0, None, cite(2, "乙ではない。", 7, 9)),
    OptionEvidence("C", "丙", float("-inf"), None, None),
)
CHOICE = replace(ANSWER, choice="A", options=OPTIONS, margin=2.0, requirements=("最小の費用",))


def test_options_are_a_table_with_their_support_and_evidence() -> None:
    # Two equal supports share all of it; a logit of minus infinity has none.
    assert show(CHOICE).startswith(
        '<div class="tk-answer"><p class="tk-verdict">The notes support most: A</p>'
        '<p class="tk-requirements">Asked for: 最小の費用</p>'
        '<div class="tk-scroll" tabindex="0"><table class="tk-options">'
        "<caption>The options and what the notes say</caption><thead><tr>"
        '<th scope="col">Option</th><th scope="col">Share of support</th>'
        '<th scope="col">In the notes</th></tr></thead><tbody>'
        '<tr class="tk-chosen"><th scope="row"><span class="tk-letter">A</span> 甲'
        ' <span class="tk-badge">✓ Chosen</span></th>'
        '<td><meter min="0" max="100" value="50" aria-label="Share of support of option A">50 %'
        '</meter> <span class="tk-share">50 %</span></td>'
        '<td><button type="button" class="tk-evidence tk-supporting" data-turn="3"'
        ' data-option="A" data-side="supporting"><span class="tk-side">for</span> '
        '<span class="tk-quote">甲である。</span> <span class="tk-place">a.md line 4</span>'
        "</button></td></tr>"
        '<tr><th scope="row"><span class="tk-letter">B</span> 乙</th>'
        '<td><meter min="0" max="100" value="50" aria-label="Share of support of option B">50 %'
        '</meter> <span class="tk-share">50 %</span></td>'
        '<td><button type="button" class="tk-evidence tk-opposing" data-turn="3"'
        ' data-option="B" data-side="opposing"><span class="tk-side">against</span> '
        '<span class="tk-quote">乙ではない。</span> <span class="tk-place">a.md lines 7-9</span>'
        "</button></td></tr>"
        '<tr><th scope="row"><span class="tk-letter">C</span> 丙</th>'
        '<td><meter min="0" max="100" value="0" aria-label="Share of support of option C">0 %'
        '</meter> <span class="tk-share">0 %</span></td>'
        '<td><span class="tk-nothing">Nothing</span></td></tr></tbody></table></div>'
        '<div class="tk-text">'
    )


@pytest.mark.parametrize(
    ("margin", "verdict", "badge"),
    [
        (CLOSE_MARGIN, "The notes support most: A", "✓ Chosen"),
        (CLOSE_MARGIN / 2, "The notes do not decide it; nearest: A", "✓ Tentative"),
        (None, "The notes support most: A", "✓ Chosen"),
    ],
)
def test_a_close_choice_is_said_to_be_undecided(
    margin: float | None, verdict: str, badge: str
) -> None:
    page = read(replace(CHOICE, margin=margin))
    assert [p.text for p in page.find(kind="tk-verdict")] == [verdict]
    assert [span.text for span in page.find(kind="tk-badge")] == [badge]


def test_several_options_can_be_chosen() -> None:
    page = read(replace(CHOICE, choice="AC"))
    assert [row.text[0] for row in page.find("tr", "tk-chosen")] == ["A", "C"]


def test_shares_follow_the_odds() -> None:
    # e^1.0986 = 3: three to one; the third is e^-700 and next to nothing.
    supports = (1.0986, 0.0, -700.0)
    options = tuple(
        replace(option, support=support) for option, support in zip(OPTIONS, supports, strict=True)
    )
    page = read(replace(CHOICE, options=options))
    assert [span.text for span in page.find(kind="tk-share")] == ["75 %", "25 %", "0 %"]


def test_a_long_quote_is_shortened_to_a_line() -> None:
    evidence = cite(1, "あ\n" + "い" * 200)
    page = read(replace(CHOICE, options=(OptionEvidence("A", "甲", 0.0, evidence, None),)))
    # A sign, a space, 117 signs and the ellipsis.
    assert [q.text for q in page.find(kind="tk-quote")] == ["あ " + "い" * 117 + "…"]


def test_a_choice_without_options_is_still_told() -> None:
    page = read(replace(ANSWER, choice="B"))
    assert page.find(kind="tk-verdict")[0].text == "The notes support most: B"
    assert not page.find("table")


def test_a_quote_is_shown_without_its_markup() -> None:
    quote = "- **最長** `900` 秒\n- [表](https://x.example/)の通り"
    options = (OptionEvidence("A", "900 秒", 1.0, cite(1, quote), None),)
    page = read(replace(ANSWER, choice="A", margin=1.0, options=options))
    assert [q.text for q in page.find(kind="tk-quote")] == ["最長 900 秒 表の通り"]
