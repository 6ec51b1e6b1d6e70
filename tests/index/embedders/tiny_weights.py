"""A weights file of a few kilobytes in the form that `index.embedders.weights` reads.

One layer, random weights from a fixed seed; enough pieces to tokenise what the tests say.
"""

import struct

import numpy as np

from index.embedders.bert_shape import BertShape, tensor_shapes
from index.embedders.weights import ModelWeights, parse_weights

SHAPE = BertShape(
    hidden_size=32,
    num_hidden_layers=1,
    num_attention_heads=2,
    intermediate_size=64,
    vocab_size=20,
    max_position_embeddings=16,
    type_vocab_size=2,
    layer_norm_eps=1e-6,
)
PIECES = ("<s>", "<pad>", "</s>", "<unk>", "▁", "query:", "▁passage:", "あ", "い", "VPC", "～", "a")
REPLACEMENTS = {"\x01": "", "\t": " ", "\u3000": " ", "①": "1"}


def build_tiny_file(
    *,
    magic: bytes = b"E5S1",
    version: int = 1,
    skipped_tensor: str | None = None,
    first_block: bytes = b"",
) -> bytes:
    """
    :param first_block: put over the beginning of the word table.
    """
    blob = "".join(PIECES).encode()
    offsets = np.cumsum([0, *(len(piece.encode()) for piece in PIECES)]).astype("<u4")
    scores = np.array([0, 0, 0, 0, *(-1.0 for _ in PIECES[4:])], "<f4")
    table = b"".join(
        struct.pack("<IB", ord(source), len(made)) + struct.pack(f"<{len(made)}I", *map(ord, made))
        for source, made in REPLACEMENTS.items()
    )
    head = magic + struct.pack("<I7ifi", version, 32, 1, 2, 64, 20, 16, 2, 1e-6, 32)
    head += struct.pack("<5iQ", len(PIECES), 0, 2, 1, 3, len(blob))
    head += offsets.tobytes() + scores.tobytes() + blob
    head += struct.pack("<iI", len(REPLACEMENTS), len(table)) + table
    tensors = {name: made for name, made in _build_tensors().items() if name != skipped_tensor}
    kind, count, data = tensors["emb.word"]
    tensors["emb.word"] = kind, count, first_block + data[len(first_block) :]
    position = len(head) + 4 + sum(2 + len(name) + 1 + 4 + 8 + 8 for name in tensors)
    index = struct.pack("<i", len(tensors))
    for name, (kind, count, data) in tensors.items():
        index += struct.pack("<H", len(name)) + name.encode()
        index += struct.pack("<BIQQ", kind, count, position, len(data))
        position += len(data)
    return head + index + b"".join(data for _, _, data in tensors.values())


def read_tiny_weights() -> ModelWeights:
    return parse_weights(build_tiny_file())


def _build_tensors() -> dict[str, tuple[int, int, bytes]]:
    """Matrices in 4 bits, vectors in float32, as the real file has them."""
    rng = np.random.default_rng(0)
    tensors = {}
    for name, (_, shape) in tensor_shapes(SHAPE).items():
        count = int(np.prod(shape))
        if name in ("emb.pos", "emb.type") or len(shape) == 1:
            tensors[name] = (0, count, rng.normal(0.5, 0.2, count).astype("<f4").tobytes())
            continue
        blocks = np.empty(count // 32, [("scale", "<f2"), ("nibbles", "u1", 16)])
        blocks["scale"] = 0.05
        blocks["nibbles"] = rng.integers(0, 256, (len(blocks), 16))
        tensors[name] = (1, count, blocks.tobytes())
    return tensors
