"""The tables of a report, free of any format, so that Markdown and HTML show the same figures."""

from collections.abc import Sequence
from dataclasses import dataclass

from eval.abstention_metrics import AbstentionScores
from eval.datatypes import Split
from eval.gate import MINIMUM_EFFECT_OF_SLICE
from eval.report import ABLATION, ASKED_LOSS, Report, VisibleLoss, percentile
from eval.significance import Comparison, Estimate
from eval.summary import ALL

NOTHING = "–"
HEADLINE_MEASURES = ("R@1", "R@3", "R@5", "RR", "nDCG@10", "evidence@500")
_ANSWER_MEASURES = ("citation precision", "citation recall", "key facts", "length", "choice")


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure and what qualifies it, such as its interval."""

    text: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table; its first column names the row, the others hold figures.

    note: one paragraph that says what the figures are.
    """

    title: str
    note: str
    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def tabulate(report: Report) -> tuple[Table, ...]:
    """Return all tables of a report that have rows, in the order of reading."""
    tables = (
        tabulate_systems(report),
        tabulate_slices(report),
        tabulate_comparisons(report),
        tabulate_answers(report),
        tabulate_abstention(report),
        tabulate_latency(report),
    )
    return tuple(table for table in tables if table.rows)


def tabulate_systems(report: Report) -> Table:
    """Return the headline figures, one row per system."""
    rows = []
    for summary in report.summaries:
        row = summary.slices[ALL]
        n = row[HEADLINE_MEASURES[0]].n if HEADLINE_MEASURES[0] in row else 0
        figures = (_estimate(row.get(measure)) for measure in HEADLINE_MEASURES)
        rows.append((Cell(summary.system), Cell(str(n)), *figures))
    return Table(
        "Systems",
        "Mean over the answerable questions, with its 95 % bootstrap interval.",
        ("system", "n", *HEADLINE_MEASURES),
        tuple(rows),
    )


def tabulate_slices(report: Report) -> Table:
    """Return the assistant's figures by slice, with what each slice is able to show."""
    rows = []
    for name, row in report.assistant.slices.items():
        counts = report.counts.get(name, {})
        n = row["R@1"].n if "R@1" in row else 0
        rows.append(
            (
                Cell(name),
                *(Cell(str(counts.get(split, 0))) for split in Split),
                Cell(str(n)),
                _estimate(row.get("R@1")),
                _mean(row.get("RR")),
                _mean(row.get("key facts")),
                *_describe_loss(name, report.visible_losses.get(name)),
            )
        )
    return Table(
        f"Slices of {report.assistant.system}",
        "dev and test count the questions, n the answerable ones that are scored here. "
        "Visible loss: the smallest loss of R@1 that a slice shows with 80 % power, "
        f"and how many questions would show one of {ASKED_LOSS}; from the paired differences to "
        f'"{ABLATION}". Gate: whether so many questions are enough for it; the gate itself always '
        "looks at both splits.",
        ("slice", *Split, "n", "R@1", "RR", "key facts", "visible loss", "gate"),
        tuple(rows),
    )


def tabulate_comparisons(report: Report) -> Table:
    """Return the assistant's lead over every other system, per measure."""
    return Table(
        f"{report.assistant.system} against the others",
        "Paired bootstrap on the same questions; above 0 is in favour of "
        f"{report.assistant.system}. Effect: Cohen's d of the paired differences.",
        ("system", "measure", "difference", "p", "effect d", "n"),
        tuple(
            (Cell(system), Cell(measure), *_describe_comparison(comparison))
            for system, measures in report.comparisons.items()
            for measure, comparison in measures.items()
        ),
    )


def tabulate_answers(report: Report) -> Table:
    """Return the quality of the assistant's answers; no rows if it only retrieves."""
    row = report.assistant.slices[ALL]
    return Table(
        f"Answers of {report.assistant.system}",
        "Citations are judged on answered answerable questions, choices on multiple-choice "
        "questions; length is in characters.",
        ("measure", "mean", "n"),
        tuple(
            (
                Cell(measure),
                _estimate(row[measure], digits=0 if measure == "length" else 3),
                Cell(str(row[measure].n)),
            )
            for measure in _ANSWER_MEASURES
            if measure in row
        ),
    )


