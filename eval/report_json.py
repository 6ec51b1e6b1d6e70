"""Writes a report as JSON, for other programs and for comparing two reports."""

from dataclasses import asdict
from pathlib import Path

from eval.report import SPLIT_NOTE, Report
from eval.runs import write_json


def write_report_json(path: Path, report: Report) -> None:
    """Write a report, field by field as in `Report`; the same report gives the same bytes.

    :raises RunFileError: the file cannot be written.
    """
    write_json(path, {**asdict(report), "split_note": SPLIT_NOTE})
