"""The loss against numbers computed by hand, and against a computation written out in numpy."""

from math import e, isfinite, log

import numpy as np
import pytest
import torch

from index.training.losses import CHUNK, SectionRankingLoss

# The tokens of the texts below; 0 pads.
EAST, NORTH = 1, 2
TABLE = [[5.0, 5.0], [1.0, 0.0], [0.0, 1.0]]


class FakeEncoder(torch.nn.Module):
    """Embeds a text as the sum of its tokens' vectors."""

    def __init__(self, table) -> None:
        super().__init__()
        self.table = torch.nn.Parameter(torch.tensor(table, dtype=torch.float32))
        self.masks: list[torch.Tensor] = []

    def forward(self, features: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
        mask = features["attention_mask"]
        self.masks.append(mask)
        vectors = self.table[features["input_ids"]] * mask[:, :, None]
        return {"sentence_embedding": vectors.sum(1)}


def column(*texts: list[int]) -> dict[str, torch.Tensor]:
    """The texts as a tokenizer gives them, padded to the longest of the column."""
    width = max(map(len, texts))
    return {
        "input_ids": torch.tensor([[*text, *[0] * (width - len(text))] for text in texts]),
        "attention_mask": torch.tensor(
            [[*[1] * len(text), *[0] * (width - len(text))] for text in texts]
        ),
    }


def compute(
    columns,
    labels,
    table=TABLE,
    *,
    temperature: float = 1.0,
    keep_weight: float = 0.0,
    old_temperature: float = 1.0,
) -> float:
    loss = SectionRankingLoss(FakeEncoder(table), temperature, keep_weight, old_temperature)
    return loss(columns, torch.tensor(labels, dtype=torch.float32)).item()


def label(number: int, kept: int, view: int, queries: list[list[float]], texts: list[list[float]]):
    return [number, kept, view, *np.concatenate([*queries, *texts])]


# The two views, as the labels tell them.
SHARED, APART = 1, 0
# Two sections; all texts of the first are EAST, all of the second NORTH.
TWO = [column([EAST], [NORTH])] * 4
NOWHERE, E, N = [0.0, 0.0], TABLE[EAST], TABLE[NORTH]
AS_NEW = {
    view: [label(0, 1, view, [E, E], [E, E]), label(1, 1, view, [N, N], [N, N])]
    for view in (SHARED, APART)
}
# The own text, cosine 1, against what the other section has, cosine 0: one passage or two
# sentences. The other sentence of the own section is no negative.
RANKING = {SHARED: log(1 + 1 / e), APART: log(1 + 2 / e)}
# Of RANKING's softmax from one over the same texts that are all as near (the question was NOWHERE):
# from (1/2, 1/2) to (e, 1) / (e + 1), and from (1/3, 1/3, 1/3) to (e, 1, 1) / (e + 2).
DIVERGENCE = {SHARED: log(e + 1) - 1 / 2 - log(2), APART: log(e + 2) - 1 / 3 - log(3)}

both_views = pytest.mark.parametrize("view", [SHARED, APART])


@both_views
def test_texts_of_the_own_section_are_no_negatives(view: int) -> None:
    assert compute(TWO, AS_NEW[view]) == pytest.approx(RANKING[view])
    # As one section, all texts but the own one are masked.
    one = [label(3, 0, view, [E, E], [E, E]), label(3, 0, view, [N, N], [N, N])]
    assert compute(TWO, one) == pytest.approx(0, abs=1e-6)


@both_views
def test_a_temperature_sharpens_the_ranking(view: int) -> None:
    # The logits 1 and 0 become 2 and 0.
    expected = {SHARED: log(1 + e**-2), APART: log(1 + 2 * e**-2)}
    assert compute(TWO, AS_NEW[view], temperature=0.5) == pytest.approx(expected[view])


def test_a_wrong_passage_costs_more() -> None:
    columns = [*TWO[:2], column([NORTH], [EAST]), TWO[3]]
    assert compute(columns, AS_NEW[SHARED]) == pytest.approx(log(1 + e))


def test_each_question_has_a_sentence_of_its_own() -> None:
    # The sentences of the second questions are exchanged. First questions: own sentence 1, others 0
    # and 1. Second questions: own sentence 0, others 0 and 1.
    columns = [*TWO[:3], column([NORTH], [EAST])]
    expected = (log(2 + 1 / e) + log(2 + e)) / 2
    assert compute(columns, AS_NEW[APART]) == pytest.approx(expected)


@pytest.mark.parametrize(("view", "encoded"), [(SHARED, 6), (APART, 8)])
def test_a_shared_passage_is_encoded_once(view: int, encoded: int) -> None:
    encoder = FakeEncoder(TABLE)
    loss = SectionRankingLoss(encoder, 1.0, 0.0, 1.0)
    # What stands in the last column is another text: with a shared passage it counts for nothing.
    columns = [*TWO[:3], column([NORTH], [EAST])]
    found = loss(columns, torch.tensor(AS_NEW[view], dtype=torch.float32)).item()
    assert sum(map(len, encoder.masks)) == encoded
    assert (found == pytest.approx(RANKING[view])) == (view == SHARED)


@both_views
def test_keeping_costs_nothing_where_the_rankings_agree(view: int) -> None:
    assert compute(TWO, AS_NEW[view], keep_weight=9) == pytest.approx(RANKING[view])
    # Vectors of half the length at a quarter of the temperature are the same ranking.
    east, north = [[0.5, 0.0]] * 2, [[0.0, 0.5]] * 2
    half = [label(0, 1, view, east, east), label(1, 1, view, north, north)]
    found = compute(TWO, half, keep_weight=9, old_temperature=0.25)
    assert found == pytest.approx(RANKING[view])


@both_views
def test_keeping_costs_the_divergence_from_the_old_ranking(view: int) -> None:
    labels = [label(0, 1, view, [NOWHERE, NOWHERE], [E, E]), label(1, 0, view, [N, N], [E, E])]
    expected = RANKING[view] + 0.3 * DIVERGENCE[view]
    assert compute(TWO, labels, keep_weight=0.3) == pytest.approx(expected)


@both_views
def test_the_divergence_is_the_mean_over_the_kept_questions(view: int) -> None:
    # The second section is kept too, and its rankings agree: half the cost.
    labels = [label(0, 1, view, [NOWHERE, NOWHERE], [E, E]), label(1, 1, view, [N, N], [N, N])]
    expected = RANKING[view] + DIVERGENCE[view] / 2
    assert compute(TWO, labels, keep_weight=1) == pytest.approx(expected)


@both_views
def test_texts_of_the_own_section_are_not_kept(view: int) -> None:
    # As one section: whatever was near to what, no question has a text beside its own.
    labels = [label(3, 1, view, [N, E], [E, N]), label(3, 1, view, [NOWHERE, E], [E, E])]
    assert compute(TWO, labels, keep_weight=9) == pytest.approx(0, abs=1e-6)


@both_views
def test_a_ranking_that_was_the_other_way_round_costs_most(view: int) -> None:
    # Old: (1, e) and (1, e, e); new: (e, 1) and (e, 1, 1); each over its sum.
    cost = {
        SHARED: (e - 1) / (e + 1),
        APART: log(e + 2) - log(1 + 2 * e) + (2 * e - 1) / (1 + 2 * e),
    }
    turned = [label(0, 1, view, [N, N], [E, E]), label(1, 1, view, [E, E], [N, N])]
    expected = RANKING[view] + 9 * cost[view]
    assert compute(TWO, turned, keep_weight=9) == pytest.approx(expected)
    assert compute(TWO, turned, keep_weight=0) == pytest.approx(RANKING[view])
    other = [[number, 0, *rest] for number, _, *rest in turned]
    assert compute(TWO, other, keep_weight=9) == pytest.approx(RANKING[view])


@pytest.mark.parametrize("seed", range(3))
@both_views
def test_every_column_finds_its_place(view: int, seed: int) -> None:
    """Random texts of unequal lengths, old vectors and numbers, against loops in numpy."""
    rng = np.random.default_rng(seed)
    table = rng.normal(size=(30, 3)) / 2
    rows, kept = 3, [1, 0, 1]
    texts = [
        [rng.integers(1, 30, rng.integers(1, 6)).tolist() for _ in range(rows)] for _ in range(4)
    ]
    old = rng.normal(size=(4, rows, 3))  # column, row, dim
    labels = [[5 + b, kept[b], view, *old[:, b].ravel()] for b in range(rows)]
    found = compute(
        [column(*one) for one in texts],
        labels,
        table,
        temperature=0.7,
        keep_weight=0.4,
        old_temperature=0.6,
    )
    new = np.array([[table[text].sum(0) for text in one] for one in texts])
    ranking, divergence = [], []
    for b in range(rows):
        for i in (0, 1):
            # The own text, and those of the other sections.
            places = [(2 if view == SHARED else 2 + i, b)]
            places += [
                (j, c) for j in ((2,) if view == SHARED else (2, 3)) for c in range(rows) if c != b
            ]
            after = _log_softmax(np.array([new[i, b] @ new[place] for place in places]) / 0.7)
            ranking.append(-after[0])
            if kept[b]:
                before = _log_softmax(np.array([old[i, b] @ old[place] for place in places]) / 0.6)
                divergence.append(np.exp(before) @ (before - after))
    expected = np.mean(ranking) + 0.4 * np.mean(divergence)
    assert found == pytest.approx(expected, rel=1e-4)


def test_texts_of_similar_length_run_together() -> None:
    # One long text among 28: it may lengthen its own chunk alone.
    encoder = FakeEncoder(TABLE)
    loss = SectionRankingLoss(encoder, 1.0, 0.0, 1.0)
    short = [[EAST]] * 6
    columns = [column([EAST] * 9, *short), *[column([NORTH], *short)] * 3]
    loss(columns, torch.zeros(7, 3 + 4 * 2))
    assert [len(mask) for mask in encoder.masks] == [CHUNK, CHUNK, CHUNK, 4]
    assert [mask.shape[1] for mask in encoder.masks] == [1, 1, 1, 9]


@both_views
def test_the_loss_teaches_the_encoder(view: int) -> None:
    gradient = differentiate(AS_NEW[view], 1.0, 1.0)
    # East is drawn to the east and away from the north; padding has no part in it.
    assert gradient[EAST, 0] < 0 < gradient[EAST, 1]
    assert gradient[0].tolist() == [0, 0]


@both_views
def test_masked_texts_leave_loss_and_gradient_finite(view: int) -> None:
    # At the temperatures of a training, and with what was the other way round: the new logits are
    # 100 / 3 and 0, the old ranking is all of the other section's one passage or two sentences.
    turned = [label(0, 1, view, [N, N], [E, E]), label(1, 1, view, [E, E], [N, N])]
    cost = {SHARED: 100 / 3, APART: 100 / 3 - log(2)}
    found = compute(TWO, turned, temperature=0.03, keep_weight=0.3, old_temperature=0.01)
    assert found == pytest.approx(0.3 * cost[view], rel=1e-5)
    gradient = differentiate(turned, 0.03, 0.01)
    assert all(map(isfinite, gradient.ravel().tolist()))
    # What is kept draws east to the north, where its old vector was.
    assert gradient[EAST, 1] < 0 < gradient[EAST, 0]


def differentiate(labels, temperature: float, old_temperature: float) -> np.ndarray:
    """Return the gradient of the loss of TWO by the table."""
    encoder = FakeEncoder(TABLE)
    loss = SectionRankingLoss(encoder, temperature, 0.3, old_temperature)
    loss(TWO, torch.tensor(labels, dtype=torch.float32)).backward()
    assert encoder.table.grad is not None
    return encoder.table.grad.numpy()


def _log_softmax(scores: np.ndarray) -> np.ndarray:
    return scores - np.log(np.exp(scores).sum())
