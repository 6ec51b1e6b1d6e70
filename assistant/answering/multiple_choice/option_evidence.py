"""What the notes say for and against each option of a multiple-choice question."""

from collections.abc import Sequence

from assistant.answering.citations import cite_passages
from assistant.answering.multiple_choice.option_signals import OptionFit
from assistant.datatypes import Choice, Evidence, OptionEvidence
from assistant.protocols import Flaw, StatementChecker
from ingest.passages import with_headings

# Unfitted. A sentence speaks of an option if it holds this much of the option's words.
_SPEAKS_OF = 0.5
# What makes a sentence that speaks of an option speak against it. That it lacks some of the
# option's words tells nothing.
_OPPOSING = frozenset((Flaw.NUMBER, Flaw.ADDRESS, Flaw.POLARITY))


def gather_evidence(
    choices: Sequence[Choice],
    fits: Sequence[OptionFit],
    supports: Sequence[float],
    item: Evidence,
    checker: StatementChecker,
) -> tuple[OptionEvidence, ...]:
    """Return the options in order, each with the sentence that speaks for it or against it.

    :param fits, supports: of every option, by the section `item`.
    """
    gathered = []
    for choice, fit, support in zip(choices, fits, supports, strict=True):
        pro = contra = None
        if fit.sentence is not None and fit.coverage >= _SPEAKS_OF:
            citation = cite_passages(1, item.section, (fit.sentence,))
            source = with_headings(item.section.heading_path, fit.sentence.text)
            if _OPPOSING.isdisjoint(checker.check(choice.text, [source]).flaws):
                pro = citation
            else:
                contra = citation
        gathered.append(OptionEvidence(choice.letter, choice.text, support, pro, contra))
    return tuple(gathered)
