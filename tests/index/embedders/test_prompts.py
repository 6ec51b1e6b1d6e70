import pytest

from index.embedders.prompts import Prompts, choose_prompts

E5 = Prompts("query: ", "passage: ")
RURI = Prompts("検索クエリ: ", "検索文書: ")
NONE = Prompts("", "")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("intfloat/multilingual-e5-large", E5),
        ("models/multilingual-e5-small/", E5),
        ("me/my-E5", E5),
        ("intfloat/multilingual-e5-large-instruct", NONE),
        ("someone/made5", NONE),
        ("e5/minilm", NONE),
        ("cl-nagoya/ruri-v3-310m", RURI),
        ("cl-nagoya/ruri-small", NONE),
        ("sentence-transformers/LaBSE", NONE),
    ],
)
def test_prompts_are_known_by_name(name: str, expected: Prompts) -> None:
    assert choose_prompts(name, {"query": "", "document": ""}) == expected


def test_the_models_own_prompts_come_first() -> None:
    saved = {"query": "Q: ", "document": "D: "}
    assert choose_prompts("intfloat/multilingual-e5-small", saved) == Prompts("Q: ", "D: ")


def test_a_passage_prompt_has_several_names() -> None:
    saved = {"query": "Q: ", "document": "", "passage": "P: ", "corpus": "C: "}
    assert choose_prompts("x", saved) == Prompts("Q: ", "P: ")
    assert choose_prompts("x", {"corpus": "C: "}) == Prompts("", "C: ")
    assert choose_prompts("x", {"query": "Q: "}) == Prompts("Q: ", "")
