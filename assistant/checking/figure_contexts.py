"""Tells what the figures of a sentence are said of: the words of their clause."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.checking.addresses import mask_addresses
from assistant.checking.figures import Figure, find_figures, group_listed
from assistant.checking.reading import CLAUSE_END, mask_figures
from assistant.checking.vocabulary import Vocabulary

_BORDER = re.compile("[、。;|]")
_KANA = re.compile("[ぁ-ん]")
_TOPIC_END = re.compile("は|が|: ")
# A context of less weight says nothing by itself; the topic of the sentence is added.
_THIN = 0.75
# Words that tell figures of one thing from each other, and so are no general words here.
_ROLES = (
    "最大 最小 最長 最短 上限 下限 既定 デフォルト 標準 通常 以前 今 現在 推奨 平均 合計 初回 無料"
    " 有料 default maximum minimum"
)


@dataclass(frozen=True, slots=True)
class PlacedFigure:
    """A figure with its surroundings.

    text: the figure as it stands there.
    words: the content words of what it is said of.
    """

    figure: Figure
    text: str
    words: frozenset[str]


class ContextReader:
    """Places figures in their contexts, and compares contexts.

    analyze: gives the content words of a text.
    """

    def __init__(self, vocabulary: Vocabulary, analyze: Callable[[str], list[str]]) -> None:
        self._vocabulary = vocabulary
        self._analyze = analyze
        self._roles = frozenset(analyze(_ROLES))

    def place(self, text: str) -> list[PlacedFigure]:
        """Return the figures of a sentence in their order; those of a list share their context."""
        figures = find_figures(mask_addresses(text))
        plain = mask_figures(text)
        borders = [0, *(match.end() for match in _BORDER.finditer(plain)), len(text) + 1]
        placed = []
        is_prose = _KANA.search(text) is not None
        for group in group_listed(text, figures):
            words = self._read_context(plain, group, figures, borders) if is_prose else frozenset()
            placed += [PlacedFigure(f, text[f.start : f.end], words) for f in group]
        return placed

    def stands_apart(self, claim: PlacedFigure, match: PlacedFigure, other: PlacedFigure) -> bool:
        """Tell whether a claim is about what `other` is about, and not about what `match` is.

        It has a word that only the context of `other` has, and none of those that only the context
        of `match` has.
        """
        of_other = self._overlap(other.words - match.words, claim.words)
        own = match.words - other.words
        return bool(own) and of_other >= 1.0 and not self._overlap(own, claim.words)

    def _read_context(
        self,
        plain: str,
        group: Sequence[Figure],
        figures: Sequence[Figure],
        borders: Sequence[int],
    ) -> frozenset[str]:
        """Return the words from the clause's start, or the figure like these before, to its end."""
        first, last = group[0], group[-1]
        before = [f.end for f in figures if f.dimension == first.dimension]
        start = max(at for at in (*borders, *before) if at <= first.start)
        behind = [f.start for f in figures if f.start >= last.end]
        border = CLAUSE_END.search(plain, last.end)
        stop = min([border.start() if border else len(plain), *behind])
        words = frozenset(self._analyze(plain[start:stop]))
        if sum(map(self._vocabulary.weigh, words)) >= _THIN:
            return words
        topic_end = _TOPIC_END.search(plain, 0, first.start)
        topic = _BORDER.split(plain[: topic_end.start()])[-1] if topic_end else ""
        return words | frozenset(self._analyze(topic))

    def _overlap(self, left: frozenset[str], right: frozenset[str]) -> float:
        return sum(self._weigh(w) * self._vocabulary.support(w, right) for w in left)

    def _weigh(self, word: str) -> float:
        return 1.0 if word in self._roles else self._vocabulary.weigh(word)
