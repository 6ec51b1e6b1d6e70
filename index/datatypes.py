"""The records of searching. Imports nothing of ours."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class LegScore:
    """What one retrieval leg said of a section.

    leg: `words`, `bigrams`, `passages` or `sentences`.
    rank: 1-based, within the leg.
    raw: the leg's own score (BM25 or cosine).
    scaled: the raw score min-max scaled over the leg's candidates, 0 to 1.
    """

    leg: str
    rank: int
    raw: float
    scaled: float


@dataclass(frozen=True, slots=True)
class Hit:
    """One search result.

    passage_id: the passage that scored; for a fused hit the best passage of the section.
    score: greater is better; comparable within one result list only.
    rank: 1-based position in the result list.
    legs: the legs' scores behind a fused score; empty for a single leg's own hit.
    """

    passage_id: str
    section_id: str
    score: float
    rank: int
    legs: tuple[LegScore, ...] = ()


@dataclass(frozen=True, slots=True)
class EmbeddedQuery:
    """A text to search with its embedding, shape (dim,), and its share in a search of several."""

    text: str
    vector: NDArray[np.float32]
    share: float = 1.0
