"""Completes a follow-up question from the user's earlier turns.

`じゃあ NLB は?` means little to a search engine. A question with a history is searched twice: as it
stands, and behind the latest turns; both rankings are fused. How much the bare question counts
depends on how much it leans on what was said. On the `dev` split this took follow-up questions from
R@1 .56 (the topic's turn put before the question) to .84 and more, while first questions behind an
unrelated history lost nothing (docs/measurements.md).
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

# Words that point to something said before.
_POINTING_BACK = re.compile(
    r"(^|[、。\s])(じゃあ|じゃ、|では|それなら|それじゃ|だったら|なら、)"
    r"|それ|その(?!他)|これ(?!まで|から)|この(?!とき、)|そこ|そっち|そちら|こっち|あれ|同じく|同様に"
    r"|前者|後者|もう一方|もう片方|一方は|両者|上記|さっき|先ほど|ほかには|他には|逆に"
    r"|(の方|のほう|の場合|だと)(は|なら|だと|いくつ|どう)"
    r"|(は|って|の場合)[?？]?$"
    r"|\b(it|its|that|they|them|those|this|these|the other|what about|how about)\b",
    re.IGNORECASE,
)
# Words that close the topic.
_NEW_TOPIC = re.compile(
    r"話は変わ|話が変わ|ところで|別件|別の話|次の質問|\bby the way\b|\banother question\b",
    re.IGNORECASE,
)

# A question of fewer content words has no topic of its own.
_FEW_WORDS = 2
# More turns bring in older topics (dev split: two and three turns equal, one worse).
_TURNS = 2

# Shares of the bare question in the search.
_LEANING, _STANDING = 0.5, 0.75


@dataclass(frozen=True, slots=True)
class SearchText:
    """A text to search, and its share where several are searched for one question."""

    text: str
    share: float = 1.0


def complete_question(
    text: str, history: Sequence[str], analyze: Callable[[str], list[str]]
) -> tuple[SearchText, ...]:
    """Return what to search for a question; the question itself first.

    :param history: the user's earlier turns, oldest first.
    :param analyze: gives the content words of a text.
    """
    turns = [turn.strip() for turn in history if turn.strip()][-_TURNS:]
    if not turns or _NEW_TOPIC.search(text):
        return (SearchText(text),)
    share = _LEANING if _leans_on_history(text, analyze) else _STANDING
    return SearchText(text, share), SearchText(" ".join([*turns, text]), 1 - share)


def _leans_on_history(text: str, analyze: Callable[[str], list[str]]) -> bool:
    words = len(set(analyze(text)))
    return words < _FEW_WORDS or _POINTING_BACK.search(text.strip()) is not None
