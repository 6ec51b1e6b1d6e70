"""Makes the page that gradio serves ours: its language and title, our script, a nonce for scripts.

Nothing of it names another host.
"""

import re
from dataclasses import dataclass

from assistant.apps.chat.html_text import escape_line
from assistant.apps.chat.texts import choose_texts
from assistant.messages import Language

# They advertise gradio where a link to the page is shown; the manifest offers to install it.
_FOREIGN = re.compile(
    rb'<meta\s+(?:property="og:|name="twitter:)[^>]*>\s*|<link rel="manifest"[^>]*>'
)
# An example of a file in the description of the control that takes notes; nobody is shown it.
_EXAMPLE = re.compile(rb"https://github\.com/gradio-app/[^\"\\<]*")
_SCRIPT = re.compile(rb"<script\b")
_LANGUAGE = re.compile(rb'(<html\s[^>]*?\blang=")[a-z-]*(")')
_HEAD_END, _BODY_END = b"</head>", b"</body>"


@dataclass(frozen=True, slots=True)
class PageParts:
    """What the page is given.

    script: runs before gradio builds the page.
    style: a style sheet; gradio would take one too, but rewrite its rules.
    """

    script: str
    style: str


def mend_page(html: bytes, parts: PageParts, language: Language, nonce: str) -> bytes:
    """Return the page as it is sent to the browser.

    Text of notes never stands in it: gradio writes `<` of its data as an escape, so that what looks
    like a tag is one.
    """
    html = _EXAMPLE.sub(b"", _FOREIGN.sub(b"", html))
    html = _LANGUAGE.sub(rb"\g<1>" + language.encode() + rb"\g<2>", html, count=1)
    head = (
        f"<title>{escape_line(choose_texts(language).title)}</title>"
        f'<link rel="icon" type="image/svg+xml" href="/favicon.svg">'
        f"<script>{parts.script}</script>"
    )
    html = html.replace(_HEAD_END, head.encode() + _HEAD_END, 1)
    # gradio adds its own sheets to the head; of two rules that are alike, the later one counts.
    style = f"<style>{parts.style}</style>"
    html = html.replace(_BODY_END, style.encode() + _BODY_END, 1)
    return _SCRIPT.sub(b'<script nonce="' + nonce.encode() + b'"', html)
