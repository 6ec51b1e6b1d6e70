"""Finds the heading that names what is asked where the notes have nothing below it.

That the notes hold no answer is true then; that their writer meant to give one tells more.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass

from ingest.datatypes import Section

# Unfitted. How much of the question's words must stand in the headings, and of the heading's own
# words in the question: `Firehose とは?` asks for `Firehose`, not for `Firehose の暗号化`.
_MIN_QUESTION_SHARE = 0.8
_MIN_HEADING_SHARE = 0.6
# Words that tell how something is asked, or for what of it, rather than what it is. Unfitted.
_GENERAL = """
    概要 基本 説明 意味 特徴 内容 詳細 注意 注意点 違い 種類 一覧 例 仕組み 機能 用途 目的 理由
    原因 対策 条件 料金 費用 課金 価格 値段 コスト 上限 制限 制約 クォータ 最大 最小 既定 デフォルト
    値 数 個数 サイズ 容量 時間 期間 方法 手順 やり方 使い方 作り方 選び方 設定 作成 変更 削除 確認
    利用 使用 使う 使える 作る 選ぶ 変える 調べる 必要 可能 まとめ ポイント メリット デメリット
    ノート メモ サービス
    overview summary explain difference feature price pricing cost limit quota default how use make
    create set configure
"""


@dataclass(frozen=True, slots=True)
class _Heading:
    """An empty section with the words of its own heading, and of it with those above."""

    section: Section
    own: frozenset[str]
    all: frozenset[str]


class EmptySections:
    """The sections that have a heading with nothing below it, nor below any heading under it.

    sections: all sections in reading order, as the index has them.
    filled: the ids of those that have text, which is those that have passages.
    analyze: gives the content words of a text.
    """

    def __init__(
        self,
        sections: Sequence[Section],
        filled: Collection[str],
        analyze: Callable[[str], list[str]],
    ) -> None:
        self._general = frozenset(analyze(_GENERAL))
        self._by_word: defaultdict[str, list[_Heading]] = defaultdict(list)
        for section in _find_empty(sections, filled):
            own = frozenset(analyze(section.heading_path[-1]))
            heading = _Heading(section, own, own.union(analyze(" ".join(section.heading_path))))
            for word in own:
                self._by_word[word].append(heading)

    def find(self, terms: Sequence[str], best_terms: Collection[str]) -> Section | None:
        """Return the empty section whose heading names what is asked, None if there is none.

        :param terms: the content words of the question alone, without its history.
        :param best_terms: those of the best section found, with its headings: what it speaks of,
            the notes do not lack.
        """
        asked = frozenset(terms)
        topic = asked - self._general
        if not topic:
            return None
        candidates = {
            heading.section.section_id: heading
            for word in asked.difference(best_terms)
            for heading in self._by_word.get(word, ())
        }
        fitting = []
        for section_id, heading in candidates.items():
            asked_share = len(topic & heading.all) / len(topic)
            own_share = len(asked & heading.own) / len(heading.own)
            if asked_share >= _MIN_QUESTION_SHARE and own_share >= _MIN_HEADING_SHARE:
                fitting.append((-asked_share, -own_share, section_id))
        return candidates[min(fitting)[-1]].section if fitting else None


def _find_empty(sections: Sequence[Section], filled: Collection[str]) -> Iterator[Section]:
    """Yield the sections with a heading of their own, without text in them and below them."""
    with_text: set[str] = set()
    above: list[Section] = []
    for section in sections:
        while above and (above[-1].path != section.path or above[-1].level >= section.level):
            above.pop()
        above.append(section)
        if section.section_id in filled:
            with_text.update(entry.section_id for entry in above)
    for section in sections:
        if section.level > 0 and section.section_id not in with_text and _has_heading(section):
            yield section


def _has_heading(section: Section) -> bool:
    """Tell whether there is a word in the heading; one without has the path of that above it."""
    return any(map(str.isalnum, section.text.split("\n", 1)[0]))
