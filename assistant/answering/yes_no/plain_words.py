"""Content words for comparing a question with a statement: one word for what says the same."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from assistant.answering.yes_no.synonyms import SAME_WORDS
from ingest.normalize import normalize

#: Gives the content words of a text, verbs in their dictionary form.
Analyze: TypeAlias = Callable[[str], list[str]]
#: Returns a text as `normalize` does, every name in the one spelling that stands for it.
Fold: TypeAlias = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """How words and names are read."""

    analyze: Analyze
    fold: Fold = normalize


# How or when something is done; only as adverbs: `自動で`, not `自動バックアップ`.
_MADE = "(?:作成|設定|構築|登録|起動|作った)(?:した)?"
_MANNERS = {
    # What exists already is changed later.
    "later": (
        rf"(?:あと|後)(?:から|で)|{_MADE}(?:後|あと)(?:に|から|で|は)?|既存(?:の ?|(?=[^ぁ-ん]))"
        r"|\blater\b|\bafter (?:creation|creating)\b|\bexisting\b"
    ),
    "by itself": r"自動(?:的に|で)|\bautomatically\b",
    "by hand": r"手動で|\bmanually\b",
    "directly": r"直接(?:に|、| |(?=[^一-龠]|[一-龠]{1,2}(?:[ぁ-ん]|$)))|\bdirectly\b",
    "regularly": r"毎[日時月]|定期的に",
    "without a stop": (
        r"(?:使った|動かした|動いた|起動した|起動中の|稼働した)まま|使いながら|オンラインで|無停止で"
        r"|止めずに|停止せずに|(?:稼働|起動)中に"
    ),
}
_MANNER = re.compile(
    f"(?:{'|'.join(f'(?P<m{n}>{form})' for n, form in enumerate(_MANNERS.values()))})は?"
)
_NAMES = tuple(_MANNERS)
_COMPOUND = re.compile(r"(?<=[a-z0-9])[._:/@+#-](?=[a-z0-9])")
# `付け替え`, `取り外し`: what two verbs make, as a noun.
_VERBAL_NOUN = re.compile(
    "(?P<stem>[一-龠][ぁ-ん]{1,2}[一-龠])(?P<end>[いきぎしちにびみりえけげせてねべめれ])"
)
_VERB_ENDS = dict(zip("いきぎしちにびみり", "うくぐすつぬぶむる", strict=True))
_LAST_LATIN = re.compile(r"(?<=[^\x00-\x7f]) ?[a-z0-9][a-z0-9._:/@+# -]*$")
_ENGLISH_ENDING = re.compile(r"(?:ing|ed|e)$")
_SAME_PHRASES = (
    (re.compile("(?:1 ?つ|一つ|単一)の ?"), "同じ "),
    (re.compile("(?:いくつか|幾つか|2 ?つ以上)の? ?"), "複数 "),
)
# They tell nothing apart.
_FILLERS = frozenset(
    "本当 実際 現在 今 自体 自分 自身 一応 結局 普通 もう 既に 矢張り そもそも 因みに 機能 こと "
    "可能 化 済み 方 後 別途 元々 何方".split()
)


def _stem_word(word: str) -> str:
    if word.isascii() and word.isalpha() and len(word) > 3:
        return _ENGLISH_ENDING.sub("", word)
    return word


_STANDING = {_stem_word(word): group.split()[0] for group in SAME_WORDS for word in group.split()}


def read_words(text: str, analyze: Analyze) -> list[str]:
    """Return the content words of a text in order, each as the word that stands for its like."""
    for pattern, phrase in _SAME_PHRASES:
        text = pattern.sub(phrase, text)
    terms = analyze(text)
    # The analyzer gives Latin words first.
    if last := _LAST_LATIN.search(normalize(text)):
        own = analyze(last[0])
        terms = [term for term in terms if term not in own] + own
    words = [fold_word(word) for word in terms]
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


def fold_word(word: str) -> str:
    """Return the word that stands for a content word and its like."""
    stem = _stem_word(word)
    if stem not in _STANDING and (noun := _VERBAL_NOUN.fullmatch(stem)):
        stem = noun["stem"] + _VERB_ENDS.get(noun["end"], f"{noun['end']}る")
    return _STANDING.get(stem, stem)
