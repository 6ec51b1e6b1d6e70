"""Stand-ins for what the answering steps are given."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.datatypes import Draft, Evidence, Question
from assistant.errors import GeneratorError
from index.datatypes import EmbeddedQuery, Hit, LegScore

LEGS = ("words", "bigrams", "passages", "sentences")


class FakeEmbeddedSearcher:
    """Implements `EmbeddedSearcher` by a fixed ranking; `asked` records the queries.

    scored: (section id, fused score, cosine of both dense legs), best first.
    """

    def __init__(self, scored: Sequence[tuple[str, float, float]]) -> None:
        self.scored = scored
        self.asked: list[list[EmbeddedQuery]] = []

    def search_embedded(self, queries: Sequence[EmbeddedQuery], k: int) -> list[Hit]:
        self.asked.append(list(queries))
        return [
            Hit(
                f"{section_id}:p0",
                section_id,
                score,
                rank,
                tuple(LegScore(leg, rank, cosine, score) for leg in LEGS),
            )
            for rank, (section_id, score, cosine) in enumerate(self.scored[:k], start=1)
        ]


class FakeSentenceVectors:
    """Implements `SentenceVectors` by fixed cosines; `asked` records vectors and ids."""

    def __init__(self, cosines: dict[str, float]) -> None:
        self.cosines = cosines
        self.asked: list[tuple[NDArray[np.float32], list[str]]] = []

    def similarities(self, vector: NDArray[np.float32], ids: Sequence[str]) -> list[float]:
        self.asked.append((vector, list(ids)))
        return [self.cosines.get(sentence_id, 0.0) for sentence_id in ids]


class FakeGenerator:
    """Implements `Generator` by saying how many sections it was given, citing the first.

    cited: what to cite instead, to misbehave.
    """

    def __init__(self, cited: Draft | None = None) -> None:
        self.cited = cited
        self.asked: list[str] = []

    def stream(self, question: Question, evidence: Sequence[Evidence]) -> Iterator[Draft]:
        yield self.generate(question, evidence)

    def generate(self, question: Question, evidence: Sequence[Evidence]) -> Draft:
        self.asked.append(question.text)
        if self.cited is not None:
            return self.cited
        if not evidence[0].sentences:
            raise GeneratorError("the best section has no sentence; ask something else")
        return Draft(f"{len(evidence)} sections [1]", (evidence[0].sentences[:1],))
