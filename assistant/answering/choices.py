"""Chooses the options of a multiple-choice question that the notes support best.

An option's support is that of the sentence that fits it best in the section found first: how near
the question with this option comes to the sentence, by embedding, and how many of the option's
words stand in it or in its headings. A question for what is wrong takes the options with the least
support.
"""

import re
from collections.abc import Sequence

from ingest.normalize import normalize

# The embedding of a question with its options differs little from one option to another, so that a
# word counts much beside it.
WORD_SHARE = 0.15

_WRONG = re.compile(
    r"誤っ|誤り|間違|正しくない|不適切|適切でない|当てはまらない|含まれない|避ける"
    r"|(?:でき|され|なら|使え|要ら)ない(?:もの|の|こと|操作|設定|方法|構成|組み合わせ)"
    r"|\b(?:not|except|incorrect|false|least)\b"
)
_COUNTS = {"一": 1, "二": 2, "三": 3, "四": 4, "one": 1, "two": 2, "three": 3, "four": 4}
_WANTED = re.compile(
    r"([1-4一二三四])\s?つ(?:を|だけ)?(?:選|答|挙)"
    r"|\b(?:choose|select|pick) (one|two|three|four|[1-4])\b"
)


def asks_for_wrong(question: str) -> bool:
    """Tell whether a question asks for the options that do not hold."""
    return _WRONG.search(normalize(question)) is not None


def count_wanted(question: str, options: int) -> int:
    """Return how many options a question asks for: one, unless it says another number."""
    found = _WANTED.search(normalize(question))
    if found is None:
        return 1
    number = found[1] or found[2]
    return min(_COUNTS.get(number) or int(number), max(options - 1, 1))


def choose_options(question: str, letters: Sequence[str], supports: Sequence[float]) -> str:
    """Return the letters that answer, in the order of the options.

    :param supports: of every option, in the order of `letters`; equal ones by that order.
    """
    sign = -1.0 if asks_for_wrong(question) else 1.0
    order = sorted(range(len(letters)), key=lambda i: (-sign * supports[i], i))
    chosen = sorted(order[: count_wanted(question, len(letters))])
    return "".join(letters[i] for i in chosen)


def support_option(similarities: Sequence[float], coverage: Sequence[float]) -> float:
    """Return the support of one option; 0 where there is no sentence.

    :param similarities: cosine of the question with the option to every sentence.
    :param coverage: share of the option's words in every sentence, 0 to 1.
    """
    pairs = zip(similarities, coverage, strict=True)
    return max((cosine + WORD_SHARE * covered for cosine, covered in pairs), default=0.0)
