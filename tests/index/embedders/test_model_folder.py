import hashlib
import shutil
from pathlib import Path

import pytest

from index.embedders.model_folder import (
    DIGESTS_FILE,
    GRAPH_FILE,
    LENGTH_FILE,
    PROMPTS_FILE,
    TENSORS_FILE,
    TOKENIZER_FILE,
    check_model_folder,
    read_digests,
    write_digests,
)
from index.embedders.model_preparation import prepare_model_folder
from index.errors import ModelFolderError
from tests.index.embedders.tiny_weights import read_tiny_weights


@pytest.fixture(scope="module")
def intact(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("models") / "tiny"
    prepare_model_folder(folder, read_tiny_weights)
    return folder


@pytest.fixture
def folder(intact: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(intact, tmp_path / "tiny"))


def test_digests_are_those_of_sha256sum(tmp_path: Path) -> None:
    (tmp_path / "onnx").mkdir()
    (tmp_path / "onnx" / "b").write_bytes(b"two")
    (tmp_path / "a").write_bytes(b"one")
    write_digests(tmp_path)
    one, two = (hashlib.sha256(data).hexdigest() for data in (b"one", b"two"))
    assert (tmp_path / DIGESTS_FILE).read_text() == f"{one}  a\n{two}  onnx/b\n"
    assert read_digests(tmp_path) == {"a": one, "onnx/b": two}


def test_an_intact_folder_passes(folder: Path) -> None:
    check_model_folder(folder)
    check_model_folder(folder, with_tensors=True)


@pytest.mark.parametrize(
    "name", [GRAPH_FILE, TOKENIZER_FILE, TENSORS_FILE, PROMPTS_FILE, LENGTH_FILE, "modules.json"]
)
@pytest.mark.parametrize("damage", ["missing", "truncated", "flipped"])
def test_damage_is_found(folder: Path, name: str, damage: str) -> None:
    path = folder / name
    data = bytearray(path.read_bytes())
    if damage == "missing":
        path.unlink()
    elif damage == "truncated":
        path.write_bytes(data[:-1])
    else:
        data[len(data) // 2] ^= 1
        path.write_bytes(data)
    with pytest.raises(ModelFolderError, match=f"{name}.*remove the folder"):
        check_model_folder(folder, with_tensors=True)


def test_the_tensors_are_read_on_demand_only(folder: Path) -> None:
    (folder / TENSORS_FILE).write_bytes(b"other")
    check_model_folder(folder)


@pytest.mark.parametrize("content", [b"", b"no digests\n", b"\xff\xfe", b"00  modules.json\n"])
def test_a_damaged_list_is_found(folder: Path, content: bytes) -> None:
    (folder / DIGESTS_FILE).write_bytes(content)
    with pytest.raises(ModelFolderError):
        check_model_folder(folder)


def test_a_folder_without_a_list_is_none(tmp_path: Path) -> None:
    with pytest.raises(ModelFolderError, match=DIGESTS_FILE):
        check_model_folder(tmp_path)
