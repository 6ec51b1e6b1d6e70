"""Formats a report as GitHub-flavoured Markdown, for the job summary of CI."""

import re

from eval.report import Report
from eval.report_tables import Cell, Table, describe_set, tabulate
from ingest.normalize import clean_text

# What Markdown or HTML would read as markup within a line. `<` and `&` become entities because a
# backslash does not keep `<` from opening a tag everywhere.
_MARKUP = re.compile(r"[\\`*_\[\]|~$]")


def format_markdown(report: Report) -> str:
    """Return the report as a Markdown document that ends with a line feed."""
    facts = "\n".join(f"- {name}: {escape_markdown(value)}" for name, value in describe_set(report))
    parts = [f"# {escape_markdown(report.title)}", facts]
    for table in tabulate(report):
        title, note = escape_markdown(table.title), escape_markdown(table.note)
        parts += [f"## {title}", note, format_table(table)]
    return "\n\n".join(parts) + "\n"


def format_table(table: Table) -> str:
    """Return a table: the first column aligned left, the others right."""
    lines = [
        _join([escape_markdown(name) for name in table.header]),
        _join([":---", *["---:"] * (len(table.header) - 1)]),
        *(_join([_format_cell(cell) for cell in row]) for row in table.rows),
    ]
    return "\n".join(lines)


def escape_markdown(text: str) -> str:
    """Return text on one line that Markdown shows as it stands, in a table as well."""
    line = " ".join(clean_text(text).split())
    line = line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _MARKUP.sub(lambda match: f"\\{match.group()}", line)


def _format_cell(cell: Cell) -> str:
    text = escape_markdown(cell.text)
    return f"{text} ({escape_markdown(cell.detail)})" if cell.detail else text


def _join(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"
