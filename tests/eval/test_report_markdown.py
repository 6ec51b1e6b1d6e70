from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from eval.report import Report
from eval.report_markdown import escape_markdown, format_markdown, format_table
from eval.report_tables import Cell, Table, tabulate
from ingest.normalize import clean_text
from tests.eval.small_report import HOSTILE, make_report


@pytest.fixture(scope="module")
def report() -> Report:
    return make_report()


def test_table_is_aligned_and_escaped() -> None:
    table = Table("t", "n", ("system", "R@1"), ((Cell("a|b"), Cell("0.5", "0.4–0.6")),))
    assert format_table(table) == ("| system | R@1 |\n| :--- | ---: |\n| a\\|b | 0.5 (0.4–0.6) |")


def test_document_has_every_table(report: Report) -> None:
    markdown = format_markdown(report)
    assert markdown.startswith("# Evaluation\n\n- Date: 2026-11-22\n")
    assert "Only dev was used to choose weights and thresholds." in markdown
    for table in tabulate(report):
        assert f"\n## {table.title}\n" in markdown
    # The assistant: n, then R@1 with its interval.
    assert "| tenkyo | 3 | 0.333 (0.000–1.000) | 0.667" in markdown
    assert markdown.endswith("|\n")


def test_every_line_of_a_table_has_the_same_cells(report: Report) -> None:
    tokens = MarkdownIt("commonmark").enable("table").parse(format_markdown(report))
    kinds = [token.type for token in tokens]
    assert kinds.count("table_open") == len(tabulate(report))
    cells = sum(len(table.header) * (1 + len(table.rows)) for table in tabulate(report))
    assert kinds.count("th_open") + kinds.count("td_open") == cells


def test_hostile_names_stay_text(report: Report) -> None:
    assistant = replace(report.assistant, system=HOSTILE)
    hostile = replace(report, summaries=(assistant, *report.summaries[1:]), title=HOSTILE)
    rendered = MarkdownIt("commonmark").enable("table").render(format_markdown(hostile))
    assert "<img" not in rendered
    assert "<code>" not in rendered
    assert "&lt;img src=x onerror=&quot;alert(1)&quot;&gt; | `a` *b* &amp; \ufffd" in rendered


@given(st.text())
def test_any_name_is_one_cell_that_shows_it(name: str) -> None:
    table = Table("t", "n", ("h", "i"), ((Cell(name), Cell("1")),))
    tokens = MarkdownIt("commonmark").enable("table").parse(format_table(table))
    inline = [token for token in tokens if token.type == "inline"]
    assert len(inline) == 4
    shown = "".join(child.content for child in inline[2].children or [])
    assert shown == " ".join(clean_text(name).split())


def test_line_breaks_do_not_break_a_row() -> None:
    assert escape_markdown("a\n| b\r\n\u2028c") == "a \\| b c"


def test_the_same_report_gives_the_same_text(report: Report) -> None:
    assert format_markdown(report) == format_markdown(make_report())
