"""Which prompts an embedding model wants before queries and passages."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

# sentence-transformers keeps prompts under names that differ from model to model.
PASSAGE_KEYS = ("passage", "document", "corpus")


@dataclass(frozen=True, slots=True)
class Prompts:
    """What is put before a text, with its final space."""

    query: str
    passage: str


# By the model's name, where its own files name no prompts. E5: https://arxiv.org/abs/2402.05672
# (not its `-instruct` models); ruri-v3: https://huggingface.co/cl-nagoya/ruri-v3-310m
KNOWN_PROMPTS = (
    (
        re.compile(r"(^|[-_])e5([-_](?!.*instruct)|$)", re.IGNORECASE),
        Prompts("query: ", "passage: "),
    ),
    (re.compile(r"(^|[-_])ruri-v3([-_]|$)", re.IGNORECASE), Prompts("検索クエリ: ", "検索文書: ")),
)


def choose_prompts(model_name: str, saved: Mapping[str, str]) -> Prompts:
    """Return the prompts saved with the model, else those known for its name, else empty ones.

    :param model_name: hub name (`owner/name`) or the path of a folder.
    :param saved: the model's own prompts by name; empty texts count as absent.
    """
    passage = next((saved[key] for key in PASSAGE_KEYS if saved.get(key)), "")
    if passage or saved.get("query"):
        return Prompts(saved.get("query", ""), passage)
    base_name = model_name.rstrip("/").rsplit("/", 1)[-1]
    for pattern, prompts in KNOWN_PROMPTS:
        if pattern.search(base_name):
            return prompts
    return Prompts("", "")
