"""Measures which of several things a section denies, clause by clause (`DenialMeter`)."""

from collections.abc import Callable, Sequence

from assistant.checking.denials import Denial, DenialReader
from assistant.checking.reading import read_sentences
from assistant.checking.vocabulary import Vocabulary, stem_words
from ingest.normalize import normalize

# What a clause has of the question beside what it has of the option: which of two clauses on an
# option is the one that was asked for. Chosen on questions of the training data and 48 others on
# sections without a test question; from .4 to .8 it is as good.
_QUESTION_SHARE = 0.6


class ClauseDenialMeter:
    """Compares what the denying clauses have of an option with what the others have.

    analyze: gives the content words of a text.
    """

    def __init__(self, analyze: Callable[[str], list[str]]) -> None:
        def read_stems(text: str) -> list[str]:
            return stem_words(analyze(text))

        self._analyze = read_stems
        self._vocabulary = Vocabulary(read_stems)
        self._denials = DenialReader(read_stems)

    def measure(
        self, question: str, options: Sequence[str], heading: str, text: str
    ) -> list[float]:
        """Return of every option how far the section denies it; see the protocol."""
        # What stands below `記録されない通信` is not recorded, whatever the list itself says.
        is_all_denied = self._denies(normalize(heading))
        denied: list[frozenset[str]] = []
        said: list[frozenset[str]] = []
        for sentence in read_sentences(text, self._analyze):
            for clause in sentence.clauses:
                is_denied = is_all_denied or self._denies(clause.text)
                (denied if is_denied else said).append(clause.words)
        asked = frozenset(self._analyze(question))
        measures = []
        for option in options:
            words = frozenset(self._analyze(option))
            # What all options share with the question tells none from another.
            own = words - asked or words
            measure = self._cover(own, asked, denied) - self._cover(own, asked, said)
            measures.append(-measure if self._denies(normalize(option)) else measure)
        return measures

    def _denies(self, text: str) -> bool:
        """Tell whether a text, as `normalize` returns it, denies anything."""
        return any(map(_is_plain, self._denials.read(text, "")))

    def _cover(
        self, own: frozenset[str], asked: frozenset[str], clauses: Sequence[frozenset[str]]
    ) -> float:
        """Return the most that a clause has of an option and of the question."""
        return max(
            (
                share + _QUESTION_SHARE * self._share(asked, clause)
                for clause in clauses
                if (share := self._share(own, clause)) > 0
            ),
            default=0.0,
        )

    def _share(self, words: frozenset[str], clause: frozenset[str]) -> float:
        """Return how much of the weight of the words a clause holds, 0 to 1."""
        total = sum(map(self._vocabulary.weigh, words))
        return self._vocabulary.overlap(words, clause) / total if total else 0.0


def _is_plain(denial: Denial) -> bool:
    # `設定しないと` and `A ではなく B` say that something is so.
    return not (denial.is_condition or denial.is_contrast)
