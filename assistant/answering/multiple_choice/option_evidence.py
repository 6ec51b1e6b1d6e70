"""What the notes say for and against each option of a multiple-choice question.

An option's support is that of the sentence that fits it best in the section found first: how near
the question with this option comes to the sentence, by embedding, and how many of the option's
words stand in it or in its headings.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answering.citations import cite_passages
from assistant.datatypes import Choice, Evidence, OptionEvidence
from assistant.protocols import Flaw, StatementChecker
from ingest.datatypes import Passage
from ingest.passages import with_headings

# The embedding of a question with its options differs little from one option to another, so that a
# word counts much beside it.
WORD_SHARE = 0.15

# Unfitted. A sentence speaks of an option if it holds this much of the option's words.
_SPEAKS_OF = 0.5
# What makes a sentence that speaks of an option speak against it. That it lacks some of the
# option's words tells nothing.
_OPPOSING = frozenset((Flaw.NUMBER, Flaw.ADDRESS, Flaw.POLARITY))


@dataclass(frozen=True, slots=True)
class OptionSupport:
    """How well a section supports an option.

    value: only compares the options of one question.
    sentence: the sentence that fits best, None in a section without any.
    coverage: share of the option's words in that sentence and the headings, 0 to 1.
    """

    value: float
    sentence: Passage | None
    coverage: float


def support_option(
    sentences: Sequence[Passage], similarities: Sequence[float], coverage: Sequence[float]
) -> OptionSupport:
    """Return the support of one option by the sentence that fits it best; 0 without a sentence.

    :param similarities: cosine of the question with the option to every sentence.
    :param coverage: share of the option's words in every sentence, 0 to 1.
    """
    fits = [c + WORD_SHARE * w for c, w in zip(similarities, coverage, strict=True)]
    if not fits:
        return OptionSupport(0.0, None, 0.0)
    best = max(range(len(fits)), key=fits.__getitem__)
    return OptionSupport(fits[best], sentences[best], coverage[best])


def gather_evidence(
    choices: Sequence[Choice],
    supports: Sequence[OptionSupport],
    item: Evidence,
    checker: StatementChecker,
) -> tuple[OptionEvidence, ...]:
    """Return the options in order, each with the sentence that speaks for it or against it.

    :param supports: of every option, by the section `item`.
    """
    gathered = []
    for choice, support in zip(choices, supports, strict=True):
        pro = contra = None
        if support.sentence is not None and support.coverage >= _SPEAKS_OF:
            citation = cite_passages(1, item.section, (support.sentence,))
            source = with_headings(item.section.heading_path, support.sentence.text)
            if _OPPOSING.isdisjoint(checker.check(choice.text, [source]).flaws):
                pro = citation
            else:
                contra = citation
        gathered.append(OptionEvidence(choice.letter, choice.text, support.value, pro, contra))
    return tuple(gathered)
