import json
import struct
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from index.embedders.adapter import (
    Adapter,
    extract_differences,
    factorize_difference,
    merge_adapter,
    read_adapter,
    write_adapter,
)
from index.errors import AdapterError
from tests.index.embedders.tiny_weights import read_tiny_weights

MATRIX = "encoder.layer.0.output.dense.weight"  # shape (32, 64)
VECTOR = "embeddings.LayerNorm.bias"  # shape (32,)
ELEMENTS = st.floats(-100, 100, width=32)


def half(*shape: int) -> np.ndarray:
    return np.ones(shape, np.float16)


def adapter(**tensors: np.ndarray) -> Adapter:
    """Keywords: `matrix_up` is the tensor `MATRIX:up`."""
    names = {"matrix": MATRIX, "vector": VECTOR}
    pairs = [(*key.rsplit("_", 1), tensor) for key, tensor in tensors.items()]
    return Adapter("made", "0" * 64, {f"{names[n]}:{part}": tensor for n, part, tensor in pairs})


def safetensors(dtype: str, data: bytes) -> bytes:
    """A file of one tensor of shape (1,), written out by hand."""
    entry = {"dtype": dtype, "shape": [1], "data_offsets": [0, len(data)]}
    header = json.dumps({f"{VECTOR}:delta": entry}).encode()
    return struct.pack("<Q", len(header)) + header + data


def test_a_diagonal_is_factorised_into_the_roots_of_its_entries() -> None:
    up, down = factorize_difference(np.array([[4, 0, 0], [0, 1, 0]], np.float32), 2)
    assert (up.dtype, down.dtype) == (np.float16, np.float16)
    assert np.abs(up).tolist() == [[2, 0], [0, 1]]
    assert np.abs(down).tolist() == [[2, 0, 0], [0, 1, 0]]
    assert (up @ down).tolist() == [[4, 0, 0], [0, 1, 0]]


def test_a_lower_rank_gives_the_nearest_matrix_of_that_rank() -> None:
    # A = [[3, 0], [4, 5]]; A'A = [[25, 20], [20, 25]] has the eigenvector (1, 1) for 45 and
    # (1, -1) for 5. So the nearest matrix of rank 1 is A @ [[.5, .5], [.5, .5]].
    up, down = factorize_difference(np.array([[3, 0], [4, 5]], np.float32), 1)
    assert (up.shape, down.shape) == ((2, 1), (1, 2))
    np.testing.assert_allclose(up @ down, [[1.5, 1.5], [4.5, 4.5]], rtol=2e-3)


@given(arrays(np.float32, (4, 3), elements=ELEMENTS))
def test_the_full_rank_loses_nothing_but_float16(matrix: np.ndarray) -> None:
    up, down = factorize_difference(matrix, 3)
    product = up.astype(np.float64) @ down.astype(np.float64)
    # Rounding to float16 errs by 2 ** -11 at most in each factor of a singular value.
    allowed = 2.1 * 2**-11 * np.linalg.svd(matrix.astype(np.float64), compute_uv=False).sum()
    assert np.abs(product - matrix).max() <= allowed + 1e-6


@given(arrays(np.float32, (4, 3), elements=ELEMENTS), st.integers(1, 3))
def test_what_a_lower_rank_loses_are_the_smaller_singular_values(
    matrix: np.ndarray, rank: int
) -> None:
    up, down = factorize_difference(matrix, rank)
    product = up.astype(np.float64) @ down.astype(np.float64)
    values = np.linalg.svd(matrix.astype(np.float64), compute_uv=False)
    lost = np.sqrt((values[rank:] ** 2).sum())
    allowed = 2.1 * 2**-11 * values.sum() + 1e-6
    assert np.linalg.norm(product - matrix) == pytest.approx(lost, abs=allowed)


def test_a_rank_beyond_the_matrix_is_the_full_rank() -> None:
    up, down = factorize_difference(np.array([[4, 0, 0], [0, 1, 0]], np.float32), 32)
    assert (up.shape, down.shape) == ((2, 2), (2, 3))


def test_only_what_changed_is_extracted() -> None:
    base = {
        "matrix": np.zeros((2, 3), np.float32),
        "vector": np.array([1, 2], np.float32),
        "same": np.ones(2, np.float32),
        "same matrix": np.ones((2, 2), np.float32),
        "missing": np.ones(2, np.float32),
    }
    trained = {
        "matrix": np.array([[4, 0, 0], [0, 0, 0]], np.float32),
        "vector": np.array([1.5, 2], np.float32),
        "same": np.ones(2, np.float32),
        "same matrix": np.ones((2, 2), np.float32),
    }
    found = extract_differences(base, trained, 1)
    assert found.keys() == {"matrix:up", "matrix:down", "vector:delta"}
    assert found["vector:delta"].tolist() == [0.5, 0]
    assert (found["matrix:up"] @ found["matrix:down"]).tolist() == [[4, 0, 0], [0, 0, 0]]
    assert {tensor.dtype for tensor in found.values()} == {np.dtype(np.float16)}


def test_what_is_written_is_read(tmp_path: Path) -> None:
    path = tmp_path / "exam.safetensors"
    write_adapter(path, {"a:delta": np.array([0.5, -2], np.float16)})
    found = read_adapter(path)
    assert found.name == "exam"
    assert found.digest == sha256(path.read_bytes()).hexdigest()
    assert {name: tensor.tolist() for name, tensor in found.tensors.items()} == {
        "a:delta": [0.5, -2]
    }


