"""The head of the page."""

from assistant.apps.chat.html_text import escape_line
from assistant.apps.chat.text_fields import ChatTexts


def render_header(texts: ChatTexts) -> str:
    """Return the HTML of the head: name, what it does, a way past it for the keyboard.

    On a phone, its last button leads to the panel and back; which of the two it says, the sheet
    chooses.
    """
    return (
        '<header class="tk-header">'
        f'<a class="tk-skip" href="#tenkyo-question">{escape_line(texts.skip_to_question)}</a>'
        f"<h1>{escape_line(texts.heading)}</h1>"
        f'<p class="tk-tagline">{escape_line(texts.tagline)}</p>'
        f'<p class="tk-local">{escape_line(texts.local_only)}</p>'
        f'<button type="button" class="tk-new"><span>{escape_line(texts.new_conversation)}</span>'
        '</button><button type="button" class="tk-panel-button">'
        f'<span class="tk-to-panel">{escape_line(texts.panel_open)}</span>'
        f'<span class="tk-to-chat">{escape_line(texts.panel_close)}</span></button></header>'
    )
