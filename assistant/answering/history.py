"""Completes a follow-up question from the user's earlier turns.

`じゃあ NLB は?` means little to a search engine. A turn that points back (a demonstrative, a
connective, hardly a word of its own) is searched together with the turn that set its topic. A turn
that stands on its own is left alone, so that a new topic does not drag the old one along.
"""

import re
from collections.abc import Callable, Sequence

# Words that point to something said before. Anchored where the bare word is common elsewhere.
_POINTING_BACK = re.compile(
    r"(^|[、。\s])(じゃあ|じゃ、|では、|それなら|それじゃ|だったら|なら、)"
    r"|それ|その(?!他)|これ(?!まで|から)|この(?!とき、)|そこ|そっち|そちら|こっち|あれ|同じく|同様に"
    r"|前者|後者|もう一方|もう片方|一方は|両者|上記|さっき|先ほど|ほかには|他には|逆に"
    r"|(は|って|の場合)[?？]?$"
    r"|\b(it|its|that|they|them|those|this|these|the other|what about|how about)\b",
    re.IGNORECASE,
)

# A question of at most this many content words that points back has no topic of its own.
_FEW_WORDS = 2


def complete_question(
    text: str, history: Sequence[str], analyze: Callable[[str], list[str]]
) -> str:
    """Return the text to search for: the question, led by its topic where it leans on one.

    :param history: the user's earlier turns, oldest first.
    :param analyze: gives the content words of a text.
    """
    if not history or not _leans_on_history(text, analyze):
        return text
    for position in range(len(history) - 1, -1, -1):
        turn = history[position].strip()
        if turn and (position == 0 or not _leans_on_history(turn, analyze)):
            return f"{turn} {text}"
    return text


def _leans_on_history(text: str, analyze: Callable[[str], list[str]]) -> bool:
    words = len(set(analyze(text)))
    return words < _FEW_WORDS or _POINTING_BACK.search(text.strip()) is not None
