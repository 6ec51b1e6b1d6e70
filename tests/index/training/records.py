"""Prepared sections for tests. Every vector is a unit vector that its text alone decides."""

from collections.abc import Collection
from functools import cache
from zlib import crc32

import numpy as np

from index.training.rows import HARD_KIND, AnsweredQuestion, Encoded, PreparedSection

DIM = 32


@cache
def encode(text: str, dim: int = DIM) -> Encoded:
    vector = np.random.default_rng(crc32(text.encode())).normal(size=dim).astype(np.float32)
    return Encoded(text, vector / np.linalg.norm(vector))


def prepared_section(
    section_id: str,
    passages: tuple[int, ...] = (0,),
    *,
    source: str = "notes",
    path: str = "a.md",
    texts: tuple[str, ...] = (),
    hard: Collection[int] = (),
) -> PreparedSection:
    """
    :param passages: for every question the number of its passage.
    :param texts: of the questions.
    :param hard: the numbers of the questions that are of `HARD_KIND`.
    """
    texts = texts or tuple(f"{section_id} q{i}" for i in range(len(passages)))
    return PreparedSection(
        section_id,
        source,
        path,
        tuple(encode(f"{section_id} p{i}") for i in range(max(passages, default=0) + 1)),
        tuple(
            AnsweredQuestion(
                encode(text),
                HARD_KIND if i in hard else "direct",
                encode(f"{section_id} s{i}"),
                passage,
            )
            for i, (text, passage) in enumerate(zip(texts, passages, strict=True))
        ),
    )
