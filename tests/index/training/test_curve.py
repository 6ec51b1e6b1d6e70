import json
from pathlib import Path
from xml.etree import ElementTree

from index.training.curve import CurvePoint, plot_curve, write_curve

POINTS = [
    CurvePoint("siblings", 5, 2.5, 10),
    CurvePoint("siblings", 10, 2.0, 20),
    CurvePoint("confused", 5, 1.5, 30),
]


def test_a_point_is_a_line(tmp_path: Path) -> None:
    path = tmp_path / "curve.jsonl"
    write_curve(path, POINTS)
    lines = path.read_text(encoding="utf-8").split("\n")
    assert json.loads(lines[1]) == {"stage": "siblings", "step": 10, "loss": 2.0, "seconds": 20}
    assert (len(lines), lines[3]) == (4, "")


def test_every_stage_is_a_line_of_the_picture(tmp_path: Path) -> None:
    path = tmp_path / "curve.svg"
    plot_curve(path, POINTS)
    ids = [element.get("id", "") for element in ElementTree.parse(path).iter()]
    # Every line of the plot has the id of its own group besides those of the axes' ticks.
    assert sum(one.startswith("line2d_") for one in ids) >= 2
    assert "legend_1" in ids


def test_a_training_without_points_gives_an_empty_picture(tmp_path: Path) -> None:
    path = tmp_path / "curve.svg"
    plot_curve(path, [])
    assert "legend_1" not in path.read_text(encoding="utf-8")
