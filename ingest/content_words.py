"""Turns a text into the terms that it is found by: words, or character bigrams.

Notes and queries pass through the same analyser. Terms are for BM25: their order and number
count, their place in the text does not. The choices below were measured as R@1 of BM25 over the
500 sections and 3,115 questions of the training data.
"""

import re
import unicodedata
from collections.abc import Iterator

from ingest.datatypes import Token
from ingest.normalize import normalize
from ingest.tokenizer import MecabTokenizer

# Small Latin letters with and without accents, and digits.
_LATIN = "0-9a-zß-öø-ɏ"
_LATIN_WORD = re.compile(f"[{_LATIN}]+")
# `t3.micro`, `10.0.0.0/16`, `s3:getobject`, `x-amzn-trace-id`: whole, and below also its words.
_LATIN_RUN = re.compile(f"[{_LATIN}]+(?:[._:/@+#-][{_LATIN}]+)*")
_LATIN_SURFACE = re.compile("[\x00-\u024f]*")
# Bigrams cross the borders of kanji and kana (R@1 fused with words .589, without .584), never
# those of Latin words (.583 when they do).
_BIGRAM_RUN = re.compile(f"[^\\W_{_LATIN}]+")

_CAMEL_RUN = re.compile("[A-Za-z0-9]+")
# `enableDnsHostnames`, `IAMRole`; but `VPCs` and `IPv6` are one word.
_CAMEL_BORDER = re.compile("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z]{2})")

# UniDic appends what tells homonyms apart: `rock（音楽）`.
_ORIGIN_NOTE = re.compile("（.*")

# Particles and the like; signs are told by their characters. Auxiliaries bear the negation
# (`使わない`), but as terms they cost more than they gain (R@1 .599 with, .605 without): every
# section has some.
_EMPTY_CLASSES = frozenset(("助詞", "助動詞", "空白", "接続詞", "感動詞", "連体詞"))

# By lemma, as UniDic writes it: question words, pronouns, nouns and verbs without a meaning of
# their own; and English, but not `a`, `i` and `it`, which are an A record and IT here. R@1 .605
# without these words, .594 with.
_STOP_WORDS = frozenset(
    word
    for line in """
    何 何れ 何の どう 何故 何処 誰 何時 幾つ 幾ら 下さる 教える 知る 貰う 頂く 呉れる
    此れ 其れ 彼れ 此処 其処 事 物 時 為 様 訳 場合 方 所 等 さん
    為る 居る 有る 無い 成る 出来る 言う 思う 見る 置く 仕舞う 行く 来る 遣る 良い
    an and are as at be been by can could did do does for from had has have how if in into is its
    me my no not of on or our should so than that the their them then there these they this those
    to was we were what when where which who whom why will with would you your
    """.splitlines()
    for word in line.split()
)

# English words whose last s is no plural, beyond those that end in -ss, -us and -is.
_NO_PLURALS = frozenset(("https", "ftps", "always", "sometimes"))


class WordAnalyzer:
    """Content words by MeCab: dictionary forms, and source words in place of loanwords.

    The source word stands for the loanword, so that its spellings and English meet (`ゲートウェイ`
    and `gateway`; English questions .20 -> .41, with the user dictionary .45). Latin words lose a
    plural s (.45 -> .54) and give the words that capitals set apart (`CloudFront`: cloud, front;
    alias questions .68 -> .71).
    """

    def __init__(self, tokenizer: MecabTokenizer) -> None:
        self._tokenizer = tokenizer

    def analyze(self, text: str) -> list[str]:
        """Return the terms of `text`, none with white space; without content `[]`."""
        normalized = normalize(text)
        terms = [*_split_camel_case(text), *_latin_terms(normalized)]
        for token in self._tokenizer.tokenize(normalized):
            terms.extend(_token_terms(token))
        return [term for term in terms if term not in _STOP_WORDS]


class BigramAnalyzer:
    """Pairs of neighbouring characters; Latin words and numbers whole.

    Finds what MeCab cuts differently in note and query, and words with a typing error.
    """

    def analyze(self, text: str) -> list[str]:
        """Return the terms of `text`, none with white space; without content `[]`."""
        normalized = normalize(text)
        terms = list(_latin_terms(normalized))
        for run in _BIGRAM_RUN.findall(normalized):
            terms.extend(run[i : i + 2] for i in range(max(1, len(run) - 1)))
        return terms


def _token_terms(token: Token) -> Iterator[str]:
    if _LATIN_SURFACE.fullmatch(token.surface) or token.pos in _EMPTY_CLASSES:
        return
    if token.lemma in _STOP_WORDS or not any(map(str.isalnum, token.surface)):
        return
    origin = _ORIGIN_NOTE.sub("", token.origin)
    if origin:
        yield from _latin_terms(origin)
    else:
        yield "".join(token.lemma.split())


def _latin_terms(text: str) -> Iterator[str]:
    """Yield every run of Latin words and, where it has several, each of them."""
    for run in _LATIN_RUN.findall(text):
        words = _LATIN_WORD.findall(run)
        if len(words) > 1:
            yield run
        for word in words:
            yield _drop_plural(word)


def _split_camel_case(text: str) -> Iterator[str]:
    for run in _CAMEL_RUN.findall(unicodedata.normalize("NFKC", text)):
        words = _CAMEL_BORDER.split(run)
        if len(words) > 1:
            yield from (_drop_plural(word.lower()) for word in words if len(word) > 1)


def _drop_plural(word: str) -> str:
    if len(word) < 4 or not word.endswith("s") or not word.isalpha():
        return word
    if word.endswith(("ss", "us", "is")) or word in _NO_PLURALS:
        return word
    return word[:-3] + "y" if word.endswith("ies") and len(word) > 4 else word[:-1]
