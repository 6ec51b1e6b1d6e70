"""A small notes folder and its index."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from index.refresh import RefreshReport, refresh_index
from ingest.content_words import BigramAnalyzer
from tests.fake_embedder import FakeEmbedder

NOTES = {
    "vpc.md": "# VPC\n\n## ルートテーブル\n宛先を選ぶ。\n\n## ACL\n番号の順に調べる。\n",
    "dns/route53.md": "# 名前解決\n\n## 加重ルーティング\n割合で振り分ける。\n",
}


class FakeWordAnalyzer:
    """Implements `Analyzer` by runs of letters and digits."""

    def analyze(self, text: str) -> list[str]:
        return re.findall(r"\w+", text.lower())


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    """A folder of two notes; the section `# VPC` and `# 名前解決` are empty."""
    folder = tmp_path / "notes"
    for name, text in NOTES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def index(tmp_path: Path) -> Path:
    """The path of the index folder, which does not exist yet."""
    return tmp_path / "index"


@pytest.fixture
def embedder() -> FakeEmbedder:
    return FakeEmbedder()


@pytest.fixture
def refresh(notes: Path, index: Path, embedder: FakeEmbedder) -> Callable[..., RefreshReport]:
    """Refresh the index; keywords go to `refresh_index`."""

    def run(folder: Path = notes, model: FakeEmbedder = embedder, **options) -> RefreshReport:
        return refresh_index(folder, index, model, FakeWordAnalyzer(), BigramAnalyzer(), **options)

    return run
