import json
from dataclasses import replace
from pathlib import Path

import pytest

from eval.errors import RunFileError
from eval.report import ABLATION, Report
from eval.report_json import write_report_json
from tests.eval.small_report import make_report


@pytest.fixture(scope="module")
def report() -> Report:
    return make_report()


def test_every_part_is_written_under_its_name(report: Report, tmp_path: Path) -> None:
    path = tmp_path / "new" / "report.json"
    write_report_json(path, replace(report, failures=report.failures[1:]))
    written = json.loads(path.read_text(encoding="utf-8"))
    assert written["split"] is None
    assert written["counts"]["all"] == {"dev": 3, "test": 1}
    assert written["summaries"][0]["slices"]["all"]["RR"]["mean"] == pytest.approx(0.5)
    assert written["comparisons"][ABLATION]["R@1"]["n"] == 3
    assert written["visible_losses"]["all"]["questions_needed"] == 2907
    assert written["first_ranks"] == {"q1": 1, "q2": 2, "q3": None}
    assert written["latencies"]["tenkyo"] == pytest.approx([10, 20, 30, 40])
    assert written["failures"][0]["first_found"] == "n.md#b"
    assert "Only dev" in written["split_note"]


def test_the_same_report_gives_the_same_bytes(report: Report, tmp_path: Path) -> None:
    for name in ("first", "second"):
        write_report_json(tmp_path / name, replace(make_report(), failures=()))
    assert (tmp_path / "first").read_bytes() == (tmp_path / "second").read_bytes()


def test_an_unwritable_place_is_told_in_one_line(report: Report, tmp_path: Path) -> None:
    with pytest.raises(RunFileError, match=r"cannot be written \(.*\); choose another place"):
        write_report_json(tmp_path, replace(report, failures=()))
