import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from eval.report import Report
from eval.report_html import format_html
from eval.report_tables import tabulate
from eval.summary import ALL
from tests.eval.small_report import HOSTILE, make_report

VOID = {"meta", "br"}
# What HTML lets a parser read as closed at once, within SVG.
SELF_CLOSING = {"path", "use", "rect", "g", "defs"}


class BalanceChecker(HTMLParser):
    """Fails on an end tag that does not belong to the last open tag; collects what it sees."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._see(tag, attrs)
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in SELF_CLOSING
        self._see(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def _see(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]


def parse(page: str) -> BalanceChecker:
    checker = BalanceChecker()
    checker.feed(page)
    checker.close()
    assert checker.open == []
    return checker


@pytest.fixture(scope="module")
def report() -> Report:
    return make_report(title=HOSTILE)


@pytest.fixture(scope="module")
def page(report: Report) -> str:
    return format_html(report)


def test_page_is_well_formed_and_in_english(page: str) -> None:
    seen = parse(page)
    assert page.startswith('<!DOCTYPE html>\n<html lang="en">')
    assert seen.tags.count("svg") == 5
    assert ("charset", "utf-8") in seen.attributes
    assert ("lang", "ja") in seen.attributes


def test_page_fetches_and_runs_nothing(page: str) -> None:
    seen = parse(page)
    forbidden = {"script", "link", "img", "image", "iframe", "object", "embed", "base", "form"}
    assert not forbidden & set(seen.tags)
    assert not re.findall(r"https?://", page.replace('xmlns="http://www.w3.org/2000/svg"', ""))
    assert "@import" not in page
    assert not re.search(r"url\((?!#)", page)
    for name, value in seen.attributes:
        assert not name.startswith("on")
        assert name != "src"
        assert name not in ("href", "xlink:href") or value.startswith("#")
    assert "default-src 'none'" in page


def test_hostile_text_is_shown_and_can_be_written(page: str) -> None:
    assert "<img" not in page
    assert "&lt;img src=x onerror=&quot;alert(1)&quot;&gt; | `a` *b* &amp; \ufffd" in page
    assert "\x00" not in page
    page.encode("utf-8")


def test_hostile_names_of_systems_and_slices_are_escaped(report: Report) -> None:
    slices = {ALL: report.assistant.slices[ALL], HOSTILE: report.assistant.slices[ALL]}
    assistant = replace(report.assistant, system=HOSTILE, slices=slices)
    hostile = replace(report, summaries=(assistant, *report.summaries[1:]))
    assert "<img" not in format_html(hostile)


def test_page_has_every_figure_of_the_tables(report: Report, page: str) -> None:
    for table in tabulate(report):
        for row in table.rows:
            for cell in row[1:]:
                assert cell.text.replace("<", "&lt;") in page
    assert "<td>0.333 <small>0.000–1.000</small></td>" in page


def test_failed_questions_are_listed(page: str) -> None:
    assert "Questions whose first section is not right (2)" in page
    assert (
        '<tr><th scope="row">q3</th><td lang="ja">どこに置く？</td><td lang="ja">n.md#c</td>'
        '<td lang="ja">n.md#b</td><td>–</td></tr>'
    ) in page


def test_page_follows_the_reader_in_colour_and_width(page: str) -> None:
    assert "prefers-color-scheme: dark" in page
    assert 'name="viewport" content="width=device-width, initial-scale=1"' in page
    assert "overflow-x: auto" in page


def test_a_report_without_figures_is_a_page_as_well(report: Report) -> None:
    bare = replace(
        report,
        summaries=(replace(report.assistant, slices={ALL: {}}, abstention=None),),
        comparisons={},
        visible_losses={},
        first_ranks={},
        latencies={},
        failures=(),
    )
    seen = parse(format_html(bare))
    assert "svg" not in seen.tags
    assert "None." in seen.text


def test_the_same_report_gives_the_same_page(report: Report, page: str) -> None:
    assert format_html(report) == page
