"""Embeds with a prepared model folder on onnxruntime and tokenizers; torch is never imported."""

import json
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from index.embedders.model_folder import (
    GRAPH_FILE,
    LENGTH_FILE,
    PROMPTS_FILE,
    TOKENIZER_FILE,
    read_digests,
)
from index.errors import ModelFolderError
from index.protocols import Vectors
from ingest.normalize import clean_text

# Texts handed to the tokenizer at once; bounds the memory that its results take.
TOKENIZED_AT_ONCE = 256


class OnnxEmbedder:
    """An `Embedder` on the CPU.

    Every text runs through the graph alone, on one thread, so its vector depends on nothing else
    in the call; several texts run beside one another. May be used from several threads at once.
    """

    def __init__(self, folder: Path, model_name: str, threads: int | None = None) -> None:
        """Load the model.

        :param folder: as `prepare_bundled_model` returns it; its files are trusted here.
        :param model_name: the first part of `name`.
        :param threads: how many texts run at once; by default the CPUs that this process may use.
        :raises ModelFolderError: when the folder cannot be loaded.
        """
        digests = read_digests(folder)
        try:
            # The session loads beside the tokenizer, which takes twice as long.
            with ThreadPoolExecutor(1) as executor:
                session = executor.submit(_load_session, folder / GRAPH_FILE)
                self._tokenizer = Tokenizer.from_file(str(folder / TOKENIZER_FILE))
                self._session = session.result()
            prompts = json.loads((folder / PROMPTS_FILE).read_text(encoding="utf-8"))["prompts"]
            self._query_prompt, self._passage_prompt = prompts["query"], prompts["passage"]
            lengths = json.loads((folder / LENGTH_FILE).read_text(encoding="utf-8"))
            self._max_tokens = int(lengths["max_seq_length"])
            identity = "".join(
                digests[name] for name in (GRAPH_FILE, TOKENIZER_FILE, PROMPTS_FILE, LENGTH_FILE)
            )
        except Exception as error:  # the runtime and the tokenizer raise types of their own
            raise ModelFolderError(
                f"cannot load the model folder {folder} ({_first_line(error)}): remove the folder "
                "to have it made again"
            ) from error
        self._dim = int(self._session.get_outputs()[0].shape[1])
        self._threads = threads or _count_cpus()
        self._name = f"{model_name}@{sha256(identity.encode()).hexdigest()[:12]}"

    @property
    def name(self) -> str:
        """Model name and a digest of the graph, the tokenizer and the prompts."""
        return self._name

    @property
    def dim(self) -> int:
        """Length of a vector."""
        return self._dim

    @property
    def max_tokens(self) -> int:
        """Longest text in tokens, prefix and special tokens counted; the rest is cut off."""
        return self._max_tokens

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Return the token count of every text as a passage, before anything is cut off."""
        counts = []
        for start in range(0, len(texts), TOKENIZED_AT_ONCE):
            part = texts[start : start + TOKENIZED_AT_ONCE]
            counts += [len(ids) for ids in self._tokenize(part, self._passage_prompt)]
        return counts

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """Return unit rows, float32, shape (len(texts), dim), in the order of `texts`."""
        return self._embed(texts, self._query_prompt)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Return unit rows, float32, shape (len(texts), dim), in the order of `texts`."""
        return self._embed(texts, self._passage_prompt)

    def _embed(self, texts: Sequence[str], prompt: str) -> Vectors:
        vectors = np.empty((len(texts), self._dim), np.float32)
        for start in range(0, len(texts), TOKENIZED_AT_ONCE):
            part = texts[start : start + TOKENIZED_AT_ONCE]
            rows = [self._cut(ids) for ids in self._tokenize(part, prompt)]
            vectors[start : start + len(rows)] = self._run_all(rows)
        return vectors

    def _tokenize(self, texts: Sequence[str], prompt: str) -> list[list[int]]:
        prompted = [prompt + clean_text(text) for text in texts]
        return [encoding.ids for encoding in self._tokenizer.encode_batch_fast(prompted)]

    def _run_all(self, rows: Sequence[NDArray[np.int32]]) -> Vectors:
        if len(rows) == 1 or self._threads == 1:
            return np.concatenate([self._run(row) for row in rows])
        # Longest first, so that no thread is left alone with a long text at the end.
        order = sorted(range(len(rows)), key=lambda i: rows[i].size, reverse=True)
        vectors = np.empty((len(rows), self._dim), np.float32)
        with ThreadPoolExecutor(min(self._threads, len(rows))) as executor:
            vectors[order] = np.concatenate(list(executor.map(self._run, (rows[i] for i in order))))
        return vectors

    def _run(self, ids: NDArray[np.int32]) -> Vectors:
        output: Vectors = self._session.run(["embedding"], {"input_ids": ids})[0]
        return output

    def _cut(self, ids: list[int]) -> NDArray[np.int32]:
        # The last token is the end mark, which stays.
        kept = ids if len(ids) <= self._max_tokens else [*ids[: self._max_tokens - 1], ids[-1]]
        return np.array([kept], np.int32)


def _load_session(path: Path) -> Any:  # noqa: ANN401  # onnxruntime ships no types
    # The Linux and macOS builds collect and send usage data from their import on unless this is
    # set before it; `disable_telemetry_events` alone comes too late (onnxruntime's Privacy.md).
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    import onnxruntime

    onnxruntime.disable_telemetry_events()
    options = onnxruntime.SessionOptions()
    # One thread per text (see the class); more would only wait for one another.
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    # The graph is built in its final form. Higher levels would put back the slow fused node that
    # `bert_graph` avoids.
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def _count_cpus() -> int:
    """Return how many CPUs this process may use."""
    if hasattr(os, "sched_getaffinity"):  # not on macOS
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _first_line(error: Exception) -> str:
    return str(error).strip().split("\n")[0] or type(error).__name__
