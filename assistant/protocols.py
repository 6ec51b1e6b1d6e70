"""The seams between retrieval, wording and checking."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, runtime_checkable

from assistant.datatypes import Draft, Evidence, Question


@runtime_checkable
class Generator(Protocol):
    """Words an answer from evidence."""

    def generate(self, question: Question, evidence: Sequence[Evidence]) -> Draft:
        """Return a draft that cites only what is in `evidence`.

        :param evidence: best section first; not empty.
        :raises GeneratorError: when nothing can be written.
        """

    def stream(self, question: Question, evidence: Sequence[Evidence]) -> Iterator[Draft]:
        """Yield the draft as it grows; the last one is what `generate` would return.

        Every draft can be shown as it is: nothing of it is taken back later, unless the generator
        falls back on another and says so in the notices. Closing the iterator stops the work.
        """


class Flaw(StrEnum):
    """Why a statement is not supported by the lines that it cites."""

    MARKER = "marker"
    NUMBER = "number"
    NAME = "name"
    ADDRESS = "address"
    POLARITY = "polarity"
    CONTENT = "content"


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a statement says only what its sources say.

    flaws: what is wrong, none if it is supported.
    detail: the words of the statement that the sources do not support, for a log or a test.
    """

    flaws: tuple[Flaw, ...] = ()
    detail: str = ""

    @property
    def is_supported(self) -> bool:
        """Whether nothing is wrong."""
        return not self.flaws


@runtime_checkable
class DenialMeter(Protocol):
    """Tells what a text says from what it denies."""

    def measure(
        self, question: str, options: Sequence[str], heading: str, text: str
    ) -> list[float]:
        """Return of every option how far a section denies it.

        Above 0 it is denied rather than said (`併用できない`, `対象外`, a cell `×`), below 0 said
        rather than denied; at 0 neither, or both. The opposite holds for an option that denies
        something itself. Within -1.6 and 1.6.

        :param question: what is asked of the options.
        :param heading: the section's own.
        :param text: its lines.
        """


@runtime_checkable
class StatementChecker(Protocol):
    """Holds a statement against the sources that it cites."""

    def check(self, statement: str, sources: Sequence[str]) -> Verdict:
        """Return what is wrong with a statement.

        :param statement: one sentence, without markers.
        :param sources: the cited texts, each with its headings in front; not empty.
        """
