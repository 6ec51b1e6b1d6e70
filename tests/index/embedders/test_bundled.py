from pathlib import Path

from index.embedders.bundled import FOLDER_NAME, prepare_bundled_model
from index.embedders.model_folder import check_model_folder
from index.embedders.onnx_runtime import OnnxEmbedder

QUESTION = "VPCピアリングで推移的な通信はできますか"
PASSAGES = [
    "夕食のカレーには玉ねぎをよく炒めて入れる。",
    "VPCピアリング接続は推移的なルーティングに対応していない。",
    "S3のバージョニングを有効にすると以前の版を復元できる。",
]


def test_the_folder_is_ready_and_carries_the_weights_digest(model_folder: Path) -> None:
    assert model_folder.name == FOLDER_NAME
    check_model_folder(model_folder)


def test_preparing_again_does_nothing(cache_folder: Path, model_folder: Path) -> None:
    told: list[str] = []
    assert prepare_bundled_model(cache_folder, lambda step, _: told.append(step)) == model_folder
    assert told == []


def test_the_model_finds_what_belongs_together(bundled_embedder: OnnxEmbedder) -> None:
    scores = (
        bundled_embedder.embed_passages(PASSAGES) @ bundled_embedder.embed_queries([QUESTION])[0]
    )
    assert scores.argmax() == 1


def test_the_name_tells_model_and_digest(bundled_embedder: OnnxEmbedder) -> None:
    name, _, digest = bundled_embedder.name.partition("@")
    assert name == "multilingual-e5-small-int8"
    assert len(digest) == 12
    assert set(digest) <= set("0123456789abcdef")
