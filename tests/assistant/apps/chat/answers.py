"""Answers as the assistant could have given them."""

from assistant.datatypes import (
    AbstentionReason,
    Answer,
    Citation,
    Notice,
    OptionEvidence,
    Reading,
    SectionHit,
)

HIT = SectionHit("a.md#節", "a.md", ("題", "節"), 3, 6, 0.75)
CITATION = Citation(1, "a.md#節", "a.md", ("題", "節"), 4, 4, "本文です。", "0" * 64)
OTHER = Citation(2, "a.md#節", "a.md", ("題", "節"), 5, 6, "続きです。", "0" * 64)


def build_answer(question: str = "問?") -> Answer:
    """Return an answer in which every field says something."""
    return Answer(
        question,
        "本文です。 [1]\n続きです。 [2]",
        (CITATION, OTHER),
        (HIT,),
        None,
        0.7,
        "A",
        ("次は?",),
        (
            OptionEvidence("A", "一つ目", 1.5, CITATION, None),
            OptionEvidence("B", "二つ目", -0.5, None, OTHER),
        ),
        2.0,
        ("最も安い",),
        (),
        (Notice.SOURCE_MOVED,),
    )


def build_abstention() -> Answer:
    """Return an abstention from a question that may mean two things."""
    readings = (Reading("題 > 節", "節とは?"), Reading("題 > 章", "章とは?"))
    return Answer(
        "どれ?",
        "どちらのことですか。",
        (),
        (HIT,),
        AbstentionReason.AMBIGUOUS,
        0.4,
        readings=readings,
    )