def tabulate_abstention(report: Report) -> Table:
    """Return how well the assistant refuses; no rows if it only retrieves."""
    scores = report.assistant.abstention
    return Table(
        f"Abstention of {report.assistant.system}",
        "AUC: probability that an unanswerable question gets less confidence than an answerable "
        "one. Recall at 3 %: share of the unanswerable ones refused when 3 % of the answerable "
        "ones are.",
        ("measure", "value", "of"),
        () if scores is None else _list_abstention(scores),
    )


def tabulate_latency(report: Report) -> Table:
    """Return the time per question of every system that was timed."""
    return Table(
        "Latency",
        "Wall-clock milliseconds of a whole question, one at a time. "
        f"{report.assistant.system} embeds the questions; the others find their embeddings kept.",
        ("system", "p50", "p95", "n"),
        tuple(
            (
                Cell(system),
                Cell(f"{percentile(values, 0.5):.1f}"),
                Cell(f"{percentile(values, 0.95):.1f}"),
                Cell(str(len(values))),
            )
            for system, values in report.latencies.items()
            if values
        ),
    )


def describe_set(report: Report) -> Sequence[tuple[str, str]]:
    """Return what was measured, as (name, value)."""
    counts = report.counts[ALL]
    questions = ", ".join(f"{counts.get(split, 0)} {split}" for split in Split)
    return (
        ("Date", report.created),
        ("Model", report.model),
        ("Notes", f"{report.notes} ({report.sections} sections)"),
        ("Questions", f"{sum(counts.values())} ({questions})"),
        ("Split", report.split_note),
    )


def _list_abstention(scores: AbstentionScores) -> tuple[tuple[Cell, ...], ...]:
    unanswerable = Cell(f"{scores.unanswerable} unanswerable")
    both = Cell(f"{scores.answerable + scores.unanswerable} questions")
    return (
        (Cell("precision"), _share(scores.precision), Cell("refusals")),
        (Cell("recall"), _share(scores.recall), unanswerable),
        (
            Cell("false refusals"),
            _share(scores.false_refusals),
            Cell(f"{scores.answerable} answerable"),
        ),
        (Cell("AUC"), _share(scores.auc), both),
        (Cell("recall at 3 %"), _share(scores.recall_at_3), unanswerable),
    )


def _estimate(estimate: Estimate | None, digits: int = 3) -> Cell:
    if estimate is None:
        return Cell(NOTHING)
    interval = f"{estimate.low:.{digits}f}–{estimate.high:.{digits}f}"
    return Cell(f"{estimate.mean:.{digits}f}", interval)


def _mean(estimate: Estimate | None) -> Cell:
    return Cell(NOTHING) if estimate is None else Cell(f"{estimate.mean:.3f}")


def _share(value: float | None) -> Cell:
    return Cell(NOTHING) if value is None else Cell(f"{value:.3f}")


def _describe_loss(name: str, visible: VisibleLoss | None) -> tuple[Cell, Cell]:
    """Return the visible loss and whether the gate can act on it, as `eval.gate` decides."""
    if visible is None:
        return Cell(NOTHING), Cell(NOTHING)
    loss = Cell(NOTHING)
    if visible.questions_needed is not None:
        loss = Cell(f"{visible.loss:.3f}", f"needs {visible.questions_needed}")
    gated = name == ALL or 0.0 < visible.loss <= MINIMUM_EFFECT_OF_SLICE
    if gated:
        return loss, Cell("gated")
    return loss, Cell("too small to gate" if visible.loss else "not known")


def _describe_comparison(comparison: Comparison) -> tuple[Cell, ...]:
    p_value = "<0.001" if comparison.p_value < 0.001 else f"{comparison.p_value:.3f}"
    return (
        Cell(f"{comparison.difference:+.3f}", f"{comparison.low:+.3f} to {comparison.high:+.3f}"),
        Cell(p_value),
        Cell(f"{comparison.effect:+.2f}"),
        Cell(str(comparison.n)),
    )
