"""Trains the encoder with sentence-transformers' trainer."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import torch
from datasets import Dataset
from numpy.typing import NDArray
from sentence_transformers import (
    SentenceTransformer,
    SentenceTransformerTrainer,
    SentenceTransformerTrainingArguments,
)
from sentence_transformers.base.sampler import DefaultBatchSampler
from transformers import (
    PrinterCallback,
    TrainerCallback,
    TrainerControl,
    TrainerState,
    TrainingArguments,
)

from index.embedders.weights import Tensors
from index.training.batches import group_confused, group_siblings, plan_batches
from index.training.losses import SectionRankingLoss
from index.training.rows import QUESTIONS_PER_ROW, PreparedSection, Row

# Where the untrained model is to be kept: general text and long sections, which a first training on
# short study notes alone had made worse (docs/training.md).
KEPT_SOURCES = frozenset(
    {"general", "general-2", "general-3", "exams-it", "memos-aws", "memos-engineering"}
)

# The batches of the first are of siblings, those of the second of sections that the model, as the
# first left it, takes for one another.
STAGES = ("siblings", "confused")

#: Told the stage, the steps done, the steps of the stage, and the loss where one is known.
OnStep = Callable[[str, int, int, float | None], None]


@dataclass(frozen=True, slots=True)
class EncoderSettings:
    """How the encoder is trained. Where each figure comes from stands in docs/training.md.

    batch_size: sections in a batch, each with two questions.
    max_tokens: longest passage, half of what the index allows: longer ones cost too much time.
    frozen_layers: how many of the lower layers stay as they are; saves a fifth of the time.
    steps: of each of `STAGES`.
    learning_rates: peak rate of each of `STAGES`.
    warmup: share of a stage's steps.
    temperature: of the softmax over cosines; old_temperature: of the untrained model's.
    keep_weight: share of the divergence from the untrained model in the loss.
    """

    batch_size: int = 32
    max_tokens: int = 256
    frozen_layers: int = 4
    steps: tuple[int, int] = (220, 400)
    learning_rates: tuple[float, float] = (1.5e-4, 1.2e-4)
    warmup: float = 0.1
    weight_decay: float = 0.01
    temperature: float = 0.03
    keep_weight: float = 0.3
    old_temperature: float = 0.01
    seed: int = 7


def train_encoder(
    model: SentenceTransformer,
    sections: Sequence[PreparedSection],
    settings: EncoderSettings,
    folder: Path,
    on_step: OnStep,
) -> None:
    """Train `model` in place, in two stages.

    :param folder: for the trainer's own files.
    """
    freeze_lower_layers(model, settings.frozen_layers)
    switch_off_dropout(model)
    random = Random(settings.seed)  # noqa: S311  # the order of training is no secret
    for stage, (name, steps) in enumerate(zip(STAGES, settings.steps, strict=True)):
        if stage == 0:
            groups = group_siblings(sections, random)
        else:
            groups = group_confused(sections, measure_confusion(model, sections), random)
        batches = plan_batches(sections, groups, settings.batch_size, steps, random)
        rate = settings.learning_rates[stage]
        _run_stage(model, batches, sections, settings, rate, folder, name, on_step)


def switch_off_dropout(model: SentenceTransformer) -> None:
    """Train without dropout: the model sees each question a few times only, and underfits."""
    for module in model.modules():
        if isinstance(module, torch.nn.Dropout):
            module.p = 0.0


def freeze_lower_layers(model: SentenceTransformer, layers: int) -> None:
    """Leave the embedding tables and the first `layers` layers as they are."""
    model.requires_grad_(False)
    transformer: Any = model[0].auto_model
    for layer in transformer.encoder.layer[layers:]:
        layer.requires_grad_(True)


def measure_confusion(
    model: SentenceTransformer, sections: Sequence[PreparedSection]
) -> NDArray[np.float32]:
    """Return, shape (n, n), the greatest cosine of any question of i to the first passage of j."""
    with torch.no_grad():
        passages = model.encode(
            [section.passages[0].text for section in sections], prompt="passage: "
        )
        questions = model.encode(
            [q.query.text for section in sections for q in section.questions], prompt="query: "
        )
    cosines = questions @ passages.T
    bounds = np.cumsum([0, *(len(section.questions) for section in sections)])
    confusion: NDArray[np.float32] = np.maximum.reduceat(cosines, bounds[:-1], axis=0)
    return confusion


def read_tensors(model: SentenceTransformer) -> Tensors:
    """Return the tensors of the model's encoder by the names that `ModelWeights` uses."""
    transformer: Any = model[0].auto_model
    return {name: tensor.numpy().copy() for name, tensor in transformer.state_dict().items()}


