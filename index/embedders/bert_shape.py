"""The sizes of a BERT encoder and the tensors that follow from them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BertShape:
    """The sizes of a BERT encoder, named as in a `BertModel`'s configuration."""

    hidden_size: int
    num_hidden_layers: int
    num_attention_heads: int
    intermediate_size: int
    vocab_size: int
    max_position_embeddings: int
    type_vocab_size: int
    layer_norm_eps: float


def tensor_shapes(shape: BertShape) -> dict[str, tuple[str, tuple[int, ...]]]:
    """Return the `BertModel` name and the shape of every tensor, by its name in the file."""
    hidden, inner = shape.hidden_size, shape.intermediate_size
    shapes: dict[str, tuple[str, tuple[int, ...]]] = {
        "emb.word": ("embeddings.word_embeddings.weight", (shape.vocab_size, hidden)),
        "emb.pos": (
            "embeddings.position_embeddings.weight",
            (shape.max_position_embeddings, hidden),
        ),
        "emb.type": ("embeddings.token_type_embeddings.weight", (shape.type_vocab_size, hidden)),
        "emb.ln.w": ("embeddings.LayerNorm.weight", (hidden,)),
        "emb.ln.b": ("embeddings.LayerNorm.bias", (hidden,)),
    }
    linear = {
        "q": ("attention.self.query", (hidden, hidden)),
        "k": ("attention.self.key", (hidden, hidden)),
        "v": ("attention.self.value", (hidden, hidden)),
        "ao": ("attention.output.dense", (hidden, hidden)),
        "fi": ("intermediate.dense", (inner, hidden)),
        "fo": ("output.dense", (hidden, inner)),
    }
    norms = {"aln": "attention.output.LayerNorm", "oln": "output.LayerNorm"}
    for layer in range(shape.num_hidden_layers):
        for short, (name, weight_shape) in linear.items():
            target = f"encoder.layer.{layer}.{name}"
            shapes[f"l{layer}.{short}.w"] = (f"{target}.weight", weight_shape)
            shapes[f"l{layer}.{short}.b"] = (f"{target}.bias", weight_shape[:1])
        for short, name in norms.items():
            target = f"encoder.layer.{layer}.{name}"
            shapes[f"l{layer}.{short}.w"] = (f"{target}.weight", (hidden,))
            shapes[f"l{layer}.{short}.b"] = (f"{target}.bias", (hidden,))
    return shapes
