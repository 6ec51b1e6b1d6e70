"""Finds the answer that was pasted along with an exam question.

It is cut off before the question is searched: an explanation would be found in the notes at once,
and the options that it names wrong would count as much as the right one.
"""

import re
from collections.abc import Sequence

from assistant.answering.multiple_choice.choice_markers import ENCLOSED, read_letters
from assistant.answering.multiple_choice.pasted_text import cut_matches

_LABEL = (
    r"(?:正解|正答|解答|回答|答え?|(?:the )?correct(?: answers?| options?| choices?)?"
    r"|(?:suggested |the )?answers?(?:\(s\))?|ans)(?:番号|記号|選択肢)?"
)
# What the reader or the site chose is no key.
_OWN = r"(?:あなた|自分|私|僕|わたし)の(?:回答|解答|答え)|(?:my|your) answers?|selected answers?"
_OPENING = r"^[ \t>*#_【\[(■●◆・-]{0,10}"
_SEPARATOR = (
    r"[ \t]{0,3}(?:[\])】>*_:=→\n]|は|is\b|are\b)"
    r"[ \t\])】>*_:=→]{0,10}(?:は|is\b|are\b)?[ \t:]{0,4}\n?"
)
_NAME = (
    r"(?:(?-i:[A-J]{1,5}|[a-j])|[0-9]{1,2}|[アイウエオカキクケコロハニホヘトチリヌ]{1,4}"
    rf"|[甲乙丙丁戊己庚辛壬癸]{{1,4}}|{ENCLOSED}{{1,4}})"
)
_QUOTED_NAME = rf"[「『(\[【]?[ ]?(?:選択肢[ ]?|option[ ])?{_NAME}[ ]?[」』)\]】]?"
_NAMES = (
    rf"{_QUOTED_NAME}"
    rf"(?:(?:[ ]?[,、・&と/][ ]?|[ ](?:and[ ])?|および|及び){_QUOTED_NAME}){{0,9}}"
    # Not the beginning of a word, nor the article: `Answer: A gateway endpoint`.
    r"(?![A-Za-z0-9ァ-ヺー一-龥]|[ ](?!and\b|or\b|is\b)[a-z])"
)
_LINE = (
    rf"{_OPENING}(?:{_OWN}|{_LABEL})"
    # Without a separator nothing but the key may stand there: 「回答 1 件につき」 is a sentence.
    rf"(?:{_SEPARATOR}(?P<letters>{_NAMES})|[ \t]{{0,3}}(?P<alone>{_NAMES})(?=[。.]?[ \t]*$))"
)
_BEHIND_OPTIONS = rf"(?<=[ \t。.)])(?:{_LABEL})[ ]?[】\]]?[ ]?:[ ]?(?P<behind>{_NAMES})"
_KEY = re.compile(f"{_LINE}|{_BEHIND_OPTIONS}", re.MULTILINE | re.IGNORECASE)
_KEY_LINE = re.compile(rf"{_LINE}[。.]?[ \t]*$", re.MULTILINE | re.IGNORECASE)
_OWN_KEY = re.compile(_OPENING + f"(?:{_OWN})", re.IGNORECASE)
# An answer in words, or an explanation without a key.
_WORDS = re.compile(
    rf"{_OPENING}(?:{_OWN}|{_LABEL})[ \t\])】>*_]{{0,6}}:[ \t]*[^\s?]"
    rf"|{_OPENING}(?:解説|explanation|rationale|references?)(?:[ \t:\])】>*_]|$)",
    re.MULTILINE | re.IGNORECASE,
)
_WORD = re.compile(r"and\b|option\b", re.IGNORECASE)
_OWN_QUESTION = re.compile(r"\n[ \t]*\n[ \t]*(?P<question>[^\n]+[?？])\s*\Z")


def find_solution(folded: str, start: int) -> int | None:
    """Return where the first answer or explanation from `start` on begins, None without one.

    :param folded: a text that went through `fold_aligned`.
    """
    found = [match.start() for form in (_KEY, _WORDS) if (match := form.search(folded, start))]
    return min(found, default=None)


def cut_key_lines(text: str) -> tuple[str, str]:
    """Return a text without the lines that are nothing but a key, and those lines."""
    return cut_matches(text, _KEY_LINE)


def split_own_question(solution: str) -> tuple[str, str]:
    """Return the solution, and the question that the reader put below it as the last paragraph."""
    found = _OWN_QUESTION.search(solution)
    if found is None:
        return solution, ""
    return solution[: found.start()], found["question"]


def read_key(folded: str, letters: Sequence[str]) -> str:
    """Return the right letters that a solution names, in the order of the options; "" without any.

    :param folded: the solution, after `fold_aligned`.
    :param letters: of the options.
    """
    for found in _KEY.finditer(folded):
        if not _OWN_KEY.match(found[0]):
            names = found["letters"] or found["alone"] or found["behind"]
            named = read_letters(_WORD.sub(" ", names))
            return "".join(letter for letter in letters if letter in named)
    return ""
