"""Low-rank differences that turn the base model into the trained one, and their file.

A trained matrix is `W + up @ down`, after Hu et al., "LoRA: Low-Rank Adaptation of Large Language
Models" (arXiv:2106.09685). They are merged before the model is quantised, so that the trained model
costs what the base model costs. The file is safetensors and holds float16 numbers: for a matrix
`NAME` the tensors `NAME:up`, shape (out, rank), and `NAME:down`, shape (rank, in); for a vector
`NAME` (bias, layer norm) its whole difference `NAME:delta`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load, save

from index.embedders.weights import ModelWeights, Tensors
from index.errors import AdapterError

UP, DOWN, DELTA = ":up", ":down", ":delta"


@dataclass(frozen=True, slots=True)
class Adapter:
    """Differences by the names of the tensors that they are added to.

    name: of the file, without its suffix.
    digest: SHA-256 of the file, hexadecimal.
    """

    name: str
    digest: str
    tensors: Mapping[str, NDArray[np.float16]]


def factorize_difference(
    difference: NDArray[np.float32], rank: int
) -> tuple[NDArray[np.float16], NDArray[np.float16]]:
    """Return `up` (rows, rank) and `down` (rank, columns), the best product of that rank.

    The best in the least-squares sense: Eckart and Young, "The approximation of one matrix by
    another of lower rank" (1936). Both factors carry the square root of the singular values, so
    that neither overflows nor underflows float16.
    """
    left, values, right = np.linalg.svd(difference.astype(np.float64), full_matrices=False)
    roots = np.sqrt(values[:rank])
    up, down = left[:, :rank] * roots, roots[:, None] * right[:rank]
    return up.astype(np.float16), down.astype(np.float16)


def extract_differences(
    base: Tensors, trained: Tensors, rank: int
) -> dict[str, NDArray[np.float16]]:
    """Return the tensors of an adapter: what `trained` has changed of `base`.

    Tensors that did not change, or that `trained` does not have, give nothing.
    """
    found: dict[str, NDArray[np.float16]] = {}
    for name, tensor in trained.items():
        difference = tensor - base[name]
        if not difference.any():
            continue
        if difference.ndim == 2:
            found[name + UP], found[name + DOWN] = factorize_difference(difference, rank)
        else:
            found[name + DELTA] = difference.astype(np.float16)
    return found


def write_adapter(path: Path, tensors: Mapping[str, NDArray[np.float16]]) -> None:
    """Write an adapter file; the same tensors give the same bytes.

    :raises OSError: when the file cannot be written.
    """
    path.write_bytes(save(dict(sorted(tensors.items())), metadata={"format": "np"}))


def read_adapter(path: Path) -> Adapter:
    """Read an adapter file.

    :raises AdapterError: when it cannot be read or is no adapter.
    """
    try:
        data = path.read_bytes()
        tensors = load(data)
    except OSError as error:
        raise AdapterError(
            f"cannot read the adapter {path}: {error.strerror}; restore the file"
        ) from error
    except (SafetensorError, KeyError) as error:  # KeyError: a type that numpy has not
        raise AdapterError(f"the adapter {path} is damaged ({error}); restore the file") from error
    if not all(np.isfinite(tensor).all() for tensor in tensors.values()):
        raise AdapterError(f"the adapter {path} holds what is no number; restore the file")
    return Adapter(path.stem, sha256(data).hexdigest(), tensors)


def merge_adapter(weights: ModelWeights, adapter: Adapter) -> ModelWeights:
    """Return the weights with the differences added; `weights` stay as they are.

    :raises AdapterError: when the adapter was made for another model.
    """
    merged = dict(weights.tensors)
    for key in adapter.tensors:
        name, _, part = key.rpartition(":")
        if part == "down" and name + UP in adapter.tensors:
            continue
        difference = _read_difference(adapter, name, f":{part}")
        if name not in merged or difference.shape != merged[name].shape:
            raise AdapterError(
                f"the adapter {adapter.name} does not fit the model at {name!r}; "
                "take the adapter that was made for this model"
            )
        merged[name] = merged[name] + difference
    return replace(weights, tensors=merged)


def _read_difference(adapter: Adapter, name: str, part: str) -> NDArray[np.float32]:
    tensors = adapter.tensors
    try:
        if part == DELTA:
            return tensors[name + DELTA].astype(np.float32)
        return tensors[name + UP].astype(np.float32) @ tensors[name + DOWN].astype(np.float32)
    except (KeyError, ValueError) as error:
        raise AdapterError(
            f"the adapter {adapter.name} has no proper pair of factors for {name!r}; "
            "restore the file"
        ) from error
