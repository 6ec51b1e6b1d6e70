"""How sure a figure is: bootstrap intervals, paired comparison of two systems, and power.

Questions are resampled with replacement (Efron and Tibshirani, "An Introduction to the Bootstrap",
1993, percentile interval). Two systems are compared on the same questions by resampling the
differences (Sakai, "Evaluating Evaluation Metrics based on the Bootstrap", SIGIR 2006). The
generator is seeded: the same scores give the same figures.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

RESAMPLES = 10_000
SEED = 20_261_122
_BLOCK = 1_000  # resamples at a time, to bound the memory


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean with its 95 % interval over `n` questions."""

    mean: float
    low: float
    high: float
    n: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """The mean difference of two systems on the same questions.

    difference: mean of (second - first); low, high: its 95 % interval.
    p_value: two-sided, from the resampled differences shifted to a mean of 0; never below
        2^(1 - n), the least that n signs can show (resampling alone would call one question's
        difference certain).
    effect: Cohen's d of the paired differences; 0 if they do not vary.
    """

    difference: float
    low: float
    high: float
    p_value: float
    effect: float
    n: int


def estimate_mean(scores: Sequence[float]) -> Estimate | None:
    """Return the mean with its 95 % bootstrap interval; None without scores."""
    if not scores:
        return None
    values = np.asarray(scores, dtype=np.float64)
    means = _resample_means(values)
    low, high = np.quantile(means, [0.025, 0.975])
    return Estimate(float(values.mean()), float(low), float(high), len(values))


def compare_paired(first: Sequence[float], second: Sequence[float]) -> Comparison | None:
    """Compare two systems' scores of the same questions in the same order; None without scores.

    :raises ValueError: the two have different lengths.
    """
    if len(first) != len(second):
        raise ValueError(f"{len(first)} and {len(second)} scores are not paired")
    if not first:
        return None
    differences = np.asarray(second, dtype=np.float64) - np.asarray(first, dtype=np.float64)
    mean = float(differences.mean())
    means = _resample_means(differences)
    low, high = np.quantile(means, [0.025, 0.975])
    # Under the hypothesis of no difference the resampled means scatter around 0. A rounding
    # error must not make an equal difference count as smaller.
    extreme = int(np.count_nonzero(np.abs(means - mean) >= abs(mean) - 1e-12))
    deviation = deviation_of(differences.tolist())
    return Comparison(
        mean,
        float(low),
        float(high),
        max((extreme + 1) / (RESAMPLES + 1), 2.0 ** (1 - len(differences))),
        mean / deviation if deviation else 0.0,
        len(differences),
    )


def questions_needed(differences: Sequence[float], loss: float, power: float = 0.8) -> int | None:
    """Return how many questions show a mean loss with this power at the two-sided 5 % level.

    n = ((z_0.975 + z_power) * s / loss)^2 with s the standard deviation of paired differences
    (Cohen, "Statistical Power Analysis", 1988, for the paired test). None if s cannot be known.

    :param differences: paired differences of two systems as they occur in practice.
    """
    deviation = deviation_of(differences)
    if deviation == 0.0:
        return None
    normal = NormalDist()
    z = normal.inv_cdf(0.975) + normal.inv_cdf(power)
    return math.ceil((z * deviation / loss) ** 2)


def deviation_of(differences: Sequence[float]) -> float:
    """Return the sample standard deviation of paired differences; 0 for fewer than two."""
    if len(differences) < 2:
        return 0.0
    deviation = float(np.std(np.asarray(differences, dtype=np.float64), ddof=1))
    # Equal differences may differ by a rounding error.
    return deviation if deviation > 1e-12 else 0.0


def smallest_visible_loss(deviation: float, n: int, power: float = 0.8) -> float:
    """Return the mean loss that `n` questions show with this power; see `questions_needed`."""
    normal = NormalDist()
    return (normal.inv_cdf(0.975) + normal.inv_cdf(power)) * deviation / math.sqrt(n)


def _resample_means(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the means of `RESAMPLES` samples with replacement, shape (RESAMPLES,)."""
    generator = np.random.default_rng(SEED)
    blocks = []
    for _ in range(RESAMPLES // _BLOCK):
        chosen = generator.integers(0, len(values), size=(_BLOCK, len(values)))
        blocks.append(values[chosen].mean(axis=1))
    return np.concatenate(blocks)
