import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from index.embedders.model_folder import GRAPH_FILE, TOKENIZER_FILE
from index.embedders.model_preparation import prepare_model_folder
from index.embedders.onnx_runtime import OnnxEmbedder
from index.errors import ModelFolderError
from tests.index.embedders.tiny_weights import read_tiny_weights

ROOT = Path(__file__).parents[3]

EMBED_AND_LIST_MODULES = """
import sys
from pathlib import Path
from index.embedders.onnx_runtime import OnnxEmbedder

assert OnnxEmbedder(Path(sys.argv[1]), "tiny").embed_queries(["VPC"]).shape == (1, 32)
print(*sys.modules)
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("models") / "tiny"
    prepare_model_folder(folder, read_tiny_weights)
    return folder


@pytest.fixture(scope="module")
def tiny(folder: Path) -> OnnxEmbedder:
    return OnnxEmbedder(folder, "tiny")


def test_tokens_are_counted_with_prompt_and_end_marks(tiny: OnnxEmbedder) -> None:
    # <s> ▁passage: ▁ VPC </s>; <s> ▁passage: ▁ </s>
    assert tiny.count_tokens(["VPC", ""]) == [5, 4]
    assert tiny.count_tokens([]) == []


def test_counting_goes_on_beyond_the_greatest_length(tiny: OnnxEmbedder) -> None:
    assert tiny.max_tokens == 16
    assert tiny.count_tokens(["あ" * 100]) == [104]


def test_what_is_too_long_is_cut_off(tiny: OnnxEmbedder) -> None:
    # 16 tokens: <s> ▁passage: ▁ + 12 x あ + </s>
    cut, just_fits, other_tail = tiny.embed_passages(["あ" * 100, "あ" * 12, "あ" * 12 + "VPC"])
    np.testing.assert_array_equal(cut, just_fits)
    np.testing.assert_array_equal(cut, other_tail)


def test_a_vector_depends_on_its_text_alone(tiny: OnnxEmbedder, folder: Path) -> None:
    texts = ["あ", "いいい", "VPC", "", "aあ～"] * 60  # more than are tokenised at once
    together = tiny.embed_passages(texts)
    for i in (0, 1, 4, 299):
        np.testing.assert_array_equal(together[i], tiny.embed_passages([texts[i]])[0])
    single = OnnxEmbedder(folder, "tiny", threads=1)
    np.testing.assert_array_equal(together, single.embed_passages(texts))


def test_queries_and_passages_have_prompts_of_their_own(tiny: OnnxEmbedder) -> None:
    assert not np.array_equal(tiny.embed_queries(["あ"]), tiny.embed_passages(["あ"]))


def test_many_threads_may_embed_at_once(tiny: OnnxEmbedder) -> None:
    texts = [["あ", "VPC"], ["いい"], ["a", "～", "あい"]] * 10
    alone = [tiny.embed_passages(part) for part in texts]
    with ThreadPoolExecutor(8) as executor:
        for expected, found in zip(alone, executor.map(tiny.embed_passages, texts), strict=True):
            np.testing.assert_array_equal(expected, found)


def test_nothing_heavy_is_imported_and_nothing_is_collected(folder: Path, tmp_path: Path) -> None:
    # onnxruntime keeps its usage data below XDG_CACHE_HOME or HOME from its import on.
    environment = {**os.environ, "XDG_CACHE_HOME": str(tmp_path), "HOME": str(tmp_path)}
    environment.pop("ORT_DISABLE_TELEMETRY", None)
    modules = subprocess.run(
        [sys.executable, "-c", EMBED_AND_LIST_MODULES, str(folder)],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    assert "onnxruntime" in modules
    assert not {"torch", "transformers", "sentence_transformers", "onnx"} & set(modules)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", [GRAPH_FILE, TOKENIZER_FILE])
def test_a_folder_that_cannot_be_loaded_is_told(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "tiny"
    prepare_model_folder(folder, read_tiny_weights)
    (folder / name).write_bytes(b"{}")
    with pytest.raises(ModelFolderError, match="cannot load the model folder") as caught:
        OnnxEmbedder(folder, "tiny")
    assert "\n" not in str(caught.value)


def test_no_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(ModelFolderError, match="SHA256SUMS"):
        OnnxEmbedder(tmp_path, "tiny")
