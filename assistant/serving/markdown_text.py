"""Writes plain text into Markdown so that every renderer shows it as it is, and nothing else.

Questions, notes and what a language model wrote must not begin a heading, a list or a fence in a
document of ours, nor place HTML, an image or a link with a target of their own.
"""

import re
from urllib.parse import quote

from assistant.render import printable
from ingest.normalize import clean_text

_INLINE = re.compile(r"[\\`*_{}\[\]#|~$]")
# What begins a block only at the start of a line: lists, quotes, rules, the underline of a heading,
# the containers and admonitions of some renderers.
_BLOCK_START = re.compile(r"^(?:(?=[-+=>:!])|(\d{1,9})(?=[.)]))")
# Line breaks to some programs, not to Markdown.
_SEPARATORS = re.compile("[\n\u2028\u2029]")
_SINGLE_BREAK = re.compile(r"(?<=[^\n])\n(?=[^\n])")
_WEB = ("http://", "https://")


def escape_line(text: str) -> str:
    """Return Markdown of one line that shows `text`, its line breaks as spaces."""
    line = _SEPARATORS.sub(" ", printable(text)).strip()
    # As entities, because not every renderer knows these two behind a backslash.
    line = line.replace("&", "&amp;").replace("<", "&lt;")
    line = _INLINE.sub(r"\\\g<0>", line)
    return _BLOCK_START.sub(lambda match: f"{match[1] or ''}\\", line)


def escape_text(text: str) -> str:
    """Return Markdown paragraphs that show `text` line by line."""
    lines = "\n".join(escape_line(line) for line in printable(text).strip().split("\n"))
    return _SINGLE_BREAK.sub("\\\\\n", lines)


def write_link(label: str, target: str) -> str:
    """Return a Markdown link that leads to a web address or to a place relative to the document.

    :param target: a URL or a relative reference; what may not stand in one is percent-encoded.
    """
    url = quote(clean_text(target), safe="/:?#@!,;=+%&").replace("&", "&amp;")
    # A file may be called `javascript:...`; only the web's own schemes are taken for one.
    if not url.lower().startswith(_WEB) and ":" in url.partition("/")[0]:
        url = f"./{url}"
    return f"[{escape_line(label)}]({url})"
