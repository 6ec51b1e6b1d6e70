"""Completes a follow-up question from the user's earlier turns.

`じゃあ NLB は?` means little to a search engine. A question with a history is searched as it is,
behind the headings of the section that the last turn found, and, if it leans on what was said,
behind the latest turns as well; the rankings are fused. On ten-turn dialogues of the `dev` split
the headings took questions that need the dialogue from R@1 .65 to .71, and first questions behind
an unrelated history lost less (docs/measurements.md).
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

# Words that point to something said before; not それぞれ, それとも, であれば.
_POINTER = re.compile(
    r"(^|[、。\s])(じゃあ|じゃ、|では|それなら|それじゃ|だったら|なら、)"
    r"|それ(?!ぞれ|とも)|その(?!他|まま)|これ(?!まで|から)|この(?!とき、)|そこ|そっち|そちら|こっち"
    r"|あれ(?!ば)|同じく|同様に|前者|後者|もう一方|もう片方|一方は|両者|上記|さっき|先ほど|ほかには|他には|逆に"
    r"|(の方|のほう|の場合|だと)(は|なら|だと|いくつ|どう)"
    r"|\b(it|its|that|they|them|those|this|these|the other|what about|how about)\b",
    re.IGNORECASE,
)
# An end that leaves the rest to what was said; but `富士山の標高は?` says all itself.
_ELLIPSIS = re.compile(r"(は|って|の場合)[?？]?$")
# Words that close the topic.
_NEW_TOPIC = re.compile(
    r"話は変わ|話が変わ|ところで|別件|別の話|次の質問|\bby the way\b|\banother question\b",
    re.IGNORECASE,
)

# A question of fewer content words has no topic of its own.
_FEW_WORDS = 2
# One of more content words says all itself, however it ends: `RDS の自動バックアップの保持期間は?`
# (on the `dev` dialogues three and four lose nothing, two loses follow-ups).
_MOST_WORDS_OF_ELLIPSIS = 3
# More turns bring in older topics (dev split: two and three turns equal, one worse).
_TURNS = 2

# How many earlier turns are searched to find out what the last one was about: a turn that leans on
# the one before takes its topic from there.
_TOPIC_DEPTH = 2


@dataclass(frozen=True, slots=True)
class SearchText:
    """A text to search, and its share where several are searched for one question."""

    text: str
    share: float = 1.0


@dataclass(frozen=True, slots=True)
class _Shares:
    """Of the question as it stands, behind the headings of the topic, and behind the turns."""

    bare: float
    topic: float
    turns: float


# Chosen on the `dev` dialogues among fourteen.
_LEANING = _Shares(0.35, 0.45, 0.2)
_STANDING = _Shares(0.75, 0.25, 0.0)


def complete_question(
    text: str,
    history: Sequence[str],
    analyze: Callable[[str], list[str]],
    find_headings: Callable[[Sequence[SearchText]], str],
) -> tuple[SearchText, ...]:
    """Return what to search for a question; the question itself first.

    :param history: the user's earlier turns, oldest first.
    :param analyze: gives the content words of a text.
    :param find_headings: gives the headings of the best section for texts that are searched
        together, "" if there is none.
    """
    turns = [turn.strip() for turn in history if turn.strip()]
    return _complete(text, turns, analyze, find_headings, _TOPIC_DEPTH)


def _complete(
    text: str,
    turns: Sequence[str],
    analyze: Callable[[str], list[str]],
    find_headings: Callable[[Sequence[SearchText]], str],
    depth: int,
) -> tuple[SearchText, ...]:
    if not turns or _NEW_TOPIC.search(text):
        return (SearchText(text),)
    topic = ""
    if depth:
        last = _complete(turns[-1], turns[:-1], analyze, find_headings, depth - 1)
        topic = find_headings(last)
    shares = _LEANING if _leans_on_history(text, analyze) else _STANDING
    texts = [
        SearchText(text, shares.bare),
        SearchText(f"{topic or turns[-1]} {text}", shares.topic),
    ]
    if shares.turns:
        texts.append(SearchText(" ".join([*turns[-_TURNS:], text]), shares.turns))
    return tuple(texts)


def _leans_on_history(text: str, analyze: Callable[[str], list[str]]) -> bool:
    words = len(set(analyze(text)))
    stripped = text.strip()
    if words < _FEW_WORDS or points_back(stripped):
        return True
    return words <= _MOST_WORDS_OF_ELLIPSIS and _ELLIPSIS.search(stripped) is not None


def points_back(text: str) -> bool:
    """Tell whether words of a question point to something said before."""
    return _POINTER.search(text) is not None