def build_dataset(batches: Sequence[Sequence[Row]], sections: Sequence[PreparedSection]) -> Dataset:
    """Return the rows of all batches in order, in the columns that `SectionRankingLoss` takes."""
    numbers = {section.section_id: i for i, section in enumerate(sections)}
    rows = [row for batch in batches for row in batch]
    columns: dict[str, list[Any]] = {}
    for i in range(QUESTIONS_PER_ROW):
        columns[f"query_{i}"] = [f"query: {row.questions[i].query.text}" for row in rows]
    for i in range(QUESTIONS_PER_ROW):
        columns[f"text_{i}"] = [f"passage: {row.texts[i].text}" for row in rows]
    columns["label"] = [_label(row, numbers[row.section.section_id]) for row in rows]
    return Dataset.from_dict(columns)


def _label(row: Row, number: int) -> NDArray[np.float32]:
    head = np.array([number, row.section.source in KEPT_SOURCES, row.is_shared], np.float32)
    vectors = [question.query.vector for question in row.questions]
    return np.concatenate([head, *vectors, *(text.vector for text in row.texts)])


def _run_stage(
    model: SentenceTransformer,
    batches: Sequence[Sequence[Row]],
    sections: Sequence[PreparedSection],
    settings: EncoderSettings,
    rate: float,
    folder: Path,
    stage: str,
    on_step: OnStep,
) -> None:
    sizes = [len(batch) for batch in batches]
    arguments = SentenceTransformerTrainingArguments(
        output_dir=str(folder),
        num_train_epochs=1,
        per_device_train_batch_size=settings.batch_size,
        learning_rate=rate,
        warmup_steps=settings.warmup,
        weight_decay=settings.weight_decay,
        max_grad_norm=1.0,
        seed=settings.seed,
        save_strategy="no",
        logging_steps=5,
        report_to=[],
        use_cpu=True,
        disable_tqdm=True,
        batch_sampler=lambda dataset, **others: _PlannedBatches(dataset, sizes, **others),
    )
    trainer = SentenceTransformerTrainer(
        model=model,
        args=arguments,
        train_dataset=build_dataset(batches, sections),
        loss=SectionRankingLoss(
            model, settings.temperature, settings.keep_weight, settings.old_temperature
        ),
        callbacks=[_StepReporter(stage, len(batches), on_step)],
    )
    trainer.remove_callback(PrinterCallback)
    trainer.train()


class _PlannedBatches(DefaultBatchSampler):
    """The batches as they were planned: consecutive rows of the dataset."""

    def __init__(self, dataset: Dataset, sizes: Sequence[int], **others: Any) -> None:  # noqa: ANN401
        super().__init__(dataset, **others)
        self._sizes = sizes

    def __len__(self) -> int:
        return len(self._sizes)

    def __iter__(self) -> Iterator[list[int]]:
        start = 0
        for size in self._sizes:
            yield list(range(start, start + size))
            start += size


class _StepReporter(TrainerCallback):
    def __init__(self, stage: str, steps: int, on_step: OnStep) -> None:
        self._stage, self._steps, self._on_step = stage, steps, on_step

    def on_step_end(
        self,
        args: TrainingArguments,  # noqa: ARG002
        state: TrainerState,
        control: TrainerControl,  # noqa: ARG002
        **_: Any,  # noqa: ANN401
    ) -> None:
        self._on_step(self._stage, state.global_step, self._steps, None)

    def on_log(
        self,
        args: TrainingArguments,  # noqa: ARG002
        state: TrainerState,
        control: TrainerControl,  # noqa: ARG002
        logs: dict[str, float] | None = None,
        **_: Any,  # noqa: ANN401
    ) -> None:
        if logs and "loss" in logs:
            self._on_step(self._stage, state.global_step, self._steps, float(logs["loss"]))
