"""Makes training rows: two questions of one section, and the texts that answer them.

The texts are either the passage that answers both, or for each question the sentence that does.
Which sentence answers a question is marked in the data by its line; where it is not, or where the
line holds several sentences, the untrained model's nearest one is taken.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

import numpy as np
from numpy.typing import NDArray

from index.protocols import Embedder, Vectors
from index.training.datatypes import TrainingSection
from index.training.views import SectionViews, View

# A section is encoded once for both questions of a passage row.
QUESTIONS_PER_ROW = 2
# The kind of question that is dealt twice: a situation in other words than the section's. The
# untrained model ranks the right section first for one in ten of them, and for three in four of the
# others (docs/training.md).
HARD_KIND = "paraphrase"


@dataclass(frozen=True, slots=True)
class Encoded:
    """A text with the untrained model's vector, shape (dim,)."""

    text: str
    vector: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class AnsweredQuestion:
    """A question with the views that answer it; passage: number of the passage in its section."""

    query: Encoded
    kind: str
    sentence: Encoded
    passage: int


@dataclass(frozen=True, slots=True)
class PreparedSection:
    """A section ready for training.

    path: sections of one path are siblings.
    """

    section_id: str
    source: str
    path: str
    passages: tuple[Encoded, ...]
    questions: tuple[AnsweredQuestion, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """What a step shows of one section.

    texts: what answers each question: one passage twice, or two sentences.
    is_shared: whether it is one passage.
    """

    section: PreparedSection
    questions: tuple[AnsweredQuestion, AnsweredQuestion]
    texts: tuple[Encoded, Encoded]
    is_shared: bool


def prepare_sections(
    sections: Sequence[TrainingSection],
    views: Sequence[SectionViews],
    embedder: Embedder,
) -> list[PreparedSection]:
    """Return the sections with their views embedded and every question matched to its views.

    :param views: those of `sections`, in order.
    :param embedder: the untrained model.
    """
    passages = _embed([view for v in views for view in v.passages], embedder)
    sentences = _embed([view for v in views for view in v.sentences], embedder)
    queries = embedder.embed_queries([q.text for s in sections for q in s.questions])
    prepared = []
    for section, view, texts, candidates in zip(
        sections,
        views,
        _deal(passages, [len(v.passages) for v in views]),
        _deal(sentences, [len(v.sentences) for v in views]),
        strict=True,
    ):
        rows, queries = queries[: len(section.questions)], queries[len(section.questions) :]
        answered = []
        for question, vector in zip(section.questions, rows, strict=True):
            best = _choose(view.sentences, candidates, vector, question.line)
            line = view.sentences[best].line_start if question.line is None else question.line
            passage = _choose(view.passages, texts, vector, line)
            answered.append(
                AnsweredQuestion(
                    Encoded(question.text, vector), question.kind, candidates[best], passage
                )
            )
        prepared.append(
            PreparedSection(
                section.section_id, section.source, section.path, tuple(texts), tuple(answered)
            )
        )
    return prepared


def deal_rows(section: PreparedSection, random: Random) -> tuple[list[Row], list[Row]]:
    """Return passage rows and sentence rows of a section, each in random order.

    Together they show every question at least once, those of `HARD_KIND` twice.
    """
    deck = [*section.questions, *(q for q in section.questions if q.kind == HARD_KIND)]
    random.shuffle(deck)
    middle = random.choice((len(deck) // 2, -(-len(deck) // 2)))
    passage_rows = []
    for number, passage in enumerate(section.passages):
        questions = [question for question in deck[:middle] if question.passage == number]
        passage_rows += [Row(section, pair, (passage, passage), True) for pair in _pair(questions)]
    sentence_rows = [
        Row(section, pair, (pair[0].sentence, pair[1].sentence), False)
        for pair in _pair(deck[middle:])
    ]
    random.shuffle(passage_rows)
    return passage_rows, sentence_rows


def _pair(
    questions: Sequence[AnsweredQuestion],
) -> Iterator[tuple[AnsweredQuestion, AnsweredQuestion]]:
    """Yield the questions two by two; an odd one comes with the first, or with itself."""
    for i in range(0, len(questions), QUESTIONS_PER_ROW):
        yield questions[i], questions[i + 1 if i + 1 < len(questions) else 0]


def _embed(views: Sequence[View], embedder: Embedder) -> list[Encoded]:
    texts = [view.text for view in views]
    vectors: Vectors = embedder.embed_passages(texts)
    return [Encoded(text, vector) for text, vector in zip(texts, vectors, strict=True)]


def _deal(items: Sequence[Encoded], sizes: Sequence[int]) -> Iterator[Sequence[Encoded]]:
    start = 0
    for size in sizes:
        yield items[start : start + size]
        start += size


def _choose(
    views: Sequence[View],
    encoded: Sequence[Encoded],
    query: NDArray[np.float32],
    line: int | None,
) -> int:
    """Return the nearest view among those that cover `line`, among all where none does."""
    covering = [i for i, view in enumerate(views) if line is not None and view.covers(line)]
    return max(covering or range(len(views)), key=lambda i: (float(encoded[i].vector @ query), -i))
