"""Builds the int8 ONNX graph of a BERT sentence encoder from its float32 tensors.

The graph takes the token ids of ONE text, `input_ids` int32 of shape (1, tokens), and gives
`embedding` float32 of shape (1, hidden): mean over the tokens, unit length. It takes no batches on
purpose: dynamic quantisation scales the activations over everything that is in the graph at once,
so in a batch a text's vector would depend on its neighbours. Texts run beside one another on
threads instead, which is as fast (measured: `eval.bench.embedding`).

Linear layers and the word table are int8 with one scale per output channel or row; the rest is
float32.
"""

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from index.embedders.weights import ModelWeights, Tensors

# Opset 20 brought Gelu; IR version 10 is what onnxruntime 1.23, our lower bound, reads for sure.
OPSET = 20
IR_VERSION = 10
CONTRIB = "com.microsoft"
# One bit is left unused in the weights of linear layers: the x86 kernels without VNNI add two
# products in 16 bits, which overflows with 8-bit weights (onnxruntime calls it reduce_range).
LINEAR_MAX = 63
TABLE_MAX = 127


def build_bert_graph(weights: ModelWeights) -> onnx.ModelProto:
    """Return the graph, about 120 MB of it for multilingual-e5-small."""
    shape, tensors = weights.shape, weights.tensors
    graph = _GraphBuilder(tensors, shape.layer_norm_eps)
    hidden = graph.add_embeddings("embeddings")
    for layer in range(shape.num_hidden_layers):
        hidden = _add_layer(graph, hidden, f"encoder.layer.{layer}", shape.num_attention_heads)
    axis = graph.add_constant("token_axis", np.array([1], np.int64))
    mean = graph.add_node("ReduceMean", [hidden, axis], "mean", keepdims=0)
    graph.add_node("LpNormalization", [mean], "embedding", axis=1, p=2)
    return graph.build(shape.hidden_size)


def quantize_rows(
    matrix: NDArray[np.float32], maximum: int
) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Return int8 values of shape (rows, columns) and one scale per row, shape (rows, 1).

    Symmetric: `values * scales` is within half a scale of `matrix`.
    """
    peaks = np.maximum(matrix.max(axis=1, keepdims=True), -matrix.min(axis=1, keepdims=True))
    scales = peaks / np.float32(maximum)
    scales[scales < np.finfo(np.float32).tiny] = 1  # a row of zeros, or as good as that
    values = matrix / scales
    return np.rint(values, out=values).astype(np.int8), scales


def _add_layer(graph: "_GraphBuilder", hidden: str, layer: str, heads: int) -> str:
    projected = [
        graph.add_linear(hidden, f"{layer}.attention.self.{part}")
        for part in ("query", "key", "value")
    ]
    context = graph.add_node(
        "MultiHeadAttention", projected, f"{layer}.context", CONTRIB, num_heads=heads
    )
    attended = graph.add_linear(context, f"{layer}.attention.output.dense")
    hidden = graph.add_residual_norm(attended, hidden, f"{layer}.attention.output.LayerNorm")
    inner = graph.add_linear(hidden, f"{layer}.intermediate.dense")
    inner = graph.add_node("Gelu", [inner], f"{layer}.gelu")
    inner = graph.add_linear(inner, f"{layer}.output.dense")
    return graph.add_residual_norm(inner, hidden, f"{layer}.output.LayerNorm")


class _GraphBuilder:
    """Collects nodes and constants; every `add_...` returns the name of what it computes."""

    def __init__(self, tensors: Tensors, epsilon: float) -> None:
        self._tensors = tensors
        self._epsilon = epsilon
        self._nodes: list[onnx.NodeProto] = []
        self._constants: list[onnx.TensorProto] = []

    def add_constant(self, name: str, array: NDArray[np.generic]) -> str:
        self._constants.append(numpy_helper.from_array(np.ascontiguousarray(array), name))
        return name

    def add_node(
        self, op: str, inputs: list[str], output: str, domain: str = "", **attributes: int | float
    ) -> str:
        node = helper.make_node(op, inputs, [output], domain=domain)
        node.attribute.extend(helper.make_attribute(*item) for item in attributes.items())
        self._nodes.append(node)
        return output

    def add_embeddings(self, name: str) -> str:
        """Word row + position row + the row of token type 0, then layer norm."""
        table, scales = quantize_rows(self._tensors[f"{name}.word_embeddings.weight"], TABLE_MAX)
        words = self._add_gather(self.add_constant("word_table", table), "word_values")
        words = self.add_node("Cast", [words], "word_floats", to=TensorProto.FLOAT)
        scale = self._add_gather(self.add_constant("word_scales", scales), "word_scale")
        words = self.add_node("Mul", [words, scale], "words")
        positions = self.add_constant(
            "position_table",
            self._tensors[f"{name}.position_embeddings.weight"]
            + self._tensors[f"{name}.token_type_embeddings.weight"][0],
        )
        zero = self.add_constant("zero", np.array([0], np.int64))
        length = self.add_node("Shape", ["input_ids"], "length", start=1, end=2)
        positions = self.add_node("Slice", [positions, zero, length, zero], "positions")
        return self.add_residual_norm(words, positions, f"{name}.LayerNorm")

    def add_linear(self, source: str, name: str) -> str:
        """Scale `source` to uint8 over all its values, multiply by the int8 weight, add a bias."""
        values, scales = quantize_rows(self._tensors[f"{name}.weight"], LINEAR_MAX)
        inputs = [
            source,
            self.add_constant(f"{name}.values", values.T),
            self.add_constant(f"{name}.scales", scales[:, 0]),
            self.add_constant(f"{name}.zero_points", np.zeros(len(values), np.int8)),
            self.add_constant(f"{name}.bias", self._tensors[f"{name}.bias"]),
        ]
        return self.add_node("DynamicQuantizeMatMul", inputs, f"{name}.out", CONTRIB)

    def add_residual_norm(self, left: str, right: str, name: str) -> str:
        # Not the contributed SkipLayerNormalization: it took four times as long on AVX2.
        added = self.add_node("Add", [left, right], f"{name}.sum")
        gain = self.add_constant(f"{name}.weight", self._tensors[f"{name}.weight"])
        bias = self.add_constant(f"{name}.bias", self._tensors[f"{name}.bias"])
        return self.add_node(
            "LayerNormalization", [added, gain, bias], f"{name}.out", epsilon=self._epsilon
        )

    def build(self, dim: int) -> onnx.ModelProto:
        graph = helper.make_graph(
            self._nodes,
            "sentence_encoder",
            [helper.make_tensor_value_info("input_ids", TensorProto.INT32, [1, "tokens"])],
            [helper.make_tensor_value_info("embedding", TensorProto.FLOAT, [1, dim])],
            self._constants,
        )
        opsets = [helper.make_opsetid("", OPSET), helper.make_opsetid(CONTRIB, 1)]
        return helper.make_model(graph, opset_imports=opsets, ir_version=IR_VERSION)

    def _add_gather(self, table: str, name: str) -> str:
        return self.add_node("Gather", [table, "input_ids"], name)
