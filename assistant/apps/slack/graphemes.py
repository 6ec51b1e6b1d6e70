"""Where a text may be cut: never between a sign and what belongs to it."""

import unicodedata

_JOINERS = ("\u200c", "\u200d")
_MARKS = ("Mn", "Me", "Mc")  # accents, voiced sound marks, variation selectors, keycaps


def find_boundary(text: str, position: int) -> int:
    """Return the last place at or before `position` where what a reader sees as one sign ends.

    Flags, emoji that are joined, letters with marks, and CR LF stay whole.
    """
    position = min(position, len(text))
    while not _is_boundary(text, position):
        position -= 1
    return position


def _is_boundary(text: str, position: int) -> bool:
    if position in (0, len(text)):
        return True
    before, after = text[position - 1], text[position]
    if before in _JOINERS or _extends(after) or (before, after) == ("\r", "\n"):
        return False
    return not (_is_flag_half(after) and _count_flag_halves(text, position) % 2)


def _extends(sign: str) -> bool:
    """Tell whether a sign belongs to the one before it."""
    return (
        sign in _JOINERS
        or unicodedata.category(sign) in _MARKS
        or "\U0001f3fb" <= sign <= "\U0001f3ff"  # colours of skin
        or "\U000e0020" <= sign <= "\U000e007f"  # the rest of a flag of a region
        or "\u1160" <= sign <= "\u11ff"  # the rest of a syllable of Hangul
        or sign in "ﾞﾟ"
    )


def _is_flag_half(sign: str) -> bool:
    return "\U0001f1e6" <= sign <= "\U0001f1ff"


def _count_flag_halves(text: str, position: int) -> int:
    """Return how many halves of flags stand right before a position."""
    start = position
    while start and _is_flag_half(text[start - 1]):
        start -= 1
    return position - start
