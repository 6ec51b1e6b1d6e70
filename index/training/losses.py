"""The loss of the encoder: the right text first, and old similarities kept where told.

For every question, cross-entropy of the softmax of its cosines to all texts of the batch at a
temperature (InfoNCE, van den Oord et al. 2018, arXiv:1807.03748). Other texts of the question's own
section are no negatives. On rows that are to be kept, the Kullback-Leibler divergence from the
untrained model's softmax is added.

sentence-transformers' MultipleNegativesRankingLoss knows one positive for one anchor; here two
questions share a passage, which is encoded once for both, and texts of the own section are masked.
"""

from collections.abc import Iterable
from typing import cast

import torch
from sentence_transformers import SentenceTransformer
from torch import Tensor, nn
from torch.nn import functional

# Texts of similar length run together, so that little is padded.
CHUNK = 8
# Of a log probability, where a masked text's would be minus infinity.
LOWEST = -100.0


class SectionRankingLoss(nn.Module):
    """Takes the columns query_0, query_1, text_0, text_1 of a batch of B rows.

    The labels are float32 of shape (B, 3 + 4 * dim): the section's number, 1 where the old
    similarities are kept and 0 elsewhere, 1 where text_1 is text_0 (in all rows of a batch or in
    none), and the untrained vectors of the four columns.
    """

    def __init__(
        self,
        model: SentenceTransformer,
        temperature: float,
        keep_weight: float,
        old_temperature: float,
    ) -> None:
        super().__init__()
        self.model = model
        self.temperature = temperature
        self.keep_weight = keep_weight
        self.old_temperature = old_temperature

    def forward(self, sentence_features: Iterable[dict[str, Tensor]], labels: Tensor) -> Tensor:
        """Return the loss, a scalar."""
        columns = list(sentence_features)
        numbers, kept, shared = labels[:, 0], labels[:, 1], bool(labels[0, 2])
        old = labels[:, 3:].reshape(len(labels), 4, -1).transpose(0, 1)
        # Only one column of texts where both questions of a row have the same.
        width = 1 if shared else 2
        queries, texts = self._embed(columns[:2], columns[2 : 2 + width])
        logits = self._mask(queries @ texts.T / self.temperature, numbers)
        rows = torch.arange(len(labels))
        own = rows.repeat(2) if shared else torch.arange(2 * len(labels))
        loss = functional.cross_entropy(logits, own)
        chosen = kept.repeat(2) > 0
        if self.keep_weight and chosen.any():
            old_logits = old[:2].flatten(0, 1) @ old[2 : 2 + width].flatten(0, 1).T
            old_logits = self._mask(old_logits / self.old_temperature, numbers)
            divergence = functional.kl_div(
                logits[chosen].log_softmax(1).clamp(min=LOWEST),
                old_logits[chosen].log_softmax(1).clamp(min=LOWEST),
                log_target=True,
                reduction="batchmean",
            )
            loss = loss + self.keep_weight * divergence
        return loss

    @staticmethod
    def _mask(logits: Tensor, numbers: Tensor) -> Tensor:
        """Take the other texts of a question's own section out of its softmax."""
        texts = numbers.repeat(logits.shape[1] // len(numbers))
        same = numbers.repeat(2)[:, None] == texts[None, :]
        questions = torch.arange(logits.shape[0])
        own = questions % logits.shape[1]
        same[questions, own] = False
        return logits.masked_fill(same, float("-inf"))

    def _embed(self, *parts: list[dict[str, Tensor]]) -> list[Tensor]:
        """Return the vectors of each part's texts, column after column."""
        columns = [column for part in parts for column in part]
        width = max(column["input_ids"].shape[1] for column in columns)
        ids, mask = (
            torch.cat([functional.pad(c[name], (0, width - c[name].shape[1])) for c in columns])
            for name in ("input_ids", "attention_mask")
        )
        order = mask.sum(1).argsort()
        vectors = []
        for chosen in torch.split(order, CHUNK):
            length = int(mask[chosen].sum(1).max())
            features = {
                "input_ids": ids[chosen, :length],
                "attention_mask": mask[chosen, :length],
            }
            vectors.append(cast(Tensor, self.model(features)["sentence_embedding"]))
        sizes = [sum(len(column["input_ids"]) for column in part) for part in parts]
        return list(torch.split(torch.cat(vectors)[order.argsort()], sizes))
