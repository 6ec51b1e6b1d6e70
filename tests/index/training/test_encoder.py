from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import ClassVar

import numpy as np
import pytest
import torch

from index.embedders.adapter import extract_differences, merge_adapter, read_adapter, write_adapter
from index.embedders.model_writer import write_model_folder
from index.embedders.sentence_transformer import load_model
from index.embedders.weights import Tensors
from index.training.examples import data_folder
from index.training.losses import SectionRankingLoss
from index.training.rows import deal_rows
from tests.index.training.records import DIM, encode, prepared_section
from tests.index.training.tiny_model import read_deep_weights

# Not of the project's own needs: the extra `tenkyo[train]`.
pytest.importorskip("datasets")
pytest.importorskip("accelerate")

from index.training.encoder import (
    KEPT_SOURCES,
    EncoderSettings,
    _PlannedBatches,
    build_dataset,
    freeze_lower_layers,
    measure_confusion,
    read_tensors,
    switch_off_dropout,
    train_encoder,
)

WEIGHTS = read_deep_weights(3)
# Words of the tiny vocabulary, so that no two texts are alike to the model.
WORDS = ["あ", "い", "VPC", "～", "a", "あい", "いa", "aVPC", "～～", "VPCVPC", "aあ", "いVPC"]
SIGNS = "aいあ～"
# Six notes of two sections, each with one row of either view: six batches of each in a deal.
SECTIONS = [
    prepared_section(
        word, (0,) * 4, path=f"{i // 2}.md", texts=tuple(f"{word}{sign}" for sign in SIGNS)
    )
    for i, word in enumerate(WORDS)
]
SETTINGS = EncoderSettings(
    batch_size=2,
    frozen_layers=2,
    steps=(6, 12),
    learning_rates=(1e-2, 1e-2),
    temperature=0.1,
)


class FakeModel:
    """Embeds by `records.encode`; prompts change nothing but are told."""

    def __init__(self) -> None:
        self.prompts: list[str] = []

    def encode(self, texts: Sequence[str], prompt: str) -> np.ndarray:
        self.prompts.append(prompt)
        return np.array([encode(text).vector for text in texts])


@dataclass(frozen=True, slots=True)
class Batch:
    """What the loss saw. numbers: of the sections; questions: the two of every section."""

    numbers: list[int]
    is_shared: list[bool]
    questions: list[tuple[str, str]]


class RecordingLoss(SectionRankingLoss):
    """Keeps the batches; fails where training is not to be repeated."""

    batches: ClassVar[list[Batch]] = []

    def forward(self, sentence_features, labels):
        columns = list(sentence_features)
        assert len(columns) == 4
        first, second = (
            self.model.tokenizer.batch_decode(column["input_ids"], skip_special_tokens=True)
            for column in columns[:2]
        )
        questions = [
            (one.replace(" ", ""), two.replace(" ", ""))
            for one, two in zip(first, second, strict=True)
        ]
        numbers, _, is_shared = labels[:, :3].T
        RecordingLoss.batches.append(
            Batch(numbers.int().tolist(), is_shared.bool().tolist(), questions)
        )
        loss = super().forward(columns, labels)
        # Without dropout, though the model is in training.
        assert self.model.training
        assert torch.equal(loss, super().forward(columns, labels))
        return loss


def confuse_by_parity(model, sections) -> np.ndarray:
    """Measure the confusion, and return another: even sections are near to even ones alone."""
    assert measure_confusion(model, sections).shape == (12, 12)
    return np.array([[(i + j) % 2 == 0 for j in range(12)] for i in range(12)], np.float32)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tiny")
    write_model_folder(WEIGHTS, folder, lambda *_: None)
    return folder


@pytest.fixture
def model(folder: Path):
    return load_model(str(folder))


