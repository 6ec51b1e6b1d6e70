"""What the page is made of gradio's own, and in which language."""

import pytest

from assistant.apps.chat.page import PageParts, mend_page
from assistant.apps.chat.page_language import choose_language

HTML = b"""<!doctype html>
<html
\tlang="en"
>
<head>
<meta property="og:image" content="https://raw.example/x.jpg" />
<meta name="twitter:card" content="x" />
<meta name="viewport" content="width=device-width" />
<script>window.gradio_config = {"text": "\\u003cscript\\u003e lang=\\"en\\""};</script>
<link rel="manifest" href="/manifest.json" />
<script type="module" src="./assets/index.js"></script>
</head><body></body></html>"""


def test_the_page_speaks_the_language_and_names_no_other_host() -> None:
    page = mend_page(HTML, PageParts("run();", "p { color: red }"), "ja", "n0nce").decode()
    assert "https://" not in page
    assert "manifest" not in page
    assert '<html\n\tlang="ja"' in page
    assert 'lang=\\"en\\"' in page  # data is left alone
    assert "<title>典拠 — ノートに聞く</title>" in page
    assert '<meta name="viewport"' in page


def test_every_script_carries_the_nonce_and_ours_stands_in_the_head() -> None:
    page = mend_page(HTML, PageParts("run();", "p { color: red }"), "en", "n0nce").decode()
    assert page.count("<script") == page.count('<script nonce="n0nce"') == 3
    assert '<script nonce="n0nce">run();</script></head>' in page


def test_our_style_sheet_stands_behind_those_that_gradio_adds_to_the_head() -> None:
    page = mend_page(HTML, PageParts("run();", "p { color: red }"), "en", "n0nce").decode()
    assert "<style>p { color: red }</style></body></html>" in page


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("", "ja"),
        ("ja", "ja"),
        ("en", "en"),
        ("en-US,en;q=0.9,ja;q=0.8", "en"),
        ("ja,en-US;q=0.9", "ja"),
        ("en;q=0.5, ja;q=0.7", "ja"),
        ("ja,en", "ja"),
        ("en,ja", "en"),
        ("fr-FR,fr;q=0.9,en;q=0.5", "en"),
        ("fr", "ja"),
        ("en;q=0", "ja"),
        ("en;q=high", "ja"),
        ("en;q=2", "ja"),
        ("en;level=1", "ja"),
        (";;,,q=1", "ja"),
        ("JA-jp;Q=0.5,EN;q=0.4", "ja"),
    ],
)
def test_the_language_that_a_browser_prefers(accepted, language) -> None:
    assert choose_language(accepted) == language
