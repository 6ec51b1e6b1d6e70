"""Cuts a sentence at its joints into segments that claim something each.

A segment without a topic of its own gets the one before it written out, so that it says no more
than its sentence does. What is set against something else (`A だが、B`) may be an exception to it:
of `A` nothing is claimed then.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_VERB_END = "[うくすつぬむるい]"
_ANOTHER_TOPIC = "(?=[^、は]{1,30}は)"
_JOINT = re.compile(
    "(?P<denied>(?<=でき|られ|され)ず、 ?)|(?P<done>(?<=でき|られ|され)、 ?)"
    "|(?P<plain>(?<=不要|必要|可能|不可|無料|有料|有効|無効|必須|対応|なし|無し)で?、 ?"
    # A predicate in front of another one, or of another topic; else it may describe what follows.
    "|(?<=[るすい])、 ?(?=(?:有料|無料|不可|不要|無効|有効)$)"
    f"|(?<={_VERB_END})ので、? ?|(?<=[うくすつぬむるいだた])から、 ?|ため、 ?)"
    # These join only behind `A は B`: else what stands before may be where or with what.
    "|(?P<topic>(?<=[^でに])で、 ?|(?<=[一-龠]し|[一-龠]り)、 ?"
    rf"|(?<=[^、]{{2}}[^\Wぁ-ん])、 ?{_ANOTHER_TOPIC}|(?<={_VERB_END})、 ?{_ANOTHER_TOPIC})"
    f"|(?P<contrast>(?<={_VERB_END})が、? ?|(?<=た|だ)が、 ?|(?<=です|ます)が、 ?"
    "|けど、 ?|けれども?、 ?)"
)
_ENDINGS = {"denied": "ない", "done": "る"}
# No topics: `変えることは`, `無効には`.
_TOPIC = re.compile(r"[^、はも]{1,40}(?<!こと)(?<![有無]効に)[はも] ?")
_COPULA = re.compile(rf"{_TOPIC.pattern}[^、 ]")
# `増やせるが減らせない`: two deeds, neither an exception to the other.
_OTHER_DEED = re.compile("(?:できない|できません|られない|不可|[えけげせてべれ](?:ない|ません))$")
_URGES = re.compile(r"勧めない|推奨")


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a sentence. head: what stands before it."""

    text: str
    head: str


def cut_segments(sentence: str) -> Iterator[Segment]:
    """Yield the segments of a sentence that may claim something.

    :param sentence: as `normalize` returns it.
    """
    start, topic = 0, ""
    for joint in _JOINT.finditer(sentence):
        kind = joint.lastgroup or ""
        text, rest = sentence[start : joint.start()], sentence[joint.end() :]
        if kind == "topic" and not _COPULA.match(text):
            continue
        if kind != "contrast" or _shares_topic(rest):
            yield Segment(_write_out(topic, text) + _ENDINGS.get(kind, ""), sentence[:start])
        if found := _TOPIC.match(text):
            topic = found[0]
        start = joint.end()
    yield Segment(_write_out(topic, sentence[start:]), sentence[:start])


def _write_out(topic: str, segment: str) -> str:
    return segment if _TOPIC.match(segment) else f"{topic}{segment}"


def _shares_topic(rest: str) -> bool:
    is_denial = _OTHER_DEED.search(rest) is not None and not _URGES.search(rest)
    return "は" not in rest and is_denial
