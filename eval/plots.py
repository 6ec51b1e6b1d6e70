"""Draws the figures of a report as SVG that takes its text colour from the page around it.

Only `Figure` objects are used, no process-wide plotting state. Labels are untrusted: they are
neither mathematics nor markup, and cut to a length that leaves room for the figure.
"""

import unicodedata
from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import FixedLocator, FuncFormatter, LogLocator, NullLocator

from eval.abstention_metrics import AbstentionScores
from eval.report import percentile
from eval.significance import Estimate
from eval.summary import ALL, Summary
from eval.svg import INK, draw
from ingest.normalize import clean_text

# Mid tones: at least 3:1 on white and on a near-black page (WCAG 2.2, 1.4.11).
ACCENT = "#2f80d0"
SECOND = "#d9730d"
_SHOWN_RANKS = 10
_LABEL_COLUMNS = 30
_WIDTH = 5.0  # inches; 480 CSS pixels, so that a phone shrinks the text only a little


def draw_slices(summary: Summary, measure: str = "R@1") -> str:
    """Return the mean and interval of every slice, the best on top, against that of all.

    :raises ValueError: no slice has the measure.
    """
    found = {name: row[measure] for name, row in summary.slices.items() if measure in row}
    names = sorted(found, key=lambda name: (name != ALL, -found[name].mean, name))
    rows = [(f"{_label(name)} ({found[name].n})", found[name]) for name in names]
    title = f"{measure} by slice, 95 % intervals"
    return _draw_intervals("slices", title, rows, measure)


def draw_systems(summaries: Sequence[Summary], measure: str = "R@1") -> str:
    """Return the mean and interval of every system, in the order given.

    :raises ValueError: no system has the measure.
    """
    rows = [
        (_label(summary.system), summary.slices[ALL][measure])
        for summary in summaries
        if measure in summary.slices[ALL]
    ]
    return _draw_intervals("systems", f"{measure} by system, 95 % intervals", rows, measure)


def draw_risk(abstention: AbstentionScores) -> str:
    """Return risk over coverage, with the coverage at which the assistant stands now.

    :raises ValueError: the curve is empty.
    """
    if not abstention.curve:
        raise ValueError("there is no risk-coverage curve to draw")
    coverage, risk = zip(*abstention.curve, strict=True)
    refused = (abstention.recall or 0.0) * abstention.unanswerable
    refused += (abstention.false_refusals or 0.0) * abstention.answerable
    answered = 1 - refused / (abstention.answerable + abstention.unanswerable)

    def paint(axes: Axes) -> None:
        axes.plot(coverage, risk, color=ACCENT, linewidth=2)
        axes.axvline(answered, color=SECOND, linestyle="--")
        axes.annotate(
            f"answered: {answered:.0%}",
            (answered, 0.97),
            xycoords=("data", "axes fraction"),
            xytext=(-4 if answered > 0.5 else 4, 0),
            textcoords="offset points",
            horizontalalignment="right" if answered > 0.5 else "left",
            verticalalignment="top",
        )
        axes.set(xlim=(0, 1.02), ylim=(0, max(*risk, 0.05) * 1.15))
        axes.set(xlabel="coverage: share answered", ylabel="risk: share wrong among answered")

    return draw("risk", "Risk and coverage", (_WIDTH, 3.4), paint)


def draw_ranks(first_ranks: Mapping[str, int | None]) -> str:
    """Return how many questions have their first right section at rank 1 to 10, or not at all.

    :raises ValueError: there are no questions.
    """
    if not first_ranks:
        raise ValueError("there are no ranks to draw")
    counts = count_ranks(first_ranks)
    places = range(len(counts))
    labels = [*(str(rank) for rank in range(1, _SHOWN_RANKS + 1)), "none"]

    def paint(axes: Axes) -> None:
        colours = [ACCENT] * _SHOWN_RANKS + [SECOND]
        bars = axes.bar(places, counts, color=colours, width=0.8)
        axes.bar_label(bars, labels=[str(count) if count else "" for count in counts], padding=2)
        axes.set_xticks(places, labels)
        axes.tick_params(axis="x", length=0)
        axes.margins(y=0.12)
        axes.set(xlabel="rank of the first right section", ylabel="questions")

    return draw("ranks", "Where the right section is found", (_WIDTH, 3.4), paint)


def count_ranks(first_ranks: Mapping[str, int | None]) -> list[int]:
    """Return the number of questions at ranks 1 to 10 and, last, of those beyond or not found."""
    ranks = list(first_ranks.values())
    counts = [ranks.count(rank) for rank in range(1, _SHOWN_RANKS + 1)]
    return [*counts, len(ranks) - sum(counts)]


def draw_latency(milliseconds: Sequence[float]) -> str:
    """Return the distribution of the time per question on a logarithmic axis.

    :raises ValueError: there are no times.
    """
    if not milliseconds:
        raise ValueError("there are no times to draw")
    # A clock may give 0, which a logarithmic axis cannot show.
    times = np.maximum(np.asarray(milliseconds, dtype=np.float64), 0.01)
    # A margin on both sides, so that equal times have a bin as well.
    edges = np.geomspace(times.min() / 1.1, times.max() * 1.1, 25)

    def paint(axes: Axes) -> None:
        axes.hist(times, bins=list(edges), color=ACCENT)
        for share, name, style in ((0.5, "p50", "--"), (0.95, "p95", ":")):
            value = percentile(times.tolist(), share)
            label = f"{name} {value:.3g} ms"
            axes.axvline(value, color=SECOND, linestyle=style, linewidth=2, label=label)
        axes.set_xscale("log")
        axes.set(xlabel="milliseconds per question", ylabel="questions")
        axes.xaxis.set_major_locator(LogLocator(subs=(1, 2, 5)))
        axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))
        axes.xaxis.set_minor_locator(NullLocator())
        axes.legend(loc="lower left", bbox_to_anchor=(0, 1), frameon=False, ncols=2)

    return draw("latency", "Time per question", (_WIDTH, 3.4), paint)


def _draw_intervals(
    name: str, title: str, rows: Sequence[tuple[str, Estimate]], measure: str
) -> str:
    """Draw one dot with its interval per row, the first on top and marked."""
    if not rows:
        raise ValueError(f"nothing has the measure {measure}")
    places = range(len(rows))

    def paint(axes: Axes) -> None:
        axes.axvline(rows[0][1].mean, color=INK, linewidth=0.8, linestyle=":", alpha=0.7)
        for place, (_, estimate) in zip(places, rows, strict=True):
            colour = SECOND if place == 0 else ACCENT
            axes.plot([estimate.low, estimate.high], [place, place], color=colour, linewidth=2)
            axes.plot([estimate.mean], [place], marker="o", markersize=6, color=colour)
        axes.yaxis.set_major_locator(FixedLocator(list(places)))
        axes.set_yticks(places, [label for label, _ in rows])
        axes.tick_params(axis="y", length=0)
        axes.grid(visible=True, axis="x", color=INK, alpha=0.15)
        axes.set(xlim=(-0.02, 1.02), ylim=(len(rows) - 0.4, -0.6), xlabel=measure)

    return draw(name, title, (_WIDTH, 1.1 + 0.26 * len(rows)), paint)


def _label(text: str) -> str:
    """Return text on one line, cut after `_LABEL_COLUMNS`; a full-width character takes two."""
    shown = ""
    left = _LABEL_COLUMNS
    for character in clean_text(text):
        left -= 2 if unicodedata.east_asian_width(character) in "WF" else 1
        if left < 0:
            return f"{shown}…"
        shown += character if character.isprintable() else " "
    return shown
