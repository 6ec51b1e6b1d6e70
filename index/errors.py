"""What can go wrong while an index is built, loaded or searched.

    IndexingError
    ├── ModelError                    an embedding model cannot be used
    │   ├── WeightsNotFoundError      no source of the bundled model's weights
    │   ├── AdapterError              an adapter is damaged or belongs to another model
    │   └── ModelFolderError          a model folder is damaged or cannot be written
    ├── IndexFolderError              the index folder cannot be read or written
    ├── IndexNotFoundError            nothing was indexed there yet
    ├── IndexMismatchError            built by another version or with another model: rebuild
    ├── IndexDamagedError             a file of the generation is missing or altered: repair
    └── TrainingError                 (`index/training/errors.py`) a model cannot be trained

Every message is one line that says what is wrong, where, and what to do.
"""


class IndexingError(Exception):
    """Any failure of the package `index`."""


class ModelError(IndexingError):
    """An embedding model cannot be used."""


class WeightsNotFoundError(ModelError):
    """No source of the bundled model's weights is installed."""


class AdapterError(ModelError):
    """An adapter cannot be read, or was made for another model."""


class ModelFolderError(ModelError):
    """A model folder is damaged, incomplete, or cannot be written."""


class IndexFolderError(IndexingError):
    """The index folder cannot be read or written."""


class IndexNotFoundError(IndexingError):
    """There is no index in the folder."""


class IndexMismatchError(IndexingError):
    """The index was built by another version of Tenkyo or with another model."""


class IndexDamagedError(IndexingError):
    """A file of the index is missing or is not what the manifest says."""
