"""Measures the bundled model on our runtime against the base model and sentence-transformers.

    python -m eval.bench.embedding [--passages 128] [--repeats 5] [--cache FOLDER]

All embed the same passages of about 110 tokens, in turns, so that another process on the machine
slows all; the medians are compared. sentence-transformers loads the same folder as the bundled
model; torch uses its own default of threads.
"""

import argparse
from collections.abc import Callable
from itertools import count
from pathlib import Path
from statistics import median
from time import perf_counter

import platformdirs
from rich.console import Console
from rich.table import Table

from index.embedders.bundled import (
    load_base_embedder,
    load_bundled_embedder,
    prepare_bundled_model,
)
from index.embedders.sentence_transformer import SentenceTransformerEmbedder
from index.protocols import Embedder

PASSAGE_TOKENS = 110
QUERIES_PER_REPEAT = 20
QUERY = "ピアリングで隣のネットワークの先まで届きますか"
SENTENCES = (
    "サブネット{n}はひとつのアベイラビリティーゾーンに属し、経路表を一つ持つ。",
    "宛先が最も長く一致する経路が選ばれ、同じ長さなら静的な経路が先になる。",
    "許可の規則は{n}番から順に調べられ、最初に当てはまったものが効く。",
    "東京と大阪のあいだの転送には1GBごとに料金がかかる。",
    "名前解決の結果は{n}秒のあいだ保持されるため、切り替えには時間がかかる。",
)


def make_passages(embedder: Embedder, number: int) -> list[str]:
    """Return different texts of about `PASSAGE_TOKENS` tokens."""
    passages = []
    for start in range(number):
        text = ""
        for i in count(start):
            text += SENTENCES[i % len(SENTENCES)].format(n=i + start)
            if embedder.count_tokens([text])[0] >= PASSAGE_TOKENS - 10:
                break
        passages.append(text)
    return passages


def measure(act: Callable[[], object], times: int = 1) -> float:
    """Return the median of the seconds that `act` takes."""
    seconds = []
    for _ in range(times):
        start = perf_counter()
        act()
        seconds.append(perf_counter() - start)
    return median(seconds)


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--passages", type=int, default=128)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--cache", type=Path, default=platformdirs.user_cache_path("tenkyo"))
    arguments = parser.parse_args()

    ours = load_bundled_embedder(arguments.cache)
    reference = SentenceTransformerEmbedder(str(prepare_bundled_model(arguments.cache)))
    embedders: dict[str, Embedder] = {
        "bundled int8": ours,
        "base int8": load_base_embedder(arguments.cache),
        "sentence-transformers": reference,
    }
    passages = make_passages(ours, arguments.passages)
    cosines = (ours.embed_passages(passages) * reference.embed_passages(passages)).sum(axis=1)

    rates: dict[str, list[float]] = {name: [] for name in embedders}
    latencies: dict[str, list[float]] = {name: [] for name in embedders}
    for _ in range(arguments.repeats):
        for name, embedder in embedders.items():
            seconds = measure(lambda e=embedder: e.embed_passages(passages))  # type: ignore[misc]
            rates[name].append(len(passages) / seconds)
            latencies[name].append(
                measure(lambda e=embedder: e.embed_queries([QUERY]), QUERIES_PER_REPEAT)  # type: ignore[misc]
            )

    tokens = sum(ours.count_tokens(passages)) / len(passages)
    table = Table(title=f"{len(passages)} passages of {tokens:.0f} tokens on average")
    table.add_column("runtime", no_wrap=True)
    for heading in ("passages/s", "ratio", "query ms", "cosine", "worst"):
        table.add_column(heading, justify="right", no_wrap=True)
    slowest = median(rates["sentence-transformers"])
    for name in embedders:
        rate = median(rates[name])
        agreement = [cosines.mean(), cosines.min()] if embedders[name] is ours else []
        table.add_row(
            name,
            f"{rate:.1f}",
            f"{rate / slowest:.2f}",
            f"{1000 * median(latencies[name]):.1f}",
            *(f"{value:.4f}" for value in agreement),
        )
    Console().print(table)


if __name__ == "__main__":
    main()
