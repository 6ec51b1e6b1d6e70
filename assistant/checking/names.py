"""Finds the names of a statement that its sources do not hold.

A name is a Latin word or identifier, or a word of five katakana or more that is not of every day.
"""

import re
from collections.abc import Callable, Iterable, Sequence

from assistant.checking.vocabulary import Vocabulary

_LATIN = "0-9a-zß-öø-ɏ"
_IDENTIFIER = re.compile(f"(?<![{_LATIN}])(?:--)?[{_LATIN}]+(?:[._:@+#-][{_LATIN}]+)*")
_KATAKANA = re.compile("[ァ-ヺー]{5,}")
_KATAKANA_RUN = re.compile("[ァ-ヺー]{3,}")
_ENGLISH_WORD = re.compile("(?:--)?[A-Za-z0-9]+(?:[._:@+#-][A-Za-z0-9]+)*")
_SENTENCE_START = re.compile(r"(?:^|[.:;!?(\"'])\s*$")
# Such a name stands letter by letter: s3:GetObject, us-east-1, --dry-run; but Multi-AZ may be
# マルチ AZ.
_EXACT = re.compile("[._:@+#]|[0-9].*-|-.*[0-9]|^--")
_NUMBER = re.compile("[0-9][0-9.,-]*")
# One inside of a name that was escaped.
_HYPHEN = re.compile(r"(?<=[a-z0-9])\\-")
# Names of makers and months, and abbreviations that name nothing.
_ORDINARY = frozenset(
    "aws amazon ok ng id etc vs january february march april may june july august september october"
    " november december".split()
)
# What stands for a name: its addresses.
_PROTOCOLS = {"ipv4": re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,3}){3}"), "ipv6": re.compile("::")}


class NameChecker:
    """Compares names.

    analyze: gives the content words of a text.
    """

    def __init__(self, vocabulary: Vocabulary, analyze: Callable[[str], list[str]]) -> None:
        self._vocabulary = vocabulary
        self._analyze = analyze

    def find_unknown(self, names: Sequence[str], source: str, words: frozenset[str]) -> list[str]:
        """Return the Latin names that the sources hold neither in Latin letters nor in katakana.

        :param names: as `find_latin_names` or `find_english_names` returns them.
        :param source: all sources with the aliases of what they name.
        :param words: the content words of these.
        """
        return [name for name in names if not self._is_known(name, source, words)]

    def find_unknown_katakana(
        self, statement: str, source: str, words: frozenset[str]
    ) -> list[str]:
        """Return the katakana words that the sources hold in no form.

        Of a compound some part must be there, and of what is left of it without the words of the
        sources (バージョン of メジャーバージョン) some part or no rare one.
        """
        given = sorted(set(_KATAKANA_RUN.findall(source)), key=len, reverse=True)
        return [
            match[0]
            for match in _KATAKANA.finditer(statement)
            if self._is_strange(match[0], words)
            and self._is_strange(_cut_out(match[0], given), words)
        ]

    def _is_strange(self, compound: str, words: frozenset[str]) -> bool:
        terms = frozenset(self._analyze(compound))
        lost = [term for term in terms if not self._vocabulary.support(term, words)]
        weights = [self._vocabulary.weigh(term) for term in lost]
        return len(lost) == len(terms) and sum(weights) >= 1.0

    def _is_known(self, name: str, source: str, words: frozenset[str]) -> bool:
        if _stands_in(name, source) or (name in _PROTOCOLS and _PROTOCOLS[name].search(source)):
            return True
        if _EXACT.search(name):
            return False
        terms = (term for term in self._analyze(name) if term not in _ORDINARY)
        return all(term in words or term.removesuffix("s") in words for term in terms)


def find_latin_names(text: str) -> list[str]:
    """Return the Latin words of a Japanese text, all of which are names there.

    :param text: as `normalize` returns it, without its figures.
    """
    return _drop_ordinary(match[0] for match in _IDENTIFIER.finditer(text))


def find_english_names(text: str) -> list[str]:
    """Return the names of an English text in lower case: words with a capital, digit or sign.

    The first word of a sentence is a name only if it has one inside.

    :param text: as it was written.
    """
    found = []
    for match in _ENGLISH_WORD.finditer(text):
        word = match[0]
        before = text[max(0, match.start() - 4) : match.start()]
        is_first = match.start() == 0 or _SENTENCE_START.search(before) is not None
        is_marked = any(sign.isupper() or sign.isdigit() for sign in word[1:])
        if is_marked or _EXACT.search(word) or (word[0].isupper() and not is_first):
            found.append(word.lower())
    return _drop_ordinary(found)


def _drop_ordinary(names: Iterable[str]) -> list[str]:
    return [name for name in names if name not in _ORDINARY and not _NUMBER.fullmatch(name)]


def _stands_in(name: str, text: str) -> bool:
    """Tell whether a text holds a name as a whole; a space may stand for a hyphen (AES-256)."""
    pattern = _HYPHEN.sub("[- ]?", re.escape(name))
    return re.search(f"(?<![{_LATIN}]){pattern}(?![{_LATIN}])", text) is not None


def _cut_out(compound: str, parts: Iterable[str]) -> str:
    """Return a compound without parts, which MeCab may cut otherwise than it does alone."""
    for part in parts:
        compound = compound.replace(part, " ")
    return compound
