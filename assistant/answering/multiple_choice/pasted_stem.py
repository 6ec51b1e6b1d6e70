"""Clears the stem of a pasted exam question of what is not asked: its number, a key, headings."""

import re

from assistant.answering.multiple_choice.answer_key import cut_key_lines
from assistant.answering.multiple_choice.pasted_text import (
    cut_furniture,
    fold_aligned,
    unwrap_lines,
)

_NUMBER = re.compile(
    r"""
    [\s#*_\[【(<■●◆]{0,10}
    (?:
        第?\s?(?:問題|設問|例題|質問|問)\s?[0-9一二三四五六七八九十]{1,4}(?:\s?問)?
        |第\s?[0-9一二三四五六七八九十]{1,4}\s?問
        |(?:question|no\.)\s?\#?\s?[0-9]{1,4}(?:\s+topic\s[0-9]{1,3})?
        |q\s?\.?\s?[0-9]{1,4}(?=[.):\]】*_、]|\s*\n)
        |(?P<plain>[0-9]{1,3})(?=[.):](?![0-9]))
        |\((?P<bracketed>[0-9]{1,3})(?=\))
    )
    [\])】>*_.:、,\s-]{0,12}
    """,
    re.VERBOSE | re.IGNORECASE,
)
# A line above the options, or the head of the table that holds them.
_HEADER = re.compile(
    r"^[ \t【\[<(■●◆*#]{0,6}(?:選択肢|[回解]答群|options|choices|answers)[ \t】\]>)*]{0,6}:?\s*\Z"
    r"|^(?:\|.*\|[ \t]*\n)?\|[ \t|:-]{3,200}\s*\Z",
    re.MULTILINE | re.IGNORECASE,
)


def clean_stem(text: str) -> tuple[str, str]:
    """Return what stands before the options without what is not of the question, and that.

    :param text: as it was pasted, up to the first option.
    """
    text, furniture = cut_furniture(text)
    text, key = cut_key_lines(text)
    folded = fold_aligned(text)
    header = _HEADER.search(folded)
    end = header.start() if header else len(text)
    number = _NUMBER.match(folded)
    start = min(number.end(), end) if number and not _begins_list(number, folded) else 0
    cut = (text[:start].strip(), text[end:].strip(), furniture, key)
    return unwrap_lines(text[start:end]), "\n".join(filter(None, cut))


def _begins_list(number: re.Match[str], folded: str) -> bool:
    """Tell whether `1.` is no number of a question, as a `2.` follows in the stem."""
    digits = number["plain"] or number["bracketed"]
    if digits is None:
        return False
    following = re.compile(rf"^[ \t(]{{0,4}}{int(digits) + 1}[.):]", re.MULTILINE)
    return following.search(folded, number.end()) is not None
