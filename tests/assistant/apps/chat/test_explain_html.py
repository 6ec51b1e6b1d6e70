"""What a browser is given of why sections were found."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from assistant.apps.chat.explain_html import render_explanation
from assistant.apps.chat.texts import ENGLISH, JAPANESE
from assistant.datatypes import Explanation
from assistant.messages import ENGLISH as MESSAGES
from assistant.messages import JAPANESE as JAPANESE_MESSAGES
from assistant.render import printable
from index.datatypes import Hit, LegScore
from tests.assistant.apps.chat.hostile_notes import HOSTILE_NOTES
from tests.assistant.apps.chat.html_reading import read_html

LEGS = (
    LegScore("words", 2, 7.125, 0.5),
    LegScore("words", 1, 8.0, 1.0),
    LegScore("sentences", 3, 0.5, 0.25),
)
EXPLANATION = Explanation(
    ("料金は?", "S3 料金は?"),
    (("仮想", "VGW"),),
    (Hit("a.md#節:p0", "a.md#節", 0.75, 1, LEGS),),
)


def test_an_explanation_has_texts_words_aliases_and_every_leg() -> None:
    assert render_explanation(EXPLANATION, ("料金", "s3"), ENGLISH, MESSAGES) == (
        '<div class="tk-explanation"><dl><dt>Searched for</dt><dd>料金は?</dd><dd>S3 料金は?</dd>'
        "<dt>Words searched for</dt><dd>料金</dd><dd>s3</dd>"
        "<dt>Other names added</dt><dd>仮想 = VGW</dd></dl>"
        '<div class="tk-scroll" tabindex="0"><table class="tk-legs">'
        "<caption>How the sections were ranked</caption><thead><tr>"
        '<th scope="col">Rank</th><th scope="col">Section</th><th scope="col">Overall</th>'
        '<th scope="col">Words</th><th scope="col">Two characters</th>'
        '<th scope="col">Paragraphs by meaning</th><th scope="col">Sentences by meaning</th>'
        "</tr></thead><tbody><tr><td>1</td>"
        '<th scope="row"><button type="button" class="tk-section" data-section="a.md#節">a.md#節'
        "</button></th><td>0.750</td>"
        # A leg that was asked twice says both; 7.125 is rounded to the even digit.
        "<td>7.12 (#2)<br>8.00 (#1)</td><td>none</td><td>none</td><td>0.50 (#3)</td>"
        "</tr></tbody></table></div></div>"
    )


def test_what_there_is_none_of_is_said() -> None:
    shown = render_explanation(Explanation(("?",), (), ()), (), JAPANESE, JAPANESE_MESSAGES)
    assert shown == (
        '<div class="tk-explanation"><dl><dt>検索した文</dt><dd>?</dd>'
        "<dt>補った別名</dt><dd>なし</dd></dl><p>該当する節はありません。</p></div>"
    )


@given(st.text(max_size=60) | st.sampled_from(list(HOSTILE_NOTES.values())))
def test_any_text_comes_out_as_text(text: str) -> None:
    explanation = replace(
        EXPLANATION,
        searched=(text,),
        aliases=((text, "x"),),
        hits=(replace(EXPLANATION.hits[0], section_id=text),),
    )
    page = read_html(render_explanation(explanation, (text,), ENGLISH, MESSAGES))
    wanted = "".join(printable(text).split())
    shown = ["".join(entry.text.split()) for entry in page.find("dd")]
    assert shown == [wanted, wanted, f"{wanted}=x"]
    assert "".join(page.find(kind="tk-section")[0].text.split()) == wanted
