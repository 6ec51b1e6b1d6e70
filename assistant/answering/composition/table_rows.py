"""Tells which rows of a table a question asks for by their names."""

from collections.abc import Collection, Sequence

from assistant.answering.composition.units import Unit
from assistant.answering.yes_no.plain_words import Analyze


def keep_named_rows(units: Sequence[Unit], question: str, analyze: Analyze) -> list[Unit]:
    """Return the units without the other rows of every table of which some row is asked for.

    A row's name is its first cell; with `大豆` and `玄米`, `大豆は何分?` asks for the one.

    :param analyze: gives the content words of a text.
    """
    rows = [unit for unit in units if unit.table is not None]
    asked = set(analyze(question)) if rows else set[str]()
    named = [unit for unit in rows if _is_named(_read_name(unit.text), asked, analyze)]
    tables = {(unit.rank, unit.table) for unit in named}
    kept = {unit.sentences for unit in named}
    return [
        unit for unit in units if (unit.rank, unit.table) not in tables or unit.sentences in kept
    ]


def _is_named(name: str, asked: Collection[str], analyze: Analyze) -> bool:
    if len(name) == 1 and name.isascii():  # `A` is an article as well, and `1` a count
        return False
    words = set(analyze(name))
    return bool(words) and words.issubset(asked)


def _read_name(row: str) -> str:
    """Return the first cell of `column: cell / column: cell` or of `cell / column: cell`."""
    first = row.partition(" / ")[0]
    return (first.partition(": ")[2] or first).strip()
