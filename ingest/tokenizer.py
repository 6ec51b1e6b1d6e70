"""Cuts normalised text into words with MeCab and UniDic."""

import re
import shlex
import threading
from collections.abc import Iterator
from pathlib import Path

import fugashi
import unidic_lite

from ingest.datatypes import Token
from ingest.errors import TokenizerError

# MeCab's lattice grows with the text: 200,000 equal characters make it crash, 10,000 do not.
CALL_LIMIT = 10_000
_BORDER = re.compile(r"[\s、。,.!?;|]")

# UniDic's field numbers, from its dicrc.
_POS, _LEMMA, _PRONUNCIATION = 0, 7, 9
# `ゲート-gate`; other suffixes tell homonyms apart and are no source word: `アウル-外国`.
_LOANWORD = re.compile(r"(?P<lemma>.+?)-(?P<origin>[A-Za-z].*)")


class MecabTokenizer:
    """A MeCab tagger that many threads may use; a lock lets them in one at a time.

    user_dictionary: a compiled dictionary, as `build_user_dictionary` returns it.

    :raises TokenizerError: UniDic or the user dictionary cannot be loaded.
    """

    def __init__(self, user_dictionary: Path | None = None) -> None:
        options = f"-r /dev/null -d {shlex.quote(unidic_lite.DICDIR)}"
        if user_dictionary is not None:
            options += f" -u {shlex.quote(str(user_dictionary))}"
        try:
            # MeCab explains itself on standard error only; the remedy is ours to tell.
            self._tagger = fugashi.GenericTagger(options, quiet=True)
        except RuntimeError as error:
            raise TokenizerError(_explain(user_dictionary)) from error
        self._lock = threading.Lock()

    def tokenize(self, text: str) -> list[Token]:
        """Return the words of `text` in order; all of it but white space is in some surface.

        :param text: as `normalize` returns it, of any length.
        """
        return [token for piece in _pieces(text) for token in self._tag(piece)]

    def _tag(self, piece: str) -> list[Token]:
        # A node's features are read on access, from memory that the next call overwrites:
        # everything is copied before the lock is given back.
        with self._lock:
            nodes = [(node.surface, tuple(node.feature)) for node in self._tagger(piece)]
        return [_read_token(surface, features) for surface, features in nodes]


def _read_token(surface: str, features: tuple[str, ...]) -> Token:
    if len(features) <= _PRONUNCIATION:  # a word that UniDic does not know
        return Token(surface, surface, "", "", features[_POS])
    lemma, origin = features[_LEMMA], ""
    if match := _LOANWORD.fullmatch(lemma):
        lemma, origin = match["lemma"], match["origin"].lower()
    reading = features[_PRONUNCIATION].strip("*")
    return Token(surface, lemma, origin, reading, features[_POS])


def _pieces(text: str) -> Iterator[str]:
    """Cut `text` after white space or punctuation into pieces that MeCab can bear."""
    start = 0
    while len(text) - start > CALL_LIMIT:
        window = text[start : start + CALL_LIMIT]
        # Within the last tenth, so that a lone early sign makes no crumbs.
        borders = [match.end() for match in _BORDER.finditer(window, CALL_LIMIT * 9 // 10)]
        end = start + (borders[-1] if borders else CALL_LIMIT)
        yield text[start:end]
        start = end
    yield text[start:]


def _explain(user_dictionary: Path | None) -> str:
    if not (Path(unidic_lite.DICDIR) / "sys.dic").is_file():
        return (
            f"MeCab finds no UniDic in {unidic_lite.DICDIR}; "
            "reinstall it with `pip install --force-reinstall unidic-lite`"
        )
    if user_dictionary is not None:
        return (
            f"MeCab cannot load the user dictionary {user_dictionary}; "
            "delete the file, and it is built again"
        )
    return (
        f"MeCab cannot load UniDic from {unidic_lite.DICDIR}; "
        "reinstall it with `pip install --force-reinstall unidic-lite`"
    )
