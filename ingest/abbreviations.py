"""Judges whether one name stands for another: initials, and katakana for English.

Pure functions on two names, for the aliases that are mined from notes. They prefer a miss to a
wrong match, because a wrong alias would bring in notes about something else.
"""

import re
import unicodedata
from collections.abc import Iterator

_ABBREVIATION = re.compile(r"[A-Z][A-Za-z]{0,6}[A-Z]")
_SEGMENT = re.compile(r"(?P<kana>[ァ-ヺー]+)|(?P<latin>[A-Za-z]+)|(?P<kanji>[一-鿿々]+)|[ ・-]")
_LATIN_WORD = re.compile("[A-Z]+(?![a-z])|[A-Z]?[a-z]+")

# The Latin letters that a katakana sign can stand for in an English word, by its first sound.
# Vowels count only where they stand alone (エラスティック: elastic).
_LETTERS = {
    sign: letters
    for signs, letters in (
        ("アァ", "aueo"),
        ("イィ", "iye"),
        ("ウゥ", "uw"),
        ("エェ", "ea"),
        ("オォ", "oa"),
        ("カクコ", "kcqx"),
        ("キケ", "kcq"),
        ("ガギグゲゴ", "g"),
        ("サシスセソ", "sctx"),
        ("ザジズゼゾ", "zsjgt"),
        ("タチツテト", "tc"),
        ("ダヂヅデド", "d"),
        ("ナニヌネノ", "n"),
        ("ハヒヘホ", "h"),
        ("フ", "fhp"),
        ("バビブベボ", "bv"),
        ("ヴ", "v"),
        ("パピプペポ", "p"),
        ("マミムメモ", "m"),
        ("ラリルレロ", "lr"),
        ("ワ", "w"),
        ("ヤユヨ", "yui"),
        ("ャュョ", "yua"),
        ("ン", "nm"),
    )
    for sign in signs
}
_VOWELS = frozenset("アァイィウゥエェオォャュョ")


def is_abbreviation(text: str) -> bool:
    """Tell whether `text` looks like one: two to eight letters, capitals at both ends."""
    return _ABBREVIATION.fullmatch(text) is not None


def abbreviates_english(short: str, name: str) -> bool:
    """Tell whether `short` is made of the first letters of the words of `name`, in order.

    The first word and the last must give a letter, others may be left out (`VGW`: Virtual Private
    GateWay), and a word may give further letters after its first.
    """
    words = [word.lower() for word in _LATIN_WORD.findall(name)]
    if len(words) < 2 or not is_abbreviation(short):
        return False
    letters = short.lower()
    # How many letters the words so far can have given; all ways at once, since one by one they
    # are exponentially many.
    given = {0}
    for number, word in enumerate(words):
        may_be_left_out = 0 < number < len(words) - 1
        left_out = given if may_be_left_out else set()
        given = left_out | {n for start in given for n in _give_letters(letters, start, word)}
    return len(letters) in given


def _give_letters(letters: str, start: int, word: str) -> Iterator[int]:
    """Yield where `letters` can go on behind what `word` gives: its first letter, then others."""
    position = 0 if letters.startswith(word[0], start) else -1
    end = start + 1
    while position >= 0:
        yield end
        position = word.find(letters[end], position + 1) if end < len(letters) else -1
        end += 1


def abbreviates_japanese(short: str, name: str) -> bool:
    """Tell whether the letters of `short` can come from the Japanese `name`, in order.

    Katakana and Latin words give letters that they sound like, kanji any letter, one per two
    characters begun. A katakana or Latin word at the beginning gives the first letter. Some letter
    must come from katakana: of kanji alone (`料金`) nothing can be said.
    """
    segments = _split_segments(name)
    if not is_abbreviation(short) or all(kind != "kana" for kind, _ in segments):
        return False
    letters = short.lower()
    given = {0}  # as in `abbreviates_english`
    for number, (kind, text) in enumerate(segments):
        given = {
            start + count
            for start in given
            for count in _count_given(letters[start:], kind, text, first=number == 0)
        }
    return len(letters) in given


def _split_segments(name: str) -> list[tuple[str, str]]:
    """Return (kind, text) of the parts of `name`; [] if it has other signs, such as hiragana."""
    segments: list[tuple[str, str]] = []
    position = 0
    for match in _SEGMENT.finditer(name):
        if match.start() != position:
            return []
        position = match.end()
        if match.lastgroup:
            segments.append((match.lastgroup, match[0]))
    return segments if position == len(name) else []


def _count_given(letters: str, kind: str, text: str, *, first: bool) -> range:
    """Return how many of the first `letters` a segment can give."""
    if kind == "kanji":
        return range(min(len(letters), (len(text) + 1) // 2) + 1)
    sounds = [_LETTERS.get(sign, "") for sign in text] if kind == "kana" else list(text.lower())
    if first and not (letters and letters[0] in sounds[0]):
        return range(0)
    # A katakana word that gives no letter at all speaks against the pair.
    least = 1 if kind == "kana" else 0
    return range(least, _count_heard(letters, sounds) + 1)


def _count_heard(letters: str, sounds: list[str]) -> int:
    """Return how many of the first `letters` are heard in `sounds`, in order."""
    count = 0
    for sound in sounds:
        if count < len(letters) and letters[count] in sound:
            count += 1
    return count


def transliterates(kana: str, english: str) -> bool:
    """Tell whether katakana spell the English words: `トランジットゲートウェイ`, Transit Gateway.

    Every consonant of the katakana is found in the English letters in order, and every English
    word gives its first letter.
    """
    kana = unicodedata.normalize("NFKC", kana).replace(" ", "").replace("・", "")
    words = [word.lower() for word in _LATIN_WORD.findall(english)]
    if not words or len(kana) < 4 or not re.fullmatch("[ァ-ヺー]+", kana):
        return False
    letters = "".join(words)
    starts = {len("".join(words[:n])) for n in range(len(words))}
    position, heard = -1, set()
    for sign in kana:
        sounds = _LETTERS.get(sign, "")
        found = [at for at in range(position + 1, len(letters)) if letters[at] in sounds]
        if found and (sign not in _VOWELS or found[0] in starts):
            position = found[0]
            heard.add(position)
        elif sounds and sign not in _VOWELS:
            return False
    # Katakana of a much shorter word can hide in a long name.
    return starts <= heard and len(heard) * 3 >= len(letters)
