"""The gate can fail: searchers made worse on purpose are blocked, the unchanged one passes.

Everything is real: the bundled notes, questions and model, and the legs of the index.
"""

import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.answering.answer import Assistant
from assistant.answering.retrieve import EmbeddedSearcher
from assistant.messages import ENGLISH
from assistant.settings import Settings
from assistant.wiring import (
    Engine,
    OpenIndex,
    build_assistant,
    build_searcher,
    load_engine,
    open_index,
    refresh_notes,
)
from eval.datatypes import LabelledQuestion, Run
from eval.gate import GateResult, judge_run
from eval.lineup import line_up
from eval.query_memo import QueryMemo
from eval.questions import read_question_set
from eval.reference import Reference, make_reference
from eval.report import ABLATION
from eval.runs import run_system
from eval.summary import score_run
from eval.systems import RankingSystem
from index.datatypes import EmbeddedQuery, Hit
from index.hybrid import HybridSearcher, LegWeights

ROOT = Path(__file__).parents[2]

# Twenty were run once (docs/measurements.md); a rerun takes some ten seconds.
RERUNS = int(os.environ.get("TENKYO_GATE_RERUNS", "2"))

pytestmark = pytest.mark.slow


Parts = tuple[Settings, Engine, OpenIndex]


def rank(parts: Parts, searcher: EmbeddedSearcher, questions: list[LabelledQuestion]) -> Run:
    settings, engine, index = parts
    assistant = build_assistant(settings, engine, index, searcher, ENGLISH)
    system = RankingSystem("tenkyo", assistant, index.generation.sections)
    return run_system(system, questions)


@pytest.fixture(scope="module")
def parts(cache_folder: Path) -> Parts:
    settings = Settings(notes=ROOT / "notes", cache=cache_folder)
    engine = load_engine(settings)
    refresh_notes(settings, engine)
    engine = replace(engine, embedder=QueryMemo(engine.embedder))
    return settings, engine, open_index(settings, engine)


@pytest.fixture(scope="module")
def questions() -> list[LabelledQuestion]:
    return read_question_set(ROOT / "eval" / "data" / "questions")


@pytest.fixture(scope="module")
def unchanged(parts: Parts, questions: list[LabelledQuestion]) -> Run:
    _, engine, index = parts
    return rank(parts, build_searcher(index, engine), questions)


@pytest.fixture(scope="module")
def without_sentences(parts: Parts, questions: list[LabelledQuestion]) -> Run:
    settings, engine, index = parts

    def build(searcher: EmbeddedSearcher) -> Assistant:
        return build_assistant(settings, engine, index, searcher, ENGLISH)

    systems = {system.name: system for system in line_up(build, index, engine, [])}
    return run_system(systems[ABLATION], questions)


@pytest.fixture(scope="module")
def reference(
    questions: list[LabelledQuestion], unchanged: Run, without_sentences: Run
) -> Reference:
    scores, changed = score_run(questions, unchanged), score_run(questions, without_sentences)
    return make_reference(questions, unchanged, scores, changed, "test", "model", "2026-01-01")


def judge(questions: list[LabelledQuestion], run: Run, reference: Reference) -> GateResult:
    return judge_run(questions, run, score_run(questions, run), reference)


def test_the_unchanged_searcher_passes_every_time(
    parts: Parts, questions: list[LabelledQuestion], reference: Reference
) -> None:
    _, engine, index = parts
    results = []
    for _ in range(RERUNS):
        again = rank(parts, build_searcher(index, engine), questions)
        results.append(judge(questions, again, reference))
    assert all(result.passes and not result.flips for result in results)
    assert all(result == results[0] for result in results)


class ReversedSearcher:
    """Ranks the ten best sections the wrong way round."""

    def __init__(self, searcher: EmbeddedSearcher) -> None:
        self._searcher = searcher

    def search_embedded(self, queries: Sequence[EmbeddedQuery], k: int) -> list[Hit]:
        hits = self._searcher.search_embedded(queries, k)
        return [replace(hit, rank=i) for i, hit in enumerate(reversed(hits), start=1)]


def test_a_reversed_ranking_is_blocked(
    parts: Parts, questions: list[LabelledQuestion], reference: Reference
) -> None:
    _, engine, index = parts
    spoiled = ReversedSearcher(build_searcher(index, engine))
    result = judge(questions, rank(parts, spoiled, questions), reference)
    assert not result.passes
    assert len([flip for flip in result.flips if flip.was_right]) > 100


@pytest.mark.parametrize(
    "weights",
    # The trained model has made the lexical legs worth 1.3 points here: too little to be seen.
    [LegWeights(sentences=0.0), LegWeights(passages=0.0, sentences=0.0)],
    ids=["without sentences", "without passages and sentences"],
)
def test_a_leg_switched_off_is_blocked(
    parts: Parts, questions: list[LabelledQuestion], reference: Reference, weights: LegWeights
) -> None:
    _, engine, index = parts
    legs = index.legs
    spoiled = HybridSearcher(
        legs.words,
        legs.bigrams,
        legs.passages,
        legs.sentences,
        engine.embedder,
        lambda query: index.aliases.expand(query).text,
        weights,
    )
    assert not judge(questions, rank(parts, spoiled, questions), reference).passes


def test_shifted_gold_is_blocked(
    questions: list[LabelledQuestion], unchanged: Run, reference: Reference
) -> None:
    golds = [labelled.gold for labelled in questions]
    shifted = [
        replace(labelled, gold=gold)
        for labelled, gold in zip(questions, [*golds[1:], golds[0]], strict=True)
        if gold
    ]
    assert not judge(shifted, unchanged, reference).passes
