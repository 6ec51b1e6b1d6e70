"""The learning curve: the loss by step, as JSON Lines and as a picture."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from matplotlib.figure import Figure


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """The mean loss since the last point.

    step: of the stage, from 1; seconds: since training began.
    """

    stage: str
    step: int
    loss: float
    seconds: int


def write_curve(path: Path, points: Sequence[CurvePoint]) -> None:
    """Write one point a line.

    :raises OSError: when the file cannot be written.
    """
    lines = (json.dumps(asdict(point)) + "\n" for point in points)
    path.write_text("".join(lines), encoding="utf-8")


def plot_curve(path: Path, points: Sequence[CurvePoint]) -> None:
    """Draw the loss over the steps of all stages, one after the other, as SVG.

    :raises OSError: when the file cannot be written.
    """
    figure = Figure(figsize=(7, 3), layout="constrained")
    axes = figure.subplots()
    done = 0
    for stage in dict.fromkeys(point.stage for point in points):
        chosen = [point for point in points if point.stage == stage]
        steps = [done + point.step for point in chosen]
        axes.plot(steps, [point.loss for point in chosen], marker=".", label=stage)
        done = steps[-1]
    axes.set_xlabel("step")
    axes.set_ylabel("loss")
    axes.set_ylim(bottom=0)
    axes.spines[["top", "right"]].set_visible(False)
    if points:
        axes.legend(title="batches of", frameon=False)
    figure.savefig(path, format="svg", metadata={"Date": None})
