from dataclasses import replace

import pytest

from eval.report import ABLATION, Report, VisibleLoss
from eval.report_tables import (
    NOTHING,
    Cell,
    Table,
    describe_set,
    tabulate,
    tabulate_abstention,
    tabulate_answers,
    tabulate_comparisons,
    tabulate_latency,
    tabulate_slices,
    tabulate_systems,
)
from eval.summary import ALL
from tests.eval.small_report import make_report


@pytest.fixture(scope="module")
def report() -> Report:
    return make_report()


def texts(table: Table) -> dict[str, list[str]]:
    return {row[0].text: [cell.text for cell in row[1:]] for row in table.rows}


def test_headline(report: Report) -> None:
    rows = texts(tabulate_systems(report))
    # Ranks 1, 2, none: nDCG (1 + 1/log2(3) + 0) / 3 = 0.5436. Only the lines of n.md#a and #b, 1
    # to 2, are found, which are also the gold lines of every question here: evidence 1.
    assert rows["tenkyo"] == ["3", "0.333", "0.667", "0.667", "0.500", "0.544", "1.000"]
    # Rank 2, none, none; the third question has no result at all.
    assert rows[ABLATION] == ["3", "0.000", "0.333", "0.333", "0.167", "0.210", "0.667"]


def test_headline_has_intervals(report: Report) -> None:
    # Of the samples of three questions with one right, 8/27 = 30 % have none and 1/27 = 3.7 % have
    # all three right: both ends are beyond the 2.5 % that the interval leaves out.
    assert tabulate_systems(report).rows[0][2] == Cell("0.333", "0.000–1.000")


def test_slices(report: Report) -> None:
    rows = texts(tabulate_slices(report))
    assert list(rows) == ["all", "own-words", "table", "unanswerable"]
    # dev, test, n, R@1, RR, key facts (only q1 has any), visible loss, gate.
    assert rows["all"] == ["3", "1", "3", "0.333", "0.500", "1.000", "0.934", "gated"]
    assert rows["own-words"][-1] == "too small to gate"
    assert rows["table"] == ["1", "0", "1", "0.000", "0.500", NOTHING, NOTHING, "not known"]
    assert rows["unanswerable"] == ["1", "0", "0", *[NOTHING] * 5]


@pytest.mark.parametrize(("loss", "gate"), [(0.08, "gated"), (0.081, "too small to gate")])
def test_a_slice_is_gated_if_it_shows_the_minimum_effect(
    report: Report, loss: float, gate: str
) -> None:
    changed = replace(report, visible_losses={"own-words": VisibleLoss(3, loss, 10)})
    row = tabulate_slices(changed).rows[1]
    assert row[-2:] == (Cell(f"{loss:.3f}", "needs 10"), Cell(gate))


def test_comparisons(report: Report) -> None:
    table = tabulate_comparisons(report)
    assert [(row[0].text, row[1].text) for row in table.rows] == [
        (ABLATION, "R@1"),
        (ABLATION, "RR"),
        (ABLATION, "nDCG@10"),
    ]
    # Differences 1, 0, 0: mean 1/3, s = 0.577, d = 0.58.
    assert table.rows[0][2].text == "+0.333"
    assert table.rows[0][4].text == "+0.58"


def test_a_tiny_p_value_is_not_shown_as_zero(report: Report) -> None:
    comparison = replace(report.comparisons[ABLATION]["R@1"], p_value=0.0001)
    table = tabulate_comparisons(replace(report, comparisons={"grep": {"R@1": comparison}}))
    assert table.rows[0][3] == Cell("<0.001")


def test_answers(report: Report) -> None:
    # q1 cites a gold line, q2 does not, q3 is refused. Lengths 8 and 7: 7.5 rounds to even.
    assert texts(tabulate_answers(report)) == {
        "citation precision": ["0.500", "2"],
        "citation recall": ["0.500", "2"],
        "key facts": ["1.000", "1"],
        "length": ["8", "2"],
    }


def test_abstention(report: Report) -> None:
    # Refused: q3 (answerable) and q4 (not); q4 has the least confidence of all.
    assert texts(tabulate_abstention(report)) == {
        "precision": ["0.500", "refusals"],
        "recall": ["1.000", "1 unanswerable"],
        "false refusals": ["0.333", "3 answerable"],
        "AUC": ["1.000", "4 questions"],
        "recall at 3 %": ["1.000", "1 unanswerable"],
    }


def test_latency(report: Report) -> None:
    # 10, 20, 30, 40 ms: p95 lies 0.85 of the way from 30 to 40.
    assert texts(tabulate_latency(report)) == {
        "tenkyo": ["25.0", "38.5", "4"],
        ABLATION: ["10.0", "10.0", "4"],
    }


def test_tables_without_rows_are_left_out(report: Report) -> None:
    _, other = report.summaries
    retrieval_only = replace(report, summaries=(other,), comparisons={}, latencies={})
    titles = [table.title for table in tabulate(retrieval_only)]
    assert titles == ["Systems", f"Slices of {ABLATION}"]


def test_a_set_without_answerable_questions_shows_nothing_instead_of_zero(report: Report) -> None:
    empty = replace(report.assistant, slices={ALL: {}})
    rows = texts(tabulate_systems(replace(report, summaries=(empty,))))
    assert rows["tenkyo"] == ["0", *[NOTHING] * 6]


def test_every_row_is_as_wide_as_the_header(report: Report) -> None:
    for table in tabulate(report):
        assert {len(row) for row in table.rows} == {len(table.header)}


def test_the_set_is_described(report: Report) -> None:
    facts = dict(describe_set(report))
    assert facts["Questions"] == "4 (3 dev, 1 test)"
    assert facts["Notes"] == "1 (3 sections)"
    assert "Only dev was used" in facts["Split"]
