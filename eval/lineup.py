"""The systems that a report compares: the assistant, its legs, its ablations, baselines."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant.answering.answer import Assistant
from assistant.answering.retrieve import EmbeddedSearcher
from assistant.wiring import Engine, OpenIndex, build_searcher
from eval.baselines import ChunkSystem, GrepSearcher
from eval.report import ABLATION
from eval.systems import AssistantSystem, RankingSystem, SearcherSystem, System
from index.hybrid import HybridSearcher, LegWeights
from ingest.datatypes import Note

ASSISTANT = "tenkyo"


def line_up(
    build: Callable[[EmbeddedSearcher], Assistant],
    index: OpenIndex,
    engine: Engine,
    notes: Sequence[Note],
) -> list[System]:
    """Return the assistant first, then everything that it is compared with.

    :param build: builds an assistant on a searcher.
    :param notes: the notes that were indexed, for the baseline that cuts them into chunks.
    """
    sections, legs, embedder = index.generation.sections, index.legs, engine.embedder

    def weigh(name: str, weights: LegWeights, *, aliases: bool = False) -> RankingSystem:
        searcher = HybridSearcher(
            legs.words,
            legs.bigrams,
            legs.passages,
            legs.sentences,
            embedder,
            (lambda query: index.aliases.expand(query).text) if aliases else (lambda query: query),
            weights,
        )
        return RankingSystem(name, build(searcher), sections)

    full = LegWeights()
    return [
        AssistantSystem(ASSISTANT, build(build_searcher(index, engine)), sections),
        weigh("four legs without aliases", full),
        weigh(ABLATION, replace(full, sentences=0.0), aliases=True),
        weigh("dense passages alone", LegWeights(0, 0, 1, 0)),
        weigh("dense sentences alone", LegWeights(0, 0, 0, 1)),
        weigh("BM25 words alone", LegWeights(1, 0, 0, 0)),
        weigh("BM25 bigrams alone", LegWeights(0, 1, 0, 0)),
        ChunkSystem(notes, sections, embedder),
        SearcherSystem("grep", GrepSearcher(sections), sections),
    ]