def test_the_order_of_the_tensors_does_not_change_the_file(tmp_path: Path) -> None:
    one, two = half(2), np.zeros((2, 2), np.float16)
    write_adapter(tmp_path / "a", {"x:delta": one, "y:up": two})
    write_adapter(tmp_path / "b", {"y:up": two, "x:delta": one})
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "is damaged"),
        (b"no adapter at all", "is damaged"),
        (safetensors("F16", b"\0\0")[:-1], "is damaged"),
        (safetensors("BF16", b"\0\0"), "is damaged"),  # numpy has no such numbers
        (safetensors("F16", np.float16("nan").tobytes()), "holds what is no number"),
        (safetensors("F16", np.float16("-inf").tobytes()), "holds what is no number"),
    ],
    ids=["empty", "other", "truncated", "bfloat16", "nan", "infinite"],
)
def test_a_file_that_is_no_adapter_is_refused(tmp_path: Path, data: bytes, reason: str) -> None:
    path = tmp_path / "exam.safetensors"
    path.write_bytes(data)
    with pytest.raises(AdapterError, match=f"{reason}.*restore the file") as caught:
        read_adapter(path)
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(AdapterError, match=r"No such file.*restore the file"):
        read_adapter(tmp_path / "nothing.safetensors")


@given(st.data())
def test_a_flipped_byte_raises_nothing_else(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    path = tmp_path_factory.mktemp("adapter") / "a.safetensors"
    write_adapter(path, {f"{VECTOR}:delta": half(32), f"{MATRIX}:up": half(32, 1)})
    content = bytearray(path.read_bytes())
    content[data.draw(st.integers(0, len(content) - 1))] ^= data.draw(st.integers(1, 255))
    path.write_bytes(content)
    try:
        found = read_adapter(path)
    except AdapterError:
        return
    # `MATRIX:down` is missing, so that nothing can fit.
    with pytest.raises(AdapterError):
        merge_adapter(read_tiny_weights(), found)


def test_merging_adds_the_differences() -> None:
    weights = read_tiny_weights()
    before = {name: tensor.copy() for name, tensor in weights.tensors.items()}
    up, down = np.zeros((32, 1), np.float16), np.zeros((1, 64), np.float16)
    up[4, 0], down[0, 5] = 2, 3
    merged = merge_adapter(weights, adapter(matrix_up=up, matrix_down=down, vector_delta=half(32)))
    expected = {name: tensor.copy() for name, tensor in before.items()}
    expected[MATRIX][4, 5] += 6  # 2 * 3
    expected[VECTOR] += 1
    assert merged.tensors.keys() == expected.keys()
    for name, tensor in merged.tensors.items():
        np.testing.assert_array_equal(tensor, expected[name], err_msg=name)
        assert tensor.dtype == np.float32
    for name, tensor in weights.tensors.items():
        np.testing.assert_array_equal(tensor, before[name], err_msg=f"the base's {name}")
    assert (merged.shape, merged.vocabulary) == (weights.shape, weights.vocabulary)


def test_what_was_extracted_merges_into_what_was_trained(tmp_path: Path) -> None:
    base = read_tiny_weights()
    rng = np.random.default_rng(1)
    trained = {
        name: base.tensors[name] + rng.normal(0, 0.1, base.tensors[name].shape).astype(np.float32)
        for name in (MATRIX, VECTOR)
    }
    path = tmp_path / "a.safetensors"
    write_adapter(path, extract_differences(base.tensors, trained, 32))
    merged = merge_adapter(base, read_adapter(path))
    for name, tensor in trained.items():
        # Float16 has 11 bits; the singular values of the noise sum up to below 30.
        np.testing.assert_allclose(merged.tensors[name], tensor, atol=30 * 2**-10)
        assert np.abs(merged.tensors[name] - base.tensors[name]).max() > 0.1


@pytest.mark.parametrize(
    ("made", "name"),
    [
        (adapter(vector_delta=half(31)), VECTOR),
        (adapter(vector_delta=half(1)), VECTOR),  # would be broadcast
        (adapter(matrix_up=half(64, 1), matrix_down=half(1, 32)), MATRIX),
        (Adapter("made", "", {"elsewhere:delta": half(32)}), "elsewhere"),
    ],
    ids=["longer", "one number", "transposed", "no such tensor"],
)
def test_an_adapter_of_another_model_is_refused(made: Adapter, name: str) -> None:
    with pytest.raises(AdapterError, match=f"made does not fit the model at '{name}'"):
        merge_adapter(read_tiny_weights(), made)


@pytest.mark.parametrize(
    "made",
    [
        adapter(matrix_up=half(32, 1)),
        adapter(matrix_down=half(1, 64)),
        adapter(matrix_up=half(32, 2), matrix_down=half(3, 64)),
        adapter(matrix_other=half(32, 64)),
    ],
    ids=["up alone", "down alone", "unequal ranks", "unknown part"],
)
def test_factors_that_are_no_pair_are_refused(made: Adapter) -> None:
    with pytest.raises(AdapterError, match=f"no proper pair of factors for '{MATRIX}'"):
        merge_adapter(read_tiny_weights(), made)