def test_the_dataset_holds_the_rows_in_the_order_of_the_batches() -> None:
    sections = [
        prepared_section("a", (0,) * 4),
        prepared_section("b", (0,) * 4, source="general"),
        prepared_section("c", (0,) * 4),
    ]
    dealt = [deal_rows(section, Random(0)) for section in sections]
    rows = [dealt[2][0][0], dealt[1][0][0], dealt[0][1][0]]  # passage, passage, sentences
    dataset = build_dataset([rows[:2], rows[2:]], sections)
    # The loss takes the columns by their order; the label is known by its name.
    assert dataset.column_names == ["query_0", "query_1", "text_0", "text_1", "label"]
    for i in (0, 1):
        assert dataset[f"query_{i}"][:] == [f"query: {r.questions[i].query.text}" for r in rows]
        assert dataset[f"text_{i}"][:] == [
            "passage: c p0",
            "passage: b p0",
            f"passage: {rows[2].questions[i].sentence.text}",
        ]
    # The number of the section among `sections`; whether it is kept, as what is general; whether
    # both texts are one.
    assert [label[:3] for label in dataset["label"]] == [[2, 0, 1], [1, 1, 1], [0, 0, 0]]
    for label, row in zip(dataset["label"], rows, strict=True):
        vectors = [one.vector for one in (*(q.query for q in row.questions), *row.texts)]
        np.testing.assert_array_equal(label[3:], np.ravel(vectors))
        assert len(label) == 3 + 4 * DIM


def test_the_kept_sources_are_files_of_the_data() -> None:
    assert {path.stem for path in data_folder().glob("*.jsonl")} >= KEPT_SOURCES


def test_confusion_is_the_greatest_cosine_of_any_question_to_the_first_passage() -> None:
    sections = [prepared_section("a", (0, 1, 0)), prepared_section("b"), prepared_section("c")]
    model = FakeModel()
    confusion = measure_confusion(model, sections)
    assert confusion.shape == (3, 3)
    for i, one in enumerate(sections):
        for j, other in enumerate(sections):
            expected = max(q.query.vector @ other.passages[0].vector for q in one.questions)
            assert confusion[i, j] == pytest.approx(expected)
    assert model.prompts == ["passage: ", "query: "]


def test_batches_are_consecutive_rows() -> None:
    dataset = build_dataset([], [])
    batches = _PlannedBatches(dataset, [2, 1, 3], batch_size=3, drop_last=False)
    assert len(batches) == 3
    assert list(batches) == [[0, 1], [2], [3, 4, 5]]
    assert list(batches) == [[0, 1], [2], [3, 4, 5]]


def test_tensors_are_read_by_the_names_of_the_weights(model) -> None:
    tensors = read_tensors(model)
    for name, tensor in WEIGHTS.tensors.items():
        # The folder holds float16.
        np.testing.assert_array_equal(tensors[name], tensor.astype(np.float16), err_msg=name)
        assert tensors[name].dtype == np.float32


def test_tensors_that_were_read_do_not_change_with_the_model(model) -> None:
    tensors = read_tensors(model)
    name = "encoder.layer.0.output.dense.bias"
    before = tensors[name].copy()
    with torch.no_grad():
        model[0].auto_model.encoder.layer[0].output.dense.bias += 1
    np.testing.assert_array_equal(tensors[name], before)
    np.testing.assert_array_equal(read_tensors(model)[name], before + 1)


@pytest.mark.parametrize("layers", [0, 2, 3])
def test_lower_layers_are_frozen(model, layers: int) -> None:
    freeze_lower_layers(model, layers)
    free = {name for name, one in model[0].auto_model.named_parameters() if one.requires_grad}
    upper = tuple(f"encoder.layer.{i}." for i in range(layers, 3))
    assert free == {name for name in WEIGHTS.tensors if name.startswith(upper)}


def test_without_dropout_a_model_in_training_repeats_itself(model) -> None:
    model.train()

    def repeats() -> bool:
        with torch.no_grad():
            one, two = (
                model({"input_ids": torch.tensor([[0, 7, 8, 9, 2]]), "attention_mask": mask})
                for mask in torch.ones(2, 1, 5, dtype=torch.long)
            )
        return torch.equal(one["sentence_embedding"], two["sentence_embedding"])

    assert not repeats()
    switch_off_dropout(model)
    assert repeats()
    assert model.training


