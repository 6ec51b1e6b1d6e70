"""Whether the sentence that fits an option best speaks for it or against it."""

from collections.abc import Sequence

from assistant.answering.multiple_choice.option_evidence import gather_evidence
from assistant.answering.multiple_choice.option_signals import OptionFit
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


def fit(coverage: float) -> OptionFit:
    return OptionFit(0.9, 0.5, ITEM.sentences[0], coverage)


def test_a_sentence_speaks_for_an_option_or_against_it() -> None:
    choices = [Choice("A", "上限は5"), Choice("B", "上限は9"), Choice("C", "丙")]
    checker = FakeFigureChecker(Flaw.NUMBER)
    fits = [fit(1.0), fit(0.5), fit(0.4)]
    a, b, c = gather_evidence(choices, fits, [3.0, 2.0, 1.0], ITEM, checker)
    assert a.supporting is not None
    assert (a.supporting.quote, a.supporting.line_start, a.opposing) == ("上限は 5 個。", 2, None)
    assert b.opposing is not None
    assert (b.letter, b.text, b.support, b.supporting) == ("B", "上限は9", 2.0, None)
    assert b.opposing.quote == "上限は 5 個。"
    # Too few of its words stand there.
    assert (c.supporting, c.opposing) == (None, None)
    assert checker.asked[0] == ("上限は5", ["甲\n上限は 5 個。"])


def test_that_a_sentence_lacks_words_does_not_speak_against_an_option() -> None:
    checker = FakeFigureChecker(Flaw.CONTENT)
    (option,) = gather_evidence([Choice("A", "上限は9")], [fit(0.5)], [1.0], ITEM, checker)
    assert option.supporting is not None
    assert option.opposing is None


def test_without_a_sentence_there_is_no_evidence() -> None:
    fits = [OptionFit(0.0, 0.0, None, 0.0)]
    checker = FakeFigureChecker(Flaw.NUMBER)
    (option,) = gather_evidence([Choice("A", "甲")], fits, [0.0], ITEM, checker)
    assert (option.supporting, option.opposing) == (None, None)
