"""What the page's script must know of the language: an element without content."""

from assistant.apps.chat.html_text import escape_value
from assistant.apps.chat.text_fields import ChatTexts


def render_page_data(texts: ChatTexts) -> str:
    """Return the element that `assets/chat.js` takes language, title and its own texts from."""
    data = {
        "page-language": texts.language,
        "page-title": texts.title,
        "copied": texts.status_copied,
        "copy-failed": texts.status_copy_failed,
        "busy": texts.error_busy,
        "earlier": texts.history_earlier,
        "not-kept": texts.history_not_kept,
    }
    attributes = " ".join(f'data-{name}="{escape_value(text)}"' for name, text in data.items())
    return f"<div hidden {attributes}></div>"
