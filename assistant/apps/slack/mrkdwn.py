"""Makes text inert where Slack does parse: in the `text` of a message, and in a link of ours.

The `text` stands behind the blocks and is shown in notifications and read out by screen readers.
Slack reads `<...>` in it as mentions and links, and its markup; depending on how a message is sent,
bare URLs, domains, `@names` and `#channels` as well. Everything else that comes from notes,
questions and models is shown in blocks that parse nothing (`assistant.apps.slack.elements`).
"""

import re
from urllib.parse import quote

from assistant.apps.slack.elements import Element
from assistant.apps.slack.limits import URL_CHARACTERS
from assistant.render import printable

# Shown as nothing, parts no word for a reader, and no space to a parser. A zero-width space would
# be a word's end to Slack, beside which a `*` becomes markup.
_JOINER = "\u2060"
# Nothing escapes these but another sign. Slack takes the full-width forms for the same.
_MARKUP = str.maketrans({"*": "∗", "＊": "∗", "_": "ˍ", "＿": "ˍ", "~": "∼", "`": "ˋ", "｀": "ˋ"})
# What begins a name, a channel, an emoji code or the rest of a URL; and the dot in a domain, which
# the names of notes look like (.md is one).
_LINKED = re.compile(r"[@＠#:](?=\S)|(?<=\w)\.(?=[^\W\d_])")
# What makes a line a quotation or an item of a list.
_LINE_START = re.compile(r"^([^\S\n]*)(?=&gt;|＞|(?:[•◦▪+-]|\d+[.)])\s)", re.MULTILINE)
_WEB = re.compile(r"https?://[^/\s]", re.IGNORECASE)
# All that a URL may hold as it stands; the rest is percent-encoded, `<`, `>` and `|` with it.
_URL_SIGNS = "!#$%&'()*+,-./:;=?@[]_~"


def escape_text(text: str) -> str:
    """Return `text` so that Slack shows it, and does nothing with it.

    Control characters go. Line breaks stay, and what is read is the same but for look-alikes of
    the signs of markup; joiners without width stand where Slack would link or ping.
    """
    escaped = printable(text).translate(_MARKUP)
    escaped = escaped.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    escaped = _LINKED.sub(rf"\g<0>{_JOINER}", escaped)
    return _LINE_START.sub(rf"\1{_JOINER}", escaped)


def clean_url(url: str | None) -> str | None:
    """Return a web address that may be linked to, None for anything else.

    It holds only signs that a URL may hold, none of which ends a link in Slack.
    """
    if url is None or not _WEB.match(url):
        return None
    cleaned = quote(url, safe=_URL_SIGNS, errors="replace")
    return cleaned if len(cleaned) <= URL_CHARACTERS else None


def build_link(url: str, label: str) -> Element:
    """Return a text that is one link.

    :param url: as `clean_url` returns it.
    :param label: words of ours, without signs that Slack parses.
    """
    target = url.replace("&", "&amp;")
    return {"type": "mrkdwn", "text": f"<{target}|{label}>", "verbatim": True}
