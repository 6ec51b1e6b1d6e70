"""Handles text as it is pasted from a page, a PDF or a mail, without losing a letter of it."""

import re
import unicodedata

# Signs without width that pages and chats leave before a word.
_WITHOUT_WIDTH = re.compile("[\u200b\u2060\ufeff]")
_QUOTED = re.compile(r"^[ \t]*>[> \t]*", re.MULTILINE)
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\uff0d"

_SENTENCE_END = re.compile(r"[。．.？?！!:：」』)）\]】]$")
_LIST_ITEM = re.compile(r"[-*+・•●■◆|①-⑳]|[0-9０-９]{1,2}[.)．）]|[A-Za-zア-コ][.)．）]")

# What printers and exam sites put between the lines of a question.
_FURNITURE = re.compile(
    r"""
    ^[ \t]*(?:
        -{1,2}\s?[0-9]{1,4}\s?-{1,2}
        |(?:page|p\.)\s?[0-9]{1,4}(?:\s?(?:of|/)\s?[0-9]{1,4})?
        |[0-9]{1,4}\s?/\s?[0-9]{1,4}
        |[0-9]{1,4}\s?ページ
        |(?:show|hide|reveal|view)\s(?:answer|solution)s?
        |(?:解答|正解|答え|解説)を(?:見る|表示(?:する)?|隠す)
        |discussion\s?[0-9]{0,5}
        |most\svoted
        |(?:©|\(c\)|copyright).{0,100}
    )[ \t]*$
    |[ \t]most\svoted$
    |[(\[【←][ ]?(?:正解|correct)[ ]?[)\]】]?$
    """,
    re.VERBOSE | re.MULTILINE | re.IGNORECASE,
)


def clean_pasted(text: str) -> str:
    """Return a text whose only line break is the line feed, without the marks of a quoted mail."""
    return _QUOTED.sub("", _WITHOUT_WIDTH.sub("", "\n".join(text.splitlines())))


def fold_aligned(text: str) -> str:
    """Return a text of the same length to search instead: `text[i]` stands where it stood.

    Width is folded; a wide space is a tab, any other space a blank, any dash a hyphen. Case stays.
    """
    return text.translate({ord(sign): _fold_sign(sign) for sign in set(text)})


def cut_furniture(text: str) -> tuple[str, str]:
    """Return a text without page numbers and the buttons of an exam site, and what was cut."""
    return cut_matches(text, _FURNITURE)


def cut_matches(text: str, pattern: re.Pattern[str]) -> tuple[str, str]:
    """Return a text without what a pattern finds in its folded form, and what was cut."""
    kept, cut, end = [], [], 0
    for found in pattern.finditer(fold_aligned(text)):
        kept.append(text[end : found.start()])
        cut.append(text[found.start() : found.end()])
        end = found.end()
    return "".join([*kept, text[end:]]), "\n".join(cut)


def flatten_lines(text: str) -> str:
    """Return a text on one line; Japanese is joined without a blank, Latin text with one."""
    return _join(text, keeps_paragraphs=False)


def unwrap_lines(text: str) -> str:
    """Return a text with its sentences, paragraphs and list items on lines of their own."""
    return _join(text, keeps_paragraphs=True)


def _fold_sign(sign: str) -> str:
    if sign == "\n":
        return sign
    if sign in "\t\u3000":
        return "\t"
    if sign.isspace():
        return " "
    if sign in _DASHES:
        return "-"
    if unicodedata.east_asian_width(sign) not in ("F", "H"):
        return sign
    folded = unicodedata.normalize("NFKC", sign)
    return folded if len(folded) == 1 else sign


def _join(text: str, *, keeps_paragraphs: bool) -> str:
    parts: list[str] = []
    last, after_blank = "", False
    for line in map(str.strip, text.split("\n")):
        if not line:
            after_blank = True
            continue
        if last:
            begins = after_blank or _SENTENCE_END.search(last) or _LIST_ITEM.match(line)
            parts.append("\n" if keeps_paragraphs and begins else _choose_joint(last, line))
        parts.append(line)
        last, after_blank = line, False
    return "".join(parts)


def _choose_joint(before: str, after: str) -> str:
    if _LIST_ITEM.match(after):
        return " "
    if not (before[-1].isascii() and after[0].isascii()):
        return ""
    # cost-|effective
    is_hyphenated = before[-1] == "-" and before[-2:-1].isalpha() and after[0].isalpha()
    return "" if is_hyphenated else " "
