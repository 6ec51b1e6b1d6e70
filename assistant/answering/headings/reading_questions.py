"""Says a question again so that it asks for one topic: `NAT ゲートウェイの料金は?`."""

import re
from collections.abc import Callable
from typing import TypeAlias

from assistant.answering.headings.heading_text import join_texts

#: Gives the content words of a text.
ReadWords: TypeAlias = Callable[[str], frozenset[str]]

# What a topic is put in front with: `NLB の料金は?`, `NLB について、いくらかかる?`.
_OF = "の"
_ABOUT = "について、"

_WORD = r"(?:[A-Za-z0-9][A-Za-z0-9.+/-]*|[ァ-ヺー]+|[一-鿿々]+)"
_WORDS = re.compile(_WORD)
_LINK = re.compile(" ?の? ?")
_BEGINS_WITH_NOUN = re.compile(rf"{_WORD} ?(?:[はのがをにも?？]|って|$)")
_JAPANESE = re.compile("[ぁ-ヿ一-鿿]")


def ask_for_topic(question: str, topic: str, read_words: ReadWords) -> str:
    """Return the question asked of a topic alone.

    The topic takes the place of its own words in the question (`ゲートウェイ`); where there are
    none, it is put in front.

    :param topic: a cleaned heading.
    """
    if (span := _find_own_words(question, topic, read_words)) is not None:
        start, end = span
        return join_texts(join_texts(question[:start], topic), question[end:])
    if _JAPANESE.search(question) is None:
        return f"For {topic}: {question}"
    link = _OF if _BEGINS_WITH_NOUN.match(question) else _ABOUT
    return join_texts(join_texts(topic, link), question)


def _find_own_words(question: str, topic: str, read_words: ReadWords) -> tuple[int, int] | None:
    """Return the span of the first words in a row that are all the topic's; None without any."""
    own = read_words(topic)
    span: tuple[int, int] | None = None
    for found in _WORDS.finditer(question):
        words = read_words(found[0])
        is_own = bool(words) and words <= own
        if span is None:
            span = found.span() if is_own else None
        elif is_own and _LINK.fullmatch(question, span[1], found.start()):
            span = span[0], found.end()
        else:
            break
    return span
