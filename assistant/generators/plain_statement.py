"""Takes the Markdown off a sentence that a model wrote, and knows what is no statement."""

import re

from ingest.normalize import clean_text, normalize

_FENCE = re.compile(r"\s*(?:`{3}|~{3})")
# Bullets and numbers in front; a sign that may begin a word only with a space behind it.
_LEAD = re.compile(
    r"\s*(?:#{1,6}\s+|>\s*|[-+*–—]\s+(?:\[[ xX]\]\s+)?|\d{1,3}[.)．）]\s+|[・•‣◦●○◆◇■□▶▪]\s*"
    "|[\u2600-\u27bf\U0001f300-\U0001faff][\ufe0f\u200d]*\\s*|[0-9]\ufe0f?\u20e3\\s*)"
)
_MOST_LEADS = 4
# Between Latin letters and digits stars multiply (`2**3`).
_STRONG = re.compile(r"(?<![0-9A-Za-z])\*{2,3}|\*{2,3}(?![0-9A-Za-z])|~~|`+")
_EMPHASIS = re.compile(r"(?<![0-9A-Za-z*\\])\*([^*\s]|[^*\s][^*]{0,100}[^*\s])\*(?![0-9A-Za-z*])")
_LINK = re.compile(r"!?\[([^\[\]]{1,300})\]\([^()\s]{0,500}\)")
_BREAK = re.compile(r"<br\s?/?>", re.IGNORECASE)
_CELL_BORDER = re.compile(r"\s*\|\s*")
_COMMA_BEFORE_MARKER = re.compile(r"、(?=[\[［【])")
_UNSEEN = re.compile("[\x80-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")
# The look-alikes of `make_inert`, as they stood in the note.
_INERT_NUMBER = re.compile(r"［(\s?\^?\d[\d,、，~〜– -]{0,99})］")

_LEAD_IN = re.compile(
    r"(?:.{0,80}:|.{0,80}(?:次|以下)の(?:通り|とおり|よう)(?:です|になります|になっています)?"
    r"|はい|承知(?:し|いたし)ました|了解(?:です|しました)|もちろんです|お答えします"
    r"|sure|certainly|of course|yes|here (?:is|are) .{0,80})[。.!、,]?"
)


def read_plain(line: str) -> str:
    """Return what a line of Markdown says, on one line; "" for the fence of a code block."""
    if _FENCE.match(line):
        return ""
    text = _UNSEEN.sub("", clean_text(line))
    for _ in range(_MOST_LEADS):
        lead = _LEAD.match(text)
        text = text[lead.end() :] if lead is not None else text
    text = _LINK.sub(r"\1", _BREAK.sub(" ", text))
    text = _EMPHASIS.sub(r"\1", _STRONG.sub("", text))
    if text.lstrip().startswith("|"):
        text = _CELL_BORDER.sub("、", text.strip().strip("|").strip())
        text = _COMMA_BEFORE_MARKER.sub(" ", text)
    text = _INERT_NUMBER.sub(r"[\1]", text.replace("＜", "<"))
    return " ".join(text.split())


def is_lead_in(text: str) -> bool:
    """Tell whether a sentence, without markers, only announces what follows."""
    return _LEAD_IN.fullmatch(normalize(text[:200])) is not None


def says_something(text: str) -> bool:
    """Tell whether there is a letter or digit in a text."""
    return any(character.isalnum() for character in text)
