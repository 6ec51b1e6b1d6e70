import re
from dataclasses import replace
from xml.etree import ElementTree

import matplotlib as mpl
import pytest

from eval.plots import (
    count_ranks,
    draw_latency,
    draw_ranks,
    draw_risk,
    draw_slices,
    draw_systems,
)
from eval.report import Report
from eval.significance import Estimate
from eval.summary import ALL
from tests.eval.small_report import make_report

HOSTILE_LABEL = "$\\frac$<b>&'\" 日本語 \x0b\ud800"


@pytest.fixture(scope="module")
def report() -> Report:
    return make_report()


def draw_all(report: Report) -> dict[str, str]:
    assert report.assistant.abstention is not None
    return {
        "slices": draw_slices(report.assistant),
        "systems": draw_systems(report.summaries),
        "risk": draw_risk(report.assistant.abstention),
        "ranks": draw_ranks(report.first_ranks),
        "latency": draw_latency(report.latencies["tenkyo"]),
    }


@pytest.fixture(scope="module")
def figures(report: Report) -> dict[str, str]:
    return draw_all(report)


def read_texts(svg: str) -> list[str]:
    root = ElementTree.fromstring(svg)
    return ["".join(element.itertext()).strip() for element in root.iter() if ends(element, "text")]


def ends(element: ElementTree.Element, name: str) -> bool:
    return element.tag.rpartition("}")[2] == name


def test_figures_are_named_and_well_formed(figures: dict[str, str]) -> None:
    for svg in figures.values():
        root = ElementTree.fromstring(svg)
        assert ends(root, "svg")
        assert root.get("role") == "img"
        assert root.get("aria-label") in read_texts(svg)
        assert root.get("viewBox")


def test_figures_fetch_nothing(figures: dict[str, str]) -> None:
    for svg in figures.values():
        assert svg.count("http") == 1  # xmlns
        assert all(link.startswith("#") for link in re.findall(r'href="([^"]*)"', svg))
        assert not re.search(r"<(style|image|metadata|script)", svg)


def test_figures_have_the_page_colours_and_no_background(figures: dict[str, str]) -> None:
    for svg in figures.values():
        colours = set(re.findall(r"#[0-9a-f]{6}", svg))
        assert "currentColor" in svg
        assert colours <= {"#2f80d0", "#d9730d"}
        assert "font-family" not in svg


def test_ids_are_unique_and_all_references_resolve(figures: dict[str, str]) -> None:
    page = "".join(figures.values())
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    references = re.findall(r'(?:url\(|href=")#([^")]+)', page)
    assert references
    assert set(references) <= set(ids)


def test_the_same_figures_give_the_same_text(report: Report, figures: dict[str, str]) -> None:
    assert draw_all(report) == figures


def test_the_users_plotting_settings_have_no_effect(
    report: Report, figures: dict[str, str]
) -> None:
    with mpl.rc_context({"font.size": 30, "axes.linewidth": 5, "svg.fonttype": "path"}):
        assert draw_ranks(report.first_ranks) == figures["ranks"]
        assert mpl.rcParams["font.size"] == 30


def test_slices_are_sorted_with_all_on_top(report: Report) -> None:
    estimates = {
        ALL: Estimate(0.5, 0.4, 0.6, 30),
        "table": Estimate(0.2, 0.1, 0.3, 10),
        "typo": Estimate(0.8, 0.7, 0.9, 20),
    }
    slices = {name: {"R@1": value} for name, value in estimates.items()} | {"unanswerable": {}}
    labels = read_texts(draw_slices(replace(report.assistant, slices=slices)))
    assert [label for label in labels if "(" in label] == ["all (30)", "typo (20)", "table (10)"]


def test_systems_stay_in_their_order(figures: dict[str, str], report: Report) -> None:
    names = [summary.system for summary in report.summaries]
    assert [text for text in read_texts(figures["systems"]) if text in names] == names


def test_ranks_beyond_ten_count_as_not_found() -> None:
    ranks = {"a": 1, "b": 1, "c": 10, "d": 11, "e": None}
    assert count_ranks(ranks) == [2, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2]


def test_the_share_of_answered_questions_is_marked(figures: dict[str, str]) -> None:
    # q3 and q4 of four questions are refused.
    assert "answered: 50%" in read_texts(figures["risk"])


def test_latency_names_its_percentiles(figures: dict[str, str]) -> None:
    texts = read_texts(figures["latency"])
    assert "p50 25 ms" in texts
    assert "p95 38.5 ms" in texts


@pytest.mark.parametrize("times", [[0.0], [5.0, 5.0], [0.0, 1e5]])
def test_odd_times_are_drawn(times: list[float]) -> None:
    ElementTree.fromstring(draw_latency(times))


def test_hostile_labels_are_shown_as_text(report: Report) -> None:
    svg = draw_systems([replace(report.assistant, system=HOSTILE_LABEL)])
    assert "$\\frac$<b>&'\" 日本語  \ufffd" in read_texts(svg)
    assert "<b>" not in svg


def test_long_labels_leave_room_for_the_figure(report: Report) -> None:
    svg = draw_systems(
        [replace(report.assistant, system=name) for name in ("あ" * 500, "a" * 30, "W" * 31)]
    )
    # 30 columns, of which a full-width character takes two.
    assert {"あ" * 15 + "…", "a" * 30, "W" * 30 + "…"} <= set(read_texts(svg))


def test_nothing_to_draw_is_an_error(report: Report) -> None:
    assert report.assistant.abstention is not None
    with pytest.raises(ValueError, match="measure R@1"):
        draw_systems([])
    with pytest.raises(ValueError, match="measure R@1"):
        draw_slices(replace(report.assistant, slices={ALL: {}}))
    with pytest.raises(ValueError, match="no risk-coverage curve"):
        draw_risk(replace(report.assistant.abstention, curve=()))
    with pytest.raises(ValueError, match="no ranks"):
        draw_ranks({})
    with pytest.raises(ValueError, match="no times"):
        draw_latency([])
