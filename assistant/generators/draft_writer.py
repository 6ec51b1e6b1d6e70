"""Writes a draft statement by statement, with markers of its own."""

from collections.abc import Sequence

from assistant.datatypes import Draft, Notice
from ingest.datatypes import Passage
from ingest.normalize import normalize


class DraftWriter:
    """Collects the lines of a draft. A marker stands for a run of sentences of one section."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._seen: set[str] = set()
        self._markers: dict[tuple[Passage, ...], int] = {}
        self._characters = 0

    @property
    def characters(self) -> int:
        """How long the text is, without markers."""
        return self._characters

    def add_statement(self, text: str, sources: Sequence[Passage]) -> bool:
        """Add a line that rests on sentences, and return whether it was not there already.

        :param sources: not empty.
        """
        form = normalize(text)
        if form in self._seen:
            return False
        self._seen.add(form)
        marks = "".join(f"[{self._number(run)}]" for run in _join_runs(sources))
        self._lines.append(f"{text} {marks}")
        self._characters += len(text)
        return True

    def add_quotes(self, sentences: Sequence[Passage]) -> None:
        """Add sentences as they stand, those left out that are there already."""
        for sentence in sentences:
            self.add_statement(" ".join(sentence.text.split()), (sentence,))

    def build(self, notices: tuple[Notice, ...]) -> Draft:
        """Return the draft as it is now."""
        return Draft("\n".join(self._lines), tuple(self._markers), notices)

    def _number(self, run: tuple[Passage, ...]) -> int:
        return self._markers.setdefault(run, len(self._markers) + 1)


def _join_runs(sentences: Sequence[Passage]) -> list[tuple[Passage, ...]]:
    """Join sentences that follow one another in a section; the sections in the order given."""
    sections = list(dict.fromkeys(sentence.section_id for sentence in sentences))
    ordered = sorted(set(sentences), key=lambda s: (sections.index(s.section_id), s.ordinal))
    runs: list[list[Passage]] = []
    for sentence in ordered:
        last = runs[-1][-1] if runs else None
        if last is not None and (last.section_id, last.ordinal + 1) == (
            sentence.section_id,
            sentence.ordinal,
        ):
            runs[-1].append(sentence)
        else:
            runs.append([sentence])
    return [tuple(run) for run in runs]
