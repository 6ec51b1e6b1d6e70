"""Formats a report as one web page that fetches nothing: no script, no font, no picture from afar.

Everything that comes from notes or questions is escaped; the page's own policy forbids scripts and
fetching even if an escape were missed.
"""

from collections.abc import Iterator
from html import escape

from eval.plots import draw_latency, draw_ranks, draw_risk, draw_slices, draw_systems
from eval.report import Failure, Report
from eval.report_page import READING, STYLE
from eval.report_tables import NOTHING, Cell, Table, describe_set, tabulate
from eval.summary import ALL
from ingest.normalize import clean_text


def format_html(report: Report) -> str:
    """Return the report as a page in UTF-8; the same report gives the same text."""
    title = _text(report.title)
    facts = "".join(
        f"<dt>{_text(name)}</dt><dd>{_text(value)}</dd>" for name, value in describe_set(report)
    )
    figures = "".join(f"<figure>{svg}</figure>\n" for svg in _draw_figures(report))
    headline, *others = tabulate(report)
    parts = [
        f"<h1>{title}</h1>\n<dl>{facts}</dl>",
        READING,
        _format_table(headline),
        f'<h2>Figures</h2>\n<div class="figures">\n{figures}</div>',
        *(_format_table(table) for table in others),
        _format_failures(report),
    ]
    body = "\n".join(parts)
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta http-equiv="Content-Security-Policy" '
        "content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f"<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n"
        f"<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
    )


def _draw_figures(report: Report) -> Iterator[str]:
    """Draw what there are figures for: a set may have no answerable question."""
    assistant = report.assistant
    if "R@1" in assistant.slices[ALL]:
        yield draw_systems(report.summaries)
        yield draw_slices(assistant)
    if report.first_ranks:
        yield draw_ranks(report.first_ranks)
    if assistant.abstention is not None and assistant.abstention.curve:
        yield draw_risk(assistant.abstention)
    times = report.latencies.get(assistant.system, ())
    if times:
        yield draw_latency(times)


def _format_table(table: Table) -> str:
    """Return a table under its heading, in a box that scrolls where it is too wide."""
    head = "".join(f'<th scope="col">{_text(name)}</th>' for name in table.header)
    rows = "\n".join(_format_row(row) for row in table.rows)
    return (
        f"<h2>{_text(table.title)}</h2>\n<p>{_text(table.note)}</p>\n"
        f'<div class="scroll" role="region" tabindex="0" aria-label="{_text(table.title)}">\n'
        f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}\n</tbody>\n</table>\n</div>"
    )


def _format_row(row: tuple[Cell, ...]) -> str:
    name, *others = row
    cells = "".join(f"<td>{_format_cell(cell)}</td>" for cell in others)
    return f'<tr><th scope="row">{_format_cell(name)}</th>{cells}</tr>'


def _format_cell(cell: Cell) -> str:
    text = _text(cell.text)
    return f"{text} <small>{_text(cell.detail)}</small>" if cell.detail else text


def _format_failures(report: Report) -> str:
    title = f"Questions whose first section is not right ({len(report.failures)})"
    if not report.failures:
        return f"<h2>{title}</h2>\n<p>None.</p>"
    rows = "\n".join(_format_failure(failure) for failure in report.failures)
    head = "".join(
        f'<th scope="col">{name}</th>'
        for name in ("id", "question", "right sections", "found first", "right at rank")
    )
    return (
        f'<h2>{title}</h2>\n<div class="scroll" role="region" tabindex="0" aria-label="{title}">\n'
        f'<table class="failures">\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}\n</tbody>\n'
        "</table>\n</div>"
    )


def _format_failure(failure: Failure) -> str:
    gold = "<br>".join(_text(section) for section in failure.gold)
    rank = NOTHING if failure.rank is None else str(failure.rank)
    # Questions and headings are mostly Japanese: the language decides glyphs and line breaks.
    return (
        f'<tr><th scope="row">{_text(failure.query_id)}</th>'
        f'<td lang="ja">{_text(failure.text)}</td><td lang="ja">{gold}</td>'
        f'<td lang="ja">{_text(failure.first_found) or NOTHING}</td><td>{rank}</td></tr>'
    )


def _text(text: str) -> str:
    return escape(clean_text(text))
