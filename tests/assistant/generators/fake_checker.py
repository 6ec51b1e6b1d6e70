"""A checker whose verdicts a test can foresee."""

from collections.abc import Sequence

from assistant.protocols import Flaw, Verdict

WRONG = "嘘"


class FakeChecker:
    """Implements `StatementChecker`: what holds 嘘 is not supported; `asked` records the rest."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, tuple[str, ...]]] = []

    def check(self, statement: str, sources: Sequence[str]) -> Verdict:
        self.asked.append((statement, tuple(sources)))
        return Verdict((Flaw.CONTENT,), WRONG) if WRONG in statement else Verdict()


class WordChecker:
    """Implements `StatementChecker`: a statement stands word for word in a source."""

    def check(self, statement: str, sources: Sequence[str]) -> Verdict:
        plain = statement.rstrip("。.")
        is_there = any(plain in source for source in sources)
        return Verdict() if is_there else Verdict((Flaw.CONTENT,), statement)
