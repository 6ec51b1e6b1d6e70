"""Makes text safe to stand in a prompt: one line that cannot pass for anything but data.

Text of notes must not close the block that it stands in, number itself as a sentence of another
note, speak as another role, or hide from the user what the model reads.
"""

import re
import unicodedata

from ingest.normalize import clean_text

# What has no form of its own: controls, direction signs, joiners, tags, private use, surrogates.
_UNSEEN = frozenset(("Cc", "Cf", "Co", "Cs"))
# Variation selectors are marks, and yet whole messages were hidden in them.
_SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_ROLES = "system|developer|assistant|user|human|ai|model|tool|システム|アシスタント|ユーザー?"
_NUMBER = r"\s*\^?\d{1,9}(?:\s*[,、，~〜–-]\s*\d{1,9}){0,99}\s*"
_BRACKETED = re.compile(rf"[\[【]({_NUMBER}|\s?/?(?:INST|SYS|{_ROLES})\s?)[\]】]", re.IGNORECASE)
_SPEAKER = re.compile(rf"^(\W{{0,9}}(?:{_ROLES}))\s?:", re.IGNORECASE)
_FENCE = re.compile(r"([`~#])\1{2,}")


def make_inert(text: str) -> str:
    """Return `text` as one line, with look-alikes in place of what a prompt is built of.

    Every `<`, the brackets around a number or a role, and the colon behind a role become their
    full-width forms; three or more signs of a fence become one; what cannot be seen goes.
    """
    # White space first: a line break is a control, and yet parts two words.
    line = " ".join(clean_text(text).split())
    line = "".join(c for c in line if unicodedata.category(c) not in _UNSEEN)
    line = _SELECTORS.sub("", line)
    line = line.replace("<", "＜")
    line = _BRACKETED.sub(r"［\1］", line)
    line = _SPEAKER.sub(r"\1：", line)
    return _FENCE.sub(r"\1", line)
