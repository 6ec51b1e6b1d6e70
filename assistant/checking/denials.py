"""Finds what a clause denies: 接続できない, 非対応, SNI: ×, cannot."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

from assistant.checking.vocabulary import stem_words


@dataclass(frozen=True, slots=True)
class Denial:
    """One negation.

    words: what it denies, several where they are listed (踏み台も鍵も不要).
    is_condition: whether it makes a condition (設定しないと, 設定しなくても).
    is_contrast: whether it sets its words against others (A ではなく B).
    is_final: whether the clause says nothing behind it.
    is_joined: whether the clause goes on with another statement (使わずに渡す).
    is_noun: whether it stands with a noun as it is (エージェント不要).
    """

    words: frozenset[str]
    is_condition: bool = False
    is_contrast: bool = False
    is_final: bool = True
    is_joined: bool = False
    is_noun: bool = False


# What looks like a negation and denies nothing: duties, 少ない, だけでなく, かもしれない.
_NO_DENIAL = re.compile(
    "な(?:ければ|くては|いと)(?:なら|なり|いけ|だめ|駄目)(?:ない|ません|ず)?"
    "|ねばならない|ざるを得ない|ほかない|かもしれ(?:ない|ません)|に過ぎない|なくなる|なくす"
    "|(?:だけ|ばかり)で(?:は)?なく|のみならず|問わず|わらず|とは?限ら(?:ない|ず|ません)|限らず"
    "|な(?:し|い)(?:で|という|と言う)?(?:わけ|訳)に[はも]?(?:い[かき]|行[かき])(?:ない|ません|ず)"
    "|[てで]も?(?:かま|構)わ(?:ない|ず)|[てで]も?(?:かま|構)いません"
    "|[てで]も(?:支障|差し支え|心配|問題)[がはも]?(?:な[いく]|ありません|いりません|要りません)"
    "|(?:違い|間違い|問題|少|すく|もったい|さしつかえ|差し支え|やむを得)[がは]?な[いく]"
    "|(?:ないわけで|なく|ないこと)は(?:ない|なく|ありません)"
    r"|\bnot only\b|\bno (?:longer|more|less) than\b"
)
# `A しか使えない` and `A 以外は使えない` say that A can be used.
_ONLY = re.compile("(?:しか|以外)([^。]{0,30}?)(?:ない|ません|ず|不可|なく|なし)")
# A table cell that answers no for its row and column.
_NO_CELL = re.compile(": ?(?:[✕✗✖❌×x]|不可|不要|なし|無し|非対応|いいえ|no|false)(?= ?$| ?[(,。])")
# What stands behind a noun, and what stands behind anything.
_BEHIND = re.compile(
    "(?P<noun>不可(?!欠|逆|能性)|不要|対象外|範囲外|対応外|(?<![みこ])なし|無し|だめ|ダメ|[✕✗✖❌])"
    "|(?<=化)漏れ|[しり]忘れ|ない|ません|なかった|なく|なけれ|無[いく](?=$|[、。とのこ ])"
    "|(?<![必は])(?<!^ま)(?<![ 、]ま)ず(?=に|と|[^ぁ-ん]|$)|不能|以外|に失敗|ゼロ"
)
_FRONT = re.compile(
    "非(?=[一-鿿ァ-ヺa-z])|未(?=[一-鿿ァ-ヺ])(?!未[満来然])|不(?=一致|使用|参加|許可|可能|向)"
    r"|無(?=制限|停止|期限|視|関係)"
    r"|\b(?:not|cannot|never|no|without|unless|except|neither|nor)\b|n't\b"
)
_CONDITION = re.compile(
    "(?:ない|なけれ|ません)(?:と|ば|限り|かぎり|場合|とき|時|なら|うち|まま)"
    "|なくても(?!よ|良|い|構|大丈夫|済)"
)
_CONTRAST = re.compile("(?<!わけ)(?<!もの)(?<!こと)(?<!だけ)で(?:は|も)?(?:な[いく]|ありません)$")
_CASE = re.compile("場合|とき|まま")
_LISTED = re.compile(
    "(?<=[^ぁ-ん])(?:も、?|や、?|と|か、?|、)(?=[^ぁ-ん])|・|および|または|あるいは|,|/| and | or "
)
# What makes more than a noun of the last thing of a list; it alone is denied then.
_PARTICLE = re.compile("[をにがはでへ](?=[^ぁ-ん])")
_LATIN_RUN = re.compile("([a-z0-9][a-z0-9._:/@+#-]*)")
# A noun that is no content word.
_NOUN = "物"

# A negation behind these denies what stands before them: SNI に対応していない.
_TRANSPARENT = """
必要 要る 不要 可能 不可能 不可 可 対応 非対応 サポート 使う 使用 利用 用いる 行う 実施 不 非 未 無
無し 外 対象 範囲 以外 方 点 化 的 性 中 時 自分 自体 自身 だめ 其の 前提 方法 手段 訳 機能 場合 際
心配 恐れ 為 ゼロ 仕組み 何 物 事 support supported possible need needed required available
"""
# How far from a negation its words may stand.
_REACH = 60
# A clause with more negations is none.
_MAX_DENIALS = 10


class DenialReader:
    """Finds the negations of clauses and the words that they deny.

    analyze: gives the content words of a text.
    """

    def __init__(self, analyze: Callable[[str], list[str]]) -> None:
        self._analyze = analyze
        words = _TRANSPARENT.split()
        self._transparent = frozenset(stem_words(words)).union(*map(analyze, words))

    def read(self, clause: str, subject: str) -> list[Denial]:
        """Return the negations of a clause.

        :param subject: what a negation denies that stands alone in its clause; may be "".
        """
        text = _ONLY.sub(r"\1", _NO_DENIAL.sub(" ", clause))
        if cell := _NO_CELL.search(text):
            return [Denial(frozenset(self.find_plain(text[: cell.start()])), is_noun=True)]
        return [*self._read_behind(text, subject), *self._read_front(text, subject)]

    def find_plain(self, text: str) -> list[str]:
        """Return the content words in the order of the text.

        Words that say no more than can, need and use are left out.
        """
        words: list[str] = []
        for number, piece in enumerate(_LATIN_RUN.split(text)):
            # The analyzer gives Latin words first, and misreads kana that stand behind nothing.
            is_behind_latin = number > 0 and number % 2 == 0
            words += self._analyze(f"{_NOUN}{piece}" if is_behind_latin else piece)
        return [word for word in words if word not in self._transparent]

    def _read_behind(self, text: str, subject: str) -> Iterator[Denial]:
        for match in islice(_BEHIND.finditer(text), _MAX_DENIALS):
            before = text[max(0, match.start() - _REACH) : match.start()]
            behind = text[match.end() : match.end() + _REACH]
            is_contrast = _CONTRAST.search(before + match[0]) is not None
            yield Denial(
                frozenset(self._find_denied(before, match[0], subject, is_contrast)),
                is_condition=_CONDITION.match(text, match.start()) is not None,
                is_contrast=is_contrast,
                is_final=not self.find_plain(behind) and not _CASE.search(behind),
                is_joined=match[0] in ("ず", "なく"),
                is_noun=match["noun"] is not None,
            )

    def _find_denied(
        self, before: str, negation: str, subject: str, is_contrast: bool
    ) -> list[str]:
        """Return the last word before a negation, and those that are listed with it."""
        denied = self.find_plain(before + negation)[-1:] or [subject]
        *listed, last = _LISTED.split(before)
        if not is_contrast and not _PARTICLE.search(last):
            denied += [word for part in listed for word in self.find_plain(part)[-1:]]
        return [word for word in denied if word]

    def _read_front(self, text: str, subject: str) -> Iterator[Denial]:
        for match in islice(_FRONT.finditer(text), _MAX_DENIALS):
            behind = text[match.end() : match.end() + _REACH].strip()
            denied = self._analyze(behind)[:1]
            if not denied or denied[0] in self._transparent:
                before = text[max(0, match.start() - _REACH) : match.start()]
                denied = self.find_plain(before)[-1:] or [subject]
            yield Denial(
                frozenset(word for word in denied if word),
                is_condition=match[0] in ("unless", "without"),
                is_final=len(self.find_plain(behind)) <= 1,
            )
