"""Writes a model folder from weights: configurations, tokenizer, tensors and the int8 graph."""

import json
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import numpy as np
import onnx
from safetensors.numpy import save_file

from index.embedders.bert_graph import build_bert_graph
from index.embedders.model_folder import (
    GRAPH_FILE,
    LENGTH_FILE,
    PROMPTS_FILE,
    TENSORS_FILE,
    TOKENIZER_FILE,
    write_digests,
)
from index.embedders.unigram_tokenizer import build_tokenizer, read_special_tokens
from index.embedders.weights import ModelWeights

# The E5 models were trained with these: https://arxiv.org/abs/2402.05672
PROMPTS = {"query": "query: ", "passage": "passage: "}


def write_model_folder(
    weights: ModelWeights, folder: Path, on_step: Callable[[str, float], None]
) -> None:
    """Write every file of a model folder into `folder`, which exists and is empty.

    :param on_step: told what begins, and which share (0 to 1) of the work is done before it.
    :raises OSError: when a file cannot be written.
    """
    on_step("write the tokenizer", 0.0)
    build_tokenizer(weights.vocabulary).save(str(folder / TOKENIZER_FILE), pretty=False)
    _write_configurations(weights, folder)
    on_step("write the weights", 0.2)
    halves = {name: array.astype(np.float16) for name, array in weights.tensors.items()}
    save_file(halves, folder / TENSORS_FILE, metadata={"format": "pt"})
    del halves
    on_step("quantise the weights", 0.4)
    (folder / GRAPH_FILE).parent.mkdir()
    onnx.save(build_bert_graph(weights), folder / GRAPH_FILE)
    on_step("check the files", 0.9)
    write_digests(folder)
    on_step("check the files", 1.0)


def _write_configurations(weights: ModelWeights, folder: Path) -> None:
    shape = weights.shape
    module = "sentence_transformers.models."
    special = read_special_tokens(weights.vocabulary)
    configurations: dict[str, object] = {
        "config.json": {
            "architectures": ["BertModel"],
            "model_type": "bert",
            "hidden_act": "gelu",
            "pad_token_id": weights.vocabulary.pad_id,
            "dtype": "float32",
            **asdict(shape),
        },
        "tokenizer_config.json": {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": shape.max_position_embeddings,
            "model_input_names": ["input_ids", "attention_mask"],
            "cls_token": special["bos_token"],
            "sep_token": special["eos_token"],
            **special,
        },
        "special_tokens_map.json": special,
        "modules.json": [
            {"idx": 0, "name": "0", "path": "", "type": f"{module}Transformer"},
            {"idx": 1, "name": "1", "path": "1_Pooling", "type": f"{module}Pooling"},
            {"idx": 2, "name": "2", "path": "2_Normalize", "type": f"{module}Normalize"},
        ],
        "1_Pooling/config.json": {
            "word_embedding_dimension": shape.hidden_size,
            "pooling_mode_mean_tokens": True,
        },
        LENGTH_FILE: {"max_seq_length": shape.max_position_embeddings, "do_lower_case": False},
        PROMPTS_FILE: {
            "prompts": PROMPTS,
            "default_prompt_name": None,
            "similarity_fn_name": "cosine",
        },
    }
    (folder / "1_Pooling").mkdir()
    (folder / "2_Normalize").mkdir()
    for name, content in configurations.items():
        text = json.dumps(content, indent=2, ensure_ascii=False) + "\n"
        (folder / name).write_text(text, encoding="utf-8")
