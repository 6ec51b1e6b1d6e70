"""Splits a question that asks for several things at once."""

import re
from itertools import islice

from ingest.normalize import normalize

# The question stands at the end of a long text; one with more parts is a questionnaire.
_LONGEST = 1_000
_MOST_PARTS = 4
_COMMAS = 8

_SENTENCE_END = re.compile(r"(?<=[?。!])\s*|(?<=[.]) ")
_ASKED = re.compile(r"(?:\?|か。?|っけ。?|(?:教えて|知りたい)[^。?]{0,6}。?)$")
_ASKING_WORD = re.compile(
    r"何|なに|いくつ|いくら|どこ|どれ|どの|どう|どちら|どっち|誰|だれ|いつ|なぜ|なんで|必要|できる?"
    r"|\b(?:what|which|how|who|where|when|why)\b|^(?:can|does|do|is|are)\b"
)
# A clause that goes on: 〜で、〜し、〜れ、〜か、; not 〜と、〜ば、〜は、.
_GOES_ON = re.compile(r"(?:[でしてかいきちみりえけせてねめれ]|って)、")
_ENGLISH_AND = re.compile(
    r",? and (?=(?:what|which|how|who|where|when|why|can|does|do|is|are|will|should)\b)"
)
_THING = r"[^\s、。?とのはを]{1,15}(?: [^\s、。?とのはを]{1,15})?"
_TWO_THINGS = re.compile(
    rf"(?P<topic>[^。?]{{0,80}}の ?)?(?P<one>{_THING}) ?と ?(?P<other>{_THING})"
    r"(?:は[?]?$|を(?:教え|知り)|[はが](?:いくつ|いくら|何|どう|どの))"
)


def split_question(text: str) -> tuple[str, ...]:
    """Return the parts of a question, as `normalize` returns them; one if it asks for one thing.

    What only tells the situation is no part.
    """
    question = normalize(text)[-_LONGEST:]
    sentences = [s.strip() for s in _SENTENCE_END.split(question) if s.strip()]
    asked = [s for s in sentences if _ASKED.search(s)] or sentences[-1:]
    parts = [part for sentence in asked for part in _split_sentence(sentence)]
    return tuple(dict.fromkeys(parts))[:_MOST_PARTS]


def _split_sentence(sentence: str) -> list[str]:
    if (match := _TWO_THINGS.search(sentence)) and "違" not in sentence:
        topic = match["topic"] or ""
        return [f"{topic}{match['one']}", f"{topic}{match['other']}"]
    for pattern in (_GOES_ON, _ENGLISH_AND):
        for cut in islice(pattern.finditer(sentence), _COMMAS):
            left = sentence[: cut.end()].removesuffix("and ").rstrip("、, ")
            right = sentence[cut.end() :].strip()
            if right and _ASKING_WORD.search(left) and _ASKED.search(right):
                return [left, *_split_sentence(right)]
    return [sentence]
