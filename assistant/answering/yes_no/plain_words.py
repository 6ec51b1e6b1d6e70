"""Content words for comparing a question with a statement: one word for what says the same."""

import re
from collections.abc import Callable
from typing import TypeAlias

#: Gives the content words of a text, verbs in their dictionary form.
Analyze: TypeAlias = Callable[[str], list[str]]

# How or when something is done; only as adverbs: `自動で`, not `自動バックアップ`.
_MANNERS = {
    "later": (
        r"(?:あと|後)(?:から|で)|(?:作成|設定|構築|登録|作った)(?:した)?(?:後|あと)(?:に|から|で|は)?"
        r"|\blater\b|\bafter (?:creation|creating)\b"
    ),
    "by itself": r"自動(?:的に|で)|\bautomatically\b",
    "by hand": r"手動で|\bmanually\b",
    "directly": r"直接(?:に|、| |(?=[^一-龠]))|\bdirectly\b",
    "regularly": r"毎[日時月]|定期的に",
}
_MANNER = re.compile("|".join(f"(?P<m{n}>{form})" for n, form in enumerate(_MANNERS.values())))
_NAMES = tuple(_MANNERS)
_COMPOUND = re.compile(r"(?<=[a-z0-9])[._:/@+#-](?=[a-z0-9])")
_ENGLISH_ENDING = re.compile(r"(?:ing|ed|e)$")
_SAME_WORDS = {
    word: group.split()[0]
    for group in (
        "使う 使用 利用 消費 us use",
        "作る 作成 create creat",
        "変える 変更 切り替える 切替 切り替え chang modify switch",
        "消す 削除 外す 解除 delet remov",
        "足す 追加 add",
        "付ける 付与",
        "選ぶ 選択 choos select",
        "指定 書く 記述 writ specify",
        "設定 決める set",
        "置く 配置 plac",
        "取る 取得 get",
        "送る 送信 send",
        "広げる 拡張 expand",
        "延ばす 延長 extend",
        "繋ぐ 接続 connect",
        "変換 convert",
        "共有 shar",
        "暗号 encrypt",
        "関連 アタッチ attach associat",
    )
    for word in group.split()
}
# They tell nothing apart.
_FILLERS = frozenset(
    "本当 実際 現在 今 自体 自分 自身 一応 結局 普通 もう 既に 機能 こと 可能 化".split()
)


def read_words(text: str, analyze: Analyze) -> list[str]:
    """Return the content words of a text in order, each as the word that stands for its like."""
    words = [_fold_word(word) for word in analyze(text)]
    # Of `create-default-vpc` the analyzer also gives each word.
    return [word for word in words if word not in _FILLERS and not _COMPOUND.search(word)]


def split_manners(text: str) -> tuple[str, frozenset[str]]:
    """Return a text without its adverbs of manner and time, and what they say.

    :param text: as `normalize` returns it.
    """
    found = {
        _NAMES[int(match.lastgroup[1:])] for match in _MANNER.finditer(text) if match.lastgroup
    }
    return _MANNER.sub("", text), frozenset(found)


def _fold_word(word: str) -> str:
    if word.isascii() and word.isalpha() and len(word) > 3:
        word = _ENGLISH_ENDING.sub("", word)
    return _SAME_WORDS.get(word, word)
