from pathlib import Path

import pytest

from index.embedders.onnx_runtime import OnnxEmbedder
from index.embedders.sentence_transformer import SentenceTransformerEmbedder
from index.errors import ModelError

# Of different kinds and lengths; our own wording.
TEXTS = [
    "VPC",
    "ゲートウェイ型とインターフェース型の違い",
    "サブネットはひとつのアベイラビリティーゾーンの中に作る。",
    "セキュリティグループは戻りの通信を自動で許可するが、ネットワークACLは許可しない。",
    "| サービス | 層 |\n| ALB | 7 |\n| NLB | 4 |",
    "aws ec2 describe-vpcs --region ap-northeast-1",
    "CIDRは/16～/28の範囲で指定する",
    "ﾙｰﾄ ﾃｰﾌﾞﾙ の ①番目",
    "The gateway endpoint is free of charge.",
    "専用線の開通には数週間から数か月かかるので、急ぐときはVPNを先に用意する。",
    "※上限は申請すれば引き上げられる",
    "TTLが切れるまで古いアドレスが返る",
    "障害時は待機系へ切り替わり、名前解決の結果が新しい系を指すようになる。",
    "料金：転送量1GBごと",
    "東京と大阪",
    "なぜ到達できないのか？",
    "ログには拒否された通信も残る。" * 10,
    "経路は最も長く一致する宛先が選ばれる。" * 40,
    "🙂 絵文字と記号 → ★",
    "",
]


@pytest.mark.parametrize("name", ["./nowhere", "/nowhere/model", "~/nowhere", "a/b/c"])
def test_a_folder_that_is_not_there_is_told(name: str) -> None:
    with pytest.raises(ModelError, match=f"no model folder {name}: check --model"):
        SentenceTransformerEmbedder(name)


@pytest.mark.slow
def test_a_hub_model_that_cannot_be_had_is_told_in_one_line() -> None:
    with pytest.raises(ModelError, match="cannot load the embedding model owner/nothing") as caught:
        SentenceTransformerEmbedder("owner/nothing")
    assert "\n" not in str(caught.value)


@pytest.mark.slow
def test_a_folder_that_is_no_model_is_told(tmp_path: Path) -> None:
    (tmp_path / "modules.json").write_text("[")
    with pytest.raises(ModelError, match="cannot load the embedding model"):
        SentenceTransformerEmbedder(str(tmp_path))


@pytest.mark.slow
def test_the_folder_gives_the_same_vectors_as_our_runtime(
    model_folder: Path, bundled_embedder: OnnxEmbedder
) -> None:
    reference = SentenceTransformerEmbedder(str(model_folder))
    for vectors, expected in (
        (bundled_embedder.embed_passages(TEXTS), reference.embed_passages(TEXTS)),
        (bundled_embedder.embed_queries(TEXTS), reference.embed_queries(TEXTS)),
    ):
        cosines = (vectors * expected).sum(axis=1)
        assert cosines.mean() >= 0.98
        assert cosines.min() >= 0.96
    assert bundled_embedder.count_tokens(TEXTS) == reference.count_tokens(TEXTS)
    assert bundled_embedder.max_tokens == reference.max_tokens


@pytest.mark.slow
def test_the_name_tells_folder_and_digest(model_folder: Path) -> None:
    name, _, digest = SentenceTransformerEmbedder(str(model_folder)).name.partition("@")
    assert name == model_folder.name
    assert len(digest) == 12
