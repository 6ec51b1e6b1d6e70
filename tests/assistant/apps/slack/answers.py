"""Answers to be shown: a plain one, one with everything, and long and odd ones."""

from dataclasses import replace

from hypothesis import strategies as st

from assistant.datatypes import (
    AbstentionReason,
    Answer,
    Citation,
    Notice,
    OptionEvidence,
    Reading,
    SectionHit,
)
from tests.assistant.apps.slack.hostile_texts import HOSTILE_TEXTS

PLAIN = Answer(
    question="問?",
    text="本文。 [1]",
    citations=(Citation(1, "a.md#節", "a.md", ("題", "節"), 4, 4, "本文。", "0" * 64),),
    hits=(SectionHit("a.md#節", "a.md", ("題", "節"), 3, 5, 0.5),),
    abstained=None,
    confidence=0.876,
)
REFUSED = Answer(
    question="問?",
    text="この質問の答えはノートに見当たりません。",
    citations=(),
    hits=tuple(
        SectionHit(f"{name}.md#節", f"{name}.md", (name, "節"), 3, 5, 0.5) for name in "abcd"
    ),
    abstained=AbstentionReason.LOW_CONFIDENCE,
    confidence=0.2,
)


def fill(text: str) -> Answer:
    """Return an answer with everything that an answer may have, all of it one text."""
    (citation,) = PLAIN.citations
    section = replace(citation, path=text, heading_path=(text, text), quote=text)
    hit = replace(PLAIN.hits[0], path=text, heading_path=(text,))
    return replace(
        PLAIN,
        question=text,
        text=f"{text} [1]",
        citations=(section, replace(section, marker=2)),
        hits=(hit,),
        choice=text or "A",
        follow_ups=(text, text),
        options=(
            OptionEvidence("A", text, 1.0, section, None),
            OptionEvidence(text, text, 0.5, None, section),
            OptionEvidence("C", text, 0.1, section, section),
        ),
        margin=0.1,
        requirements=(text, text),
        notices=tuple(Notice),
    )


def refuse(text: str) -> Answer:
    """Return an abstention with everything that one may have, all of it one text."""
    hit = replace(PLAIN.hits[0], path=text, heading_path=(text,))
    return replace(
        REFUSED,
        question=text,
        text=text,
        hits=(hit,) * 4,
        follow_ups=(text,),
        notices=(Notice.MODEL_FAILED,),
    )


def ask_back(text: str) -> Answer:
    """Return an abstention that asks which of two things is meant, all of it one text."""
    readings = (Reading(text, text), Reading("題 > 節", "節とは?"))
    return replace(
        refuse(text), abstained=AbstentionReason.AMBIGUOUS, readings=readings, follow_ups=()
    )


# Text as notes may hold it, and as they hardly will: long, full of what grows when it is sent.
_signs = st.one_of(
    st.sampled_from('あア漢a1 。、\n<>&"\\:@*_`👍'),
    st.sampled_from(["[1]", "[2]", "か\u3099", "👩‍👩‍👧", "🇯🇵", "。 [1][2]\n", "\u202e", "\0"]),
    st.characters(),
)
short_texts = st.one_of(
    st.lists(_signs, max_size=60).map("".join), st.sampled_from(list(HOSTILE_TEXTS.values()))
)
odd_texts = st.one_of(
    short_texts,
    st.tuples(st.lists(_signs, min_size=1, max_size=12).map("".join), st.integers(1, 1_500)).map(
        lambda pair: pair[0] * pair[1]
    ),
)


@st.composite
def citations(draw: st.DrawFn) -> Citation:
    """Draw a citation of the section `s`."""
    start = draw(st.integers(1, 10**9))
    return Citation(
        1,
        "s",
        draw(short_texts),
        tuple(draw(st.lists(short_texts, max_size=3))),
        start,
        start + draw(st.integers(0, 10**6)),
        draw(odd_texts),
        "0" * 64,
    )


@st.composite
def odd_answers(draw: st.DrawFn) -> Answer:
    """Draw an answer or an abstention, however long and odd."""
    cited = draw(st.lists(citations(), min_size=1, max_size=3))
    texts = draw(st.lists(odd_texts, min_size=1, max_size=4))
    place = draw(short_texts)
    reason = draw(st.none() | st.sampled_from(AbstentionReason))

    def repeat(counts: list[int]) -> range:
        return range(0 if reason is not None else draw(st.sampled_from(counts)))

    options = tuple(
        OptionEvidence(
            "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[number],
            texts[number % len(texts)],
            0.0,
            draw(st.none() | st.sampled_from(cited)),
            draw(st.none() | st.sampled_from(cited)),
        )
        for number in repeat([0, 4, 26])
    )
    readings = [Reading(place, text) for text in draw(st.lists(odd_texts, max_size=3))]
    return Answer(
        question=place,
        text=draw(odd_texts),
        citations=tuple(
            replace(cited[number % len(cited)], marker=number + 1) for number in repeat([1, 5, 70])
        ),
        hits=(SectionHit("s", place, (place,), 1, 9, 0.5),) * draw(st.integers(1, 4)),
        abstained=reason,
        confidence=draw(st.floats(0, 1)),
        choice=draw(st.none() | short_texts),
        follow_ups=tuple(texts) * draw(st.sampled_from([0, 1, 8])),
        options=options,
        margin=draw(st.none() | st.floats(0, 3)),
        requirements=tuple(draw(st.lists(odd_texts, max_size=2))),
        readings=tuple(readings),
        notices=tuple(draw(st.lists(st.sampled_from(Notice), max_size=12))),
    )
