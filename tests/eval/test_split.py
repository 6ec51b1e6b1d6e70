"""`tenkyo eval split` finishes a set: a folder of files as well as a single one."""

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.cli import main
from assistant.settings import Settings

LINE = {
    "id": "q1",
    "question": "何秒で切れる?",
    "gold": [{"section_id": "n.md#節", "line_start": 3, "line_end": 3}],
    "tags": ["own-words"],
}


@pytest.fixture
def split(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[[str], str]:
    """Run the command on a file or folder in a project of one note; return what it printed."""
    for name in Settings.model_fields:
        monkeypatch.delenv(f"TENKYO_{name.upper()}", raising=False)
    monkeypatch.chdir(tmp_path)
    Path("notes").mkdir()
    Path("notes/n.md").write_text("# 節\n\n60 秒で切れる。\n", encoding="utf-8")

    def run(source: str) -> str:
        monkeypatch.setattr(sys, "argv", ["tenkyo", "eval", "split", source])
        with pytest.raises(SystemExit) as caught:
            main()
        assert caught.value.code == 0
        return capsys.readouterr().out

    return run


@pytest.mark.parametrize("source", ["set/mine.jsonl", "set"])
def test_every_question_gets_its_half_and_the_digest_of_its_section(
    split: Callable[[str], str], source: str
) -> None:
    Path("set").mkdir()
    file = Path("set/mine.jsonl")
    file.write_text(f"{json.dumps(LINE)}\n", encoding="utf-8")
    assert split(source) == "set/mine.jsonl: 1\n"
    finished = json.loads(file.read_text(encoding="utf-8"))
    assert finished["question"] == LINE["question"]
    # By sha256sum n.md#節 gives 1eee...; 0x1e is even.
    assert finished["split"] == "dev"
    assert len(finished["gold"][0]["digest"]) == 64
