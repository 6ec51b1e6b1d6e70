"""Finds texts that are nearly the same: their trigrams of characters, by Jaccard similarity."""

from collections.abc import Iterator, Sequence

import numpy as np
from sklearn.feature_extraction.text import CountVectorizer

from eval.answer_metrics import squeeze

GRAM = 3
# Texts compared at once with all others; bounds the memory.
ROWS = 1000


def split_grams(text: str) -> set[str]:
    """Return the text's trigrams; case, width and white space do not count.

    A text of less than three characters is its own only gram.
    """
    squeezed = squeeze(text)
    return {squeezed[i : i + GRAM] for i in range(max(1, len(squeezed) - GRAM + 1))}


def find_near_copies(
    texts: Sequence[str], others: Sequence[str], similarity: float
) -> Iterator[tuple[int, int, float]]:
    """Yield (position in `texts`, position in `others`, similarity) of every near copy, in order.

    :param similarity: from which on two texts are near copies, above 0, up to 1.
    """
    if not texts or not others:
        return
    vectorizer = CountVectorizer(analyzer=split_grams, dtype=np.int32)
    vectorizer.fit([*texts, *others])
    right = vectorizer.transform(others)
    right_sizes = np.asarray(right.sum(axis=1)).ravel()
    for start in range(0, len(texts), ROWS):
        left = vectorizer.transform(texts[start : start + ROWS])
        left_sizes = np.asarray(left.sum(axis=1)).ravel()
        shared = (left @ right.T).tocoo()
        union = left_sizes[shared.row] + right_sizes[shared.col] - shared.data
        values = shared.data / union
        near = values >= similarity
        found = zip(shared.row[near], shared.col[near], values[near], strict=True)
        for row, column, value in sorted(found):
            yield start + int(row), int(column), float(value)
