"""Measures a warm query on the bundled notes against the time of embedding it.

    python -m eval.bench.query [--questions 200] [--repeats 3]

Embedding, searching (embedding included) and answering take turns on every question, so that other
work on the machine slows all three alike; the ratio of the medians is what counts.
"""

import argparse
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median, quantiles

from rich.console import Console
from rich.table import Table

from assistant.datatypes import Question
from assistant.messages import JAPANESE
from assistant.settings import Settings
from assistant.wiring import build_assistant, build_searcher, load_engine, open_index, refresh_notes
from eval.datatypes import Split
from eval.workspace import QUESTIONS, read_split


def main() -> None:
    """Print p50 and p95 of each step, in milliseconds, and their ratio to embedding."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--questions", type=int, default=200)
    parser.add_argument("--repeats", type=int, default=3)
    arguments = parser.parse_args()
    settings = Settings(notes=Path("notes"))
    engine = load_engine(settings)
    refresh_notes(settings, engine)
    index = open_index(settings, engine)
    assistant = build_assistant(settings, engine, index, build_searcher(index, engine), JAPANESE)
    asked = [
        labelled.question.text
        for labelled in read_split(QUESTIONS, Split.DEV)
        if not labelled.question.history
    ][: arguments.questions]
    steps: dict[str, Callable[[str], object]] = {
        "embed": lambda text: engine.embedder.embed_queries([text]),
        "search": lambda text: assistant.search(text, 10),
        "answer": lambda text: assistant.answer(Question(text)),
    }
    times: dict[str, list[float]] = {name: [] for name in steps}
    for text in asked[:5]:  # warm up
        assistant.answer(Question(text))
    for _ in range(arguments.repeats):
        for text in asked:
            for name, step in steps.items():
                started = time.perf_counter()
                step(text)
                times[name].append(1000 * (time.perf_counter() - started))
    table = Table("step", "p50 ms", "p95 ms", "p50 / embed")
    for name, values in times.items():
        ratio = median(values) / median(times["embed"])
        p95 = quantiles(values, n=20)[-1]
        table.add_row(name, f"{median(values):.1f}", f"{p95:.1f}", f"{ratio:.2f}")
    Console().print(table)


if __name__ == "__main__":
    main()