@dataclass(frozen=True, slots=True)
class Run:
    """One training: the tensors before and after it, and what was told and seen."""

    base: Tensors
    trained: Tensors
    told: list[tuple[str, int, int, float | None]]
    batches: list[Batch]


@pytest.fixture(scope="module")
def run(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Run:
    model = load_model(str(folder))
    base = read_tensors(model)
    told: list[tuple[str, int, int, float | None]] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("index.training.encoder.SectionRankingLoss", RecordingLoss)
        patch.setattr("index.training.encoder.measure_confusion", confuse_by_parity)
        # So that the divergence has a part in the training.
        patch.setattr("index.training.encoder.KEPT_SOURCES", frozenset({"notes"}))
        patch.setattr(RecordingLoss, "batches", [])
        trainer_folder = tmp_path_factory.mktemp("trainer")
        train_encoder(model, SECTIONS, SETTINGS, trainer_folder, lambda *now: told.append(now))
        batches = RecordingLoss.batches
    return Run(base, read_tensors(model), told, batches)


@pytest.mark.slow
def test_training_changes_the_upper_layer_alone(run: Run) -> None:
    changed = {name for name in run.base if not np.array_equal(run.base[name], run.trained[name])}
    upper = {name for name in WEIGHTS.tensors if name.startswith("encoder.layer.2.")}
    # A bias of the keys adds the same to all scores of a query: it may stay as it is.
    assert upper - {"encoder.layer.2.attention.self.key.bias"} <= changed <= upper
    assert all(np.isfinite(tensor).all() for tensor in run.trained.values())


@pytest.mark.slow
def test_what_was_trained_is_what_its_adapter_gives(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "made.safetensors"
    write_adapter(path, extract_differences(run.base, run.trained, DIM))
    merged = merge_adapter(WEIGHTS, read_adapter(path)).tensors
    for name in WEIGHTS.tensors:
        # Both the base and the differences went through float16.
        np.testing.assert_allclose(merged[name], run.trained[name], atol=5e-3, err_msg=name)


@pytest.mark.slow
def test_every_step_is_told_and_the_loss_of_every_fifth(run: Run) -> None:
    steps = [now for now in run.told if now[3] is None]
    assert steps == [
        *(("siblings", done, 6, None) for done in range(1, 7)),
        *(("confused", done, 12, None) for done in range(1, 13)),
    ]
    losses = [now for now in run.told if now[3] is not None]
    assert [now[:3] for now in losses] == [
        ("siblings", 5, 6),
        ("confused", 5, 12),
        ("confused", 10, 12),
    ]
    assert all(np.isfinite(now[3]) and now[3] > 0 for now in losses)


@pytest.mark.slow
def test_the_loss_sees_the_planned_batches(run: Run) -> None:
    assert len(run.batches) == 6 + 12
    for batch in run.batches:
        assert len(set(batch.numbers)) == 2
        assert len(set(batch.is_shared)) == 1
        for number, questions in zip(batch.numbers, batch.questions, strict=True):
            assert set(questions) < {f"query:{WORDS[number]}{sign}" for sign in SIGNS}
            assert len(set(questions)) == 2
    siblings, confused = run.batches[:6], run.batches[6:]
    # The two sections of one note; then two even ones or two odd ones.
    assert all(b.numbers[0] // 2 == b.numbers[1] // 2 for b in siblings)
    assert all(b.numbers[0] % 2 == b.numbers[1] % 2 for b in confused)
    # The second stage is one deal: every section in either view, every question once.
    for is_shared in (True, False):
        numbers = [
            n for batch in confused if batch.is_shared[0] == is_shared for n in batch.numbers
        ]
        assert sorted(numbers) == list(range(12))
    shown = [question for batch in confused for pair in batch.questions for question in pair]
    assert sorted(shown) == sorted(f"query:{word}{sign}" for word in WORDS for sign in SIGNS)
