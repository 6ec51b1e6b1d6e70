"""Fixtures that several packages share."""

import os
from collections.abc import Iterator
from pathlib import Path

import platformdirs
import pytest
from hypothesis import HealthCheck, settings

from index.embedders.bundled import load_bundled_embedder, prepare_bundled_model
from index.embedders.onnx_runtime import OnnxEmbedder

# How long an example takes tells of the machine's load, not of the code.
settings.register_profile("tenkyo", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("tenkyo")


@pytest.fixture(scope="session", autouse=True)
def offline() -> Iterator[None]:
    """No test asks the model hub; libraries read these when they are imported."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HF_HUB_OFFLINE", "1")
        patch.setenv("HF_HUB_DISABLE_TELEMETRY", "1")
        patch.setenv("ORT_DISABLE_TELEMETRY", "1")
        yield


@pytest.fixture(scope="session")
def cache_folder() -> Path:
    """A cache that outlives the run, so that the model is prepared once."""
    chosen = os.environ.get("TENKYO_TEST_CACHE")
    return Path(chosen) if chosen else platformdirs.user_cache_path("tenkyo")


@pytest.fixture(scope="session")
def model_folder(cache_folder: Path) -> Path:
    return prepare_bundled_model(cache_folder)


@pytest.fixture(scope="session")
def bundled_embedder(cache_folder: Path) -> OnnxEmbedder:
    return load_bundled_embedder(cache_folder)
