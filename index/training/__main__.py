"""Trains the adapter of the bundled model on the project's own questions.

    python -m index.training [--output FILE] [--log FOLDER]

Takes 46 minutes on two cores. Writes the adapter, and into the log folder the settings and the loss
of every fifth step (`curve.jsonl`, `curve.svg`).
"""

import argparse
import json
import os
from dataclasses import asdict
from pathlib import Path
from time import perf_counter

from platformdirs import user_cache_path
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeRemainingColumn,
)

from index.embedders.adapter import extract_differences, write_adapter
from index.embedders.bundled import (
    bundled_adapter_file,
    load_base_embedder,
    prepare_base_model,
)
from index.errors import IndexingError
from index.training.curve import CurvePoint, plot_curve, write_curve
from index.training.errors import TrainingDataError, TrainingError
from index.training.examples import data_folder, read_training_sections
from index.training.rows import PreparedSection, prepare_sections
from index.training.views import split_views

# docs/training.md: what lower ranks lose.
RANK = 64


def main() -> int:
    """Prepare the data, train, write the adapter; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", type=Path, default=data_folder())
    parser.add_argument("--output", type=Path, default=bundled_adapter_file())
    parser.add_argument("--log", type=Path, default=Path("build/training"))
    parser.add_argument("--cache", type=Path, default=user_cache_path("tenkyo"))
    arguments = parser.parse_args()
    console = Console()
    try:
        train(arguments.data, arguments.output, arguments.log, arguments.cache, console)
    except (IndexingError, OSError) as error:
        console.print(f"error: {error}", markup=False, soft_wrap=True)
        return 1
    return 0


def train(data: Path, output: Path, log: Path, cache: Path, console: Console) -> None:
    """Train and write; see the module."""
    # Nothing here is to ask the model hub.
    os.environ["HF_HUB_OFFLINE"] = "1"
    started = perf_counter()
    log.mkdir(parents=True, exist_ok=True)
    # Imported here: torch and the trainer take some seconds.
    try:
        from index.embedders.sentence_transformer import load_model
        from index.training.encoder import EncoderSettings, read_tensors, train_encoder
    except ImportError as error:
        raise TrainingError(
            f"training needs the package {error.name}; run: pip install -e '.[train]'"
        ) from error

    settings = EncoderSettings()
    sections = prepare(data, cache, settings.max_tokens)
    questions = sum(len(section.questions) for section in sections)
    console.print(f"{len(sections)} sections, {questions} questions")

    model = load_model(str(prepare_base_model(cache)))
    base = read_tensors(model)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    points: list[CurvePoint] = []
    with Progress(*columns, TimeRemainingColumn(), console=console) as progress:
        tasks: dict[str, TaskID] = {}

        def on_step(stage: str, done: int, steps: int, loss: float | None) -> None:
            if stage not in tasks:
                tasks[stage] = progress.add_task(stage, total=steps)
            progress.update(tasks[stage], completed=done)
            if loss is not None:
                points.append(CurvePoint(stage, done, loss, round(perf_counter() - started)))
                write_curve(log / "curve.jsonl", points)

        train_encoder(model, sections, settings, log / "trainer", on_step)
    plot_curve(log / "curve.svg", points)
    output.parent.mkdir(parents=True, exist_ok=True)
    write_adapter(output, extract_differences(base, read_tensors(model), RANK))
    record = {**asdict(settings), "rank": RANK, "sections": len(sections), "questions": questions}
    record["seconds"] = round(perf_counter() - started)
    (log / "settings.json").write_text(json.dumps(record, indent=2) + "\n", encoding="utf-8")
    console.print(f"wrote {output} after {record['seconds']} s", markup=False, soft_wrap=True)


def prepare(data: Path, cache: Path, max_tokens: int) -> list[PreparedSection]:
    """Read the data and embed it with the base model.

    :raises TrainingDataError: it is malformed, or no section has text and questions.
    """
    embedder = load_base_embedder(cache)
    found = [
        (section, views)
        for section in read_training_sections(data)
        if section.questions and (views := split_views(section, embedder.count_tokens, max_tokens))
    ]
    if not found:
        raise TrainingDataError(f"{data}: has no section with text and questions; add some")
    return prepare_sections([one for one, _ in found], [two for _, two in found], embedder)


if __name__ == "__main__":
    raise SystemExit(main())
