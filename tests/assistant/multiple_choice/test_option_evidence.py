"""The sentence that fits an option best, and whether it speaks for it or against it."""

from collections.abc import Sequence

import pytest

from assistant.answering.multiple_choice.option_evidence import (
    WORD_SHARE,
    OptionSupport,
    gather_evidence,
    support_option,
)
from assistant.datatypes import Choice
from assistant.protocols import Flaw, Verdict
from tests.assistant.evidence import build_evidence

ITEM = build_evidence("甲", 1.0, [("上限は 5 個。", 0.9), ("増やせる。", 0.1)])


class FakeFigureChecker:
    """Implements `StatementChecker`: `flaw` where the statement's last sign is in no source."""

    def __init__(self, flaw: Flaw) -> None:
        self.flaw = flaw
        self.asked: list[tuple[str, list[str]]] = []

    def check(self, statement: str, sources: Sequence[str]) -> Verdict:
        self.asked.append((statement, list(sources)))
        return Verdict() if statement[-1] in sources[0] else Verdict((self.flaw,), statement)


def test_a_section_without_sentences_supports_nothing() -> None:
    assert support_option([], [], []) == OptionSupport(0.0, None, 0.0)


def test_the_sentence_that_fits_best_counts() -> None:
    support = support_option(ITEM.sentences, [0.8, 0.7], [0.0, 1.0])
    assert support.value == pytest.approx(0.7 + WORD_SHARE)  # against .8 + 0
    assert (support.sentence, support.coverage) == (ITEM.sentences[1], 1.0)


def test_a_sentence_speaks_for_an_option_or_against_it() -> None:
    choices = [Choice("A", "上限は5"), Choice("B", "上限は9"), Choice("C", "丙")]
    first = ITEM.sentences[0]
    supports = [OptionSupport(0.9, first, 1.0), OptionSupport(0.8, first, 0.5)]
    checker = FakeFigureChecker(Flaw.NUMBER)
    a, b, c = gather_evidence(choices, [*supports, OptionSupport(0.2, first, 0.4)], ITEM, checker)
    assert a.supporting is not None
    assert (a.supporting.quote, a.supporting.line_start, a.opposing) == ("上限は 5 個。", 2, None)
    assert b.opposing is not None
    assert (b.letter, b.text, b.support, b.supporting) == ("B", "上限は9", 0.8, None)
    assert b.opposing.quote == "上限は 5 個。"
    # Too few of its words stand there.
    assert (c.supporting, c.opposing) == (None, None)
    assert checker.asked[0] == ("上限は5", ["甲\n上限は 5 個。"])


def test_that_a_sentence_lacks_words_does_not_speak_against_an_option() -> None:
    support = OptionSupport(0.8, ITEM.sentences[0], 0.5)
    checker = FakeFigureChecker(Flaw.CONTENT)
    (option,) = gather_evidence([Choice("A", "上限は9")], [support], ITEM, checker)
    assert option.supporting is not None
    assert option.opposing is None


def test_without_a_sentence_there_is_no_evidence() -> None:
    supports = [OptionSupport(0.0, None, 0.0)]
    (option,) = gather_evidence([Choice("A", "甲")], supports, ITEM, FakeFigureChecker(Flaw.NUMBER))
    assert (option.supporting, option.opposing) == (None, None)
