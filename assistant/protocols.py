"""The seam between retrieval and wording."""

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from assistant.datatypes import Draft, Evidence


@runtime_checkable
class Generator(Protocol):
    """Words an answer from evidence."""

    def generate(self, question: str, evidence: Sequence[Evidence]) -> Draft:
        """Return a draft that cites only what is in `evidence`.

        :param evidence: best section first; not empty.
        :raises GeneratorError: when nothing can be written.
        """
