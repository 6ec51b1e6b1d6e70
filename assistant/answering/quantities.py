"""Tells which kind of figure a question asks for, and whether a text gives one of that kind.

A near miss asks the right section for a figure that it does not give (「1 件の月額は何ドル?」 where
no price stands). Words and embeddings cannot tell it from a question that is answered; the kind of
figure can. Question answering calls this the expected answer type: Li and Roth, "Learning Question
Classifiers" (COLING 2002), whose class NUMERIC has such kinds.
"""

import re
from collections.abc import Sequence
from enum import StrEnum

from ingest.normalize import normalize


class QuantityKind(StrEnum):
    """What a figure measures."""

    MONEY = "money"
    RATE = "rate"
    SHARE = "share"
    SIZE = "size"
    TIME = "time"
    COUNT = "count"


_HOW = r"(?:どれ|どの)(?:くらい|ぐらい|ほど|だけ)"
# 何年も, 何台かの: some, not a question.
_NOT_SOME = r"(?!も|か(?![月所国]))"
# The end of a number: with all its digits a long row of them would be read again from each.
_NUMBER = r"[0-9一二三四五六七八九十百千万億半数]\s?[百千万億]?\s?"
_TIME_UNIT = (
    r"(?:(?:ミリ|マイクロ)?秒|分(?![かけ割散岐析離類])|時間|日|週|[かヶカケ]月|月|年|ms\b|sec|min|hour"
    r"|day|week|month|year)"
)
_SIZE_UNIT = r"(?:[kmgtpe]i?b(?!ps)|バイト|ビット|文字|[キメギテ][ロガラ]|byte|bit)"
_RATE_UNIT = r"(?:[kmgt]?bps|iops|rps|tps|qps|[kmgt]i?b/s|/\s?秒|毎秒|per second)"
_COUNTER = (
    r"(?:個|つ|件|本|台|[かヶカ箇]所|回|人|名|枚|行|種|通り|段|階層|世代|組|社|桁|列|点|倍|バージョン"
    r"|エントリ|ルール|レコード|リクエスト|アカウント|ユーザー|リージョン|リスナー|キー|タグ|az|vpc|ip)"
)

# The first that fits is what is asked for: the more special stand first.
_ASKED = {
    QuantityKind.MONEY: (
        rf"いくら(?!か(?!か)|でも|も)|何\s?(?:ドル|円|セント){_NOT_SOME}|{_HOW}の?(?:料金|費用|コスト)"
        r"|(?:料金|費用|単価|月額)は[?？]?$|how much (?:does|do|is|will)|what does .* cost"
    ),
    QuantityKind.RATE: (
        rf"何\s?{_RATE_UNIT}{_NOT_SOME}|(?:毎秒|1\s?秒(?:間に|あたり))[^、。]*(?:何|いくつ|{_HOW})"
        rf"|(?:帯域|スループット)は(?:最大)?(?:いくつ|何|{_HOW})"
    ),
    QuantityKind.SHARE: r"何\s?(?:%|パーセント|割)|what percent",
    QuantityKind.SIZE: (
        rf"何\s?{_SIZE_UNIT}{_NOT_SOME}|(?:サイズ|容量|大きさ)の?(?:上限|最大)?は(?:いくつ|{_HOW}|[?？]?$)"
        r"|how (?:large|big)"
    ),
    QuantityKind.TIME: (
        rf"何\s?{_TIME_UNIT}{_NOT_SOME}|{_HOW}の?(?:時間|期間|間)"
        rf"|(?:時間|期間|期限|日数|間隔|タイムアウト|遅延|レイテンシー)[はが](?:いくつ|{_HOW})"
        r"|how long|how many (?:second|minute|hour|day|week|month|year)"
    ),
    QuantityKind.COUNT: (
        rf"何\s?{_COUNTER}{_NOT_SOME}|いくつ|(?:上限|最大|最小|数|番号|範囲)(?:の?(?:値|既定))?は[?？]?$"
        r"|how many|maximum number"
    ),
}
_WITHOUT_LIMIT = "無制限|制限(?:は|が)?な[いし]|上限(?:は|が)?な[いし]|unlimited"
_GIVEN = {
    QuantityKind.MONEY: rf"\$\s?[0-9]|{_NUMBER}(?:米?ドル|円|セント|usd|cent)|無料|無償|free",
    QuantityKind.RATE: (
        rf"{_NUMBER}{_RATE_UNIT}|(?:毎秒|1\s?秒|/\s?秒)[^。]{{0,15}}[0-9]"
        rf"|[0-9][^。]{{0,12}}(?:毎秒|/\s?秒)|{_WITHOUT_LIMIT}"
    ),
    QuantityKind.SHARE: rf"{_NUMBER}(?:%|パーセント|割)|半分|すべて|全部",
    QuantityKind.SIZE: rf"{_NUMBER}{_SIZE_UNIT}|{_WITHOUT_LIMIT}",
    QuantityKind.TIME: rf"{_NUMBER}{_TIME_UNIT}|即[時座]|すぐ|無期限|毎[年月週日時分秒]",
    QuantityKind.COUNT: rf"[0-9]|{_NUMBER}{_COUNTER}|{_WITHOUT_LIMIT}",
}
_ASKED_PATTERNS = {kind: re.compile(pattern) for kind, pattern in _ASKED.items()}
_GIVEN_PATTERNS = {kind: re.compile(pattern) for kind, pattern in _GIVEN.items()}


def find_asked_quantity(question: str) -> QuantityKind | None:
    """Return the kind of figure that a question asks for, None if it asks for something else."""
    text = normalize(question).strip()
    return next((kind for kind, found in _ASKED_PATTERNS.items() if found.search(text)), None)


def gives_quantity(text: str, kind: QuantityKind) -> bool:
    """Tell whether a text holds a figure of that kind, or says that there is no limit."""
    return _GIVEN_PATTERNS[kind].search(normalize(text)) is not None


def support_figure(
    kind: QuantityKind, sentences: Sequence[str], coverage: Sequence[float]
) -> float:
    """Return how well a section gives a figure of some kind, 0 to 1; 0 if no sentence does.

    :param coverage: for every sentence, with its headings, the share of the question's words in it;
        that of the best sentence with such a figure is returned.
    """
    pairs = zip(sentences, coverage, strict=True)
    return max((covered for text, covered in pairs if gives_quantity(text, kind)), default=0.0)
