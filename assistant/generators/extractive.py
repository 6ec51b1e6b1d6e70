"""The default generator: the notes' own sentences, each with its marker, nothing added."""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import TypeAlias

from assistant.answering.composition.compose import (
    DEFAULT_RULES,
    CompositionRules,
    select_sentences,
)
from assistant.answering.yes_no.decision import Polarity, decide_answer
from assistant.answering.yes_no.plain_words import Analyze, Fold, Lexicon
from assistant.datatypes import Draft, Evidence, Question
from assistant.errors import GeneratorError
from ingest.datatypes import Passage
from ingest.normalize import normalize

_JAPANESE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uff66-\uff9f]")
_JAPANESE_WORDS = {Polarity.YES: "はい。", Polarity.NO: "いいえ。"}
_ENGLISH_WORDS = {Polarity.YES: "Yes. ", Polarity.NO: "No. "}

_Runs: TypeAlias = tuple[tuple[Passage, ...], ...]


class ExtractiveGenerator:
    """Words an answer by quoting (`Generator`).

    max_characters: length of the answer, markers not counted; a single longer sentence or table
        row is still given whole.
    analyze: gives the content words of a text. Without it no question is answered by yes or no.
    rules: which sentences are chosen for which question.
    fold: gives every name the one spelling that stands for it.
    today: what a sentence says to hold since an earlier month is taken to hold.
    """

    def __init__(
        self,
        max_characters: int = 400,
        analyze: Analyze | None = None,
        rules: CompositionRules = DEFAULT_RULES,
        fold: Fold = normalize,
        today: Callable[[], date] = date.today,
    ) -> None:
        self._max_characters = max_characters
        self._analyze = analyze
        self._rules = rules
        self._lexicon = None if analyze is None else Lexicon(analyze, fold)
        self._today = today

    def generate(self, question: Question, evidence: Sequence[Evidence]) -> Draft:
        """Return the chosen sentences, one a line, followed by their markers.

        Where one of them answers a yes/no question, it comes first, behind the yes or no.

        :raises GeneratorError: no section of the evidence has a sentence.
        """
        runs = select_sentences(
            question.text, evidence, self._max_characters, self._analyze, self._rules
        )
        if not runs:
            raise GeneratorError(
                "the sections found hold no sentence to quote; add text below their headings"
            )
        word = ""
        if self._lexicon is not None:
            quoted = [sentence for run in runs for sentence in run]
            decided = decide_answer(question.text, quoted, evidence, self._lexicon, self._today())
            if decided is not None:
                words = _JAPANESE_WORDS if _JAPANESE.search(question.text) else _ENGLISH_WORDS
                word = words[decided[0]]
                runs = _lead_with(runs, decided[1])
        statements = [
            f"{sentence.text} [{marker}]"
            for marker, run in enumerate(runs, start=1)
            for sentence in run
        ]
        return Draft(word + "\n".join(statements), runs)

    def stream(self, question: Question, evidence: Sequence[Evidence]) -> Iterator[Draft]:
        """Yield the one draft: there is nothing to wait for.

        :raises GeneratorError: as `generate`.
        """
        yield self.generate(question, evidence)


def _lead_with(runs: _Runs, sentence: Passage) -> _Runs:
    """Return the runs with one that begins with a sentence at their head, the others as they were.

    A run is cut where the sentence stands in its middle.
    """
    leading = next(run for run in runs if sentence in run)
    position = leading.index(sentence)
    before, behind = leading[:position], leading[position:]
    others = [part for run in runs for part in ((before,) if run is leading else (run,)) if part]
    return (behind, *others)
