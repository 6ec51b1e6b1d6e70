"""A model of what Slack makes of a message: what pings, links, or is drawn other than written.

Where Slack's documentation leaves it open, or it depends on how a message is sent, the model reads
more into a text than Slack does.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

Json = Mapping[str, object]

_TOKEN = re.compile(r"<[^<>\n]*>")
# A pair of these around words is markup; full-width forms count as well.
_SPAN = re.compile(r"([*＊])[^*＊\n]+[*＊]|([_＿])[^_＿\n]+[_＿]|~[^~\n]+~|([`｀])[^`｀]+[`｀]")
_EMOJI = re.compile(r":[^\s:<>\u2060]+:")
_QUOTATION = re.compile(r"^\s*(?:&gt;|＞)", re.MULTILINE)
_LIST = re.compile(r"^\s*(?:[•◦▪*+-]|\d+[.)])\s", re.MULTILINE)
_AUTOMATIC = re.compile(
    r"[a-z][a-z0-9+.-]*://[^\s\u2060]|mailto:[^\s\u2060]|[@＠][^\s\u2060]|#[^\s\u2060]|"
    r"[A-Za-z0-9-]\.[A-Za-z]{2}",
    re.IGNORECASE,
)


def read_markup(text: str, *, is_verbatim: bool = False) -> list[str]:
    """Return every part of a `mrkdwn` text that Slack would not just show."""
    patterns = [_SPAN, _EMOJI, _QUOTATION, _LIST]
    if not is_verbatim:
        patterns.append(_AUTOMATIC)
    rest = _TOKEN.sub(" ", text)
    found = [match[0] for pattern in patterns for match in pattern.finditer(rest)]
    return _TOKEN.findall(text) + found


def read_shown(text: str) -> str:
    """Return what a reader sees of an inert `mrkdwn` text."""
    for entity, sign in (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):
        text = text.replace(entity, sign)
    return text.replace("\u2060", "")


def find_effects(text: str, blocks: Sequence[Json]) -> list[str]:
    """Return everything in a message that is not just shown, links of ours included."""
    return [*read_markup(text), *chain.from_iterable(map(_find_in_value, blocks))]


def find_texts(value: object) -> Iterator[str]:
    """Yield every text that is seen in a block, in order."""
    if isinstance(value, Mapping):
        if isinstance(value.get("text"), str):
            yield value["text"]
        for part in value.values():
            yield from find_texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from find_texts(part)


def _find_in_value(value: object) -> Iterator[str]:
    if isinstance(value, list):
        for part in value:
            yield from _find_in_value(part)
    if not isinstance(value, Mapping):
        return
    kind, text = value.get("type"), value.get("text")
    if kind == "mrkdwn":
        yield from read_markup(str(text), is_verbatim=value.get("verbatim") is True)
    elif kind == "plain_text" and value.get("emoji") is not False:
        yield from _EMOJI.findall(str(text))
    elif kind == "link":
        yield f"<{value['url']}>"
    elif kind in ("user", "usergroup", "channel", "team", "broadcast", "emoji", "color"):
        yield f"{kind}: {value}"
    for part in value.values():
        yield from _find_in_value(part)
