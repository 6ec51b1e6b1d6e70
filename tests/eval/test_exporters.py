"""What TREC's tools read from the exported files gives the figures that we report.

The formats and measures are implemented here once more, on their own: qrels as `topic iteration
document relevance`, runs as `topic Q0 document rank score tag`, ranked by falling score.
"""

from math import log2
from pathlib import Path
from urllib.parse import unquote

import ir_measures
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.datatypes import LabelledQuestion, Run
from eval.errors import RunFileError
from eval.exporters import write_trec
from eval.retrieval_metrics import score_retrieval
from tests.eval.records import ask, result, run_of

# White space of several kinds, the escape itself, Japanese.
names = st.text("ab#%2 0\u3000\t\n\x85\u2028節", min_size=1, max_size=4)


@st.composite
def exports(draw: st.DrawFn) -> tuple[list[LabelledQuestion], Run]:
    sections = draw(st.lists(names, min_size=1, max_size=14, unique=True))
    chosen = st.lists(st.sampled_from(sections), max_size=14)
    queries = draw(st.lists(names, min_size=1, max_size=4, unique=True))
    questions = [ask(query, *draw(chosen)) for query in queries]
    results = [result(query, *draw(chosen)) for query in queries if draw(st.booleans())]
    return questions, run_of(*results, system=draw(names))


def read_fields(path: Path, count: int) -> list[list[str]]:
    lines = path.read_text(encoding="utf-8").split("\n")
    assert lines.pop() == ""
    rows = [line.split() for line in lines]
    assert all(len(row) == count for row in rows)
    return rows


def measure_independently(qrels: Path, ranking: Path) -> dict[str, dict[str, float]]:
    relevant: dict[str, set[str]] = {}
    for topic, _, document, grade in read_fields(qrels, 4):
        assert grade == "1"
        assert document not in relevant.setdefault(topic, set())
        relevant[topic].add(document)
    ranked: dict[str, list[tuple[float, str]]] = {}
    for topic, q0, document, rank, score, _ in read_fields(ranking, 6):
        assert q0 == "Q0"
        ranked.setdefault(topic, []).append((float(score), document))
        assert int(rank) == len(ranked[topic])
    scores: dict[str, dict[str, float]] = {"R@1": {}, "RR": {}, "nDCG@10": {}}
    for topic, right in relevant.items():
        documents = [doc for _, doc in sorted(ranked.get(topic, []), key=lambda pair: -pair[0])]
        hits = [i for i, document in enumerate(documents, start=1) if document in right]
        ideal = sum(1 / log2(i + 1) for i in range(1, min(len(right), 10) + 1))
        scores["R@1"][topic] = (1 in hits) / len(right)
        scores["RR"][topic] = 1 / hits[0] if hits else 0.0
        scores["nDCG@10"][topic] = sum(1 / log2(i + 1) for i in hits if i <= 10) / ideal
    return scores


@given(exported=exports())
def test_an_independent_reading_gives_the_same_figures(
    exported: tuple[list[LabelledQuestion], Run], tmp_path_factory: pytest.TempPathFactory
) -> None:
    questions, run = exported
    ours = score_retrieval(questions, run)
    qrels, ranking = write_trec(tmp_path_factory.mktemp("trec") / "deeper", questions, run)
    for measure, theirs in measure_independently(qrels, ranking).items():
        decoded = {unquote(topic): score for topic, score in theirs.items()}
        assert decoded == pytest.approx(ours[measure], abs=1e-6)


@given(exported=exports())
def test_ir_measures_own_readers_give_the_same_figures(
    exported: tuple[list[LabelledQuestion], Run], tmp_path_factory: pytest.TempPathFactory
) -> None:
    questions, run = exported
    ours = score_retrieval(questions, run)
    qrels, ranking = write_trec(tmp_path_factory.mktemp("trec"), questions, run)
    measures = [ir_measures.R @ 1, ir_measures.RR, ir_measures.nDCG @ 10]
    theirs = ir_measures.iter_calc(
        measures,
        list(ir_measures.read_trec_qrels(str(qrels))),
        list(ir_measures.read_trec_run(str(ranking))),
    )
    for metric in theirs:
        wanted = ours[str(metric.measure)][unquote(metric.query_id)]
        assert metric.value == pytest.approx(wanted, abs=1e-6)


def test_the_files_by_hand(tmp_path: Path) -> None:
    questions = [
        ask("q 1", "n.md#甲\u3000乙", "n.md#a", "n.md#a"),
        ask("q2", near="n.md#a"),
        ask("q3", "n.md#50%"),
    ]
    run = run_of(result("q2", "n.md#a"), result("q 1", "x", "x", "n.md#a"), system="four legs")
    qrels, ranking = write_trec(tmp_path, questions, run)
    assert qrels.read_text("utf-8") == (
        "q%201 0 n.md#甲%E3%80%80乙 1\nq%201 0 n.md#a 1\nq3 0 n.md#50%25 1\n"
    )
    assert ranking.read_text("utf-8") == (
        "q%201 Q0 x 1 -1 four%20legs\n"
        "q%201 Q0 n.md#a 2 -2 four%20legs\n"
        "q2 Q0 n.md#a 1 -1 four%20legs\n"
    )


def test_an_empty_set_makes_empty_files(tmp_path: Path) -> None:
    assert [path.read_bytes() for path in write_trec(tmp_path, [], run_of())] == [b"", b""]


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(
        RunFileError, match=r"file: cannot be written \(.*\); choose another folder"
    ):
        write_trec(tmp_path / "file", [], run_of())
