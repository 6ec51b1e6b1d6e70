from math import erf

import numpy as np
import onnx
import onnxruntime
import pytest
from hypothesis import given
from hypothesis.extra.numpy import arrays
from hypothesis.strategies import floats

from index.embedders.bert_graph import build_bert_graph, quantize_rows
from tests.index.embedders.tiny_weights import read_tiny_weights


def test_rows_are_scaled_to_their_own_peak() -> None:
    matrix = np.array([[1.0, -2.0, 0.5], [0.0, 0.0, 0.0]], np.float32)
    values, scales = quantize_rows(matrix, 4)
    # Row 0: scale 2 / 4 = 0.5. Row 1 has no peak: scale 1.
    assert values.tolist() == [[2, -4, 1], [0, 0, 0]]
    assert scales.tolist() == [[0.5], [1.0]]


@given(arrays(np.float32, (3, 5), elements=floats(-1000, 1000, width=32)))
def test_quantising_errs_by_half_a_step_at_most(matrix: np.ndarray) -> None:
    values, scales = quantize_rows(matrix, 63)
    assert np.abs(values).max() <= 63
    assert np.all(np.abs(values * scales - matrix) <= scales * 0.501)


def test_the_graph_is_valid_and_takes_one_text() -> None:
    graph = build_bert_graph(read_tiny_weights()).graph
    (tokens,) = graph.input
    assert [dim.dim_value or dim.dim_param for dim in tokens.type.tensor_type.shape.dim] == [
        1,
        "tokens",
    ]
    # The contributed operators are unknown to the checker; the others are held to their schema.
    onnx.checker.check_graph(graph, _context({"": 20, "com.microsoft": 1}))


def test_every_constant_is_used() -> None:
    graph = build_bert_graph(read_tiny_weights()).graph
    used = {name for node in graph.node for name in node.input}
    assert {constant.name for constant in graph.initializer} <= used


def test_linear_weights_leave_one_bit_free() -> None:
    graph = build_bert_graph(read_tiny_weights()).graph
    linear = [
        onnx.numpy_helper.to_array(constant)
        for constant in graph.initializer
        if constant.name.endswith("dense.values")
    ]
    assert len(linear) == 3
    assert max(int(np.abs(values).max()) for values in linear) == 63


@pytest.mark.parametrize("ids", [[0, 2], [0, 7, 8, 9, 4, 2]])
def test_the_graph_computes_a_bert_encoder(ids: list[int], tmp_path) -> None:
    """Against the encoder written out in numpy; int8 in one tiny layer costs below 2 %."""
    weights = read_tiny_weights()
    path = tmp_path / "graph.onnx"
    onnx.save(build_bert_graph(weights), path)
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    (vector,) = session.run(None, {"input_ids": np.array([ids], np.int32)})[0]
    expected = _encode(weights.tensors, ids, heads=2)
    assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-5)
    assert vector @ expected > 0.98


def _context(opsets: dict[str, int]) -> onnx.checker.C.CheckerContext:
    context = onnx.checker.C.CheckerContext()
    context.ir_version = 10
    context.opset_imports = opsets
    return context


def _encode(tensors, ids: list[int], heads: int) -> np.ndarray:
    """Devlin et al. 2019, post-norm; then the mean over the tokens, unit length."""
    embeddings = "embeddings."
    hidden = (
        tensors[f"{embeddings}word_embeddings.weight"][ids]
        + tensors[f"{embeddings}position_embeddings.weight"][: len(ids)]
        + tensors[f"{embeddings}token_type_embeddings.weight"][0]
    )
    hidden = _normalize(hidden, tensors, f"{embeddings}LayerNorm")
    layer = "encoder.layer.0."
    split = [
        np.split(_project(hidden, tensors, f"{layer}attention.self.{part}"), heads, axis=1)
        for part in ("query", "key", "value")
    ]
    contexts = []
    for query, key, value in zip(*split, strict=True):
        scores = np.exp(query @ key.T / np.sqrt(query.shape[1]))
        contexts.append(scores / scores.sum(axis=1, keepdims=True) @ value)
    attended = _project(np.hstack(contexts), tensors, f"{layer}attention.output.dense")
    hidden = _normalize(hidden + attended, tensors, f"{layer}attention.output.LayerNorm")
    inner = _project(hidden, tensors, f"{layer}intermediate.dense")
    inner = inner * 0.5 * (1 + np.vectorize(erf)(inner / np.sqrt(2)))
    hidden = _normalize(
        hidden + _project(inner, tensors, f"{layer}output.dense"),
        tensors,
        f"{layer}output.LayerNorm",
    )
    mean = hidden.mean(axis=0)
    return mean / np.linalg.norm(mean)


def _project(hidden: np.ndarray, tensors, name: str) -> np.ndarray:
    return hidden @ tensors[f"{name}.weight"].T + tensors[f"{name}.bias"]


def _normalize(hidden: np.ndarray, tensors, name: str) -> np.ndarray:
    centred = hidden - hidden.mean(axis=1, keepdims=True)
    scaled = centred / np.sqrt(hidden.var(axis=1, keepdims=True) + 1e-6)
    return scaled * tensors[f"{name}.weight"] + tensors[f"{name}.bias"]
