"""Embeds with any model that sentence-transformers can load, from a folder or from the hub."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np

from index.embedders.prompts import choose_prompts
from index.errors import ModelError
from index.protocols import Vectors
from ingest.normalize import clean_text

# The default of sentence-transformers.
BATCH_SIZE = 32


class SentenceTransformerEmbedder:
    """An `Embedder` on torch. May be used from several threads; they take turns."""

    def __init__(self, model: str, device: str = "cpu") -> None:
        """Load the model, which imports torch (some seconds).

        :param model: a local folder, or a name on the hub (`owner/name`).
        :param device: as torch names it.
        :raises ModelError: when the model cannot be loaded.
        """
        if not Path(model).is_dir() and _looks_like_path(model):
            raise ModelError(f"there is no model folder {model}: check --model")
        self._model = load_model(model, device)
        self._prompts = choose_prompts(model, self._model.prompts)
        self._lock = Lock()
        self._dim = int(self._encode(["dimension"], "").shape[1])
        base_name = Path(model).resolve().name if Path(model).is_dir() else model
        self._name = f"{base_name}@{self._digest()}"

    @property
    def name(self) -> str:
        """Model name and a digest of its weights, prompts and greatest length."""
        return self._name

    @property
    def dim(self) -> int:
        """Length of a vector."""
        return self._dim

    @property
    def max_tokens(self) -> int:
        """Longest text in tokens, prefix and special tokens counted; the rest is cut off."""
        return int(self._model.max_seq_length)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Return the token count of every text as a passage, before anything is cut off."""
        if not texts:
            return []
        prompted = [self._prompts.passage + clean_text(text) for text in texts]
        with self._lock:
            # Not verbose: it would warn of texts that are longer than the model takes.
            encoded = self._model.tokenizer(prompted, truncation=False, verbose=False)
        return [len(ids) for ids in encoded["input_ids"]]

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """Return unit rows, float32, shape (len(texts), dim), in the order of `texts`."""
        return self._embed(texts, self._prompts.query)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Return unit rows, float32, shape (len(texts), dim), in the order of `texts`."""
        return self._embed(texts, self._prompts.passage)

    def _embed(self, texts: Sequence[str], prompt: str) -> Vectors:
        if not texts:
            return np.empty((0, self._dim), np.float32)
        with self._lock:
            return self._encode([clean_text(text) for text in texts], prompt)

    def _encode(self, texts: list[str], prompt: str) -> Vectors:
        vectors = self._model.encode(
            texts,
            prompt=prompt,
            batch_size=BATCH_SIZE,
            show_progress_bar=False,
            convert_to_numpy=True,
            normalize_embeddings=True,
        )
        return np.asarray(vectors, np.float32)

    def _digest(self) -> str:
        import torch

        digest = sha256(repr((self._prompts, self.max_tokens)).encode())
        for name, tensor in sorted(self._model.state_dict().items()):
            digest.update(name.encode())
            digest.update(tensor.contiguous().cpu().reshape(-1).view(torch.uint8).numpy())
        return digest.hexdigest()[:12]


def load_model(model: str, device: str = "cpu") -> Any:  # noqa: ANN401  # untyped library
    """Return the `SentenceTransformer` of a folder or a hub name, in float32.

    :raises ModelError: when the model cannot be loaded.
    """
    try:
        import torch
        from sentence_transformers import SentenceTransformer

        with _quiet():
            # Float32, whatever the file holds: half precision is slow and coarse on a CPU.
            return SentenceTransformer(
                model, device=device, model_kwargs={"dtype": torch.float32}
            ).eval()
    except Exception as error:
        reason = (str(error).strip().split("\n")[0] or type(error).__name__).rstrip(".")
        raise ModelError(
            f"cannot load the embedding model {model} ({reason}): check the name and the network, "
            "or give --model a local sentence-transformers folder"
        ) from error


def _looks_like_path(model: str) -> bool:
    """Whether `model` cannot be `name` or `owner/name`."""
    return model.startswith((".", "/", "~")) or model.count("/") > 1 or "\\" in model


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep transformers' progress bars and load reports off the terminal."""
    logging: Any = import_module("transformers.utils.logging")
    verbosity = logging.get_verbosity()
    had_bars = logging.is_progress_bar_enabled()
    logging.set_verbosity_error()
    logging.disable_progress_bar()
    try:
        yield
    finally:
        logging.set_verbosity(verbosity)
        if had_bars:
            logging.enable_progress_bar()
