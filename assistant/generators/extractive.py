"""The default generator: the notes' own sentences, each with its marker, nothing added."""

import re
from collections.abc import Iterator, Sequence

from assistant.answering.compose import select_sentences
from assistant.datatypes import Draft, Evidence, Question
from assistant.errors import GeneratorError
from ingest.datatypes import Passage

_LINE_BREAK = re.compile(r"[ \t\u3000]*\n[ \t\u3000]*")


class ExtractiveGenerator:
    """Words an answer by quoting (`Generator`).

    max_characters: length of the answer, markers not counted; a single longer sentence or table
        row is still given whole.
    """

    def __init__(self, max_characters: int = 400) -> None:
        self._max_characters = max_characters

    def generate(self, question: Question, evidence: Sequence[Evidence]) -> Draft:  # noqa: ARG002
        """Return the chosen sentences, one a line, followed by their markers.

        :param question: not needed: the evidence's sentences carry their relevance to it.
        :raises GeneratorError: no section of the evidence has a sentence.
        """
        runs = select_sentences(evidence, self._max_characters)
        if not runs:
            raise GeneratorError(
                "the sections found hold no sentence to quote; add text below their headings"
            )
        statements = [
            f"{_flatten(sentence)} [{marker}]"
            for marker, run in enumerate(runs, start=1)
            for sentence in run
        ]
        return Draft("\n".join(statements), runs)

    def stream(self, question: Question, evidence: Sequence[Evidence]) -> Iterator[Draft]:
        """Yield the one draft: there is nothing to wait for.

        :raises GeneratorError: as `generate`.
        """
        yield self.generate(question, evidence)


def _flatten(sentence: Passage) -> str:
    """Put a sentence that the note breaks over lines on one line."""
    return _LINE_BREAK.sub(_join, sentence.text.strip())


def _join(match: re.Match[str]) -> str:
    """Japanese is joined without a space, Latin text with one."""
    before = match.string[match.start() - 1 : match.start()]
    after = match.string[match.end() : match.end() + 1]
    return " " if before.isascii() and after.isascii() else ""
