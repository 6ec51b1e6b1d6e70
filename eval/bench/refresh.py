"""Measures how long it takes to bring an index up to date, and to load it.

    python -m eval.bench.refresh [--notes 1000] [--sections 4]

The embedder is a fake one that costs nothing: what is measured is everything but the model. Each
step runs in a process of its own, so that starting Python and importing count as well.
"""

import argparse
import hashlib
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from index.load import load_generation, open_legs
from index.protocols import Vectors
from index.refresh import refresh_index
from ingest.content_words import BigramAnalyzer, WordAnalyzer
from ingest.tokenizer import MecabTokenizer

_SUBJECTS = ("ルートテーブル", "NATゲートウェイ", "エンドポイント", "仮想インターフェイス", "ACL")
_ENDS = ("は一つだけ選べる", "には上限がある", "を経由する", "は後から変更できない", "は不要")


class FakeEmbedder:
    """Gives every text a direction of its own, drawn from its digest."""

    name = "fake@1"
    dim = 384
    max_tokens = 512

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Return the number of characters."""
        return [len(text) for text in texts]

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """Return unit rows."""
        return self.embed_passages(texts)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Return unit rows."""
        rows = np.empty((len(texts), self.dim), np.float32)
        for row, text in zip(rows, texts, strict=True):
            seed = int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")
            row[:] = np.random.default_rng(seed).standard_normal(self.dim, dtype=np.float32)
        rows /= np.linalg.norm(rows, axis=1, keepdims=True)
        return rows


def write_notes(folder: Path, notes: int, sections: int) -> None:
    """Write notes with `sections` sections of eight sentences each."""
    folder.mkdir()
    draw = random.Random(1)  # noqa: S311 - no secret
    for number in range(notes):
        lines = []
        for section in range(sections):
            lines += [f"## 項目{section}の覚え書き", ""]
            for _ in range(8):
                subject, end = draw.choice(_SUBJECTS), draw.choice(_ENDS)
                lines.append(f"- {subject}{draw.randrange(1000)}番{end}。")
            lines.append("")
        (folder / f"note{number:04}.md").write_text("\n".join(lines), encoding="utf-8")


def run_step(step: str, notes: Path, index: Path) -> None:
    """Do one step in this process and print what it did and how long it took."""
    write = sys.stdout.write
    embedder, words, bigrams = FakeEmbedder(), WordAnalyzer(MecabTokenizer()), BigramAnalyzer()
    start = time.perf_counter()
    if step == "refresh":
        report = refresh_index(notes, index, embedder, words, bigrams)
        write(f"{report.embedded:,} texts embedded; {report.seconds:.2f}")
        return
    with load_generation(index, embedder.name) as generation:
        open_legs(generation, words, bigrams, embedder)
        counts = generation.manifest.counts
    seconds = time.perf_counter() - start
    write(f"{counts.sections:,} sections, {counts.sentences:,} sentences; {seconds:.2f}")


def main() -> None:
    """Print a table as Markdown."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--notes", type=int, default=1000)
    parser.add_argument("--sections", type=int, default=4)
    parser.add_argument("--step", nargs=3, metavar=("STEP", "NOTES", "INDEX"), help="used inside")
    arguments = parser.parse_args()
    if arguments.step:
        step, notes, index = arguments.step
        run_step(step, Path(notes), Path(index))
        return
    write = sys.stdout.write
    with tempfile.TemporaryDirectory() as scratch:
        notes, index = Path(scratch, "notes"), Path(scratch, "index")
        write_notes(notes, arguments.notes, arguments.sections)
        write("| step | what | seconds | whole process, seconds |\n|---|---|---|---|\n")
        for title in ("first index", "nothing changed", "one note changed", "load"):
            if title == "one note changed":
                first = notes / "note0000.md"
                first.write_text(first.read_text("utf-8") + "- 追記した。\n", encoding="utf-8")
            step = "load" if title == "load" else "refresh"
            start = time.perf_counter()
            command = [sys.executable, "-m", "eval.bench.refresh"]
            done = subprocess.run(  # noqa: S603 - our own module
                [*command, "--step", step, str(notes), str(index)],
                check=True,
                capture_output=True,
                text=True,
            )
            what, _, seconds = done.stdout.partition("; ")
            write(f"| {title} | {what} | {seconds} | {time.perf_counter() - start:.2f} |\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
