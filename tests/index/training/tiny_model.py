"""The tiny weights with more layers, so that some can be frozen."""

from dataclasses import replace

from index.embedders.weights import ModelWeights
from tests.index.embedders.tiny_weights import read_tiny_weights


def read_deep_weights(layers: int) -> ModelWeights:
    """Return the tiny weights with their one layer `layers` times."""
    weights = read_tiny_weights()
    tensors = dict(weights.tensors)
    for name, tensor in weights.tensors.items():
        for layer in range(1, layers if ".layer.0." in name else 0):
            tensors[name.replace(".layer.0.", f".layer.{layer}.")] = tensor.copy()
    shape = replace(weights.shape, num_hidden_layers=layers)
    return replace(weights, shape=shape, tensors=tensors)
