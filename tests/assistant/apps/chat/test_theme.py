"""The look: every file of it is used, and can stand in the page as it is."""

import re
from importlib.resources import files

from assistant.apps.chat import theme
from assistant.apps.chat.header_html import render_header
from assistant.apps.chat.texts import ENGLISH, JAPANESE

ASSETS = {
    path.name: path.read_text(encoding="utf-8")
    for path in files(theme.__package__ or "").joinpath("assets").iterdir()
}
_OUTSIDE = re.compile(r"@import|https?://(?!www\.w3\.org/2000/svg)|url\((?!\"/favicon\.svg\"\))")


def test_every_style_sheet_and_script_is_used() -> None:
    sheets = [text for name, text in ASSETS.items() if name.endswith(".css")]
    scripts = [text for name, text in ASSETS.items() if name.endswith(".js")]
    assert len(sheets) > 1
    assert len(scripts) > 1
    css, script = theme.read_css(), theme.read_script()
    assert all(text in css for text in sheets)
    assert all(text in script for text in scripts)
    assert theme.read_favicon() == ASSETS["favicon.svg"]


def test_nothing_of_it_ends_the_element_that_it_stands_in() -> None:
    assert "</style" not in theme.read_css().lower()
    assert "</script" not in theme.read_script().lower()
    assert "<!--" not in theme.read_css() + theme.read_script()


def test_it_asks_for_nothing_outside() -> None:
    for name, text in ASSETS.items():
        assert not _OUTSIDE.search(text), name


def test_the_colours_of_the_style_sheet_are_there_in_light_and_dark() -> None:
    light, dark = ASSETS["colours.css"].split(".dark {")
    named = re.compile(r"^  (--tk-[a-z-]+):", re.MULTILINE)
    assert set(named.findall(light)) == set(named.findall(dark))
    used = set(re.findall(r"var\((--tk-[a-z-]+)\)", theme.read_css()))
    defined = set(re.findall(r"^ +(--tk-[a-z-]+):", theme.read_css(), re.MULTILINE))
    assert used == defined


def test_the_page_says_how_many_conversations_the_browser_keeps_and_how_long() -> None:
    script = ASSETS["conversations.js"]
    bounds = [re.search(rf"{name} = (\d+);", script) for name in ("MOST_KEPT", "MOST_DAYS")]
    for texts in (ENGLISH, JAPANESE):
        told = re.findall(r"\d+", texts.history_kept)
        assert told == [bound[1] for bound in bounds if bound is not None]


def test_the_head_leads_past_itself_and_to_the_panel_and_back() -> None:
    assert render_header(ENGLISH) == (
        '<header class="tk-header">'
        '<a class="tk-skip" href="#tenkyo-question">Skip to the question</a><h1>Tenkyo</h1>'
        '<p class="tk-tagline">'
        "Ask your own notes; every answer names the lines that it rests on.</p>"
        '<p class="tk-local">Neither notes nor questions leave this computer.</p>'
        '<button type="button" class="tk-new"><span>New conversation</span></button>'
        '<button type="button" class="tk-panel-button">'
        '<span class="tk-to-panel">Sources and notes</span>'
        '<span class="tk-to-chat">Back to the chat</span></button></header>'
    )
