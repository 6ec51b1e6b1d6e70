"""The systems that a report compares: the assistant, its legs, its ablations, baselines."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant.answering.answer import Assistant
from assistant.wiring import Engine, OpenIndex
from eval.baselines import ChunkSystem, GrepSearcher
from eval.systems import AssistantSystem, SearcherSystem, System
from index.hybrid import HybridSearcher, LegWeights
from ingest.datatypes import Note

ASSISTANT = "tenkyo"
# The ablation whose differences tell how much single questions vary when the system changes.
WITHOUT_SENTENCES = "four legs without sentences"


def line_up(
    assistant: Assistant, index: OpenIndex, engine: Engine, notes: Sequence[Note]
) -> list[System]:
    """Return the assistant first, then everything that it is compared with.

    :param notes: the notes that were indexed, for the baseline that cuts them into chunks.
    """
    sections, legs, embedder = index.generation.sections, index.legs, engine.embedder

    def expand(query: str) -> str:
        return index.aliases.expand(query).text

    def weigh(
        name: str, weights: LegWeights, expand: Callable[[str], str] = expand
    ) -> SearcherSystem:
        searcher = HybridSearcher(
            legs.words, legs.bigrams, legs.passages, legs.sentences, embedder, expand, weights
        )
        return SearcherSystem(name, searcher, sections, assistant.complete)

    full = LegWeights()
    return [
        AssistantSystem(ASSISTANT, assistant, sections),
        weigh("four legs without aliases", full, lambda query: query),
        weigh(WITHOUT_SENTENCES, replace(full, sentences=0.0)),
        weigh("dense passages alone", LegWeights(0, 0, 1, 0)),
        weigh("dense sentences alone", LegWeights(0, 0, 0, 1)),
        SearcherSystem("BM25 words alone", legs.words, sections, assistant.complete),
        SearcherSystem("BM25 bigrams alone", legs.bigrams, sections, assistant.complete),
        ChunkSystem(notes, sections, embedder, assistant.complete),
        SearcherSystem("grep", GrepSearcher(sections), sections, assistant.complete),
    ]
