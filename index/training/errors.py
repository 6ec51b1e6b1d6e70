"""What can go wrong in training; see the tree in `index/errors.py`."""

from index.errors import IndexingError


class TrainingError(IndexingError):
    """Training cannot go on."""


class TrainingDataError(TrainingError):
    """The training data is not of its form."""
