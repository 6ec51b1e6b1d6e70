import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from index.embedders.model_folder import GRAPH_FILE, check_model_folder
from index.embedders.model_preparation import prepare_model_folder
from index.embedders.weights import ModelWeights
from index.errors import ModelError, ModelFolderError
from tests.index.embedders.tiny_weights import read_tiny_weights

ROOT = Path(__file__).parents[3]
STEPS = (
    "read the weights",
    "write the tokenizer",
    "write the weights",
    "quantise the weights",
    "check the files",
)

PREPARE_AND_DIE = """
import os, signal, sys
from pathlib import Path
from index.embedders.model_preparation import prepare_model_folder
from tests.index.embedders.tiny_weights import read_tiny_weights

def die(step, done):
    if step == sys.argv[2]:
        os.kill(os.getpid(), signal.SIGKILL)

prepare_model_folder(Path(sys.argv[1]), read_tiny_weights, die)
"""

PREPARE_SLOWLY = """
import sys, time
from pathlib import Path
from index.embedders.model_preparation import prepare_model_folder
from tests.index.embedders.tiny_weights import read_tiny_weights

def read():
    print("read", flush=True)
    time.sleep(1)
    return read_tiny_weights()

prepare_model_folder(Path(sys.argv[1]), read)
"""


def read_nothing() -> ModelWeights:
    raise AssertionError("the weights are not needed")


def run(script: str, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", script, *arguments], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )


def test_the_folder_is_made_once(tmp_path: Path) -> None:
    folder = tmp_path / "models" / "tiny"
    prepare_model_folder(folder, read_tiny_weights)
    check_model_folder(folder, with_tensors=True)
    prepare_model_folder(folder, read_nothing)


def test_nothing_else_is_left_behind(tmp_path: Path) -> None:
    prepare_model_folder(tmp_path / "tiny", read_tiny_weights)
    assert {path.name for path in tmp_path.iterdir()} == {"tiny", ".tiny.lock"}


def test_the_files_are_the_same_each_time(tmp_path: Path) -> None:
    for name in ("a", "b"):
        prepare_model_folder(tmp_path / name, read_tiny_weights)
    assert (tmp_path / "a" / "SHA256SUMS").read_text() == (
        tmp_path / "b" / "SHA256SUMS"
    ).read_text()


def test_progress_rises_from_none_to_all(tmp_path: Path) -> None:
    told: list[tuple[str, float]] = []
    prepare_model_folder(tmp_path / "t", read_tiny_weights, lambda *told_now: told.append(told_now))
    shares = [done for _, done in told]
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0.0, 1.0)
    assert tuple(dict.fromkeys(step for step, _ in told)) == STEPS


def test_a_damaged_folder_is_made_again(tmp_path: Path) -> None:
    folder = tmp_path / "tiny"
    prepare_model_folder(folder, read_tiny_weights)
    graph = folder / GRAPH_FILE
    data = bytearray(graph.read_bytes())
    data[len(data) // 2] ^= 0x10
    graph.write_bytes(data)
    (folder / "stray").touch()
    prepare_model_folder(folder, read_tiny_weights)
    check_model_folder(folder, with_tensors=True)
    assert not (folder / "stray").exists()


def test_weights_that_cannot_be_read_leave_nothing(tmp_path: Path) -> None:
    def fail() -> ModelWeights:
        raise ModelError("damaged")

    with pytest.raises(ModelError, match="damaged"):
        prepare_model_folder(tmp_path / "tiny", fail)
    assert {path.name for path in tmp_path.iterdir()} == {".tiny.lock"}


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ModelFolderError, match=r"cannot write the model folder .*another cache"):
        prepare_model_folder(tmp_path / "file" / "tiny", read_tiny_weights)


@pytest.mark.parametrize("step", STEPS)
def test_a_killed_preparation_leaves_no_model_folder(tmp_path: Path, step: str) -> None:
    folder = tmp_path / "tiny"
    process = run(PREPARE_AND_DIE, str(folder), step)
    process.communicate(timeout=60)
    assert process.returncode == -signal.SIGKILL
    assert not folder.exists()
    assert list(tmp_path.glob("*.partial"))
    prepare_model_folder(folder, read_tiny_weights)
    check_model_folder(folder, with_tensors=True)
    assert not list(tmp_path.glob("*.partial"))


def test_of_two_processes_one_prepares_and_one_waits(tmp_path: Path) -> None:
    processes = [run(PREPARE_SLOWLY, str(tmp_path / "tiny")) for _ in range(2)]
    outputs = [process.communicate(timeout=60)[0] for process in processes]
    assert [process.returncode for process in processes] == [0, 0]
    assert sorted(outputs) == ["", "read\n"]
    check_model_folder(tmp_path / "tiny", with_tensors=True)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_read_only_cache_is_told(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(ModelFolderError, match="give write permission"):
        prepare_model_folder(tmp_path / "tiny", read_tiny_weights)
