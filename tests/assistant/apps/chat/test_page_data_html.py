"""What the page's script is told of the language."""

from assistant.apps.chat.page_data_html import render_page_data
from assistant.apps.chat.texts import ENGLISH, JAPANESE
from tests.assistant.apps.chat.html_reading import read_html


def test_the_script_is_told_language_title_and_its_own_texts() -> None:
    assert render_page_data(ENGLISH) == (
        '<div hidden data-page-language="en" data-page-title="Tenkyo — ask your notes"'
        ' data-copied="Copied." data-copy-failed="Could not copy; select the text and copy it."'
        ' data-busy="Answering other questions; wait a moment and ask again."'
        ' data-earlier="Earlier conversations" data-not-kept="This browser cannot keep the'
        ' conversation; press &quot;Save&quot; to keep it."></div>'
    )
    (element,) = read_html(render_page_data(JAPANESE)).elements
    assert element.attributes["data-page-language"] == "ja"
    assert element.attributes["data-page-title"] == "典拠 — ノートに聞く"
